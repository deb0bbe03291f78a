//! WRITE (10), WRITE (12) and WRITE AND VERIFY (10) (MMC-6).

use webburn_scsi::{Reply, Sense};

use super::Request;
use crate::drive::SimDrive;

/// Bytes that a WRITE (10) brings, by the block size in force.
pub(super) fn len_10(drive: &SimDrive, request: &Request<'_>) -> usize {
    usize::from(request.be16(7)) * drive.block_size(request.lba(2))
}

/// Bytes that a WRITE (12) brings.
pub(super) fn len_12(drive: &SimDrive, request: &Request<'_>) -> usize {
    request.be32(6) as usize * drive.block_size(request.lba(2))
}

pub(super) fn run_10(drive: &mut SimDrive, request: &Request<'_>, _reply: &mut Reply) -> Result<usize, Sense> {
    drive.write_blocks(request.lba(2), u32::from(request.be16(7)), request.out)
}

pub(super) fn run_12(drive: &mut SimDrive, request: &Request<'_>, _reply: &mut Reply) -> Result<usize, Sense> {
    drive.write_blocks(request.lba(2), request.be32(6), request.out)
}

/// Writes, and looks at once at what was written: half as fast.
pub(super) fn run_and_verify(drive: &mut SimDrive, request: &Request<'_>, reply: &mut Reply) -> Result<usize, Sense> {
    let taken = run_10(drive, request, reply)?;
    drive.flush_cache();
    drive.spend_reading(request.lba(2), u32::from(request.be16(7)));
    Ok(taken)
}
