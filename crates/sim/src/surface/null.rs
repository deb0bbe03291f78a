//! A store that keeps digests alone.

use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::{CHUNK, Store, StoreError};

/// Keeps 64 bits of XXH3 per 64 KiB and no contents: 25 GB cost 3.2 MB. What is read from it is zeros.
///
/// A digest is that of the chunk as it was written in ascending order. Writing part of a chunk out of order makes its
/// digest [`NullStore::UNKNOWN`].
#[derive(Default)]
pub struct NullStore {
    digests: Vec<u64>,
    open: Option<(u64, Xxh3)>,
    bytes: u64,
}

impl NullStore {
    /// What stands for a chunk that was not written from its start to its end in order, or not at all.
    pub const UNKNOWN: u64 = 0;

    /// An empty one.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The digests, one per chunk of 64 KiB from offset 0 on. The last chunk may be shorter than 64 KiB.
    #[must_use]
    pub fn digests(&self) -> Vec<u64> {
        let mut all = self.digests.clone();
        if let Some((end, hasher)) = &self.open {
            let index = (end / CHUNK as u64) as usize;
            put(&mut all, index, hasher.digest());
        }
        all
    }

    /// How many bytes were written to it in all.
    #[must_use]
    pub const fn bytes_written(&self) -> u64 {
        self.bytes
    }

    fn part(&mut self, at: u64, bytes: &[u8]) {
        let index = (at / CHUNK as u64) as usize;
        let offset = at % CHUNK as u64;
        if offset == 0 && bytes.len() == CHUNK {
            put(&mut self.digests, index, xxh3_64(bytes));
            return;
        }
        let mut hasher = match self.open.take() {
            Some((end, hasher)) if end == at && offset != 0 => hasher,
            other => {
                if let Some((end, hasher)) = other {
                    put(&mut self.digests, (end / CHUNK as u64) as usize, hasher.digest());
                }
                if offset != 0 {
                    put(&mut self.digests, index, Self::UNKNOWN);
                    return;
                }
                Xxh3::new()
            }
        };
        hasher.update(bytes);
        if offset + bytes.len() as u64 == CHUNK as u64 {
            put(&mut self.digests, index, hasher.digest());
        } else {
            self.open = Some((at + bytes.len() as u64, hasher));
        }
    }
}

fn put(digests: &mut Vec<u64>, index: usize, digest: u64) {
    if digests.len() <= index {
        digests.resize(index + 1, NullStore::UNKNOWN);
    }
    digests[index] = digest;
}

impl Store for NullStore {
    fn write(&mut self, at: u64, bytes: &[u8]) -> Result<(), StoreError> {
        self.bytes += bytes.len() as u64;
        let mut at = at;
        let mut rest = bytes;
        while !rest.is_empty() {
            let room = CHUNK - (at % CHUNK as u64) as usize;
            let (now, later) = rest.split_at(rest.len().min(room));
            self.part(at, now);
            at += now.len() as u64;
            rest = later;
        }
        Ok(())
    }

    fn read(&mut self, _at: u64, into: &mut [u8]) -> Result<(), StoreError> {
        into.fill(0);
        Ok(())
    }

    fn discard(&mut self, at: u64, len: u64) -> Result<(), StoreError> {
        let first = (at / CHUNK as u64) as usize;
        let last = ((at + len).div_ceil(CHUNK as u64) as usize).min(self.digests.len());
        if first < last {
            self.digests[first..last].fill(Self::UNKNOWN);
        }
        self.open = None;
        Ok(())
    }

    fn kept(&self) -> u64 {
        self.digests.len() as u64 * 8
    }
}
