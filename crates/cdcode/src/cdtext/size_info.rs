//! The three packs that end every block.

use super::{Charset, Language};

/// What the 36 bytes of the size information say (type 8Fh).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SizeInfo {
    /// Byte 0: the character set of texts 80h–85h.
    pub charset: Charset,
    /// Byte 1: the first track.
    pub first_track: u8,
    /// Byte 2: the last track.
    pub last_track: u8,
    /// Byte 3: bit 0 titles, bit 1 names, bit 2 messages under copyright; bit 7 CD-Text in the program area too,
    /// bit 6 copy protection there.
    pub copyright: u8,
    /// Bytes 4–19: packs of each type 80h–8Fh.
    pub packs: [u8; 16],
    /// Bytes 20–27: the last sequence number of each block.
    pub last_sequence: [u8; 8],
    /// Bytes 28–35: the language of each block.
    pub languages: [Language; 8],
}

impl SizeInfo {
    /// The payloads of the three packs.
    #[must_use]
    pub fn to_payloads(&self) -> [[u8; 12]; 3] {
        let mut bytes = [0; 36];
        bytes[..4].copy_from_slice(&[self.charset.code(), self.first_track, self.last_track, self.copyright]);
        bytes[4..20].copy_from_slice(&self.packs);
        bytes[20..28].copy_from_slice(&self.last_sequence);
        bytes[28..].copy_from_slice(&self.languages.map(|language| language.0));
        std::array::from_fn(|k| std::array::from_fn(|at| bytes[12 * k + at]))
    }

    /// Reads the payloads of the three packs.
    #[must_use]
    pub fn from_payloads(payloads: &[[u8; 12]; 3]) -> Self {
        let bytes = payloads.as_flattened();
        SizeInfo {
            charset: Charset::from_code(bytes[0]),
            first_track: bytes[1],
            last_track: bytes[2],
            copyright: bytes[3],
            packs: std::array::from_fn(|at| bytes[4 + at]),
            last_sequence: std::array::from_fn(|at| bytes[20 + at]),
            languages: std::array::from_fn(|at| Language(bytes[28 + at])),
        }
    }
}
