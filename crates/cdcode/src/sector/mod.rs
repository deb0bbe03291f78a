//! The 2352 bytes of a sector: where everything lies, coding, checking and correcting.

mod check;
mod correct;
mod detect;
mod encode;
mod header;
mod mode;
mod sub_header;

pub use check::{Check, check};
pub use correct::{Correction, Erasures, correct};
pub use detect::{Detected, detect};
pub use encode::{encode, write_edc, write_header, write_sector_parity, write_sync};
pub use header::HeaderAddress;
pub use mode::SectorMode;
pub use sub_header::SubHeader;

/// Bytes of a sector on the main channel.
pub const SECTOR_SIZE: usize = 2352;

/// A sector of the main channel.
pub type Sector = [u8; SECTOR_SIZE];

/// What a data sector begins with (ECMA-130, 14.1).
pub const SYNC: [u8; 12] = [0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0];

/// The part of a sector that scrambler and product code cover: all after the sync.
pub(crate) fn body(sector: &Sector) -> &[u8; SECTOR_SIZE - 12] {
    // The lengths are constants that fit, so the fallback is never taken.
    sector.last_chunk().unwrap_or(&[0; SECTOR_SIZE - 12])
}
