//! Logical block addresses.

use std::fmt;
use std::ops::{Add, AddAssign, Sub};

use crate::SectorCount;

/// A logical block address. Negative in the lead-in and pre-gap of a CD (LBA −150 is MSF 00:00:00).
///
/// The largest disc of all, a 128 GB BDXL, ends below 2^26, so 32 signed bits hold every address; on the wire the
/// field is the same number in two's complement (MMC-6, WRITE(10)).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lba(pub i32);

impl Lba {
    /// The first user sector of a disc.
    pub const ZERO: Lba = Lba(0);

    /// The four bytes of a CDB field, two's complement, big-endian.
    #[must_use]
    pub const fn to_wire(self) -> [u8; 4] {
        self.0.to_be_bytes()
    }

    /// Reads the four bytes of a CDB or reply field.
    #[must_use]
    pub const fn from_wire(bytes: [u8; 4]) -> Self {
        Lba(i32::from_be_bytes(bytes))
    }

    /// How many sectors lie from `start` (inclusive) to `self` (exclusive); zero when `self` is before `start`.
    #[must_use]
    pub const fn since(self, start: Lba) -> SectorCount {
        if self.0 <= start.0 { SectorCount(0) } else { SectorCount(self.0.wrapping_sub(start.0) as u32) }
    }

    /// This address rounded up to a multiple of `unit` (an ECC block or cluster).
    #[must_use]
    pub const fn align_up(self, unit: SectorCount) -> Lba {
        let unit = if unit.0 == 0 { 1 } else { unit.0 as i32 };
        let rest = self.0.rem_euclid(unit);
        if rest == 0 { self } else { Lba(self.0.saturating_add(unit - rest)) }
    }
}

impl Add<SectorCount> for Lba {
    type Output = Lba;
    fn add(self, count: SectorCount) -> Lba {
        Lba(self.0.saturating_add_unsigned(count.0))
    }
}

impl AddAssign<SectorCount> for Lba {
    fn add_assign(&mut self, count: SectorCount) {
        *self = *self + count;
    }
}

impl Sub<SectorCount> for Lba {
    type Output = Lba;
    fn sub(self, count: SectorCount) -> Lba {
        Lba(self.0.saturating_sub_unsigned(count.0))
    }
}

impl fmt::Display for Lba {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn negative_addresses_are_twos_complement_on_the_wire() {
        assert_eq!(Lba(-150).to_wire(), [0xFF, 0xFF, 0xFF, 0x6A]);
        assert_eq!(Lba::from_wire([0xFF, 0xFF, 0xFF, 0x6A]), Lba(-150));
    }

    #[test]
    fn distance_and_alignment() {
        assert_eq!(Lba(10).since(Lba(-150)), SectorCount(160));
        assert_eq!(Lba(-150).since(Lba(10)), SectorCount(0));
        assert_eq!(Lba(17).align_up(SectorCount(16)), Lba(32));
        assert_eq!(Lba(32).align_up(SectorCount(16)), Lba(32));
        assert_eq!(Lba(-5).align_up(SectorCount(16)), Lba(0));
    }
}
