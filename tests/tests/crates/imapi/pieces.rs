//! A stream cut into pieces for reading ahead.

use webburn_imapi::carry_out::{Piece, pieces};
use webburn_imapi::plan::Range;
use webburn_sector::{Lba, SectorCount};

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
