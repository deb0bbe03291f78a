//! SEEK(10) (MMC-6, 6.34).

use std::fmt;

use webburn_scsi::{Command, command};
use webburn_sector::Lba;

command! {
    /// Moves the head; does nothing that a host must rely on.
    Seek10 = 0x2B [10] {
        /// Where to.
        lba: Lba = lba(2),
    }
}

plain!(Seek10, "SEEK(10)");

impl fmt::Display for Seek10 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} lba {}", Self::NAME, self.lba)
    }
}
