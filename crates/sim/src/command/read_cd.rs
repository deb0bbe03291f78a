//! READ CD (MMC-6): user data of data sectors, and audio. Headers, parity and sub-channel come with raw recording.

use webburn_scsi::{Reply, Sense};
use webburn_sector::Lba;

use super::Request;
use crate::drive::SimDrive;
use crate::sense;
use crate::surface::{BlockForm, SurfaceError};
use crate::timing::Family;

/// Bytes per sector that the channel bits ask for, as far as they are offered.
fn sector(request: &Request<'_>) -> usize {
    match request.byte(9) & 0xF8 {
        0x10 => 2048,
        0xF8 => 2352,
        _ => 0,
    }
}

/// Room that the host asks for.
pub(super) fn room(request: &Request<'_>) -> usize {
    request.be24(6) as usize * sector(request).max(1)
}

pub(super) fn run(drive: &mut SimDrive, request: &Request<'_>, reply: &mut Reply) -> Result<usize, Sense> {
    let (lba, count) = (request.lba(2), request.be24(6));
    let expected = request.byte(1) >> 2 & 0x07;
    // C2 error bits and sub-channel are not offered.
    if request.byte(9) & 0x06 != 0 || request.byte(10) & 0x07 != 0 {
        return Err(sense::FIELD);
    }
    drive.before_reading()?;
    let disc = drive.disc_mut().ok_or(sense::NO_MEDIUM)?;
    if disc.kind().spec().family != Family::Cd {
        return Err(sense::illegal(0x30, 0x02));
    }
    let end = disc.state.readable_end().map_or(0, |end| end.0);
    if lba < -150 || i64::from(lba) + i64::from(count) > i64::from(end) {
        return Err(sense::OUT_OF_RANGE);
    }
    match sector(request) {
        2048 if expected != 1 => drive.read_sectors(lba, count, reply)?,
        2352 | 2048 if expected <= 1 => {
            let mut block = vec![0; 2352];
            for i in 0..count {
                let at = Lba(lba.saturating_add_unsigned(i));
                match disc.surface.read(at, BlockForm::Audio2352, &mut block) {
                    Ok(()) => reply.put(&block),
                    Err(SurfaceError::OtherForm(_) | SurfaceError::Unwritten(_)) => return Err(sense::ILLEGAL_MODE),
                    Err(_) => return Err(sense::STORE_FAILED),
                }
            }
            drive.spend_reading(lba, count);
        }
        _ => return Err(sense::FIELD),
    }
    Ok(0)
}
