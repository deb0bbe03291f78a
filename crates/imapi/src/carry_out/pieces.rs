//! The stream cut into pieces for reading ahead.

use webburn_sector::{Lba, SectorCount};

use crate::plan::Range;

/// Bytes of one WRITE and of one digest: 64 KiB, a cluster of BD and four ECC blocks of DVD. USB bridges take no more.
pub const CHUNK: usize = 64 * 1024;
/// Sectors of a piece: 4 MiB of data. Two of them are under way at once.
const PIECE_SECTORS: u32 = 2048;

/// A piece of a range: some sectors of the stream, then perhaps zeros.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub from: u64,
    pub to: Lba,
    pub sectors: SectorCount,
    pub fill: SectorCount,
}

impl Piece {
    pub fn written(&self) -> SectorCount {
        self.sectors + self.fill
    }

    pub fn stream_bytes(&self, sector_size: usize) -> usize {
        self.sectors.0 as usize * sector_size
    }

    pub fn bytes(&self, sector_size: usize) -> usize {
        self.written().0 as usize * sector_size
    }
}

/// Cuts ranges into pieces, in order.
pub(super) fn pieces(ranges: &[Range]) -> impl Iterator<Item = Piece> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_cover_ranges_and_fill_comes_last() {
        let range = Range { from: 5, to: Lba(100), sectors: SectorCount(4088), fill: SectorCount(20) };
        let cut: Vec<_> = pieces(&[range]).collect();
        assert_eq!(
            cut,
            [
                Piece { from: 5, to: Lba(100), sectors: SectorCount(2048), fill: SectorCount(0) },
                Piece { from: 2053, to: Lba(2148), sectors: SectorCount(2040), fill: SectorCount(8) },
                Piece { from: 4101, to: Lba(4196), sectors: SectorCount(0), fill: SectorCount(12) },
            ]
        );
        assert_eq!(pieces(&[]).count(), 0);
    }
}
