//! The kinds of sector and where their bytes lie.

use std::ops::Range;

/// How the 2352 bytes of a sector are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SectorMode {
    /// 588 stereo samples, 16 bits each, left first, little-endian. No coding on top.
    Audio,
    /// Mode 0: header, then zeros.
    Mode0,
    /// Mode 1: 2048 bytes of user data with EDC, P and Q.
    Mode1,
    /// Mode 2 without a form: 2336 bytes, no coding.
    Mode2,
    /// Mode 2 form 1: sub-header, 2048 bytes with EDC, P and Q.
    Mode2Form1,
    /// Mode 2 form 2: sub-header, 2324 bytes with EDC, no parity.
    Mode2Form2,
    /// Mode 2 form 2 with its four EDC bytes zero, which the standard allows.
    Mode2Form2NoEdc,
}

impl SectorMode {
    /// Where the user data lies in the sector.
    #[must_use]
    pub const fn user_data(self) -> Range<usize> {
        match self {
            SectorMode::Audio => 0..2352,
            SectorMode::Mode0 | SectorMode::Mode2 => 16..2352,
            SectorMode::Mode1 => 16..2064,
            SectorMode::Mode2Form1 => 24..2072,
            SectorMode::Mode2Form2 | SectorMode::Mode2Form2NoEdc => 24..2348,
        }
    }

    /// The mode byte of the header; `None` for audio.
    #[must_use]
    pub const fn header_byte(self) -> Option<u8> {
        match self {
            SectorMode::Audio => None,
            SectorMode::Mode0 => Some(0),
            SectorMode::Mode1 => Some(1),
            _ => Some(2),
        }
    }

    /// Whether the sector carries a sub-header at 16–23.
    #[must_use]
    pub const fn has_sub_header(self) -> bool {
        matches!(self, SectorMode::Mode2Form1 | SectorMode::Mode2Form2 | SectorMode::Mode2Form2NoEdc)
    }

    /// Whether P and Q parity protect it.
    #[must_use]
    pub const fn has_parity(self) -> bool {
        matches!(self, SectorMode::Mode1 | SectorMode::Mode2Form1)
    }

    /// The bytes the EDC covers and where it stands; `None` when there is none.
    #[must_use]
    pub const fn edc_range(self) -> Option<(Range<usize>, usize)> {
        match self {
            SectorMode::Mode1 => Some((0..2064, 2064)),
            SectorMode::Mode2Form1 => Some((16..2072, 2072)),
            SectorMode::Mode2Form2 => Some((16..2348, 2348)),
            _ => None,
        }
    }
}
