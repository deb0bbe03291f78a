//! WRITE(10) and WRITE(12) (MMC-6, 6.45 and 6.46).

use std::fmt;

use webburn_scsi::{Command, command};
use webburn_sector::{Lba, SectorCount};

command! {
    /// Writes blocks; how long one is depends on the medium and mode page 05h. Borrows its data and allocates nothing.
    Write10 = 0x2A [10] {
        /// FUA: to the disc before the answer.
        force_unit_access: bool = bit(1, 3),
        /// First block; negative in the lead-in and pre-gap of a CD.
        lba: Lba = lba(2),
        /// How many, at most 65535.
        blocks: SectorCount = count16(7),
    } out
    /// The blocks.
    data
}

command! {
    /// The same with a wider count and the streaming bit.
    Write12 = 0xAA [12] {
        /// FUA: to the disc before the answer.
        force_unit_access: bool = bit(1, 3),
        /// First block.
        lba: Lba = lba(2),
        /// How many.
        blocks: SectorCount = count(6),
        /// Streaming: no check while writing, needs feature 0107h with stream writing.
        streaming: bool = bit(10, 7),
    } out
    /// The blocks.
    data
}

sends!(Write10, "WRITE(10)", data);
sends!(Write12, "WRITE(12)", data);

impl fmt::Display for Write10<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fua = if self.force_unit_access { ", FUA" } else { "" };
        write!(f, "{} lba {}, {} blocks{fua}", Self::NAME, self.lba, self.blocks.0)
    }
}

impl fmt::Display for Write12<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fua = if self.force_unit_access { ", FUA" } else { "" };
        let streaming = if self.streaming { ", streaming" } else { "" };
        write!(f, "{} lba {}, {} blocks{fua}{streaming}", Self::NAME, self.lba, self.blocks.0)
    }
}
