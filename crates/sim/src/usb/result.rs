//! How transfers end.

use std::time::Duration;

/// What became of bytes sent to the device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutResult {
    /// All taken.
    Taken,
    /// The endpoint is halted.
    Stalled,
    /// Nobody is there any more.
    Gone,
}

/// What became of a wish for bytes from the device. Bytes are appended to the caller's buffer in the first two cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InResult {
    /// These are all, or a short packet has ended the transfer.
    Data,
    /// The endpoint halted, after the bytes that were appended.
    Stalled,
    /// Nothing before this virtual time ([`Duration::MAX`]: never). Move the clock there and ask again.
    NotYet {
        /// When.
        until: Duration,
    },
    /// The device sent more than there was room for; what fitted was appended.
    Babble,
    /// Nobody is there any more.
    Gone,
}
