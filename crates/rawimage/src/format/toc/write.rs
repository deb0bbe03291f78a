//! A TOC file for a disc whose sectors lie in one BIN: see [`crate::stream::MainStream`] from LBA 0 to the lead-out.

use std::fmt::{self, Write};

use webburn_cdcode::cdtext::CdText;
use webburn_cdcode::session::DiscType;
use webburn_sector::{Lba, SectorCount};

use super::cd_text::KINDS;
use super::language;
use super::lexer::quoted;
use crate::format::time;
use crate::layout::{CdLayout, CdTrack, FIRST_PREGAP, Placed, TrackMode};

/// Why a disc cannot be told in a TOC file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotInToc {
    /// Several sessions: a TOC file is one session.
    Sessions(usize),
    /// The first track is not number 1.
    FirstTrack(u8),
}

impl fmt::Display for NotInToc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotInToc::Sessions(sessions) => write!(f, "a TOC file tells of one session, not of {sessions}"),
            NotInToc::FirstTrack(number) => write!(f, "the tracks of a TOC file begin with 1, not with {number}"),
        }
    }
}

impl std::error::Error for NotInToc {}

/// The text of the file; `bin` is the name of the file with the sectors from LBA 0 on, 2352 bytes each.
///
/// # Errors
/// [`NotInToc`].
pub fn toc(layout: &CdLayout, bin: &str) -> Result<String, NotInToc> {
    if layout.sessions.len() > 1 {
        return Err(NotInToc::Sessions(layout.sessions.len()));
    }
    let first = layout.placed().next().map_or(1, |placed| placed.track.number.get());
    if first != 1 {
        return Err(NotInToc::FirstTrack(first));
    }
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write_toc(&mut out, layout, bin);
    Ok(out)
}

fn write_toc(out: &mut String, layout: &CdLayout, bin: &str) -> fmt::Result {
    for session in &layout.sessions {
        writeln!(out, "{}\n", kind(session.disc_type, session.tracks.iter().any(|track| track.mode.is_data())))?;
        if let Some(mcn) = layout.mcn {
            writeln!(out, "CATALOG \"{mcn}\"\n")?;
        }
        if !layout.text.blocks.is_empty() {
            writeln!(out, "CD_TEXT {{")?;
            let entries = (0..).zip(&layout.text.blocks);
            let map: Vec<String> = entries.map(|(n, b)| format!("{n}: {}", language::format(b.language))).collect();
            writeln!(out, "  LANGUAGE_MAP {{ {} }}", map.join(" "))?;
            texts(out, &layout.text, 0)?;
            writeln!(out, "}}\n")?;
        }
        for (at, placed) in session.placed().enumerate() {
            write_track(out, layout, &placed, at == 0, bin)?;
        }
    }
    Ok(())
}

fn write_track(out: &mut String, layout: &CdLayout, placed: &Placed<'_>, first: bool, bin: &str) -> fmt::Result {
    let track = placed.track;
    writeln!(out, "// Track {}\nTRACK {}", track.number, mode(track))?;
    writeln!(out, "{}COPY", if track.control.copy_permitted { "" } else { "NO " })?;
    if !track.mode.is_data() {
        writeln!(out, "{}PRE_EMPHASIS", if track.control.pre_emphasis { "" } else { "NO " })?;
        writeln!(out, "{}_CHANNEL_AUDIO", if track.control.four_channel { "FOUR" } else { "TWO" })?;
    }
    if let Some(isrc) = track.isrc {
        writeln!(out, "ISRC \"{isrc}\"")?;
    }
    let own = track.number.get();
    if layout.text.blocks.iter().any(|block| block.texts.keys().any(|(_, track)| *track == own)) {
        writeln!(out, "CD_TEXT {{")?;
        texts(out, &layout.text, own)?;
        writeln!(out, "}}")?;
    }
    // The first two seconds are not in the file.
    let (from, pregap) = if first { (Lba::ZERO, track.pregap - FIRST_PREGAP) } else { (placed.pregap, track.pregap) };
    let (skip, length) = (from.since(Lba::ZERO), placed.end.since(from));
    if track.mode.is_data() {
        writeln!(out, "DATAFILE {} #{} {}", quoted(bin), skip.bytes(2352), time::format(length))?;
    } else {
        writeln!(out, "FILE {} SWAP {} {}", quoted(bin), time::format(skip), time::format(length))?;
    }
    if pregap > SectorCount::ZERO {
        writeln!(out, "START {}", time::format(pregap))?;
    }
    for &index in &track.indices {
        writeln!(out, "INDEX {}", time::format(index))?;
    }
    writeln!(out)
}

fn kind(disc_type: DiscType, data: bool) -> &'static str {
    match (disc_type, data) {
        (DiscType::Xa, _) => "CD_ROM_XA",
        (DiscType::CdI, _) => "CD_I",
        (DiscType::Plain, true) => "CD_ROM",
        (DiscType::Plain, false) => "CD_DA",
    }
}

const fn mode(track: &CdTrack) -> &'static str {
    match track.mode {
        TrackMode::Audio => "AUDIO",
        TrackMode::Mode0 => "MODE0",
        TrackMode::Mode1 => "MODE1_RAW",
        TrackMode::Mode2 => "MODE2_RAW",
    }
}

fn texts(out: &mut String, text: &CdText, track: u8) -> fmt::Result {
    for (number, block) in text.blocks.iter().enumerate() {
        writeln!(out, "  LANGUAGE {number} {{")?;
        for (word, kind) in KINDS {
            let own_word = (word == "UPC_EAN") == (track == 0) || !matches!(word, "UPC_EAN" | "ISRC");
            let Some(bytes) = block.texts.get(&(kind, track)).filter(|_| own_word) else { continue };
            match block.get(kind, track) {
                Some(value) => writeln!(out, "    {word} {}", quoted(&value))?,
                None => writeln!(out, "    {word} {{ {} }}", numbers(bytes))?,
            }
        }
        if let Some((genre, words)) = block.genre.as_ref().filter(|_| track == 0) {
            let mut bytes = genre.0.to_be_bytes().to_vec();
            bytes.extend(words);
            bytes.push(0);
            writeln!(out, "    GENRE {{ {} }}", numbers(&bytes))?;
        }
        writeln!(out, "  }}")?;
    }
    Ok(())
}

fn numbers(bytes: &[u8]) -> String {
    let numbers: Vec<String> = bytes.iter().map(u8::to_string).collect();
    numbers.join(", ")
}
