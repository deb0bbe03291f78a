//! READ (10) and READ (12) (MMC-6).

use webburn_scsi::{Reply, Sense};

use super::Request;
use crate::drive::SimDrive;

pub(super) fn run_10(drive: &mut SimDrive, request: &Request<'_>, reply: &mut Reply) -> Result<usize, Sense> {
    drive.read_sectors(request.lba(2), u32::from(request.be16(7)), reply)?;
    Ok(0)
}

pub(super) fn run_12(drive: &mut SimDrive, request: &Request<'_>, reply: &mut Reply) -> Result<usize, Sense> {
    drive.read_sectors(request.lba(2), request.be32(6), reply)?;
    Ok(0)
}
