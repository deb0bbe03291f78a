//! LOAD/UNLOAD MEDIUM (MMC-6, 6.11).

use std::fmt;

use webburn_scsi::{Command, command};

command! {
    /// Moves a disc between a changer's slots and the drive.
    LoadUnloadMedium = 0xA6 [12] {
        /// Immed: answer before it is done.
        immediate: bool = bit(1, 0),
        /// LoUnlo.
        load_unload: bool = bit(4, 1),
        /// Start.
        start: bool = bit(4, 0),
        /// Slot number.
        slot: u8 = u8(8),
    }
}

plain!(LoadUnloadMedium, "LOAD/UNLOAD MEDIUM");

impl fmt::Display for LoadUnloadMedium {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = if self.start { "load" } else { "unload" };
        write!(f, "{}: {what} slot {}", Self::NAME, self.slot)
    }
}
