//! SET CD SPEED (MMC-6): kB/s of 1000 bytes, FFFFh for the fastest.

use webburn_scsi::{Reply, Sense};

use super::Request;
use crate::drive::SimDrive;
use crate::sense;

pub(super) fn run(drive: &mut SimDrive, request: &Request<'_>, _reply: &mut Reply) -> Result<usize, Sense> {
    let speed = |at| match request.be16(at) {
        0xFFFF => None,
        kb => Some(u32::from(kb)),
    };
    let (read, write) = (speed(2), speed(4));
    if drive.personality.quirks.refuses_high_speed && write > drive.write_speeds().first().copied() {
        return Err(sense::FIELD);
    }
    drive.set_speeds(read, write.filter(|kb| *kb > 0));
    Ok(0)
}
