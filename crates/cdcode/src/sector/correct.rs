//! Correcting a sector as far as its code reaches.

use super::encode::write_sector_parity;
use super::{Check, Sector, SectorMode, body, check, write_sync};
use crate::rspc;

/// Bytes of a sector that the drive marked as doubtful: the C2 pointers of READ CD.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Erasures(pub [u8; 294]);

impl Erasures {
    /// None marked.
    pub const NONE: Erasures = Erasures([0; 294]);

    /// Whether byte `at` of the sector is marked. The most significant bit comes first (MMC-6, READ CD).
    #[must_use]
    pub const fn has(&self, at: usize) -> bool {
        at < 2352 && self.0[at / 8] & 0x80 >> (at % 8) != 0
    }

    /// Marks byte `at`; beyond the sector nothing happens.
    pub const fn mark(&mut self, at: usize) {
        if at < 2352 {
            self.0[at / 8] |= 0x80 >> (at % 8);
        }
    }
}

/// What [`correct`] did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Correction {
    /// Nothing was wrong.
    Clean,
    /// Everything is right now, and the EDC vouches for it.
    Corrected {
        /// Bytes that were changed, of 2352.
        bytes: u16,
    },
    /// Beyond the code's reach, or a mode without parity. The sector is unchanged.
    Failed {
        /// What was wrong with it as it came.
        before: Check,
        /// P codes left that the code could not settle, of 86.
        left_p: u8,
        /// Q codes left, of 52.
        left_q: u8,
    },
}

/// Corrects a descrambled sector of a known mode in place, by P and Q in turn, with the help of C2 pointers if given.
///
/// A result counts only if the EDC agrees with it: two codes of two parity bytes each can be fooled, 32 more bits
/// hardly ever. On failure the sector stays as it was read.
pub fn correct(sector: &mut Sector, mode: SectorMode, erasures: Option<&Erasures>) -> Correction {
    let before = check(sector, mode);
    if before.is_clean() {
        return Correction::Clean;
    }
    if !mode.has_parity() {
        return Correction::Failed { before, left_p: before.bad_p, left_q: before.bad_q };
    }
    let mut mended = *sector;
    write_sync(&mut mended);
    let mut left = rspc::Corrected { bad_p: 0, bad_q: 0 };
    let suspect = erasures.map(|marks| std::array::from_fn(|place| marks.has(12 + place)));
    // Pointers may mark sound bytes and miss bad ones, so the code tries on its own first.
    for suspect in [None, suspect.as_ref()].into_iter().take(1 + usize::from(erasures.is_some())) {
        if check(&mended, mode).edc == Some(true) {
            break;
        }
        mended[12..].copy_from_slice(&sector[12..]);
        left = mend(&mut mended, mode, suspect);
    }
    if check(&mended, mode).edc != Some(true) {
        return Correction::Failed { before, left_p: left.bad_p, left_q: left.bad_q };
    }
    // The data are right; whatever parity did not settle is made anew from them.
    if mode == SectorMode::Mode1 {
        mended[2068..2076].fill(0);
    }
    write_sector_parity(&mut mended, mode);
    let bytes = sector.iter().zip(&mended).filter(|(old, new)| old != new).count() as u16;
    *sector = mended;
    Correction::Corrected { bytes }
}

/// Applies the product code; for form 1 the header is none of its business.
fn mend(sector: &mut Sector, mode: SectorMode, suspect: Option<&[bool; 2340]>) -> rspc::Corrected {
    let mut work = *body(sector);
    let header = [work[0], work[1], work[2], work[3]];
    let free_of_header = mode == SectorMode::Mode2Form1;
    if free_of_header {
        work[..4].fill(0);
    }
    let left = rspc::correct(&mut work, suspect);
    if free_of_header {
        work[..4].copy_from_slice(&header);
    }
    sector[12..].copy_from_slice(&work);
    left
}
