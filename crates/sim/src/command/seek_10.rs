//! SEEK (10) (MMC-6).

use webburn_scsi::{Reply, Sense};

use super::Request;
use crate::drive::SimDrive;
use crate::sense;

pub(super) fn run(drive: &mut SimDrive, request: &Request<'_>, _reply: &mut Reply) -> Result<usize, Sense> {
    let lba = request.lba(2);
    let end = drive.disc().and_then(|disc| disc.state().readable_end()).map_or(0, |end| end.0);
    if lba < 0 || lba > end {
        return Err(sense::OUT_OF_RANGE);
    }
    drive.spend_reading(lba, 0);
    Ok(0)
}
