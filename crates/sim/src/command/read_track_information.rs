//! READ TRACK INFORMATION (MMC-6): by address, track or session.

use webburn_scsi::{Reply, Sense};
use webburn_sector::Lba;

use super::{Layout, Request, send};
use crate::disc::{DiscState, Format, MediumKind, Track, TrackState, Way};
use crate::drive::{SimDrive, with_context};
use crate::recording;
use crate::sense;
use crate::timing::Family;

pub(super) fn run(drive: &mut SimDrive, request: &Request<'_>, reply: &mut Reply) -> Result<usize, Sense> {
    let quirks = drive.personality.quirks;
    let disc = drive.disc().ok_or(sense::NO_MEDIUM)?;
    let state = disc.state();
    if quirks.track_information_needs_mode_page && !drive.mode_page_sent && state.kind.spec().family == Family::Cd {
        return Err(sense::SEQUENCE);
    }
    if quirks.track_information_fails_when_full && state.finalized {
        return Err(sense::FIELD);
    }
    let index = find(state, request.byte(1) & 0x03, request.be32(2)).ok_or(sense::FIELD)?;
    let strategy = drive.describing();
    let writable = drive.may_write().is_ok();
    let (next, free) = match strategy {
        Ok(strategy) => with_context(drive, |disc, ctx| {
            let next = strategy.next_writable(&disc.state, ctx, index);
            Ok((next, strategy.free(&disc.state, ctx, index)))
        })?,
        Err(_) => (None, 0),
    };
    let disc = drive.disc().ok_or(sense::NO_MEDIUM)?;
    let mut out = describe(disc.state(), index, next.filter(|_| writable), free);
    let blank_cd = disc.state().is_blank() && disc.kind().spec().family == Family::Cd;
    if quirks.blank_cd_nwa_minus_150 && blank_cd {
        out.set32(12, -150i32 as u32);
    }
    if quirks.last_track_without_size && index + 1 == disc.state().tracks.len() {
        out.set32(24, 0);
    }
    if quirks.last_track_size_nonsense && index + 1 == disc.state().tracks.len() {
        out.set32(24, u32::MAX);
    }
    let state = disc.state();
    let overwritable = matches!(state.format, Format::Random | Format::RestrictedOverwrite { .. });
    if drive.personality.ways.tells_last_recorded && overwritable && disc.written_end() > Lba(0) {
        out.0[7] |= 0x02;
        out.set32(28, disc.written_end().0 as u32 - 1);
    }
    if state.kind == MediumKind::DvdRDlLj {
        // The longer answer: read compatibility, next and last layer jump address.
        let mut long = Layout::zeros(48);
        long.0[..36].copy_from_slice(&out.0);
        long.set16(0, 46);
        let jump = state.layer0_blocks.unwrap_or(state.blocks / 2);
        let passed = state.tracks[index].next.max(0) as u32 >= jump;
        long.set32(if passed { 44 } else { 40 }, jump);
        return send(drive, reply, &long.0, usize::from(request.be16(7)));
    }
    send(drive, reply, &out.0, usize::from(request.be16(7)))
}

/// The index of the track that is asked for.
fn find(state: &DiscState, how: u8, number: u32) -> Option<usize> {
    match how {
        0 => {
            let lba = number as i32;
            let at = state.tracks.iter().rposition(|track| track.start <= lba)?;
            let track = &state.tracks[at];
            let inside = lba < track.end().max(track.next) || track.size.is_none();
            inside.then_some(at)
        }
        1 if number == 0xFF => {
            // The invisible or open track; DVD-R and BD-R know it by its own number alone.
            let family = state.kind.spec().family;
            if family != Family::Cd && !recording::is_plus(state) {
                return None;
            }
            if state.is_random() {
                return Some(0);
            }
            state.tracks.iter().rposition(|track| track.state != TrackState::Closed)
        }
        1 => state.tracks.iter().position(|track| u32::from(track.number) == number),
        2 => state.tracks.iter().position(|track| u32::from(track.session) == number),
        _ => None,
    }
}

fn describe(state: &DiscState, index: usize, next: Option<i32>, free: u32) -> Layout {
    let track: &Track = &state.tracks[index];
    let family = state.kind.spec().family;
    let mut out = Layout::zeros(36);
    out.set16(0, 34);
    out.0[2] = track.number as u8;
    out.0[32] = (track.number >> 8) as u8;
    out.0[3] = track.session as u8;
    out.0[33] = (track.session >> 8) as u8;
    let incremental = match (family, track.way) {
        (Family::Cd, Way::Incremental) => true,
        (Family::Cd, _) => false,
        _ => track.way != Way::SessionAtOnce,
    };
    // Track mode: control nibble; incremental data is 5 on DVD-R.
    let mode = if incremental && family == Family::Dvd && !recording::is_plus(state) { 5 } else { track.control };
    out.0[5] = u8::from(track.damaged) << 5 | mode;
    let empty = track.state == TrackState::Empty;
    let reserved = track.size.is_some() && track.state != TrackState::Closed;
    let packet = incremental && (track.state != TrackState::Closed || family == Family::Cd);
    out.0[6] = u8::from(reserved) << 7 | u8::from(empty) << 6 | u8::from(packet) << 5 | track.data_mode;
    let intermediate = state.format == Format::RestrictedOverwrite { intermediate: true };
    if let Some(next) = next.filter(|_| !track.damaged || family != Family::Cd) {
        out.0[7] |= 0x01;
        out.set32(12, next as u32);
    }
    out.set32(8, track.start as u32);
    out.set32(16, free);
    // Fixed packets: an ECC block on DVD-R, a cluster on BD-R.
    out.set32(20, if packet && family != Family::Cd { state.kind.spec().ecc } else { 0 });
    let size = match track.size {
        Some(size) => size,
        None if intermediate => state.formatted_to.max(0) as u32,
        None => (track.next - track.start).max(0) as u32 + free,
    };
    out.set32(24, size);
    if let Some(last) = track.last_recorded.filter(|_| family != Family::Cd) {
        out.0[7] |= 0x02;
        out.set32(28, last as u32);
    }
    out
}
