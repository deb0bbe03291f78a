//! Q frames: twelve bytes a sector that say where the head is and what the disc is called.

mod decode;
mod encode;
mod point;

pub use point::Point;

use std::fmt;

use webburn_sector::Msf;

use crate::{Control, Isrc, Mcn, TrackNumber};

/// A Q frame as recorded: ten bytes of data and their CRC.
pub type QBytes = [u8; 12];

/// Whose position a frame tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// In a track, with its index: 0 in the pre-gap, 1 from the start, up to 99.
    Track(TrackNumber, u8),
    /// In the lead-out, index 1.
    LeadOut,
}

/// What a Q frame says. Times are binary here, BCD on the disc (ECMA-130, 22.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Q {
    /// ADR 1 in program area and lead-out.
    Position {
        /// Control of the track.
        control: Control,
        /// Track and index.
        place: Place,
        /// Time within the track; in index 0 the time left to its start.
        relative: Msf,
        /// Time on the disc.
        absolute: Msf,
    },
    /// ADR 1 in the lead-in: an entry of the table of contents.
    Toc {
        /// Control of the track it tells of.
        control: Control,
        /// What the entry tells.
        point: Point,
        /// Running time in the lead-in.
        running: Msf,
        /// PMIN, PSEC and PFRAME.
        value: Msf,
    },
    /// ADR 5 in the lead-in: an entry for drives that know several sessions.
    Mode5 {
        /// Control.
        control: Control,
        /// The point, B0h to C1h, as recorded.
        point: u8,
        /// MIN, SEC and FRAME, as recorded: not always BCD.
        at: [u8; 3],
        /// ZERO. For B0h the number of mode 5 points.
        zero: u8,
        /// PMIN, PSEC and PFRAME, as recorded.
        value: [u8; 3],
    },
    /// ADR 2: the catalogue number.
    Mcn {
        /// Control.
        control: Control,
        /// The number.
        mcn: Mcn,
        /// The frame (0–74) of the absolute time.
        frame: u8,
    },
    /// ADR 3: the track's recording code.
    Isrc {
        /// Control.
        control: Control,
        /// The code.
        isrc: Isrc,
        /// The frame (0–74) of the absolute time.
        frame: u8,
    },
    /// Anything else, byte for byte, without its CRC.
    Unknown([u8; 10]),
}

/// The CRC of a Q frame does not hold: its bytes mean nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadCrc {
    /// The CRC that was recorded.
    pub recorded: u16,
    /// The CRC that the ten bytes have.
    pub computed: u16,
}

impl fmt::Display for BadCrc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the Q frame carries the check {:04X}, its bytes have {:04X}", self.recorded, self.computed)
    }
}

impl std::error::Error for BadCrc {}
