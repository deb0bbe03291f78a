//! SYNCHRONIZE CACHE (MMC-6, 6.43).

use std::fmt;

use webburn_scsi::{Command, command};
use webburn_sector::{Lba, SectorCount};

command! {
    /// Writes what is in the drive's buffer; on a CD it ends a track at once.
    SynchronizeCache = 0x35 [10] {
        /// Immed: answer before it is done.
        immediate: bool = bit(1, 1),
        /// First block; with 0 blocks everything is meant.
        lba: Lba = lba(2),
        /// How many; 0 is all.
        blocks: SectorCount = count16(7),
    }
}

impl SynchronizeCache {
    /// Everything.
    #[must_use]
    pub const fn all(immediate: bool) -> Self {
        SynchronizeCache { immediate, lba: Lba::ZERO, blocks: SectorCount::ZERO }
    }
}

plain!(SynchronizeCache, "SYNCHRONIZE CACHE");

impl fmt::Display for SynchronizeCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", Self::NAME, if self.immediate { ", immediate" } else { "" })
    }
}
