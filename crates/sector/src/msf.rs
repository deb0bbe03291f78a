//! The minute-second-frame form of CD addresses.

use std::fmt;

use crate::Lba;

/// A CD address as minutes, seconds and frames (75 frames a second), in binary, not BCD.
///
/// Minutes from 90 up lie *before* 00:00:00: they count the lead-in of the first session (95:00:00 is LBA −22,650).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Msf {
    /// Minutes, 0 to 99 on a CD. READ TOC of a DVD-sized disc gives larger ones.
    pub minute: u8,
    /// Seconds, 0 to 59.
    pub second: u8,
    /// Frames, 0 to 74.
    pub frame: u8,
}

/// Seconds or frames beyond 59 or 74.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidMsf(pub Msf);

impl fmt::Display for InvalidMsf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is no minute-second-frame address", self.0)
    }
}

impl std::error::Error for InvalidMsf {}

impl Msf {
    /// Puts the three numbers together, unchecked.
    #[must_use]
    pub const fn new(minute: u8, second: u8, frame: u8) -> Self {
        Msf { minute, second, frame }
    }

    /// The block address: `(M·60+S)·75+F − 150`, and `− 450,150` from minute 90 on (MMC-6, table of LBA to MSF).
    ///
    /// # Errors
    /// Seconds over 59 or frames over 74.
    pub const fn to_lba(self) -> Result<Lba, InvalidMsf> {
        if self.second > 59 || self.frame > 74 {
            return Err(InvalidMsf(self));
        }
        let frames = (self.minute as i32 * 60 + self.second as i32) * 75 + self.frame as i32;
        // A DVD reports minutes far beyond 99 in the same field; only 90..=99 wrap.
        let offset = if self.minute >= 90 && self.minute <= 99 { 450_150 } else { 150 };
        Ok(Lba(frames - offset))
    }

    /// The minute-second-frame form of a block address; `None` where no CD reaches (before −45,150 or after 89:59:74).
    #[must_use]
    pub const fn from_lba(lba: Lba) -> Option<Msf> {
        let frames = if lba.0 >= -150 { lba.0 as i64 + 150 } else { lba.0 as i64 + 450_150 };
        let in_range =
            if lba.0 >= -150 { frames < 90 * 60 * 75 } else { frames >= 90 * 60 * 75 && frames < 100 * 60 * 75 };
        if !in_range {
            return None;
        }
        let frames = frames as u32;
        Some(Msf { minute: (frames / 4500) as u8, second: (frames / 75 % 60) as u8, frame: (frames % 75) as u8 })
    }

    /// The three bytes minute, second, frame.
    #[must_use]
    pub const fn to_bytes(self) -> [u8; 3] {
        [self.minute, self.second, self.frame]
    }
}

impl From<[u8; 3]> for Msf {
    fn from([minute, second, frame]: [u8; 3]) -> Self {
        Msf { minute, second, frame }
    }
}

impl fmt::Display for Msf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}:{:02}", self.minute, self.second, self.frame)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_addresses_convert_both_ways() {
        for (msf, lba) in [
            (Msf::new(0, 0, 0), -150),
            (Msf::new(0, 2, 0), 0),
            (Msf::new(95, 0, 0), -22_650),
            (Msf::new(97, 26, 66), -11_634),
            (Msf::new(97, 34, 23), -11_077),
            (Msf::new(99, 59, 74), -151),
            (Msf::new(88, 29, 74), 398_099),
            (Msf::new(88, 25, 74), 397_799),
        ] {
            assert_eq!(msf.to_lba(), Ok(Lba(lba)), "{msf}");
            assert_eq!(Msf::from_lba(Lba(lba)), Some(msf), "{lba}");
        }
    }

    #[test]
    fn what_no_clock_shows_is_refused() {
        assert!(Msf::new(0, 60, 0).to_lba().is_err());
        assert!(Msf::new(0, 0, 75).to_lba().is_err());
        assert_eq!(Msf::from_lba(Lba(405_000)), None);
        assert_eq!(Msf::from_lba(Lba(-45_151)), None);
    }
}
