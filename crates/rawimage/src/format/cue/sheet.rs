//! What a sheet says, before its files are looked at.

use webburn_cdcode::{Isrc, Mcn};
use webburn_sector::SectorCount;

use crate::error::Note;
use crate::format::text::TextItem;
use crate::layout::{Stored, TrackMode};

#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub mcn: Option<Mcn>,
    pub cd_text_file: Option<(String, usize)>,
    pub genre: Option<String>,
    pub texts: Vec<TextItem>,
    pub files: Vec<SheetFile>,
    pub tracks: Vec<SheetTrack>,
    pub notes: Vec<Note>,
}

#[derive(Debug)]
pub(super) struct SheetFile {
    pub name: String,
    pub kind: FileKind,
    pub line: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileKind {
    /// Sectors; audio little-endian.
    Binary,
    /// Sectors; audio big-endian.
    Motorola,
    /// WAVE, AIFF, MP3, FLAC: what it really is, its first bytes tell.
    Audio,
}

#[derive(Debug)]
pub(super) struct SheetTrack {
    pub number: u8,
    pub kind: TrackKind,
    pub line: usize,
    /// From 1.
    pub session: u8,
    pub copy_permitted: bool,
    pub four_channel: bool,
    pub pre_emphasis: bool,
    pub scms: bool,
    pub isrc: Option<Isrc>,
    pub pregap: SectorCount,
    pub postgap: SectorCount,
    pub indices: Vec<SheetIndex>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct SheetIndex {
    pub number: u8,
    /// Place in the sheet's files.
    pub file: usize,
    /// Sectors from the file's start.
    pub at: SectorCount,
    pub line: usize,
}

/// What `TRACK` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TrackKind {
    pub mode: TrackMode,
    pub stored: Stored,
    pub cd_i: bool,
}
