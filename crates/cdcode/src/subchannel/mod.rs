//! What stands beside a sector when it is written or read raw: the subcode in one of its layouts.
//!
//! | layout | bytes | where |
//! |---|---|---|
//! | [`symbols`] | 96 | one byte per symbol, bit 7 P, bit 6 Q, bits 5–0 R–W: data block types 2 and 3, READ CD P–W |
//! | [`pq16`] | 16 | Q, three zeros, P: data block type 1, READ CD format 2 |
//! | [`planes`] | 96 | eight channels of twelve bytes one after the other: clone images (`.sub`) |

pub mod planes;
pub mod pq16;
pub mod symbols;

use crate::sector::SECTOR_SIZE;

/// Bytes of P–W subcode of a sector: 98 symbols without the two sync symbols.
pub const P_TO_W: usize = 96;
/// Bytes of the PQ layout.
pub const PQ: usize = 16;

/// What is written beside the main channel: the data block type of raw writing (MMC-6, mode page 05h, byte 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Layout {
    /// Type 1: 2352 + 16 bytes, P and Q only.
    Pq,
    /// Type 2: 2352 + 96 bytes, R–W as packs; the drive adds parity and interleave.
    Packed,
    /// Type 3: 2352 + 96 bytes, R–W as they lie on the disc.
    Raw,
}

impl Layout {
    /// Bytes of subcode per sector.
    #[must_use]
    pub const fn subcode_size(self) -> usize {
        match self {
            Layout::Pq => PQ,
            Layout::Packed | Layout::Raw => P_TO_W,
        }
    }

    /// Bytes of a whole block: 2368 or 2448.
    #[must_use]
    pub const fn block_size(self) -> usize {
        SECTOR_SIZE + self.subcode_size()
    }

    /// The data block type code of mode page 05h, which is also IMAPI2's `IMAPI_FORMAT2_RAW_CD_DATA_SECTOR_TYPE`.
    #[must_use]
    pub const fn data_block_type(self) -> u8 {
        match self {
            Layout::Pq => 1,
            Layout::Packed => 2,
            Layout::Raw => 3,
        }
    }
}
