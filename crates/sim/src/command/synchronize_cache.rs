//! SYNCHRONIZE CACHE (MMC-6): the buffer goes to the disc. Ends a track written track at once.

use std::time::Duration;

use webburn_scsi::{Reply, Sense};

use super::Request;
use crate::drive::{Busy, SimDrive};
use crate::recording::{Change, Work};

pub(super) fn run(drive: &mut SimDrive, request: &Request<'_>, _reply: &mut Reply) -> Result<usize, Sense> {
    let streaming = drive.cache.is_streaming();
    if !streaming && drive.cache.fill() == 0 {
        return Ok(0);
    }
    let immed = request.byte(1) & 0x02 != 0;
    let (sectors, flush) = drive.synchronize_measured()?;
    let work = Work { change: Change::Nothing, sectors, base: flush + Duration::from_millis(600) };
    drive.begin(work, immed, Busy::Write)?;
    Ok(0)
}
