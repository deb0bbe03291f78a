//! The device-side port: who obeys a command.

use crate::{Completion, Sense, Status};

/// Where a target puts its answer: at most `limit` bytes are kept, as many as the host has room for.
#[derive(Debug, Default)]
pub struct Reply {
    bytes: Vec<u8>,
    limit: usize,
    offered: usize,
}

impl Reply {
    /// An empty reply for a host that expects up to `limit` bytes.
    #[must_use]
    pub fn new(limit: usize) -> Self {
        Reply { bytes: Vec::new(), limit, offered: 0 }
    }

    /// Begins anew for the next command, keeping the memory.
    pub fn reset(&mut self, limit: usize) {
        self.bytes.clear();
        self.limit = limit;
        self.offered = 0;
    }

    /// Appends `bytes`, cut at the host's room.
    pub fn put(&mut self, bytes: &[u8]) {
        self.offered += bytes.len();
        let room = self.limit - self.bytes.len();
        self.bytes.extend_from_slice(&bytes[..bytes.len().min(room)]);
    }

    /// Appends `bytes`, cut first at `allocation` bytes in all (the CDB's allocation length), then at the host's room.
    pub fn put_allocated(&mut self, bytes: &[u8], allocation: usize) {
        self.put(&bytes[..bytes.len().min(allocation)]);
    }

    /// Room for `len` more bytes, to be filled in place; shorter when the host has no room for all.
    pub fn grow(&mut self, len: usize) -> &mut [u8] {
        self.offered += len;
        let start = self.bytes.len();
        self.bytes.resize(start + len.min(self.limit - start), 0);
        &mut self.bytes[start..]
    }

    /// What is kept so far.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Bytes the target meant to send, kept or not: tells BOT case 7 (device sends more) from case 6.
    #[must_use]
    pub const fn offered(&self) -> usize {
        self.offered
    }

    /// Bytes the host has room for.
    #[must_use]
    pub const fn limit(&self) -> usize {
        self.limit
    }
}

/// How a target answers. It cannot fail: what it refuses is sense.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// GOOD, or CHECK CONDITION with sense.
    pub status: Status,
    /// Bytes of the data to the drive that were taken.
    pub taken: usize,
}

impl Outcome {
    /// GOOD; `taken` bytes of data-out were used.
    #[must_use]
    pub const fn good(taken: usize) -> Self {
        Outcome { status: Status::Good, taken }
    }
    /// CHECK CONDITION; nothing of data-out was used.
    #[must_use]
    pub const fn check(sense: Sense) -> Self {
        Outcome { status: Status::CheckCondition(sense), taken: 0 }
    }

    /// The completion a host sees, for a loopback.
    #[must_use]
    pub fn into_completion(self, received: usize, is_in: bool) -> Completion {
        Completion { status: self.status, transferred: if is_in { received } else { self.taken } }
    }
}

/// Device side: obeys command descriptor blocks.
pub trait Target {
    /// Obeys one command. `out` is the data the host sends; `reply` takes what is sent back.
    fn obey(&mut self, cdb: &[u8], out: &[u8], reply: &mut Reply) -> Outcome;
}
