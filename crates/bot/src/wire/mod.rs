//! The two wrappers around every command (BOT 1.0, section 5). All fields little-endian.

use std::fmt;

mod cbw;
mod csw;
#[cfg(test)]
mod tests;

pub use cbw::{Cbw, flags};
pub use csw::{Csw, CswStatus};

/// Why bytes are no valid wrapper (BOT 1.0, 6.2.1 and 6.3.1). A device stalls both pipes, a host does reset recovery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotValid {
    /// Not exactly 31 (13) bytes.
    Length(usize),
    /// Not the signature.
    Signature(u32),
    /// A tag other than the command's (CSW only).
    Tag(u32),
}

impl fmt::Display for NotValid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotValid::Length(len) => write!(f, "a wrapper of {len} bytes"),
            NotValid::Signature(signature) => write!(f, "signature {signature:08x}h"),
            NotValid::Tag(tag) => write!(f, "tag {tag:08x}h"),
        }
    }
}

impl std::error::Error for NotValid {}

/// Why a valid wrapper still says nothing (BOT 1.0, 6.2.2 and 6.3.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotMeaningful {
    /// A reserved bit is set.
    ReservedBits,
    /// No such logical unit.
    Lun(u8),
    /// A command block of 0 or over 16 bytes.
    CommandLength(u8),
    /// A status over 2 (CSW).
    Status(u8),
    /// A residue larger than the transfer (CSW).
    Residue(u32),
}

impl fmt::Display for NotMeaningful {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotMeaningful::ReservedBits => f.write_str("reserved bits set"),
            NotMeaningful::Lun(lun) => write!(f, "no logical unit {lun}"),
            NotMeaningful::CommandLength(len) => write!(f, "a command block of {len} bytes"),
            NotMeaningful::Status(status) => write!(f, "status {status:02x}h"),
            NotMeaningful::Residue(residue) => write!(f, "a residue of {residue} bytes, more than the transfer"),
        }
    }
}

impl std::error::Error for NotMeaningful {}

fn le32<const N: usize>(bytes: &[u8; N], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}
