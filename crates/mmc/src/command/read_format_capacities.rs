//! READ FORMAT CAPACITIES (MMC-6, 6.23).

use std::fmt;

use webburn_scsi::layout::{get, put};
use webburn_scsi::{Command, Malformed, announced, codes, command, layout};
use webburn_sector::SectorCount;

use super::FormatDescriptor;

codes! {
    /// What the first descriptor speaks of.
    CapacityKind(u8) {
        UNFORMATTED = 1 "unformatted or blank, the maximum",
        FORMATTED = 2 "formatted, the current capacity",
        NO_MEDIUM = 3 "no medium or unknown, the maximum of the drive",
    }
}

layout! {
    /// Current/maximum capacity descriptor.
    CurrentCapacity [8] {
        /// Number of blocks.
        blocks: SectorCount = count(0),
        /// Formatted or not.
        kind: CapacityKind = code(4, 0, 2),
        /// Bytes a block, 2048.
        block_length: u32 = u24(5),
    }
}

command! {
    /// Asks what the medium holds and how it could be formatted.
    ReadFormatCapacities = 0x23 [10] {
        /// Most bytes to send.
        allocation_length: u16 = u16(7),
    }
}

/// What it answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormatCapacities {
    /// The capacity now, or the largest possible.
    pub current: CurrentCapacity,
    /// Ways to format, in the drive's order.
    pub formattable: Vec<FormatDescriptor>,
}

impl FormatCapacities {
    /// Reads an answer, as long as its own header says. A descriptor cut in the middle is dropped.
    ///
    /// # Errors
    /// Fewer than 12 bytes.
    pub fn parse(data: &[u8]) -> Result<Self, Malformed> {
        let length = 4 + usize::from(get::u8(data, 3));
        let data = announced(ReadFormatCapacities::NAME, data, length, 12)?;
        Ok(FormatCapacities {
            current: CurrentCapacity::read(&data[4..]),
            formattable: data[12..].chunks_exact(8).map(FormatDescriptor::read).collect(),
        })
    }

    /// The bytes of an answer; at most 30 ways fit the length field.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut out = vec![0; 4];
        let ways = &self.formattable[..self.formattable.len().min(30)];
        put::u8(&mut out, 3, (8 + 8 * ways.len()) as u8);
        out.extend_from_slice(&self.current.encode());
        for way in ways {
            out.extend_from_slice(&way.encode());
        }
        out
    }
}

reads!(ReadFormatCapacities, "READ FORMAT CAPACITIES", FormatCapacities);

impl fmt::Display for ReadFormatCapacities {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Self::NAME)
    }
}
