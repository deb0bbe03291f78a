//! READ TOC/PMA/ATIP (MMC-6).

use webburn_cdcode::from_bcd;
use webburn_scsi::{Reply, Sense};
use webburn_sector::{Lba, Msf};

use super::{Request, send};
use crate::disc::{DiscState, Format, Session, TrackState, Way};
use crate::drive::SimDrive;
use crate::recording::TocLine;
use crate::sense;
use crate::timing::Family;

pub(super) fn run(drive: &mut SimDrive, request: &Request<'_>, reply: &mut Reply) -> Result<usize, Sense> {
    let in_msf = request.byte(1) & 0x02 != 0;
    // Old hosts put the format into the last byte.
    let format = match request.byte(2) & 0x0F {
        _ if drive.personality.quirks.toc_format_in_last_byte => request.byte(9) >> 6,
        0 => request.byte(9) >> 6,
        format => format,
    };
    let state = drive.reported().ok_or(sense::NO_MEDIUM)?;
    let cd = state.kind.spec().family == Family::Cd;
    if format <= 2 && cd {
        readable(state)?;
    }
    let mut out = match format {
        0 => toc(state, in_msf, request.byte(6))?,
        1 => session_info(state, in_msf)?,
        2 if cd => full_toc(state, request.byte(6), drive.personality.quirks.raw_toc_in_bcd)?,
        3 if cd => pma(state),
        4 if cd => atip(state)?,
        5 if cd && !drive.personality.quirks.no_cd_text => [&[0, 0, 0, 0], &state.cd_text[..]].concat(),
        _ => return Err(sense::FIELD),
    };
    let len = out.len() as u16 - 2;
    out[..2].copy_from_slice(&len.to_be_bytes());
    send(drive, reply, &out, usize::from(request.be16(7)))
}

fn address(lba: i32, in_msf: bool) -> [u8; 4] {
    if !in_msf {
        return lba.to_be_bytes();
    }
    // A DVD is longer than a CD's clock: minutes run on, up to what a byte holds.
    let frames = (lba + 150).max(0);
    [0, (frames / 4500).min(255) as u8, (frames / 75 % 60) as u8, (frames % 75) as u8]
}

/// Nothing can be read from the lead-in of a disc on which no session is closed.
fn closed_end(state: &DiscState) -> Result<i32, Sense> {
    let end = match state.format {
        Format::Sequential | Format::PseudoOverwrite if state.kind.spec().family == Family::Cd => {
            state.last_closed_session().and_then(|session| session.lead_out)
        }
        _ => state.readable_end().map(|end| end.0),
    };
    end.ok_or(sense::FIELD)
}

/// A lead-in that names no tracks.
fn readable(state: &DiscState) -> Result<(), Sense> {
    let lost = state.sessions.iter().any(|session| {
        session.lead_out.is_some()
            && state.tracks_of(session.number).all(|track| track.damaged && track.way == Way::Raw)
    });
    if lost { Err(sense::NO_TOC) } else { Ok(()) }
}

/// Format 0: tracks of closed sessions and the lead-out.
fn toc(state: &DiscState, in_msf: bool, first: u8) -> Result<Vec<u8>, Sense> {
    let end = closed_end(state)?;
    let known = state.tracks.iter().filter(|track| track.state == TrackState::Closed && track.start < end);
    let last = known.clone().map(|track| track.number).max().unwrap_or(1).min(0xAA - 1);
    if first != 0xAA && u16::from(first) > last {
        return Err(sense::FIELD);
    }
    let mut out = vec![0, 0, 1, last as u8];
    for track in known.filter(|track| track.number >= u16::from(first) && first != 0xAA && track.number < 0xAA) {
        out.extend([0, 0x10 | track.control, track.number as u8, 0]);
        out.extend(address(track.start, in_msf));
    }
    let control = state.tracks.iter().rfind(|track| track.start < end).map_or(4, |track| track.control);
    out.extend([0, 0x10 | control, 0xAA, 0]);
    out.extend(address(end, in_msf));
    Ok(out)
}

/// Format 1: the first track of the last complete session.
fn session_info(state: &DiscState, in_msf: bool) -> Result<Vec<u8>, Sense> {
    closed_end(state)?;
    let session = state.last_closed_session().map_or(1, |session| session.number);
    let track = state.tracks_of(session).next().ok_or(sense::FIELD)?;
    let mut out = vec![0, 0, 1, session.min(255) as u8, 0, 0x10 | track.control, track.number.min(255) as u8, 0];
    out.extend(address(track.start, in_msf));
    Ok(out)
}

fn msf(lba: i32) -> [u8; 3] {
    Msf::from_lba(Lba(lba)).map_or([0xFF; 3], Msf::to_bytes)
}

