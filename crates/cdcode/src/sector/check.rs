//! Checking a sector without changing it.

use super::{SYNC, Sector, SectorMode, body};
use crate::edc;
use crate::rspc::count_bad;

/// What is right and wrong in a descrambled sector.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Check {
    /// Whether the sync bytes are there; true for audio, which has none.
    pub sync: bool,
    /// Whether the EDC holds; `None` where the mode has none.
    pub edc: Option<bool>,
    /// P codes that do not hold, of 86.
    pub bad_p: u8,
    /// Q codes that do not hold, of 52.
    pub bad_q: u8,
}

impl Check {
    /// Whether nothing at all is wrong.
    #[must_use]
    pub const fn is_clean(&self) -> bool {
        self.sync && !matches!(self.edc, Some(false)) && self.bad_p == 0 && self.bad_q == 0
    }
}

/// Checks sync, EDC and parity of a descrambled sector of a known mode.
#[must_use]
pub fn check(sector: &Sector, mode: SectorMode) -> Check {
    let (bad_p, bad_q) = match mode {
        SectorMode::Mode2Form1 => {
            let mut body = *body(sector);
            body[..4].fill(0);
            count_bad(&body)
        }
        SectorMode::Mode1 => count_bad(body(sector)),
        _ => (0, 0),
    };
    Check {
        sync: mode == SectorMode::Audio || sector[..12] == SYNC,
        edc: mode.edc_range().map(|(covered, at)| sector[at..at + 4] == edc(&sector[covered]).to_le_bytes()),
        bad_p,
        bad_q,
    }
}
