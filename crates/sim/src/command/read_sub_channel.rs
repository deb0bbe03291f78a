//! READ SUB-CHANNEL (MMC-3): where the head is, the catalogue number, the ISRC of a track.

use webburn_cdcode::q::{Place, Q};
use webburn_scsi::{Reply, Sense};
use webburn_sector::Lba;

use super::{Layout, Request, send};
use crate::cd::drives_own;
use crate::disc::DiscState;
use crate::drive::SimDrive;
use crate::sense;
use crate::timing::Family;

/// Audio status: nothing is played.
const IDLE: u8 = 0x15;

pub(super) fn run(drive: &mut SimDrive, request: &Request<'_>, reply: &mut Reply) -> Result<usize, Sense> {
    drive.before_reading()?;
    let at = drive.head();
    let state = drive.reported().ok_or(sense::NO_MEDIUM)?;
    if state.kind.spec().family != Family::Cd || drive.personality.quirks.no_sub_channel {
        return Err(sense::FIELD);
    }
    let out = match (request.byte(2) & 0x40 != 0, request.byte(3)) {
        (_, 1) => position(state, at, request.byte(1) & 0x02 != 0),
        (_, 2) => catalog(state, at),
        (_, 3) => isrc(state, request.byte(6))?,
        (false, _) => Layout::zeros(4),
        _ => return Err(sense::FIELD),
    };
    // Without SubQ the header is all there is.
    let mut out = out.0;
    if request.byte(2) & 0x40 == 0 {
        out.truncate(4);
    }
    let data = (out.len() - 4) as u16;
    out[1] = IDLE;
    out[2..4].copy_from_slice(&data.to_be_bytes());
    send(drive, reply, &out, usize::from(request.be16(7)))
}

fn position(state: &DiscState, at: i32, in_msf: bool) -> Layout {
    let mut out = Layout::zeros(16);
    out.0[4] = 1;
    // Catalogue number and ISRC frames tell no position: the one before does.
    let frame = (0..3).find_map(|back| match drives_own(state, at - back)? {
        (_, Q::Position { control, place: Place::Track(track, index), relative, .. }) => {
            Some((control, track.get(), index, relative))
        }
        _ => None,
    });
    let Some((control, track, index, relative)) = frame else { return out };
    out.0[5] = 0x10 | control.to_nibble();
    out.0[6] = track;
    out.0[7] = index;
    let start = state.cd_track(at).map_or(0, |track| track.start);
    if in_msf {
        let msf = webburn_sector::Msf::from_lba(Lba(at)).unwrap_or_default().to_bytes();
        out.0[9..12].copy_from_slice(&msf);
        out.0[13..16].copy_from_slice(&relative.to_bytes());
    } else {
        out.set32(8, at as u32);
        out.set32(12, (at - start) as u32);
    }
    out
}

fn catalog(state: &DiscState, at: i32) -> Layout {
    let mut out = Layout::zeros(24);
    out.0[4] = 2;
    if let Some(catalog) = state.catalog.as_deref().filter(|catalog| catalog.len() == 13) {
        out.0[8] = 0x80;
        out.0[9..22].copy_from_slice(catalog.as_bytes());
        // AFRAME of the frame it was read from.
        out.0[23] = (at + 150).rem_euclid(75) as u8;
    }
    out
}

fn isrc(state: &DiscState, number: u8) -> Result<Layout, Sense> {
    let track = state.tracks.iter().find(|track| track.number == u16::from(number)).ok_or(sense::FIELD)?;
    let mut out = Layout::zeros(24);
    out.0[4] = 3;
    out.0[5] = 0x10 | track.control;
    out.0[6] = number;
    if let Some(isrc) = track.isrc.as_deref().filter(|isrc| isrc.len() == 12) {
        out.0[8] = 0x80;
        out.0[9..21].copy_from_slice(isrc.as_bytes());
        out.0[22] = (track.start + 150).rem_euclid(75) as u8;
    }
    Ok(out)
}
