//! BLANK (MMC-6).

use webburn_scsi::{Reply, Sense};

use super::Request;
use crate::drive::{Busy, SimDrive};
use crate::recording;
use crate::sense;

pub(super) fn run(drive: &mut SimDrive, request: &Request<'_>, _reply: &mut Reply) -> Result<usize, Sense> {
    drive.may_write()?;
    if drive.cache.is_streaming() {
        return Err(sense::SEQUENCE);
    }
    let disc = drive.disc().ok_or(sense::NO_MEDIUM)?;
    let work = recording::blank(disc.state(), request.byte(1) & 0x07, request.be32(2))?;
    drive.begin(work, request.byte(1) & 0x10 != 0, Busy::Operation)?;
    Ok(0)
}
