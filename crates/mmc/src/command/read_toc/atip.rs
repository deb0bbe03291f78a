//! Format 0100b: absolute time in pre-groove, what a blank CD says of itself.

use std::fmt;

use webburn_scsi::layout::put;
use webburn_scsi::{Command, Malformed, command, layout};
use webburn_sector::Msf;

use super::within;

command! {
    /// Asks for the ATIP.
    ReadAtip = 0x43 [10] given { bits(2, 0, 4) = 4 } {
        /// MSF: set by most hosts; the answer is the same.
        msf: bool = bit(1, 1),
        /// Most bytes to send, 28.
        allocation_length: u16 = u16(7),
    }
}

layout! {
    /// The ATIP of a CD-R or CD-RW, with the header of four bytes.
    Atip [28] {
        /// Indicative target writing power.
        write_power: u8 = bits(4, 4, 3),
        /// DDCD: double density.
        double_density: bool = bit(4, 3),
        /// Reference speed (CD-RW).
        reference_speed: u8 = bits(4, 0, 3),
        /// URU: unrestricted use.
        unrestricted: bool = bit(5, 6),
        /// CD-RW, else CD-R.
        erasable: bool = bit(6, 6),
        /// Disc sub-type; of a CD-RW 0 standard, 1 high, 2 ultra high, 3 ultra high plus.
        subtype: u8 = bits(6, 3, 3),
        /// A1 values are valid.
        a1_valid: bool = bit(6, 2),
        /// A2 values are valid.
        a2_valid: bool = bit(6, 1),
        /// A3 values are valid.
        a3_valid: bool = bit(6, 0),
        /// Where the lead-in begins; it also tells the manufacturer.
        lead_in: Msf = msf(8),
        /// Last possible start of the lead-out: the size of the disc.
        last_possible_lead_out: Msf = msf(12),
        /// A1 values.
        a1: [u8; 3] = bytes(16),
        /// A2 values.
        a2: [u8; 3] = bytes(20),
        /// A3 values.
        a3: [u8; 3] = bytes(24),
    }
}

impl Atip {
    /// Up to the size of the disc: all that some drives send.
    const FIXED: usize = 15;

    /// Reads an answer, as long as its own header says.
    ///
    /// # Errors
    /// Fewer than 15 bytes.
    pub fn parse(data: &[u8]) -> Result<Self, Malformed> {
        let data = within(ReadAtip::NAME, data, Self::FIXED)?;
        let mut atip = Self::read(data);
        // Values that did not arrive are not valid, whatever their bit says.
        atip.a1_valid &= data.len() >= 19;
        atip.a2_valid &= data.len() >= 23;
        atip.a3_valid &= data.len() >= 27;
        Ok(atip)
    }

    /// The bytes of an answer: length and the bits that are always set included.
    #[must_use]
    pub fn reply(&self) -> [u8; 28] {
        let mut out = self.encode();
        put::u16(&mut out, 0, 26);
        put::bit(&mut out, 4, 7, true);
        put::bit(&mut out, 6, 7, true);
        out
    }
}

reads!(ReadAtip, "READ TOC (ATIP)", Atip);

impl fmt::Display for ReadAtip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Self::NAME)
    }
}
