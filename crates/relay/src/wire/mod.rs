//! The frames, byte by byte. All numbers little-endian; version 1.
//!
//! Every frame begins `57 42` ("WB"), version, kind. A message of the channel holds one frame; from the client also several
//! request frames, one after the other: a browser's WebSocket takes twice the time for two messages of 64 KiB than for
//! one of 128 KiB.
//!
//! **Hello** (kind 1, server → client, first frame of a connection)
//!
//! | bytes | what |
//! |---|---|
//! | 4 | 1 = the lease is yours, 0 = somebody holds the drive |
//! | 5 | bit 0: the drive is simulated |
//! | 6 | most commands under way at once |
//! | 7 | 0 |
//! | 8–11 | most bytes of a data phase |
//! | 12… | five texts, each a length (u16) and UTF-8: drive id, vendor, product, revision, holder |
//!
//! **Request** (kind 2, client → server)
//!
//! | bytes | what |
//! |---|---|
//! | 4–7 | tag, chosen by the client, rising |
//! | 8–11 | epoch: once a command of an epoch did not end GOOD, no later one of it is carried out |
//! | 12 | direction: 0 none, 1 from the drive, 2 to the drive |
//! | 13 | length of the command block, 6 to 16 |
//! | 14–15 | 0 |
//! | 16–19 | bytes expected or sent |
//! | 20–23 | how long the command may take, milliseconds |
//! | 24–39 | command block, zero padded |
//! | 40… | the data, when it goes to the drive |
//!
//! **Reply** (kind 3, server → client, in the order of the requests)
//!
//! | bytes | what |
//! |---|---|
//! | 4–7 | tag of the request |
//! | 8 | 0 completed, 1 the transport failed, 2 not carried out |
//! | 9 | SCSI status (completed) |
//! | 10 | kind of trouble, [`ERROR_KINDS`] (failed) |
//! | 11 | bytes of sense |
//! | 12–15 | bytes transferred |
//! | 16–19 | bytes of data in this frame |
//! | 20–21 | bytes of detail |
//! | 22–23 | 0 |
//! | 24… | data, sense, detail (UTF-8) |

use std::fmt;

use webburn_scsi::{TransportError, TransportErrorKind};

mod hello;
mod reply;
mod request;
#[cfg(test)]
mod tests;

pub use hello::{Hello, Lease};
pub use reply::{ERROR_KINDS, Ended, REPLY_HEAD, begin_reply, decode_reply, end_of_first_reply, finish_reply};
pub use request::{Request, timeout_ms};

const MAGIC: [u8; 2] = *b"WB";
/// The version spoken here.
pub const VERSION: u8 = 1;
const HELLO: u8 = 1;
const REQUEST: u8 = 2;
const REPLY: u8 = 3;
/// Longest detail text that travels.
const DETAIL_MAX: usize = 1024;

/// Bytes of a frame that cannot be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FrameError {
    /// Shorter or longer than its own fields say.
    Length,
    /// Not "WB".
    Magic,
    /// Another version of the format.
    Version(u8),
    /// Another kind of frame than expected here.
    Kind(u8),
    /// A field holds what it cannot.
    Field(&'static str),
}

impl fmt::Display for FrameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FrameError::Length => f.write_str("the frame is shorter or longer than it says"),
            FrameError::Magic => f.write_str("not a relay frame"),
            FrameError::Version(version) => write!(f, "relay version {version}, {VERSION} is spoken here"),
            FrameError::Kind(kind) => write!(f, "frame of kind {kind} where another was due"),
            FrameError::Field(field) => write!(f, "impossible {field}"),
        }
    }
}

impl std::error::Error for FrameError {}

impl From<FrameError> for TransportError {
    fn from(error: FrameError) -> Self {
        TransportError::new(TransportErrorKind::Protocol, error.to_string())
    }
}

fn head(frame: &[u8], kind: u8) -> Result<(), FrameError> {
    match *frame {
        [a, b, ..] if [a, b] != MAGIC => Err(FrameError::Magic),
        [_, _, version, ..] if version != VERSION => Err(FrameError::Version(version)),
        [_, _, _, got, ..] if got != kind => Err(FrameError::Kind(got)),
        [_, _, _, _, ..] => Ok(()),
        _ => Err(FrameError::Length),
    }
}

fn le32(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

fn le16(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}
