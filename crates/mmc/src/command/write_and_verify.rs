//! WRITE AND VERIFY(10) (MMC-6, 6.47).

use std::fmt;

use webburn_scsi::{Command, command};
use webburn_sector::{Lba, SectorCount};

command! {
    /// Writes blocks and reads them again before the answer.
    WriteAndVerify10 = 0x2E [10] {
        /// First block.
        lba: Lba = lba(2),
        /// How many, at most 65535.
        blocks: SectorCount = count16(7),
    } out
    /// The blocks.
    data
}

sends!(WriteAndVerify10, "WRITE AND VERIFY(10)", data);

impl fmt::Display for WriteAndVerify10<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} lba {}, {} blocks", Self::NAME, self.lba, self.blocks.0)
    }
}
