//! The address in a sector's header.

use webburn_sector::{Lba, Msf};

use crate::{from_bcd, to_bcd};

/// The three address bytes of a header: minute, second, frame in BCD (ECMA-130, 14.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct HeaderAddress(pub [u8; 3]);

impl HeaderAddress {
    /// The header of an absolute time. Minutes 90 to 99 are the first lead-in, as wodim was observed to write it.
    #[must_use]
    pub const fn from_msf(at: Msf) -> Self {
        HeaderAddress([to_bcd(at.minute), to_bcd(at.second), to_bcd(at.frame)])
    }

    /// The header of a block address; `None` where no CD reaches.
    #[must_use]
    pub const fn from_lba(at: Lba) -> Option<Self> {
        match Msf::from_lba(at) {
            Some(at) => Some(HeaderAddress::from_msf(at)),
            None => None,
        }
    }

    /// The same with A0h added to the minute byte, which marks lead-in sectors in libburn's raw mode.
    #[must_use]
    pub const fn marked_as_lead_in(self) -> Self {
        let [minute, second, frame] = self.0;
        HeaderAddress([minute.wrapping_add(0xA0), second, frame])
    }

    /// The time; `None` when a byte is no BCD number or names no second or frame.
    #[must_use]
    pub const fn to_msf(self) -> Option<Msf> {
        let [minute, second, frame] = self.0;
        match (from_bcd(minute), from_bcd(second), from_bcd(frame)) {
            (Some(minute), Some(second), Some(frame)) if second < 60 && frame < 75 => {
                Some(Msf::new(minute, second, frame))
            }
            _ => None,
        }
    }

    /// The block address; `None` as for [`HeaderAddress::to_msf`].
    #[must_use]
    pub fn to_lba(self) -> Option<Lba> {
        self.to_msf()?.to_lba().ok()
    }
}
