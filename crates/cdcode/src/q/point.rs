//! The points of the table of contents in the lead-in.

use crate::{TrackNumber, from_bcd, to_bcd};

/// What an entry of the table of contents tells (ECMA-130, 22.3.4.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Point {
    /// Where a track starts.
    Track(TrackNumber),
    /// A0h: the first track number of the session, and the kind of disc.
    FirstTrack,
    /// A1h: the last track number.
    LastTrack,
    /// A2h: where the lead-out starts.
    LeadOut,
    /// Something else, as recorded.
    Other(u8),
}

impl Point {
    /// The byte on the disc: track numbers in BCD.
    #[must_use]
    pub const fn to_byte(self) -> u8 {
        match self {
            Point::Track(number) => to_bcd(number.get()),
            Point::FirstTrack => 0xA0,
            Point::LastTrack => 0xA1,
            Point::LeadOut => 0xA2,
            Point::Other(byte) => byte,
        }
    }

    /// Reads the byte.
    #[must_use]
    pub const fn from_byte(byte: u8) -> Self {
        match byte {
            0xA0 => Point::FirstTrack,
            0xA1 => Point::LastTrack,
            0xA2 => Point::LeadOut,
            _ => match from_bcd(byte) {
                Some(number) => match TrackNumber::new(number) {
                    Ok(number) => Point::Track(number),
                    Err(_) => Point::Other(byte),
                },
                None => Point::Other(byte),
            },
        }
    }
}
