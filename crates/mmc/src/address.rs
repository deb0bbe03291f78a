//! Addresses that a CD drive gives in one of two forms, as the MSF bit of the CDB asks.

use std::fmt;

use webburn_scsi::layout::{get, put};
use webburn_sector::{InvalidMsf, Lba, Msf};

/// An address field of four bytes: a block address, or zero, minute, second, frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Address {
    /// A logical block address.
    Lba(Lba),
    /// Minute, second, frame, binary.
    Msf(Msf),
}

impl Address {
    /// Reads the four bytes at `at` in the form that `msf` says.
    #[must_use]
    pub fn read(from: &[u8], at: usize, msf: bool) -> Self {
        if msf { Address::Msf(get::msf(from, at + 1)) } else { Address::Lba(get::lba(from, at)) }
    }

    /// Writes the four bytes at `at`.
    pub fn write(self, into: &mut [u8], at: usize) {
        match self {
            Address::Lba(lba) => put::lba(into, at, lba),
            Address::Msf(msf) => put::bytes(into, at, [0, msf.minute, msf.second, msf.frame]),
        }
    }

    /// `lba` in the form that `msf` asks for; beyond the clock, minutes count on modulo 256.
    #[must_use]
    pub fn of(lba: Lba, msf: bool) -> Self {
        match (msf, Msf::from_lba(lba)) {
            (true, Some(msf)) => Address::Msf(msf),
            (true, None) => {
                // DVD-sized discs in MSF form: drives count minutes on, modulo 256.
                let frames = i64::from(lba.0) + 150;
                let minute = frames.div_euclid(4500) as u8;
                let rest = frames.rem_euclid(4500);
                Address::Msf(Msf::new(minute, (rest / 75) as u8, (rest % 75) as u8))
            }
            (false, _) => Address::Lba(lba),
        }
    }

    /// The block address.
    ///
    /// # Errors
    /// Seconds over 59 or frames over 74.
    pub fn to_lba(self) -> Result<Lba, InvalidMsf> {
        match self {
            Address::Lba(lba) => Ok(lba),
            Address::Msf(msf) => msf.to_lba(),
        }
    }
}

impl Default for Address {
    fn default() -> Self {
        Address::Lba(Lba::ZERO)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Address::Lba(lba) => lba.fmt(f),
            Address::Msf(msf) => msf.fmt(f),
        }
    }
}
