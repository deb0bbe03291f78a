//! READ CAPACITY(10) (MMC-6, 6.19).

use std::fmt;

use webburn_scsi::{Cdb, Command, Malformed, Payload, command, layout};
use webburn_sector::{Lba, SectorCount};

command! {
    /// Asks for the last readable block.
    ReadCapacity = 0x25 [10] {}
}

layout! {
    /// What it answers.
    Capacity [8] {
        /// Address of the last block. A blank disc answers 0, as a disc of one block would.
        last: Lba = lba(0),
        /// Bytes a block, 2048.
        block_length: u32 = u32(4),
    }
}

impl Capacity {
    /// Number of blocks, `last + 1`.
    #[must_use]
    pub const fn blocks(&self) -> SectorCount {
        SectorCount((self.last.0 as u32).wrapping_add(1))
    }

    /// Reads an answer.
    ///
    /// # Errors
    /// Fewer than 8 bytes.
    pub fn parse(data: &[u8]) -> Result<Self, Malformed> {
        if data.len() < Self::LEN {
            return Err(Malformed::new(ReadCapacity::NAME, "shorter than 8 bytes", data.len()));
        }
        Ok(Self::read(data))
    }
}

impl Command for ReadCapacity {
    const NAME: &'static str = "READ CAPACITY";
    type Response = Capacity;
    fn cdb(&self) -> Cdb {
        self.to_cdb()
    }
    fn payload(&self) -> Payload<'_> {
        Payload::In(Capacity::LEN)
    }
    fn decode(&self, data: &[u8]) -> Result<Capacity, Malformed> {
        Capacity::parse(data)
    }
}

impl fmt::Display for ReadCapacity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Self::NAME)
    }
}
