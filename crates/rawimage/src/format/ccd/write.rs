//! The text of a CCD file. The IMG is a [`crate::stream::MainStream`], the SUB a [`crate::stream::SubStream`].

use std::fmt::{self, Write};

use webburn_cdcode::cdtext::{TooLarge, encode};
use webburn_cdcode::session::DiscType;
use webburn_sector::{Lba, Msf, SectorCount};

use crate::layout::{CdLayout, CdSession, CdTrack, TrackMode};

/// The text of the file, for an IMG and a SUB of the same name.
///
/// # Errors
/// CD-Text that does not fit.
pub fn ccd(layout: &CdLayout) -> Result<String, TooLarge> {
    let packs: Vec<_> = encode(&layout.text)?.iter().map(|pack| pack.to_bytes()).collect();
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write_ccd(&mut out, layout, &packs);
    Ok(out)
}

fn write_ccd(out: &mut String, layout: &CdLayout, packs: &[[u8; 18]]) -> fmt::Result {
    let entries: usize = layout.sessions.iter().map(|session| session.tracks.len() + 3).sum();
    write!(out, "[CloneCD]\r\nVersion=3\r\n[Disc]\r\nTocEntries={entries}\r\nSessions={}\r\n", layout.sessions.len())?;
    write!(out, "DataTracksScrambled=0\r\nCDTextLength={}\r\n", packs.len() * 18)?;
    if let Some(mcn) = layout.mcn {
        write!(out, "CATALOG={mcn}\r\n")?;
    }
    if !packs.is_empty() {
        write!(out, "[CDText]\r\nEntries={}\r\n", packs.len())?;
        for (number, pack) in packs.iter().enumerate() {
            let bytes: Vec<String> = pack[..16].iter().map(|byte| format!("{byte:02x}")).collect();
            write!(out, "Entry {number}={}\r\n", bytes.join(" "))?;
        }
    }
    let mut entry = 0;
    for (number, session) in (1..).zip(&layout.sessions) {
        let gap_mode = session.tracks.first().map_or(0, mode);
        write!(out, "[Session {number}]\r\nPreGapMode={gap_mode}\r\nPreGapSubC=0\r\n")?;
        for (point, control, value) in points(session) {
            write_entry(out, entry, number, point, control, value)?;
            entry += 1;
        }
    }
    for session in &layout.sessions {
        for (at, placed) in session.placed().enumerate() {
            let track = placed.track;
            write!(out, "[TRACK {}]\r\nMODE={}\r\n", track.number.get(), mode(track))?;
            if let Some(isrc) = track.isrc {
                write!(out, "ISRC={isrc}\r\n")?;
            }
            // The first track's two seconds go without saying.
            if track.pregap > SectorCount(if at == 0 { 150 } else { 0 }) {
                write!(out, "INDEX 0={}\r\n", placed.pregap.max(Lba(if at == 0 { session.start.0 } else { -150 })))?;
            }
            write!(out, "INDEX 1={}\r\n", placed.start)?;
            for (number, &index) in (2..).zip(&track.indices) {
                write!(out, "INDEX {number}={}\r\n", placed.start + index)?;
            }
        }
    }
    Ok(())
}

/// Points A0, A1, A2 and the tracks: point, control, time.
fn points(session: &CdSession) -> Vec<(u8, u8, Msf)> {
    let (Some(first), Some(last)) = (session.tracks.first(), session.tracks.last()) else { return Vec::new() };
    let control = |track: &CdTrack| track.control.to_nibble();
    let kind = match session.disc_type {
        DiscType::Plain => 0,
        DiscType::CdI => 0x10,
        DiscType::Xa => 0x20,
    };
    let msf = |at: Lba| Msf::from_lba(at).unwrap_or_default();
    let mut points = vec![
        (0xA0, control(first), Msf::new(first.number.get(), kind, 0)),
        (0xA1, control(last), Msf::new(last.number.get(), 0, 0)),
        (0xA2, control(last), msf(session.lead_out())),
    ];
    points.extend(session.placed().map(|p| (p.track.number.get(), control(p.track), msf(p.start))));
    points
}

fn write_entry(out: &mut String, entry: usize, session: usize, point: u8, control: u8, at: Msf) -> fmt::Result {
    let [minute, second, frame] = at.to_bytes();
    let lba = (i32::from(minute) * 60 + i32::from(second)) * 75 + i32::from(frame) - 150;
    write!(
        out,
        "[Entry {entry}]\r\nSession={session}\r\nPoint=0x{point:02x}\r\nADR=0x01\r\nControl=0x{control:02x}\r\n"
    )?;
    write!(out, "TrackNo=0\r\nAMin=0\r\nASec=0\r\nAFrame=0\r\nALBA=-150\r\nZero=0\r\n")?;
    write!(out, "PMin={minute}\r\nPSec={second}\r\nPFrame={frame}\r\nPLBA={lba}\r\n")
}

const fn mode(track: &CdTrack) -> u8 {
    match track.mode {
        TrackMode::Audio | TrackMode::Mode0 => 0,
        TrackMode::Mode1 => 1,
        TrackMode::Mode2 => 2,
    }
}
