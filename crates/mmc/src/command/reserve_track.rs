//! RESERVE TRACK (MMC-6, 6.31).

use std::fmt;

use webburn_scsi::{Command, command};
use webburn_sector::{Lba, SectorCount};

command! {
    /// Reserves a track of a known size (ARSV = 0).
    ReserveTrack = 0x53 [10] given { bit(1, 0) = false } {
        /// RMZ: the next RZone after it is also reserved (DVD-R dual layer).
        rmz: bool = bit(1, 1),
        /// Its size.
        blocks: SectorCount = count(5),
    }
}

command! {
    /// Ends the open track before an address, so that the next begins there (ARSV = 1).
    ReserveTrackUpTo = 0x53 [10] given { bit(1, 0) = true } {
        /// RMZ.
        rmz: bool = bit(1, 1),
        /// The address.
        lba: Lba = lba(2),
    }
}

plain!(ReserveTrack, "RESERVE TRACK");
plain!(ReserveTrackUpTo, "RESERVE TRACK");

impl fmt::Display for ReserveTrack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} blocks", Self::NAME, self.blocks.0)
    }
}

impl fmt::Display for ReserveTrackUpTo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} up to lba {}", Self::NAME, self.lba)
    }
}
