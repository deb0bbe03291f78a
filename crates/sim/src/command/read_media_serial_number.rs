//! READ MEDIA SERIAL NUMBER (MMC-6). No drive here has it, but one quirk answers it by never answering again.

use webburn_scsi::{Reply, Sense};

use super::Request;
use crate::drive::SimDrive;
use crate::sense;

pub(super) fn run(drive: &mut SimDrive, _request: &Request<'_>, _reply: &mut Reply) -> Result<usize, Sense> {
    drive.go_deaf();
    Err(sense::UNKNOWN_COMMAND)
}
