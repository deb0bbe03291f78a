//! PREVENT ALLOW MEDIUM REMOVAL (SPC-4, 6.18; MMC-6, 6.14).

use std::fmt;

use crate::{Cdb, Command, Malformed, command};

command! {
    /// Locks or unlocks the tray.
    PreventAllowMediumRemoval = 0x1E [6] {
        /// Persistent: the host wants eject requests as events and opens the tray itself.
        persistent: bool = bit(4, 1),
        /// Prevent: the tray stays shut.
        prevent: bool = bit(4, 0),
    }
}

impl PreventAllowMediumRemoval {
    /// Locks the tray.
    pub const PREVENT: Self = PreventAllowMediumRemoval { persistent: false, prevent: true };
    /// Unlocks the tray.
    pub const ALLOW: Self = PreventAllowMediumRemoval { persistent: false, prevent: false };
}

impl Command for PreventAllowMediumRemoval {
    const NAME: &'static str = "PREVENT ALLOW MEDIUM REMOVAL";
    type Response = ();
    fn cdb(&self) -> Cdb {
        self.to_cdb()
    }
    fn decode(&self, _: &[u8]) -> Result<(), Malformed> {
        Ok(())
    }
}

impl fmt::Display for PreventAllowMediumRemoval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = if self.prevent { "prevent" } else { "allow" };
        write!(f, "{}: {what}{}", Self::NAME, if self.persistent { ", persistent" } else { "" })
    }
}
