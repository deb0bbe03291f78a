//! READ BUFFER CAPACITY (MMC-6).

use webburn_scsi::{Reply, Sense};

use super::{Layout, Request, send};
use crate::disc::MediumKind;
use crate::drive::SimDrive;
use crate::sense;

pub(super) fn run(drive: &mut SimDrive, request: &Request<'_>, reply: &mut Reply) -> Result<usize, Sense> {
    let in_blocks = request.byte(1) & 1 != 0;
    drive.buffer_polls += 1;
    let poll_breaks = drive.personality.quirks.early_buffer_polls_break_dvd_r
        && drive.disc().is_some_and(|disc| disc.kind() == MediumKind::DvdR)
        && drive.cache.is_streaming();
    if poll_breaks && !drive.cache.was_full && drive.buffer_polls > 1 {
        drive.spoil_track();
        drive.cache.ran_empty += 1;
        return Err(sense::UNDERRUN);
    }
    if drive.personality.quirks.stale_buffer_figures {
        return send(drive, reply, &stale(drive), usize::from(request.be16(7)));
    }
    let unit = if in_blocks { 2048 } else { 1 };
    let mut out = Layout::zeros(12);
    out.set16(0, 10);
    out.0[3] = u8::from(in_blocks);
    out.set32(4, (drive.cache.capacity() / unit) as u32);
    out.set32(8, ((drive.cache.capacity() - drive.cache.fill()) / unit) as u32);
    send(drive, reply, &out.0, usize::from(request.be16(7)))
}

/// As it was before anything was written: all free.
fn stale(drive: &SimDrive) -> Vec<u8> {
    let mut out = Layout::zeros(12);
    out.set16(0, 10);
    out.set32(4, drive.cache.capacity() as u32);
    out.set32(8, drive.cache.capacity() as u32);
    out.0
}
