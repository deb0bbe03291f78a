//! CLOSE TRACK SESSION (MMC-6, 6.3).

use std::fmt;

use webburn_scsi::{Command, codes, command};

codes! {
    /// Close function; what each means differs by medium (MMC-6, table of close functions).
    CloseFunction(u8) {
        STOP_BACKGROUND_FORMAT = 0 "stop background format",
        TRACK = 1 "close track",
        SESSION = 2 "close session",
        FINALIZE_DVD_RW = 3 "finalise DVD-RW restricted overwrite",
        SESSION_SPECIAL = 4 "close session with special lead-out",
        FINALIZE_MINIMAL = 5 "finalise, minimal radius",
        FINALIZE = 6 "finalise",
    }
}

command! {
    /// Closes a track, a session or the disc.
    CloseTrackSession = 0x5B [10] {
        /// Immed: answer before it is done.
        immediate: bool = bit(1, 0),
        /// What to close.
        function: CloseFunction = code(2, 0, 3),
        /// Track number, with function 1; session number where a drive wants one.
        number: u16 = u16(4),
    }
}

plain!(CloseTrackSession, "CLOSE TRACK/SESSION");

impl fmt::Display for CloseTrackSession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let immediate = if self.immediate { ", immediate" } else { "" };
        write!(f, "{} function {} ({}), number {}{immediate}", Self::NAME, self.function.0, self.function, self.number)
    }
}