/// The entries of a lead-in that the host recorded, in binary, with the running time of ADR 1 left out.
fn recorded_toc(session: &Session, bcd: bool) -> Vec<u8> {
    let area = |line: &&TocLine| line[0] & 0x0F == 1 && line[2] >= 0xA0;
    let mut lines: Vec<&TocLine> = session.toc.iter().collect();
    // First and last track, lead-out, tracks, sessions: the order in which drives list them.
    lines.sort_by_key(|line| (line[0] & 0x0F, !area(line), line[2]));
    let binary = |byte: u8| if bcd { byte } else { from_bcd(byte).unwrap_or(byte) };
    let entry = |line: &&TocLine| {
        let [control_adr, _, point, m, s, f, zero, pm, ps, pf] = **line;
        let point = if point < 0xA0 { from_bcd(point).unwrap_or(point) } else { point };
        let [m, s, f] = match (control_adr & 0x0F, point) {
            (1, _) => [0; 3],
            (_, 0xC0..) => [m, s, f],
            _ => [m, s, f].map(binary),
        };
        // The disc type is a code, not a number.
        let ps = if point == 0xA0 { ps } else { binary(ps) };
        let control_adr = control_adr.rotate_left(4);
        [session.number as u8, control_adr, 0, point, m, s, f, zero, binary(pm), ps, binary(pf)]
    };
    lines.iter().flat_map(entry).collect()
}

/// Format 2: what the Q channel of every lead-in says, in binary.
fn full_toc(state: &DiscState, from: u8, bcd: bool) -> Result<Vec<u8>, Sense> {
    closed_end(state)?;
    let closed: Vec<_> = state.sessions.iter().filter(|session| session.lead_out.is_some()).collect();
    let last = closed.last().map_or(1, |session| session.number);
    let mut out = vec![0, 0, 1, last as u8];
    for session in closed.iter().filter(|session| session.number >= u16::from(from)) {
        if !session.toc.is_empty() {
            out.extend(recorded_toc(session, bcd));
            continue;
        }
        let tracks: Vec<_> = state.tracks_of(session.number).collect();
        let (Some(first_track), Some(last_track)) = (tracks.first(), tracks.last()) else { continue };
        let number = session.number as u8;
        let mut entry = |control: u8, point: u8, pmsf: [u8; 3]| {
            out.extend([number, 0x10 | control, 0, point, 0, 0, 0, 0]);
            out.extend(if bcd {
                pmsf.map(|byte| if byte > 99 { byte } else { (byte / 10) << 4 | (byte % 10) })
            } else {
                pmsf
            });
        };
        entry(first_track.control, 0xA0, [first_track.number as u8, state.disc_type, 0]);
        entry(last_track.control, 0xA1, [last_track.number as u8, 0, 0]);
        entry(last_track.control, 0xA2, msf(session.lead_out.unwrap_or(0)));
        for track in &tracks {
            entry(track.control, track.number as u8, msf(track.start));
        }
        // Where the next session can start, and the outermost lead-out; the first session also says where lead-ins start.
        let next = state.sessions.iter().find(|next| next.number == session.number + 1);
        if !state.finalized || next.is_some() {
            let start = next.and_then(|next| state.tracks_of(next.number).next()).map_or([0xFF; 3], |t| msf(t.start));
            let outermost = msf(state.blocks as i32);
            out.extend([number, 0x54, 0, 0xB0, start[0], start[1], start[2], 0]);
            out.extend(outermost);
            if session.number == 1 {
                out.extend([number, 0x54, 0, 0xC0, 0, 0, 0, 0]);
                out.extend(msf(session.lead_in));
            }
        }
    }
    Ok(out)
}

/// Format 3: tracks written in sessions that are not closed yet are in the program memory area.
fn pma(state: &DiscState) -> Vec<u8> {
    let mut out = vec![0, 0, 1, state.sessions.len() as u8];
    for track in state.tracks.iter().filter(|track| track.state == TrackState::Closed) {
        let [m, s, f] = msf(track.end());
        let [pm, ps, pf] = msf(track.start);
        out.extend([track.session as u8, 0x10 | track.control, 0, track.number as u8, m, s, f, 0, pm, ps, pf]);
    }
    out
}

/// Format 4: the pre-groove of a blank.
fn atip(state: &DiscState) -> Result<Vec<u8>, Sense> {
    let atip = state.kind.spec().atip().ok_or(sense::FIELD)?;
    let mut out = vec![0, 0, 0, 0];
    out.push(0x80 | atip.power << 4 | atip.speed);
    out.push(if atip.unrestricted { 0x40 } else { 0 });
    out.push(0x80 | u8::from(atip.erasable) << 6 | atip.subtype << 3 | u8::from(atip.a1.is_some()) << 2);
    out.push(0);
    out.extend(atip.lead_in.to_bytes());
    out.push(0);
    out.extend(atip.last_lead_out.to_bytes());
    out.push(0);
    out.extend(atip.a1.unwrap_or([0; 3]));
    out.extend([0; 9]);
    Ok(out)
}
