//! A sheet for a disc whose sectors lie in a BIN for each session: the first from LBA 0 (see
//! [`crate::stream::MainStream`]), the others from index 1 of their first track, each to its lead-out.

use std::fmt::{self, Write};

use webburn_cdcode::cdtext::{Block, TextKind};
use webburn_cdcode::session::DiscType;
use webburn_sector::{Lba, SectorCount};

use crate::format::time;
use crate::layout::{
    CdLayout, CdTrack, FIRST_PREGAP, FIRST_SESSION_DISTANCE, LATER_SESSION_DISTANCE, Placed, TrackMode,
};

/// The lead-in of a session behind the first: a minute.
const LATER_LEAD_IN: SectorCount = SectorCount(4500);

/// Why a disc cannot be told in a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotInSheet {
    /// So many sessions, and not a file for each.
    Sessions(usize),
    /// This session does not begin where one usually does, and sheets have no word for its place.
    Elsewhere(usize),
}

impl fmt::Display for NotInSheet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotInSheet::Sessions(sessions) => {
                write!(f, "a CUE sheet of {sessions} sessions needs a BIN for each of them")
            }
            NotInSheet::Elsewhere(number) => write!(
                f,
                "session {number} does not begin where a session usually does, of which a CUE sheet cannot tell; CCD can"
            ),
        }
    }
}

impl std::error::Error for NotInSheet {}

/// Whether a sheet can tell of the disc: a session behind the first begins where whoever reads the sheet puts it.
///
/// # Errors
/// [`NotInSheet::Elsewhere`].
pub fn in_sheet(layout: &CdLayout) -> Result<(), NotInSheet> {
    let mut before = CdLayout::default();
    for (number, session) in (1..).zip(&layout.sessions) {
        let gap = session.tracks.first().map(|track| track.pregap);
        if number > 1 && (session.start != before.next_session() || gap != Some(FIRST_PREGAP)) {
            return Err(NotInSheet::Elsewhere(number));
        }
        before.sessions.push(session.clone());
    }
    Ok(())
}

/// The text of the sheet; `bins` are the names of the files with the sectors, 2352 bytes each, one for each session.
///
/// CD-Text goes in as far as sheets have words for it, from the first language. Several sessions are told as dumps of discs
/// tell them: by remarks, whose times are lengths.
///
/// # Errors
/// [`NotInSheet`].
pub fn sheet(layout: &CdLayout, bins: &[impl AsRef<str>]) -> Result<String, NotInSheet> {
    if layout.sessions.len() > bins.len() {
        return Err(NotInSheet::Sessions(layout.sessions.len()));
    }
    in_sheet(layout)?;
    let mut out = String::new();
    let text = layout.text.blocks.first();
    let bins: Vec<&str> = bins.iter().map(AsRef::as_ref).collect();
    // Writing to a string cannot fail.
    let _ = write_sheet(&mut out, layout, &bins, text);
    Ok(out)
}

fn write_sheet(out: &mut String, layout: &CdLayout, bins: &[&str], text: Option<&Block>) -> fmt::Result {
    if let Some(mcn) = layout.mcn {
        writeln!(out, "CATALOG {mcn}")?;
    }
    if let Some(name) = text.and_then(|text| text.genre.as_ref()).and_then(|(genre, _)| genre.name()) {
        writeln!(out, "REM GENRE \"{name}\"")?;
    }
    texts(out, text, 0, "")?;
    for (number, (session, bin)) in (1..).zip(layout.sessions.iter().zip(bins)) {
        if layout.sessions.len() > 1 {
            session_remarks(out, number)?;
        }
        writeln!(out, "FILE \"{bin}\" BINARY")?;
        // Where the file begins.
        let from = if number == 1 { Lba::ZERO } else { session.start + FIRST_PREGAP };
        for (at, placed) in session.placed().enumerate() {
            let track = placed.track;
            writeln!(out, "  TRACK {} {}", track.number, kind(track, session.disc_type))?;
            texts(out, text, track.number.get(), "    ")?;
            flags(out, track)?;
            if let Some(isrc) = track.isrc {
                writeln!(out, "    ISRC {isrc}")?;
            }
            indices(out, &placed, at == 0, from)?;
        }
    }
    Ok(())
}

/// What lies between a session and the one before it: nothing of it is in a file.
fn session_remarks(out: &mut String, number: usize) -> fmt::Result {
    if number > 1 {
        let before = if number == 2 { FIRST_SESSION_DISTANCE } else { LATER_SESSION_DISTANCE };
        writeln!(out, "REM LEAD-OUT {}", time::format(before - LATER_LEAD_IN))?;
    }
    writeln!(out, "REM SESSION {number:02}")?;
    if number > 1 {
        writeln!(out, "REM LEAD-IN {}", time::format(LATER_LEAD_IN))?;
        writeln!(out, "REM PREGAP {}", time::format(FIRST_PREGAP))?;
    }
    Ok(())
}

fn kind(track: &CdTrack, disc_type: DiscType) -> &'static str {
    match (track.mode, disc_type) {
        (TrackMode::Audio, _) => "AUDIO",
        (TrackMode::Mode2, DiscType::CdI) => "CDI/2352",
        (TrackMode::Mode2, _) => "MODE2/2352",
        (TrackMode::Mode0 | TrackMode::Mode1, _) => "MODE1/2352",
    }
}

fn flags(out: &mut String, track: &CdTrack) -> fmt::Result {
    let control = track.control;
    let flags = [
        (control.copy_permitted, " DCP"),
        (control.four_channel, " 4CH"),
        (control.pre_emphasis, " PRE"),
        (track.scms, " SCMS"),
    ];
    if flags.iter().any(|(set, _)| *set) {
        let words: String = flags.iter().filter(|(set, _)| *set).map(|(_, word)| *word).collect();
        writeln!(out, "    FLAGS{words}")?;
    }
    Ok(())
}

fn indices(out: &mut String, placed: &Placed<'_>, first: bool, from: Lba) -> fmt::Result {
    let mut index = |number: usize, at: Lba| writeln!(out, "    INDEX {number:02} {}", time::format(at.since(from)));
    // The first two seconds are not in the file.
    let pregap = if first { placed.track.pregap - FIRST_PREGAP } else { placed.track.pregap };
    if pregap > SectorCount::ZERO {
        index(0, placed.start - pregap)?;
    }
    index(1, placed.start)?;
    for (number, &offset) in (2..).zip(&placed.track.indices) {
        index(number, placed.start + offset)?;
    }
    Ok(())
}

fn texts(out: &mut String, text: Option<&Block>, track: u8, indent: &str) -> fmt::Result {
    let words = [
        (TextKind::Title, "TITLE"),
        (TextKind::Performer, "PERFORMER"),
        (TextKind::Songwriter, "SONGWRITER"),
        // Not CDRWIN's: in a remark they do not stop other readers.
        (TextKind::Composer, "REM COMPOSER"),
        (TextKind::Arranger, "REM ARRANGER"),
    ];
    for (kind, word) in words {
        if let Some(value) = text.and_then(|text| text.get(kind, track)).filter(|value| !value.is_empty()) {
            writeln!(out, "{indent}{word} \"{value}\"")?;
        }
    }
    Ok(())
}
