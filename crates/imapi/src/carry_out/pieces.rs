//! The stream cut into pieces for reading ahead.

use webburn_sector::{Lba, SectorCount};

use crate::plan::Range;

/// Bytes of one WRITE and of one digest: 64 KiB, a cluster of BD and four ECC blocks of DVD. USB bridges take no more.
pub const CHUNK: usize = 64 * 1024;
/// Sectors of a piece: 4 MiB of data. Two of them are under way at once.
const PIECE_SECTORS: u32 = 2048;

/// A piece of a range: some sectors of the stream, then perhaps zeros.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its first sector in the stream.
    pub from: u64,
    /// Its first sector on the disc.
    pub to: Lba,
    /// Sectors of the stream.
    pub sectors: SectorCount,
    /// Zeros behind them.
    pub fill: SectorCount,
}

impl Piece {
    /// Sectors that are written.
    #[must_use]
    pub fn written(&self) -> SectorCount {
        self.sectors + self.fill
    }

    /// Bytes that come from the stream.
    #[must_use]
    pub fn stream_bytes(&self, sector_size: usize) -> usize {
        self.sectors.0 as usize * sector_size
    }

    /// Bytes that are written.
    #[must_use]
    pub fn bytes(&self, sector_size: usize) -> usize {
        self.written().0 as usize * sector_size
    }
}

/// Cuts ranges into pieces, in order.
pub fn pieces(ranges: &[Range]) -> impl Iterator<Item = Piece> {
    ranges.iter().flat_map(|range| {
        let all = range.written().0;
        (0..all.div_ceil(PIECE_SECTORS)).map(move |k| {
            let at = k * PIECE_SECTORS;
            let written = (all - at).min(PIECE_SECTORS);
            let sectors = range.sectors.0.saturating_sub(at).min(written);
            Piece {
                from: range.from + u64::from(at),
                to: range.to + SectorCount(at),
                sectors: SectorCount(sectors),
                fill: SectorCount(written - sectors),
            }
        })
    })
}
