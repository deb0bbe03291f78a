//! GET PERFORMANCE (MMC-6): nominal performance (type 00h) and the list of write speeds (type 03h).

use webburn_scsi::{Reply, Sense};

use super::Request;
use crate::drive::SimDrive;
use crate::sense;
use crate::timing::{Rotation, Speed};

/// Room that the host asks for.
pub(super) fn room(request: &Request<'_>) -> usize {
    8 + usize::from(request.be16(8)) * 16
}

pub(super) fn run(drive: &mut SimDrive, request: &Request<'_>, reply: &mut Reply) -> Result<usize, Sense> {
    let quirks = drive.personality.quirks;
    let mut most = usize::from(request.be16(8));
    let write = request.byte(1) & 0x04 != 0;
    let except = request.byte(1) & 0x03;
    let (flags, descriptors) = match request.byte(10) {
        0x00 if except == 0 => (u8::from(write) << 1, nominal(drive, write)),
        // No exceptions: every place is as fast as it should be.
        0x00 => (u8::from(write) << 1 | 1, Vec::new()),
        0x03 if drive.personality.is_burner() && quirks.empty_write_speed_list => (0, Vec::new()),
        0x03 if drive.personality.is_burner() && !quirks.no_write_speed_list => (0, speeds(drive)),
        _ => return Err(sense::FIELD),
    };
    let mut told = descriptors.len();
    if most == 0 && quirks.performance_returns_one {
        (most, told) = (1, told.min(1));
    }
    let len = 4 + told as u32 * 16;
    reply.put(&len.to_be_bytes());
    reply.put(&[flags, 0, 0, 0]);
    for descriptor in descriptors.iter().take(most) {
        reply.put(descriptor);
    }
    Ok(0)
}

fn words(words: [u32; 4]) -> [u8; 16] {
    let mut out = [0; 16];
    for (four, word) in out.chunks_mut(4).zip(words) {
        four.copy_from_slice(&word.to_be_bytes());
    }
    out
}

fn last_block(drive: &SimDrive) -> u32 {
    drive.disc().map_or(0, |disc| disc.state().blocks.max(1) - 1)
}

/// Start and end address with the speed at each.
fn nominal(drive: &SimDrive, write: bool) -> Vec<[u8; 16]> {
    let Some(disc) = drive.disc() else { return Vec::new() };
    let spec = disc.kind().spec();
    let kb = if write { drive.write_kb() } else { drive.read_kb() };
    if kb == 0 {
        return Vec::new();
    }
    let last = last_block(drive);
    let speed = Speed::for_family(spec.family, kb);
    let at = |lba| (speed.rate(lba, spec.blocks) / 1000) as u32;
    vec![words([0, at(0), last, at(spec.blocks)])]
}

/// One descriptor for each write speed: flags, last address, read speed, write speed.
fn speeds(drive: &SimDrive) -> Vec<[u8; 16]> {
    let (last, read) = (last_block(drive), drive.max_read_kb());
    let family = drive.disc().map(|disc| disc.kind().spec().family);
    drive
        .write_speeds()
        .iter()
        .map(|kb| {
            let cav = family.is_some_and(|family| Speed::for_family(family, *kb).rotation == Rotation::Cav);
            words([u32::from(cav) << 27, last, read, *kb])
        })
        .collect()
}
