//! SET CD SPEED (MMC-6, 6.38).

use std::fmt;

use webburn_scsi::{Command, codes, command};

codes! {
    /// How the disc turns (SET CD SPEED and mode page 2Ah).
    RotationalControl(u8) {
        CLV = 0 "CLV",
        CAV = 1 "CAV",
    }
}

command! {
    /// Sets speeds for CDs. Speeds are in kilobytes of 1000 bytes a second (1× = 176.4, sent as 176 or 177).
    SetCdSpeed = 0xBB [12] {
        /// CLV and others, or pure CAV.
        rotation: RotationalControl = code(1, 0, 2),
        /// Read speed; FFFFh is the fastest.
        read: u16 = u16(2),
        /// Write speed; FFFFh is the fastest.
        write: u16 = u16(4),
    }
}

plain!(SetCdSpeed, "SET CD SPEED");

impl fmt::Display for SetCdSpeed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} read {} kB/s, write {} kB/s", Self::NAME, self.read, self.write)
    }
}
