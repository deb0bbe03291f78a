//! Formats 0010b and 0011b: the Q channel of the lead-ins, and of the PMA.

use std::fmt;

use webburn_scsi::{Command, Malformed, command, layout};
use webburn_sector::Msf;

use super::{with_header, within};

command! {
    /// Asks for the Q channel of the lead-ins, a CD's whole table of contents.
    ReadFullToc = 0x43 [10] given { bits(2, 0, 4) = 2 } {
        /// MSF: set by most hosts; the answer is the same.
        msf: bool = bit(1, 1),
        /// First session wanted.
        first_session: u8 = u8(6),
        /// Most bytes to send.
        allocation_length: u16 = u16(7),
    }
}

command! {
    /// Asks for the Q channel of the program memory area.
    ReadPma = 0x43 [10] given { bits(2, 0, 4) = 3 } {
        /// MSF: set by most hosts; the answer is the same.
        msf: bool = bit(1, 1),
        /// Most bytes to send.
        allocation_length: u16 = u16(7),
    }
}

layout! {
    /// One frame of Q. Numbers are binary; a few drives send BCD all the same.
    FullTocEntry [11] {
        /// Session.
        session: u8 = u8(0),
        /// ADR.
        adr: u8 = bits(1, 4, 4),
        /// CONTROL.
        control: u8 = bits(1, 0, 4),
        /// TNO, 0.
        tno: u8 = u8(2),
        /// POINT: a track, A0h first track, A1h last track, A2h lead-out, B0h next program area, C0h lead-in.
        point: u8 = u8(3),
        /// Minute, second, frame of the frame itself, or what the POINT says.
        msf: Msf = msf(4),
        /// ZERO.
        zero: u8 = u8(7),
        /// PMIN, PSEC, PFRAME: the address, or what the POINT says.
        point_msf: Msf = msf(8),
    }
}

/// The answer to format 0010b or 0011b.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FullToc {
    /// First session; 0 for the PMA.
    pub first_session: u8,
    /// Last complete session; 0 for the PMA.
    pub last_session: u8,
    /// The frames, in the drive's order.
    pub entries: Vec<FullTocEntry>,
}

impl FullToc {
    /// Reads an answer, as long as its own header says. A frame cut in the middle is dropped.
    ///
    /// # Errors
    /// Fewer than 4 bytes.
    pub fn parse(data: &[u8]) -> Result<Self, Malformed> {
        let data = within(ReadFullToc::NAME, data, 4)?;
        let entries = data[4..].chunks_exact(FullTocEntry::LEN).map(FullTocEntry::read).collect();
        Ok(FullToc { first_session: data[2], last_session: data[3], entries })
    }

    /// The bytes of an answer.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let entries = self.entries.iter().flat_map(FullTocEntry::encode);
        with_header(self.first_session, self.last_session, entries)
    }
}

reads!(ReadFullToc, "READ TOC (full)", FullToc);
reads!(ReadPma, "READ TOC (PMA)", FullToc);

impl fmt::Display for ReadFullToc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} from session {}", Self::NAME, self.first_session)
    }
}

impl fmt::Display for ReadPma {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Self::NAME)
    }
}
