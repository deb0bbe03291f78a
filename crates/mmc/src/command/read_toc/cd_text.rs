//! Format 0101b: CD-Text packs of the first session's lead-in.

use std::fmt;

use webburn_scsi::{Command, Malformed, command};

use super::{with_header, within};

command! {
    /// Asks for CD-Text.
    ReadCdText = 0x43 [10] given { bits(2, 0, 4) = 5 } {
        /// Most bytes to send.
        allocation_length: u16 = u16(7),
    }
}

/// A pack: type, track, sequence, block and position, twelve characters, two bytes of CRC. What they mean is the
/// business of the CD channel coding.
pub type TextPack = [u8; 18];

/// The packs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CdText {
    /// In the drive's order.
    pub packs: Vec<TextPack>,
}

impl CdText {
    /// Reads an answer, as long as its own header says. A pack cut in the middle is dropped.
    ///
    /// # Errors
    /// Fewer than 4 bytes.
    pub fn parse(data: &[u8]) -> Result<Self, Malformed> {
        let (packs, _) = within(ReadCdText::NAME, data, 4)?[4..].as_chunks::<18>();
        Ok(CdText { packs: packs.to_vec() })
    }

    /// The bytes of an answer.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        with_header(0, 0, self.packs.iter().flatten().copied())
    }
}

reads!(ReadCdText, "READ TOC (CD-Text)", CdText);

impl fmt::Display for ReadCdText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Self::NAME)
    }
}
