//! What keeps the contents of the simulated disc in the page: memory up to a limit, digests beyond.

use webburn_sim::surface::{CHUNK, MemoryStore, NullStore, Store, StoreError};

/// Keeps up to so many bytes; of what is written beyond, only digests. Reading what was not kept is refused, never made
/// up: the drive then answers with an error, and the page says beforehand which images cannot be read back.
pub struct BoundedStore {
    limit: u64,
    memory: MemoryStore,
    digests: NullStore,
    chunks: Vec<Where>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Where {
    Nowhere,
    Kept,
    Lost,
}

impl BoundedStore {
    /// Keeps up to `limit` bytes. Chunks of equal bytes cost one.
    #[must_use]
    pub fn new(limit: u64) -> Self {
        BoundedStore { limit, memory: MemoryStore::new(), digests: NullStore::new(), chunks: Vec::new() }
    }

    fn whereabouts(&self, chunk: usize) -> Where {
        self.chunks.get(chunk).copied().unwrap_or(Where::Nowhere)
    }

    fn set(&mut self, chunk: usize, now: Where) {
        if self.chunks.len() <= chunk {
            self.chunks.resize(chunk + 1, Where::Nowhere);
        }
        self.chunks[chunk] = now;
    }
}

/// Splits `len` bytes at `at` into pieces that lie in one chunk each: chunk, offset from `at`, length.
fn pieces(at: u64, len: usize) -> impl Iterator<Item = (usize, usize, usize)> {
    let mut done = 0;
    std::iter::from_fn(move || {
        let here = at + done as u64;
        let room = CHUNK - (here % CHUNK as u64) as usize;
        let length = room.min(len - done);
        let piece = ((here / CHUNK as u64) as usize, done, length);
        done += length;
        (length > 0).then_some(piece)
    })
}

impl Store for BoundedStore {
    fn write(&mut self, at: u64, bytes: &[u8]) -> Result<(), StoreError> {
        for (chunk, offset, length) in pieces(at, bytes.len()) {
            let (here, piece) = (at + offset as u64, &bytes[offset..offset + length]);
            let has_room = self.memory.kept() + CHUNK as u64 <= self.limit;
            match self.whereabouts(chunk) {
                Where::Kept => self.memory.write(here, piece)?,
                // A lost chunk is whole again only when all of it is written.
                Where::Nowhere if has_room => {
                    self.memory.write(here, piece)?;
                    self.set(chunk, Where::Kept);
                }
                Where::Lost if has_room && length == CHUNK => {
                    self.memory.write(here, piece)?;
                    self.set(chunk, Where::Kept);
                }
                Where::Nowhere | Where::Lost => {
                    self.digests.write(here, piece)?;
                    self.set(chunk, Where::Lost);
                }
            }
        }
        Ok(())
    }

    fn read(&mut self, at: u64, into: &mut [u8]) -> Result<(), StoreError> {
        if pieces(at, into.len()).any(|(chunk, ..)| self.whereabouts(chunk) == Where::Lost) {
            return Err(StoreError::new("only a digest of this part of the disc was kept"));
        }
        self.memory.read(at, into)
    }

    fn discard(&mut self, at: u64, len: u64) -> Result<(), StoreError> {
        self.memory.discard(at, len)?;
        self.digests.discard(at, len)?;
        let first = at.div_ceil(CHUNK as u64) as usize;
        let end = ((at.saturating_add(len)) / CHUNK as u64).min(self.chunks.len() as u64) as usize;
        if first < end {
            self.chunks[first..end].fill(Where::Nowhere);
        }
        Ok(())
    }

    fn kept(&self) -> u64 {
        self.memory.kept() + self.digests.kept()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noise(chunks: usize) -> Vec<u8> {
        (0..chunks * CHUNK).map(|i| ((i * i) >> 7) as u8).collect()
    }

    #[test]
    fn up_to_the_limit_all_is_kept_and_beyond_reading_is_refused() {
        let mut store = BoundedStore::new(2 * CHUNK as u64);
        let data = noise(3);
        store.write(0, &data).unwrap();
        let mut back = vec![0; 2 * CHUNK];
        store.read(0, &mut back).unwrap();
        assert_eq!(back, data[..2 * CHUNK]);
        assert!(store.read(2 * CHUNK as u64 - 1, &mut back[..2]).is_err());
        assert!(store.read(2 * CHUNK as u64 - 1, &mut back[..1]).is_ok());
    }

    #[test]
    fn a_kept_chunk_may_be_overwritten_at_the_limit() {
        let mut store = BoundedStore::new(CHUNK as u64);
        store.write(0, &noise(2)).unwrap();
        store.write(10, &[1, 2, 3]).unwrap();
        let mut back = [0; 3];
        store.read(10, &mut back).unwrap();
        assert_eq!(back, [1, 2, 3]);
    }

    #[test]
    fn what_is_blanked_is_there_again() {
        let mut store = BoundedStore::new(CHUNK as u64);
        store.write(0, &noise(3)).unwrap();
        store.discard(0, 3 * CHUNK as u64).unwrap();
        let mut back = vec![1; 3 * CHUNK];
        store.read(0, &mut back).unwrap();
        assert!(back.iter().all(|byte| *byte == 0));
        store.write(CHUNK as u64, &noise(1)).unwrap();
        store.read(CHUNK as u64, &mut back[..CHUNK]).unwrap();
        assert_eq!(back[..CHUNK], noise(1));
    }

    #[test]
    fn a_lost_chunk_stays_lost_until_it_is_written_whole() {
        let mut store = BoundedStore::new(CHUNK as u64);
        store.write(0, &noise(2)).unwrap();
        store.discard(0, CHUNK as u64).unwrap();
        store.write(CHUNK as u64 + 5, &[7; 9]).unwrap();
        let mut back = vec![0; CHUNK];
        assert!(store.read(CHUNK as u64, &mut back).is_err());
        store.write(CHUNK as u64, &noise(1)).unwrap();
        store.read(CHUNK as u64, &mut back).unwrap();
        assert_eq!(back, noise(1));
    }

    #[test]
    fn an_image_of_equal_bytes_costs_next_to_nothing() {
        let mut store = BoundedStore::new(CHUNK as u64 * 4);
        for chunk in 0..10_000 {
            store.write(chunk * CHUNK as u64, &[0xAA; CHUNK]).unwrap();
        }
        let mut back = [0; 2];
        store.read(9_999 * CHUNK as u64, &mut back).unwrap();
        assert_eq!(back, [0xAA; 2]);
        assert!(store.kept() < 20_000);
    }
}
