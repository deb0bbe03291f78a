//! READ BUFFER CAPACITY (MMC-6, 6.18).

use std::fmt;

use webburn_scsi::layout::{get, put};
use webburn_scsi::{Command, Malformed, announced, command, layout};

command! {
    /// Asks how full the drive's buffer is.
    ReadBufferCapacity = 0x5C [10] {
        /// Block: answer in blocks, needs the RBCB bit of feature 0107h.
        in_blocks: bool = bit(1, 0),
        /// Most bytes to send, 12.
        allocation_length: u16 = u16(7),
    }
}

impl ReadBufferCapacity {
    /// In bytes.
    pub const BYTES: ReadBufferCapacity = ReadBufferCapacity { in_blocks: false, allocation_length: 12 };
}

layout! {
    /// What it answers.
    BufferCapacity [12] {
        /// The two figures count blocks, not bytes.
        in_blocks: bool = bit(3, 0),
        /// Size of the buffer; 0 where the answer is in blocks.
        total: u32 = u32(4),
        /// How much of it is free.
        blank: u32 = u32(8),
    }
}

impl BufferCapacity {
    /// Reads an answer.
    ///
    /// # Errors
    /// Fewer than 12 bytes. The length field is not held against it: some drives leave it 0.
    pub fn parse(data: &[u8]) -> Result<Self, Malformed> {
        let length = match get::u16(data, 0) {
            0 => Self::LEN,
            length => usize::from(length) + 2,
        };
        Ok(Self::read(announced(ReadBufferCapacity::NAME, data, length, Self::LEN)?))
    }

    /// The bytes of an answer, length field included.
    #[must_use]
    pub fn reply(&self) -> [u8; 12] {
        let mut out = self.encode();
        put::u16(&mut out, 0, 10);
        out
    }
}

reads!(ReadBufferCapacity, "READ BUFFER CAPACITY", BufferCapacity);

impl fmt::Display for ReadBufferCapacity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", Self::NAME, if self.in_blocks { " in blocks" } else { "" })
    }
}
