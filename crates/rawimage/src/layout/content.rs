//! Where the bytes of a track come from.

use webburn_sector::SectorCount;

use super::{Stored, SubForm};

/// A file of a disc: its place in [`crate::CdImage`]'s list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub usize);

/// A run of sectors from one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// How many.
    pub sectors: SectorCount,
    /// Where from.
    pub content: Content,
}

/// Where sectors come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Nowhere: silence, or empty sectors of the track's mode.
    Empty,
    /// A run of equally long blocks in a file.
    Blocks {
        /// The file.
        file: FileId,
        /// Where the first block begins.
        at: u64,
        /// What a block is.
        stored: Stored,
        /// Subcode that lies in another file.
        sub: Option<SubFile>,
    },
    /// Audio put together from stretches that need not begin or end with a sector. What is missing at the end is silence.
    Samples(Vec<Extent>),
}

/// Subcode in a file of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SubFile {
    /// The file.
    pub file: FileId,
    /// Where the first sector's subcode begins.
    pub at: u64,
    /// How it is laid out.
    pub form: SubForm,
}

/// A stretch of samples: 44.1 kHz, 16 bits, stereo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// The file; `None` for silence.
    pub file: Option<FileId>,
    /// Its first byte.
    pub at: u64,
    /// How many bytes.
    pub bytes: u64,
    /// Whether the most significant byte of a sample comes first.
    pub big_endian: bool,
}

impl Piece {
    /// Silence, or empty sectors of the track's mode.
    #[must_use]
    pub const fn empty(sectors: SectorCount) -> Self {
        Piece { sectors, content: Content::Empty }
    }

    /// Blocks of one file.
    #[must_use]
    pub const fn blocks(sectors: SectorCount, file: FileId, at: u64, stored: Stored) -> Self {
        Piece { sectors, content: Content::Blocks { file, at, stored, sub: None } }
    }

    /// Little-endian samples of one file, filled up with silence to whole sectors.
    #[must_use]
    pub fn samples(file: FileId, at: u64, bytes: u64) -> Self {
        Piece::joined(vec![Extent { file: Some(file), at, bytes, big_endian: false }])
    }

    /// Stretches of samples one behind the other, filled up with silence to whole sectors.
    #[must_use]
    pub fn joined(extents: Vec<Extent>) -> Self {
        let bytes = extents.iter().fold(0_u64, |sum, extent| sum.saturating_add(extent.bytes));
        let sectors = SectorCount(u32::try_from(bytes.div_ceil(2352)).unwrap_or(u32::MAX));
        Piece { sectors, content: Content::Samples(extents) }
    }
}

impl Piece {
    /// The first `sectors` of it, and the rest.
    #[must_use]
    pub fn split(self, sectors: SectorCount) -> (Piece, Piece) {
        let first = SectorCount(sectors.0.min(self.sectors.0));
        let rest = self.sectors - first;
        let (front, back) = match self.content {
            Content::Empty => (Content::Empty, Content::Empty),
            Content::Blocks { file, at, stored, sub } => {
                let front = Content::Blocks { file, at, stored, sub };
                let at = at.saturating_add(first.bytes(stored.size()));
                let sub = sub.map(|sub| SubFile { at: sub.at.saturating_add(first.bytes(sub.form.size())), ..sub });
                (front, Content::Blocks { file, at, stored, sub })
            }
            Content::Samples(extents) => {
                let (front, back) = split_extents(extents, first.bytes(2352));
                (Content::Samples(front), Content::Samples(back))
            }
        };
        (Piece { sectors: first, content: front }, Piece { sectors: rest, content: back })
    }
}

fn split_extents(extents: Vec<Extent>, bytes: u64) -> (Vec<Extent>, Vec<Extent>) {
    let (mut front, mut back) = (Vec::new(), Vec::new());
    let mut left = bytes;
    for extent in extents {
        let here = extent.bytes.min(left);
        left -= here;
        if here > 0 {
            front.push(Extent { bytes: here, ..extent });
        }
        if here < extent.bytes {
            back.push(Extent { at: extent.at.saturating_add(here), bytes: extent.bytes - here, ..extent });
        }
    }
    (front, back)
}
