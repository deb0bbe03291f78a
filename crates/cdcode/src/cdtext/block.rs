//! CD-Text as a person thinks of it.

use std::collections::BTreeMap;

use webburn_sector::Msf;

use super::{Charset, Genre, Language, NotInCharset, TextKind};

/// All CD-Text of a disc. A block's number is its place in the list; no more than eight fit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CdText {
    /// One per language.
    pub blocks: Vec<Block>,
}

/// The texts of one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// The language.
    pub language: Language,
    /// The character set of titles, names and messages.
    pub charset: Charset,
    /// Copyright flags: byte 3 of [`super::SizeInfo`].
    pub copyright: u8,
    /// The first track of the disc.
    pub first_track: u8,
    /// The last track of the disc.
    pub last_track: u8,
    /// Texts by kind and track (0 is the disc), in the bytes of their character set, without terminators.
    pub texts: BTreeMap<(TextKind, u8), Vec<u8>>,
    /// The genre, and what it adds in words (ASCII).
    pub genre: Option<(Genre, Vec<u8>)>,
    /// The table of contents, if it is to be repeated here.
    pub toc: Option<Toc>,
    /// Playback intervals.
    pub intervals: Vec<Interval>,
}

/// The table of contents of pack type 88h. Times are absolute, in binary on the disc.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toc {
    /// Where the lead-out starts.
    pub lead_out: Msf,
    /// Where the tracks start, from the block's first to its last.
    pub starts: Vec<Msf>,
}

/// A stretch of a track to be played as a sample (type 89h; its meaning is a *guess* from examples).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// The track.
    pub track: u8,
    /// Its beginning, absolute.
    pub start: Msf,
    /// Its end, absolute.
    pub end: Msf,
}

impl Block {
    /// A block without texts: ISO 8859-1, English.
    #[must_use]
    pub fn new(first_track: u8, last_track: u8) -> Self {
        Block {
            language: Language::ENGLISH,
            charset: Charset::Latin1,
            copyright: 0,
            first_track,
            last_track,
            texts: BTreeMap::new(),
            genre: None,
            toc: None,
            intervals: Vec::new(),
        }
    }

    /// The set a kind of text is written in: the block's own, or ISO 8859-1 for codes and closed information.
    #[must_use]
    pub const fn charset_of(&self, kind: TextKind) -> Charset {
        if kind.in_block_charset() { self.charset } else { Charset::Latin1 }
    }

    /// Sets a text; track 0 is the disc.
    ///
    /// # Errors
    /// A character that the set lacks; every character in a double-byte block, whose bytes go into
    /// [`Block::texts`] directly.
    pub fn set(&mut self, kind: TextKind, track: u8, text: &str) -> Result<(), NotInCharset> {
        let bytes = self.charset_of(kind).encode(text)?;
        self.texts.insert((kind, track), bytes);
        Ok(())
    }

    /// A text; `None` when there is none, or its set has two bytes a character.
    #[must_use]
    pub fn get(&self, kind: TextKind, track: u8) -> Option<String> {
        self.charset_of(kind).decode(self.texts.get(&(kind, track))?)
    }
}
