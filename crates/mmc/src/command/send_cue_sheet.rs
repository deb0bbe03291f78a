//! SEND CUE SHEET (MMC-6, 6.33).

use std::fmt;

use webburn_scsi::{Command, Malformed, command, layout};
use webburn_sector::Msf;

layout! {
    /// A line that says what begins where (ADR 1).
    CuePosition [8] {
        /// CONTROL: 4 data, 0 audio, +1 pre-emphasis, +2 copy permitted, 8 four channels.
        control: u8 = bits(0, 4, 4),
        /// ADR, 1.
        adr: u8 = bits(0, 0, 4),
        /// Track number; 00h lead-in, AAh lead-out.
        track: u8 = u8(1),
        /// Index; 00h is the pre-gap.
        index: u8 = u8(2),
        /// Data form: main channel in bits 5–0, sub-channel in bits 7–6.
        form: u8 = u8(3),
        /// SCMS: bit 7 alternate copy.
        scms: u8 = u8(4),
        /// Where it begins, binary.
        start: Msf = msf(5),
    }
}

/// One line of a cue sheet, eight bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CueLine {
    /// ADR 1: lead-in, track, index or lead-out.
    Position(CuePosition),
    /// ADR 2: seven bytes of the catalogue number; two lines make it up, the last byte of the second is 0.
    Catalog {
        /// CONTROL nibble.
        control: u8,
        /// Digits in ASCII.
        digits: [u8; 7],
    },
    /// ADR 3: six characters of an ISRC; two lines make it up.
    Isrc {
        /// CONTROL nibble.
        control: u8,
        /// The track it belongs to.
        track: u8,
        /// Characters in ASCII.
        characters: [u8; 6],
    },
    /// Any other ADR, as it came.
    Other([u8; 8]),
}

impl CueLine {
    /// Reads eight bytes.
    #[must_use]
    pub const fn from_bytes(line: [u8; 8]) -> Self {
        let [first, a, b, c, d, e, f, g] = line;
        let control = first >> 4;
        match first & 0x0F {
            1 => CueLine::Position(CuePosition {
                control,
                adr: 1,
                track: a,
                index: b,
                form: c,
                scms: d,
                start: Msf { minute: e, second: f, frame: g },
            }),
            2 => CueLine::Catalog { control, digits: [a, b, c, d, e, f, g] },
            3 => CueLine::Isrc { control, track: a, characters: [b, c, d, e, f, g] },
            _ => CueLine::Other(line),
        }
    }

    /// The eight bytes.
    #[must_use]
    pub fn to_bytes(self) -> [u8; 8] {
        match self {
            CueLine::Position(position) => position.encode(),
            CueLine::Catalog { control, digits: [a, b, c, d, e, f, g] } => [control << 4 | 2, a, b, c, d, e, f, g],
            CueLine::Isrc { control, track, characters: [a, b, c, d, e, f] } => {
                [control << 4 | 3, track, a, b, c, d, e, f]
            }
            CueLine::Other(line) => line,
        }
    }
}

/// A cue sheet: its lines, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CueSheet {
    /// The lines.
    pub lines: Vec<CueLine>,
}

impl CueSheet {
    /// Reads a sheet.
    ///
    /// # Errors
    /// No multiple of eight bytes.
    pub fn parse(list: &[u8]) -> Result<Self, Malformed> {
        let (lines, []) = list.as_chunks::<8>() else {
            return Err(Malformed::new(SendCueSheet::NAME, "no whole number of lines", list.len()));
        };
        Ok(CueSheet { lines: lines.iter().map(|line| CueLine::from_bytes(*line)).collect() })
    }

    /// The bytes of the sheet.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        self.lines.iter().flat_map(|line| line.to_bytes()).collect()
    }

    /// Adds the two lines of a catalogue number.
    pub fn push_catalog(&mut self, control: u8, mcn: [u8; 13]) {
        let [a, b, c, d, e, f, g, h, i, j, k, l, m] = mcn;
        self.lines.push(CueLine::Catalog { control, digits: [a, b, c, d, e, f, g] });
        self.lines.push(CueLine::Catalog { control, digits: [h, i, j, k, l, m, 0] });
    }

    /// Adds the two lines of a track's ISRC.
    pub fn push_isrc(&mut self, control: u8, track: u8, isrc: [u8; 12]) {
        let (halves, _) = isrc.as_chunks::<6>();
        for characters in halves {
            self.lines.push(CueLine::Isrc { control, track, characters: *characters });
        }
    }
}

command! {
    /// Tells the drive the whole layout of a session before it is written.
    SendCueSheet = 0x5D [10] {
    } out
    /// The sheet, see [`CueSheet::encode`].
    list in u24(6) as u32
}

sends!(SendCueSheet, "SEND CUE SHEET", list);

impl fmt::Display for SendCueSheet<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} lines", Self::NAME, self.list.len() / 8)
    }
}
