//! A store in memory, sparse.

use std::sync::OnceLock;

use webburn_sector::{PatternSource, SECTOR_SIZE};

use super::{CHUNK, Store, StoreError};

const SECTORS: usize = CHUNK / SECTOR_SIZE;

/// One chunk.
enum Chunk {
    /// Never written: zeros.
    Empty,
    /// Every byte the same: costs one byte.
    Uniform(u8),
    /// Sectors of [`PatternSource`], each by its first byte: costs 32 bytes.
    Pattern(Box<[u8; SECTORS]>),
    /// Anything else.
    Bytes(Box<[u8]>),
}

/// Keeps the bytes in chunks of 64 KiB. A chunk of equal bytes costs one byte, a chunk of the pattern that
/// [`PatternSource`] makes costs 32, so an image of 25 GB made of either fits in a few megabytes. Reading is exact.
#[derive(Default)]
pub struct MemoryStore {
    chunks: Vec<Chunk>,
    kept: u64,
}

impl MemoryStore {
    /// An empty one.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn set(&mut self, index: usize, chunk: Chunk) {
        if self.chunks.len() <= index {
            self.chunks.resize_with(index + 1, || Chunk::Empty);
        }
        self.kept -= cost(&self.chunks[index]);
        self.kept += cost(&chunk);
        self.chunks[index] = chunk;
    }

    fn write_part(&mut self, index: usize, offset: usize, bytes: &[u8]) {
        if bytes.len() == CHUNK {
            self.set(index, squeezed(bytes).unwrap_or_else(|| Chunk::Bytes(bytes.into())));
            return;
        }
        let mut whole = match self.chunks.get_mut(index).map(|chunk| std::mem::replace(chunk, Chunk::Empty)) {
            Some(Chunk::Bytes(whole)) => {
                self.kept -= CHUNK as u64;
                whole
            }
            Some(other) => {
                self.kept -= cost(&other);
                let mut whole = vec![0; CHUNK].into_boxed_slice();
                expand(&other, 0, &mut whole);
                whole
            }
            None => vec![0; CHUNK].into_boxed_slice(),
        };
        whole[offset..offset + bytes.len()].copy_from_slice(bytes);
        // A chunk that has just been filled to its end may have become a cheap one.
        let squeezed = if offset + bytes.len() == CHUNK { squeezed(&whole) } else { None };
        self.set(index, squeezed.unwrap_or(Chunk::Bytes(whole)));
    }
}

const fn cost(chunk: &Chunk) -> u64 {
    match chunk {
        Chunk::Empty => 0,
        Chunk::Uniform(_) => 1,
        Chunk::Pattern(_) => SECTORS as u64,
        Chunk::Bytes(_) => CHUNK as u64,
    }
}

/// The cheap form of a full chunk, if it has one. Leaves at the first byte that does not fit.
fn squeezed(bytes: &[u8]) -> Option<Chunk> {
    let first = bytes[0];
    if bytes[1] == first && bytes.chunks(4096).all(|part| differs(part, |_| first) == 0) {
        return Some(Chunk::Uniform(first));
    }
    let template = template();
    let mut bases = Box::new([0; SECTORS]);
    for (base, sector) in bases.iter_mut().zip(bytes.chunks_exact(SECTOR_SIZE)) {
        *base = sector[0];
        if differs(sector, |i| base.wrapping_add(template[i])) != 0 {
            return None;
        }
    }
    Some(Chunk::Pattern(bases))
}

/// Zero when every byte is what `wanted` says. Looks at all of them: without a way out it runs many bytes at a time.
fn differs(bytes: &[u8], wanted: impl Fn(usize) -> u8) -> u8 {
    bytes.iter().enumerate().fold(0, |differs, (i, byte)| differs | (byte ^ wanted(i)))
}

/// Sector 0 of the pattern; every other sector is this plus its first byte.
fn template() -> &'static [u8; SECTOR_SIZE] {
    static TEMPLATE: OnceLock<[u8; SECTOR_SIZE]> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let mut sector = [0; SECTOR_SIZE];
        PatternSource::fill(0, &mut sector);
        sector
    })
}

