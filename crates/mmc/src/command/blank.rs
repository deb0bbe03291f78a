//! BLANK (MMC-6, 6.2).

use std::fmt;

use webburn_scsi::{Command, codes, command};

codes! {
    /// Blanking type (MMC-6, table of blanking types).
    BlankType(u8) {
        DISC = 0 "whole disc",
        MINIMAL = 1 "minimal",
        TRACK = 2 "track",
        UNRESERVE_TRACK = 3 "unreserve track",
        TRACK_TAIL = 4 "track tail",
        UNCLOSE_SESSION = 5 "un-close last session",
        ERASE_SESSION = 6 "erase last session",
    }
}

command! {
    /// Erases a rewritable disc or part of it.
    Blank = 0xA1 [12] {
        /// Immed: answer before it is done.
        immediate: bool = bit(1, 4),
        /// How much.
        blank_type: BlankType = code(1, 0, 3),
        /// Start address or track number, where the type wants one.
        start: u32 = u32(2),
    }
}

plain!(Blank, "BLANK");

impl fmt::Display for Blank {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}{}", Self::NAME, self.blank_type, if self.immediate { ", immediate" } else { "" })
    }
}
