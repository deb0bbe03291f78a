//! A sheet for a disc whose sectors lie in one BIN: see [`crate::stream::MainStream`] from LBA 0 to the lead-out.

use std::fmt::{self, Write};

use webburn_cdcode::cdtext::{Block, TextKind};
use webburn_cdcode::session::DiscType;
use webburn_sector::{Lba, SectorCount};

use crate::format::time;
use crate::layout::{CdLayout, CdTrack, FIRST_PREGAP, Placed, TrackMode};

/// Why a disc cannot be told in a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotInSheet {
    /// Several sessions in one file: sheets have no word for the place of a session.
    Sessions(usize),
}

impl fmt::Display for NotInSheet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let NotInSheet::Sessions(sessions) = self;
        write!(f, "a CUE sheet with one BIN cannot tell of {sessions} sessions; CCD can")
    }
}

impl std::error::Error for NotInSheet {}

/// The text of the sheet; `bin` is the name of the file with the sectors from LBA 0 on, 2352 bytes each.
///
/// CD-Text goes in as far as sheets have words for it, from the first language.
///
/// # Errors
/// [`NotInSheet`].
pub fn sheet(layout: &CdLayout, bin: &str) -> Result<String, NotInSheet> {
    if layout.sessions.len() > 1 {
        return Err(NotInSheet::Sessions(layout.sessions.len()));
    }
    let mut out = String::new();
    let text = layout.text.blocks.first();
    // Writing to a string cannot fail.
    let _ = write_sheet(&mut out, layout, bin, text);
    Ok(out)
}

fn write_sheet(out: &mut String, layout: &CdLayout, bin: &str, text: Option<&Block>) -> fmt::Result {
    if let Some(mcn) = layout.mcn {
        writeln!(out, "CATALOG {mcn}")?;
    }
    if let Some(name) = text.and_then(|text| text.genre.as_ref()).and_then(|(genre, _)| genre.name()) {
        writeln!(out, "REM GENRE \"{name}\"")?;
    }
    texts(out, text, 0, "")?;
    writeln!(out, "FILE \"{bin}\" BINARY")?;
    for session in &layout.sessions {
        for (at, placed) in session.placed().enumerate() {
            let track = placed.track;
            writeln!(out, "  TRACK {} {}", track.number, kind(track, session.disc_type))?;
            texts(out, text, track.number.get(), "    ")?;
            flags(out, track)?;
            if let Some(isrc) = track.isrc {
                writeln!(out, "    ISRC {isrc}")?;
            }
            indices(out, &placed, at == 0)?;
        }
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

fn indices(out: &mut String, placed: &Placed<'_>, first: bool) -> fmt::Result {
    let mut index =
        |number: usize, at: Lba| writeln!(out, "    INDEX {number:02} {}", time::format(at.since(Lba::ZERO)));
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
