//! VERIFY(10) (MMC-6, 6.44).

use std::fmt;

use webburn_scsi::{Command, command};
use webburn_sector::{Lba, SectorCount};

command! {
    /// Checks that blocks can be read, without sending them (BytChk = 0 is the only form optical drives have).
    Verify10 = 0x2F [10] {
        /// BytChk: compare with data from the host.
        byte_check: bool = bit(1, 1),
        /// First block.
        lba: Lba = lba(2),
        /// How many, at most 65535.
        blocks: SectorCount = count16(7),
    }
}

plain!(Verify10, "VERIFY(10)");

impl fmt::Display for Verify10 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} lba {}, {} blocks", Self::NAME, self.lba, self.blocks.0)
    }
}
