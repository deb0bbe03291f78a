//! What a pack is about.

/// The first byte of a pack (MMC-3, table J.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PackType {
    /// 80h–85h, 8Eh: a text for the disc and one for each track; 86h and 8Dh: a text for the disc.
    Text(TextKind),
    /// 87h: genre code and text.
    Genre,
    /// 88h: the table of contents once more.
    Toc,
    /// 89h: playback intervals.
    Intervals,
    /// 8Fh: how many packs there are of each type.
    SizeInfo,
    /// Anything else, as recorded.
    Other(u8),
}

/// The kinds of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TextKind {
    /// 80h.
    Title,
    /// 81h.
    Performer,
    /// 82h.
    Songwriter,
    /// 83h.
    Composer,
    /// 84h.
    Arranger,
    /// 85h: a message from the content provider or artist.
    Message,
    /// 86h: the publisher's catalogue number, for the disc only.
    DiscId,
    /// 8Dh: closed information, which players do not show, for the disc only.
    Closed,
    /// 8Eh: UPC/EAN of the disc, ISRC of each track.
    Codes,
}

impl TextKind {
    /// All kinds, in the order of their codes.
    pub const ALL: [TextKind; 9] = [
        TextKind::Title,
        TextKind::Performer,
        TextKind::Songwriter,
        TextKind::Composer,
        TextKind::Arranger,
        TextKind::Message,
        TextKind::DiscId,
        TextKind::Closed,
        TextKind::Codes,
    ];

    /// The byte on the disc.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            TextKind::Title => 0x80,
            TextKind::Performer => 0x81,
            TextKind::Songwriter => 0x82,
            TextKind::Composer => 0x83,
            TextKind::Arranger => 0x84,
            TextKind::Message => 0x85,
            TextKind::DiscId => 0x86,
            TextKind::Closed => 0x8D,
            TextKind::Codes => 0x8E,
        }
    }

    /// Whether each track has one too.
    #[must_use]
    pub const fn has_tracks(self) -> bool {
        !matches!(self, TextKind::DiscId | TextKind::Closed)
    }

    /// Whether it is written in the block's character set; the others are always ASCII or ISO 8859-1.
    #[must_use]
    pub const fn in_block_charset(self) -> bool {
        !matches!(self, TextKind::DiscId | TextKind::Closed | TextKind::Codes)
    }
}

impl PackType {
    /// The byte on the disc.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            PackType::Text(kind) => kind.code(),
            PackType::Genre => 0x87,
            PackType::Toc => 0x88,
            PackType::Intervals => 0x89,
            PackType::SizeInfo => 0x8F,
            PackType::Other(code) => code,
        }
    }

    /// Reads the byte.
    #[must_use]
    pub fn from_code(code: u8) -> Self {
        match code {
            0x87 => PackType::Genre,
            0x88 => PackType::Toc,
            0x89 => PackType::Intervals,
            0x8F => PackType::SizeInfo,
            _ => match TextKind::ALL.into_iter().find(|kind| kind.code() == code) {
                Some(kind) => PackType::Text(kind),
                None => PackType::Other(code),
            },
        }
    }
}
