//! One pack of eighteen bytes.

use super::PackType;
use crate::crc16;
use crate::q::BadCrc;

/// Bytes of a pack as READ TOC format 5 returns it.
pub const PACK_SIZE: usize = 18;

/// A pack without its CRC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pack {
    /// What it is about.
    pub kind: PackType,
    /// The track of its first character, 0 for the disc; the element number for 8Fh. Bit 7 is reserved.
    pub track: u8,
    /// Its number within the block.
    pub sequence: u8,
    /// Whether its characters have two bytes.
    pub double_byte: bool,
    /// The block, 0–7.
    pub block: u8,
    /// How many characters of its first text stood in the packs before: 0–14, or 15 for more.
    pub position: u8,
    /// The payload.
    pub data: [u8; 12],
}

impl Pack {
    /// The eighteen bytes with their CRC.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; PACK_SIZE] {
        let mut bytes = [0; PACK_SIZE];
        bytes[0] = self.kind.code();
        bytes[1] = self.track;
        bytes[2] = self.sequence;
        bytes[3] = u8::from(self.double_byte) << 7 | (self.block & 7) << 4 | self.position & 0x0F;
        bytes[4..16].copy_from_slice(&self.data);
        let crc = crc16(&bytes[..16]);
        bytes[16..].copy_from_slice(&crc.to_be_bytes());
        bytes
    }

    /// Reads a pack and checks its CRC.
    ///
    /// # Errors
    /// [`BadCrc`].
    pub fn parse(bytes: &[u8; PACK_SIZE]) -> Result<Self, BadCrc> {
        let [kind, track, sequence, place, data @ .., high, low] = *bytes;
        let (recorded, computed) = (u16::from_be_bytes([high, low]), crc16(&bytes[..16]));
        if recorded != computed {
            return Err(BadCrc { recorded, computed });
        }
        Ok(Pack {
            kind: PackType::from_code(kind),
            track,
            sequence,
            double_byte: place & 0x80 != 0,
            block: place >> 4 & 7,
            position: place & 0x0F,
            data,
        })
    }
}
