//! DVD 20h and 21h: where layer 0 ends.

use webburn_scsi::layout;
use webburn_sector::{Lba, SectorCount};

use super::whole;

layout! {
    /// 20h: layer boundary of DVD+R dual layer. Can be set until something is written.
    LayerBoundary [8] {
        /// Init status: it has been set already.
        already_set: bool = bit(0, 7),
        /// Blocks of layer 0, a multiple of 16.
        layer0: SectorCount = count(4),
    }
}

layout! {
    /// 21h: shifted middle zone start of DVD-R dual layer.
    MiddleZoneStart [8] {
        /// Init status: it has been set already.
        already_set: bool = bit(0, 7),
        /// Where the middle zone starts: the first block behind the data of layer 0. *Guess*: it could be the last block
        /// of it.
        start: Lba = lba(4),
    }
}

whole!(LayerBoundary);
whole!(MiddleZoneStart);
