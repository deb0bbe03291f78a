//! VERIFY (10) (MMC-6), without comparing bytes: is every sector readable?

use webburn_scsi::{Reply, Sense};

use super::Request;
use crate::drive::SimDrive;
use crate::sense;

pub(super) fn run(drive: &mut SimDrive, request: &Request<'_>, _reply: &mut Reply) -> Result<usize, Sense> {
    // Byte check is not offered.
    if request.byte(1) & 0x02 != 0 {
        return Err(sense::FIELD);
    }
    let (first, count) = (request.lba(2), u32::from(request.be16(7)));
    // Read in pieces; the data goes nowhere.
    let mut done = 0;
    while done < count {
        let now = (count - done).min(64);
        let mut nowhere = Reply::new(now as usize * 2048);
        drive.read_sectors(first.saturating_add_unsigned(done), now, &mut nowhere)?;
        done += now;
    }
    Ok(0)
}
