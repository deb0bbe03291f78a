//! Amounts of sectors.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Sub};

use crate::SECTOR_SIZE;

/// A number of sectors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SectorCount(pub u32);

impl SectorCount {
    /// No sectors.
    pub const ZERO: SectorCount = SectorCount(0);

    /// Bytes of user data when every sector holds 2048 of them.
    #[must_use]
    pub const fn data_bytes(self) -> u64 {
        self.0 as u64 * SECTOR_SIZE as u64
    }

    /// Bytes on the wire at `sector_size` bytes each.
    #[must_use]
    pub const fn bytes(self, sector_size: usize) -> u64 {
        self.0 as u64 * sector_size as u64
    }

    /// This amount rounded up to a multiple of `unit`.
    #[must_use]
    pub const fn align_up(self, unit: SectorCount) -> SectorCount {
        if unit.0 == 0 { self } else { SectorCount(self.0.div_ceil(unit.0).saturating_mul(unit.0)) }
    }

    /// The difference, or zero when `other` is larger.
    #[must_use]
    pub const fn saturating_sub(self, other: SectorCount) -> SectorCount {
        SectorCount(self.0.saturating_sub(other.0))
    }
}

impl Add for SectorCount {
    type Output = SectorCount;
    fn add(self, other: SectorCount) -> SectorCount {
        SectorCount(self.0.saturating_add(other.0))
    }
}

impl AddAssign for SectorCount {
    fn add_assign(&mut self, other: SectorCount) {
        *self = *self + other;
    }
}

impl Sub for SectorCount {
    type Output = SectorCount;
    /// Saturates at zero: an amount is never negative.
    fn sub(self, other: SectorCount) -> SectorCount {
        self.saturating_sub(other)
    }
}

impl Sum for SectorCount {
    fn sum<I: Iterator<Item = SectorCount>>(iter: I) -> Self {
        iter.fold(SectorCount::ZERO, Add::add)
    }
}

impl fmt::Display for SectorCount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
