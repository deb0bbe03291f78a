//! Track numbers.

use std::fmt;

/// A track number, 1 to 99.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TrackNumber(u8);

/// A number that no track has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidTrackNumber(pub u8);

impl fmt::Display for InvalidTrackNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is no track number: they go from 1 to 99", self.0)
    }
}

impl std::error::Error for InvalidTrackNumber {}

impl TrackNumber {
    /// The lowest number.
    pub const FIRST: TrackNumber = TrackNumber(1);

    /// Checks the range.
    ///
    /// # Errors
    /// 0, or over 99.
    pub const fn new(number: u8) -> Result<Self, InvalidTrackNumber> {
        if number == 0 || number > 99 { Err(InvalidTrackNumber(number)) } else { Ok(TrackNumber(number)) }
    }

    /// The number, in binary.
    #[must_use]
    pub const fn get(self) -> u8 {
        self.0
    }

    /// The number after this one; `None` after 99.
    #[must_use]
    pub const fn next(self) -> Option<Self> {
        if self.0 == 99 { None } else { Some(TrackNumber(self.0 + 1)) }
    }
}

impl fmt::Display for TrackNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}", self.0)
    }
}
