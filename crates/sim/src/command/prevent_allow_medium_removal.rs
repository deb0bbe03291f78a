//! PREVENT ALLOW MEDIUM REMOVAL (MMC-6).

use webburn_scsi::{Reply, Sense};

use super::Request;
use crate::drive::SimDrive;

pub(super) fn run(drive: &mut SimDrive, request: &Request<'_>, _reply: &mut Reply) -> Result<usize, Sense> {
    drive.locked = request.byte(4) & 1 != 0;
    Ok(0)
}
