//! The port to whatever keeps the bytes.

use std::fmt;

use webburn_sector::MaybeSend;

/// Bytes of a chunk: the grain in which stores keep, forget and digest.
pub const CHUNK: usize = 64 * 1024;

/// A store failed: no memory, no room on the file system, a file that is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreError {
    /// What the platform said.
    pub detail: String,
}

impl StoreError {
    /// With what the platform said.
    pub fn new(detail: impl Into<String>) -> Self {
        StoreError { detail: detail.into() }
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the store of the simulated disc failed: {}", self.detail)
    }
}

impl std::error::Error for StoreError {}

/// Keeps the bytes of a disc by offset. Bytes never written read as zeros.
pub trait Store: MaybeSend {
    /// Keeps `bytes` at `at`.
    ///
    /// # Errors
    /// The drive answers a failure with 4/44/00 (internal target failure).
    fn write(&mut self, at: u64, bytes: &[u8]) -> Result<(), StoreError>;

    /// Fills `into` with the bytes at `at`.
    ///
    /// # Errors
    /// As [`Store::write`].
    fn read(&mut self, at: u64, into: &mut [u8]) -> Result<(), StoreError>;

    /// Forgets `len` bytes at `at`: they read as zeros again.
    ///
    /// # Errors
    /// As [`Store::write`].
    fn discard(&mut self, at: u64, len: u64) -> Result<(), StoreError>;

    /// Makes sure that what was written survives; called when a track, session or disc is closed and on eject.
    ///
    /// # Errors
    /// As [`Store::write`].
    fn flush(&mut self) -> Result<(), StoreError> {
        Ok(())
    }

    /// Bytes of memory or file truly used for contents.
    fn kept(&self) -> u64;
}
