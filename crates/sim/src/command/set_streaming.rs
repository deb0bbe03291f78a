//! SET STREAMING (MMC-6), performance descriptor.

use webburn_scsi::{Reply, Sense};

use super::Request;
use crate::drive::SimDrive;
use crate::sense;

pub(super) fn run(drive: &mut SimDrive, request: &Request<'_>, _reply: &mut Reply) -> Result<usize, Sense> {
    // Only performance descriptors; the list is one of them.
    if request.byte(8) != 0 {
        return Err(sense::FIELD);
    }
    let list = request.list(usize::from(request.be16(9)))?;
    if list.len() != 28 {
        return Err(sense::LIST_LENGTH);
    }
    let at = |i: usize| u32::from_be_bytes([list[i], list[i + 1], list[i + 2], list[i + 3]]);
    // Restore the drive's defaults.
    if list[0] & 0x04 != 0 {
        drive.set_speeds(None, None);
        return Ok(28);
    }
    let speed = |size: u32, time: u32| {
        if time == 0 { None } else { Some((u64::from(size) * 1000 / u64::from(time)).min(u64::from(u32::MAX)) as u32) }
    };
    let (read, write) = (speed(at(12), at(16)), speed(at(20), at(24)));
    if write.is_none() || read.is_none() {
        return Err(sense::LIST_FIELD);
    }
    if drive.personality.quirks.wants_full_streaming && (at(8) == 0 || at(12) == 0) {
        return Err(sense::LIST_FIELD);
    }
    let top = drive.write_speeds().first().copied();
    if drive.personality.quirks.refuses_high_speed && write > top {
        return Err(sense::LIST_FIELD);
    }
    // "Exact" asks for this speed or a refusal.
    if list[0] & 0x02 != 0 && !drive.write_speeds().contains(&write.unwrap_or(0)) {
        return Err(sense::LIST_FIELD);
    }
    drive.set_speeds(read, write);
    Ok(28)
}
