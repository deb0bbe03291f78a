//! READ(10) and READ(12) (MMC-6, 6.15 and 6.16).

use std::fmt;

use webburn_scsi::{Cdb, Command, Malformed, Payload, command};
use webburn_sector::{Lba, SECTOR_SIZE, SectorCount};

command! {
    /// Reads blocks of 2048 bytes. A read loop uses [`Read10::to_cdb`] and its own buffer: nothing is allocated there.
    Read10 = 0x28 [10] {
        /// FUA: from the disc, not the cache.
        force_unit_access: bool = bit(1, 3),
        /// First block.
        lba: Lba = lba(2),
        /// How many, at most 65535.
        blocks: SectorCount = count16(7),
    }
}

command! {
    /// The same with a wider count and the streaming bit.
    Read12 = 0xA8 [12] {
        /// FUA: from the disc, not the cache.
        force_unit_access: bool = bit(1, 3),
        /// First block.
        lba: Lba = lba(2),
        /// How many.
        blocks: SectorCount = count(6),
        /// Streaming: speed before correctness, needs feature 0107h.
        streaming: bool = bit(10, 7),
    }
}

macro_rules! read {
    ($name:ident, $text:literal) => {
        impl Command for $name {
            const NAME: &'static str = $text;
            type Response = Vec<u8>;
            fn cdb(&self) -> Cdb {
                self.to_cdb()
            }
            fn payload(&self) -> Payload<'_> {
                Payload::In((self.blocks.0 as usize).saturating_mul(SECTOR_SIZE))
            }
            /// Whole blocks only: a tail of less than a block is dropped.
            fn decode(&self, data: &[u8]) -> Result<Vec<u8>, Malformed> {
                Ok(data[..data.len() - data.len() % SECTOR_SIZE].to_vec())
            }
        }
    };
}

read!(Read10, "READ(10)");
read!(Read12, "READ(12)");

impl fmt::Display for Read10 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} lba {}, {} blocks", Self::NAME, self.lba, self.blocks.0)
    }
}

impl fmt::Display for Read12 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let streaming = if self.streaming { ", streaming" } else { "" };
        write!(f, "{} lba {}, {} blocks{streaming}", Self::NAME, self.lba, self.blocks.0)
    }
}
