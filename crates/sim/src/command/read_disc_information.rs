//! READ DISC INFORMATION (MMC-6): standard (000b), and for BD-R the resources (001b, 010b).

use webburn_scsi::{Reply, Sense};
use webburn_sector::{Lba, Msf};

use super::{Layout, Request, send};
use crate::disc::{Background, DiscState, Format, TrackState};
use crate::drive::SimDrive;
use crate::sense;
use crate::timing::Family;

pub(super) fn run(drive: &mut SimDrive, request: &Request<'_>, reply: &mut Reply) -> Result<usize, Sense> {
    let state = drive.reported().ok_or(sense::NO_MEDIUM)?;
    let bd_r = state.kind.spec().family == Family::Bd && !state.is_rewritable() && drive.personality.is_burner();
    let out = match request.byte(1) & 0x07 {
        0 => standard(drive, state),
        1 if bd_r => track_resources(state),
        2 if bd_r && state.format == Format::PseudoOverwrite => pow_resources(state),
        _ => return Err(sense::FIELD),
    };
    send(drive, reply, &out, usize::from(request.be16(7)))
}

/// Disc status (0 blank, 1 appendable, 2 complete, 3 other) and state of the last session (0 empty, 1 incomplete,
/// 2 damaged, 3 complete).
fn status(state: &DiscState) -> (u8, u8) {
    let damaged = state.tracks.iter().any(|track| track.damaged);
    let last = state.sessions.last().map_or(1, |session| session.number);
    match state.format {
        Format::Rom => (2, 3),
        // Random media are neither blank nor appendable: "other" on DVD-RAM, formatted or not (libburn, observed
        // behaviour), "complete" on the rest.
        Format::Random | Format::Unformatted if state.kind == crate::disc::MediumKind::DvdRam => (3, 3),
        Format::Unformatted => (0, 0),
        Format::Random => (2, 3),
        // Neither blank nor appendable in the sense of sessions: "other", until it is closed.
        Format::RandomOnce => {
            if state.finalized {
                (2, 3)
            } else {
                (3, 3)
            }
        }
        Format::RestrictedOverwrite { intermediate: true } => (1, 1),
        Format::RestrictedOverwrite { intermediate: false } => (2, 3),
        Format::Sequential | Format::PseudoOverwrite => {
            let written = state.tracks_of(last).any(|track| track.state != TrackState::Empty || track.size.is_some());
            let session = match (damaged, state.session(last).is_some_and(|session| session.lead_out.is_some())) {
                (true, _) => 2,
                (_, true) => 3,
                _ if written => 1,
                _ => 0,
            };
            if state.finalized {
                (2, 3)
            } else if state.is_blank() && state.format == Format::Sequential && !written && !state.is_formatted_once() {
                // A formatted BD-R says "appendable, last session empty" before its first sector (libburn).
                (0, 0)
            } else {
                (1, session)
            }
        }
    }
}

fn standard(drive: &SimDrive, state: &DiscState) -> Vec<u8> {
    let mut out = Layout::zeros(34);
    out.set16(0, 32);
    let (disc, session) = status(state);
    out.0[2] = u8::from(state.is_rewritable()) << 4 | session << 2 | disc;
    out.0[3] = 1;
    let mut sessions = state.sessions.len() as u16;
    if drive.personality.quirks.counts_lead_out_as_session && state.finalized {
        sessions += 1;
    }
    let last = state.sessions.last().map_or(1, |session| session.number);
    let first_track = state.tracks_of(last).map(|track| track.number).next().unwrap_or(1);
    let last_track = state.tracks_of(last).map(|track| track.number).next_back().unwrap_or(first_track);
    for (at, value) in [(4, sessions), (5, first_track), (6, last_track)] {
        out.0[at] = value as u8;
        out.0[at + 5] = (value >> 8) as u8;
    }
    out.0[7] = match state.background {
        Background::None => 0,
        Background::Stopped => 1,
        Background::Running => 2,
        Background::Complete => 3,
    };
    // Unrestricted use.
    out.0[7] |= 0x20;
    if state.disc_id != 0 {
        out.0[7] |= 0x80;
        out.set32(12, state.disc_id);
    }
    let cd = state.kind.spec().family == Family::Cd;
    // The type of the disc is known from its first complete session.
    out.0[8] = if cd && state.last_closed_session().is_none() { 0xFF } else { state.disc_type };
    let open = !state.finalized && state.format == Format::Sequential;
    let field = |lba: i32| if cd { msf(lba) } else { lba as u32 };
    out.set32(16, if open { state.sessions.last().map_or(0, |session| field(session.lead_in)) } else { u32::MAX });
    out.set32(20, if open { field(state.blocks as i32) } else { u32::MAX });
    if !cd {
        // On DVD and Blu-ray these fields mean nothing.
        out.set32(16, 0);
        out.set32(20, 0);
    }
    out.0
}

/// 0, minute, second, frame.
fn msf(lba: i32) -> u32 {
    Msf::from_lba(Lba(lba)).map_or(u32::MAX, |msf| {
        let [m, s, f] = msf.to_bytes();
        u32::from_be_bytes([0, m, s, f])
    })
}

fn track_resources(state: &DiscState) -> Vec<u8> {
    let open = state.tracks.iter().filter(|track| track.state != TrackState::Closed).count() as u16;
    let mut out = Layout::zeros(12);
    out.set16(0, 10);
    out.0[2] = 0x20;
    out.set16(4, 7927);
    out.set16(6, state.tracks.len() as u16);
    out.set16(8, 16);
    out.set16(10, open);
    out.0
}

fn pow_resources(state: &DiscState) -> Vec<u8> {
    let mut out = Layout::zeros(16);
    out.set16(0, 14);
    out.0[2] = 0x40;
    out.set32(4, state.replacements_left);
    out.set32(8, state.replacements_left);
    out.set32(12, 65_535);
    out.0
}
