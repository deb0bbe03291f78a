//! SEND DISC STRUCTURE (MMC-6, 6.36).

use std::fmt;

use webburn_scsi::layout::{get, put};
use webburn_scsi::{Command, Malformed, command};

use super::StructureMedia;

command! {
    /// Sets a structure of the disc: layer break, write protection and others.
    SendDiscStructure = 0xBF [12] {
        /// DVD or BD.
        media: StructureMedia = code(1, 0, 4),
        /// Format code.
        format: u8 = u8(7),
    } out
    /// Header and structure, see [`SendDiscStructure::list`].
    list in u16(8) as u16
}

impl SendDiscStructure<'_> {
    /// The data to send: the four bytes of header, then the structure.
    #[must_use]
    pub fn list(structure: &[u8]) -> Vec<u8> {
        let mut out = vec![0; 4];
        put::u16(&mut out, 0, (structure.len() + 2) as u16);
        out.extend_from_slice(structure);
        out
    }

    /// Device side: the structure without its header.
    ///
    /// # Errors
    /// The list is shorter than its header, or than its header says.
    pub fn structure(&self) -> Result<&[u8], Malformed> {
        let end = 2 + usize::from(get::u16(self.list, 0));
        match self.list.get(4..end) {
            Some(structure) => Ok(structure),
            None => Err(Malformed::new(Self::NAME, "data length and data disagree", self.list.len())),
        }
    }
}

sends!(SendDiscStructure, "SEND DISC STRUCTURE", list);

impl fmt::Display for SendDiscStructure<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} format {:02X}h", Self::NAME, self.media, self.format)
    }
}
