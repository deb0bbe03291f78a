//! RESERVE TRACK (MMC-6).

use std::time::Duration;

use webburn_scsi::{Reply, Sense};

use super::Request;
use crate::drive::{SimDrive, with_context};
use crate::sense;

pub(super) fn run(drive: &mut SimDrive, request: &Request<'_>, _reply: &mut Reply) -> Result<usize, Sense> {
    // Reservation up to an address, and the reserved RMZ, are not offered.
    if request.byte(1) & 0x03 != 0 {
        return Err(sense::FIELD);
    }
    drive.may_write()?;
    drive.synchronize()?;
    let strategy = drive.strategy()?;
    let blocks = request.be32(5);
    with_context(drive, |disc, ctx| strategy.reserve(&mut disc.state, ctx, blocks))?;
    drive.spend(Duration::from_millis(900));
    Ok(0)
}
