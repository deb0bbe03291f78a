//! READ DISC STRUCTURE (MMC-6, 6.22).

use std::fmt;

use webburn_scsi::layout::{get, put};
use webburn_scsi::{Command, Malformed, announced, codes, command};

codes! {
    /// Whose structures are meant.
    StructureMedia(u8) {
        DVD = 0 "DVD",
        BD = 1 "BD",
    }
}

command! {
    /// Reads a structure from the disc or about it. What the payloads hold is in [`crate::structure`].
    ReadDiscStructure = 0xAD [12] {
        /// DVD or BD.
        media: StructureMedia = code(1, 0, 4),
        /// Address, where the format wants one.
        address: u32 = u32(2),
        /// Layer number.
        layer: u8 = u8(6),
        /// Format code.
        format: u8 = u8(7),
        /// Most bytes to send, header included.
        allocation_length: u16 = u16(8),
        /// AGID, for the encrypted ones.
        agid: u8 = bits(10, 6, 2),
    }
}

/// What it answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DiscStructure {
    /// Bytes of the structure as the drive announces them; some LG announce 0 for 0Eh and send it all the same.
    pub announced: u16,
    /// The structure, without the four bytes of header, as far as it was announced and arrived.
    pub body: Vec<u8>,
}

impl DiscStructure {
    /// A structure with this body.
    #[must_use]
    pub fn new(body: Vec<u8>) -> Self {
        DiscStructure { announced: body.len() as u16, body }
    }

    /// Reads an answer, as long as its own header says.
    ///
    /// # Errors
    /// Fewer than 4 bytes.
    pub fn parse(data: &[u8]) -> Result<Self, Malformed> {
        let length = usize::from(get::u16(data, 0)) + 2;
        let data = announced(ReadDiscStructure::NAME, data, length.max(4), 4)?;
        Ok(DiscStructure { announced: (length.max(4) - 4) as u16, body: data[4..].to_vec() })
    }

    /// The bytes of an answer.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut out = vec![0; 4];
        put::u16(&mut out, 0, (self.body.len() + 2).min(0xFFFF) as u16);
        out.extend_from_slice(&self.body);
        out
    }
}

reads!(ReadDiscStructure, "READ DISC STRUCTURE", DiscStructure);

impl fmt::Display for ReadDiscStructure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} format {:02X}h", Self::NAME, self.media, self.format)
    }
}