fn expand(chunk: &Chunk, offset: usize, into: &mut [u8]) {
    match chunk {
        Chunk::Empty => into.fill(0),
        Chunk::Uniform(byte) => into.fill(*byte),
        Chunk::Bytes(bytes) => into.copy_from_slice(&bytes[offset..offset + into.len()]),
        Chunk::Pattern(bases) => {
            let template = template();
            let mut at = offset;
            let mut rest = into;
            while !rest.is_empty() {
                let from = at % SECTOR_SIZE;
                let (now, later) = rest.split_at_mut(rest.len().min(SECTOR_SIZE - from));
                let base = bases[at / SECTOR_SIZE];
                for (byte, step) in now.iter_mut().zip(&template[from..]) {
                    *byte = base.wrapping_add(*step);
                }
                at += now.len();
                rest = later;
            }
        }
    }
}

impl Store for MemoryStore {
    fn write(&mut self, at: u64, bytes: &[u8]) -> Result<(), StoreError> {
        let mut at = at;
        let mut rest = bytes;
        while !rest.is_empty() {
            let offset = (at % CHUNK as u64) as usize;
            let (now, later) = rest.split_at(rest.len().min(CHUNK - offset));
            self.write_part((at / CHUNK as u64) as usize, offset, now);
            at += now.len() as u64;
            rest = later;
        }
        Ok(())
    }

    fn read(&mut self, at: u64, into: &mut [u8]) -> Result<(), StoreError> {
        let mut at = at;
        let mut rest = into;
        while !rest.is_empty() {
            let offset = (at % CHUNK as u64) as usize;
            let here = rest.len().min(CHUNK - offset);
            let (now, later) = rest.split_at_mut(here);
            match self.chunks.get((at / CHUNK as u64) as usize) {
                Some(chunk) => expand(chunk, offset, now),
                None => now.fill(0),
            }
            at += here as u64;
            rest = later;
        }
        Ok(())
    }

    fn discard(&mut self, at: u64, len: u64) -> Result<(), StoreError> {
        let end = at.saturating_add(len);
        let mut at = at;
        while at < end && ((at / CHUNK as u64) as usize) < self.chunks.len() {
            let offset = (at % CHUNK as u64) as usize;
            let here = (end - at).min((CHUNK - offset) as u64) as usize;
            let index = (at / CHUNK as u64) as usize;
            if here == CHUNK {
                self.set(index, Chunk::Empty);
            } else if !matches!(self.chunks[index], Chunk::Empty) {
                self.write_part(index, offset, &vec![0; here]);
            }
            at += here as u64;
        }
        Ok(())
    }

    fn kept(&self) -> u64 {
        self.kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(sectors: usize) -> Vec<u8> {
        let mut all = vec![0; sectors * SECTOR_SIZE];
        for (i, sector) in all.chunks_mut(SECTOR_SIZE).enumerate() {
            PatternSource::fill(i as u64, sector);
        }
        all
    }

    #[test]
    fn equal_bytes_and_the_pattern_cost_next_to_nothing_and_read_back_exactly() {
        let mut store = MemoryStore::new();
        store.write(0, &vec![0xAA; CHUNK]).unwrap();
        assert_eq!(store.kept(), 1);
        let data = pattern(64);
        store.write(CHUNK as u64, &data).unwrap();
        assert_eq!(store.kept(), 1 + 2 * 32);
        let mut back = vec![0; data.len()];
        store.read(CHUNK as u64, &mut back).unwrap();
        assert_eq!(back, data);
        let mut piece = vec![0; 5000];
        store.read(CHUNK as u64 + 777, &mut piece).unwrap();
        assert_eq!(piece, data[777..5777]);
    }

    #[test]
    fn pieces_of_a_pattern_shrink_once_the_chunk_is_full() {
        let mut store = MemoryStore::new();
        for (i, piece) in pattern(32).chunks(16 * SECTOR_SIZE).enumerate() {
            store.write((i * 16 * SECTOR_SIZE) as u64, piece).unwrap();
        }
        assert_eq!(store.kept(), 32);
    }

    #[test]
    fn anything_else_is_kept_as_it_is() {
        let mut store = MemoryStore::new();
        let mut data = pattern(32);
        data[40_000] ^= 1;
        store.write(0, &data).unwrap();
        assert_eq!(store.kept(), CHUNK as u64);
        store.write(100, &[1, 2, 3]).unwrap();
        data[100..103].copy_from_slice(&[1, 2, 3]);
        let mut back = vec![0; CHUNK];
        store.read(0, &mut back).unwrap();
        assert_eq!(back, data);
        store.discard(0, 40_000).unwrap();
        store.read(0, &mut back).unwrap();
        assert!(back[..40_000].iter().all(|byte| *byte == 0));
        assert_eq!(back[40_000..], data[40_000..]);
        store.discard(0, CHUNK as u64).unwrap();
        assert_eq!(store.kept(), 0);
    }
}
