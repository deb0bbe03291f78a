//! A store in memory, sparse.

use std::sync::OnceLock;

use webburn_sector::{PatternSource, SECTOR_SIZE, is_filled};

use super::{CHUNK, Store, StoreError};

/// Chunks of one block of the table: 256 MiB of a disc.
const BLOCK: usize = 4096;

/// What the first bytes of two sectors of [`PatternSource`] that follow each other differ by.
const STEP: u8 = 31;

/// One chunk. Two words: a BD-R has 381,000 of them.
#[derive(Default)]
enum Chunk {
    /// Never written: zeros.
    #[default]
    Empty,
    /// Every byte the same: costs one byte.
    Uniform(u8),
    /// Sectors of [`PatternSource`] that follow each other, told by the first byte of the first: costs one byte.
    Pattern(u8),
    /// Anything else.
    Bytes(Box<[u8; CHUNK]>),
}

/// Keeps the bytes in chunks of 64 KiB. A chunk of equal bytes or of the pattern that [`PatternSource`] makes costs one
/// byte and its place in the table, so an image of 25 GB made of either fits in 6 MiB. Reading is exact.
#[derive(Default)]
pub struct MemoryStore {
    /// In blocks, so that the table grows without being copied: what wasm once took it never gives back.
    blocks: Vec<Option<Box<[Chunk]>>>,
    kept: u64,
}

impl MemoryStore {
    /// An empty one.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn get(&self, index: usize) -> Option<&Chunk> {
        self.blocks.get(index / BLOCK)?.as_ref().map(|block| &block[index % BLOCK])
    }

    /// Puts `chunk` in its place and gives what was there.
    fn replace(&mut self, index: usize, chunk: Chunk) -> Chunk {
        let number = index / BLOCK;
        if self.blocks.len() <= number {
            self.blocks.resize_with(number + 1, || None);
        }
        let block =
            self.blocks[number].get_or_insert_with(|| std::iter::repeat_with(Chunk::default).take(BLOCK).collect());
        self.kept += cost(&chunk);
        let before = std::mem::replace(&mut block[index % BLOCK], chunk);
        self.kept -= cost(&before);
        before
    }

    fn write_part(&mut self, index: usize, offset: usize, bytes: &[u8]) {
        if let Ok(bytes) = <&[u8; CHUNK]>::try_from(bytes) {
            let chunk = squeezed(bytes).unwrap_or_else(|| Chunk::Bytes(boxed(bytes)));
            self.replace(index, chunk);
            return;
        }
        let mut whole = match self.replace(index, Chunk::Empty) {
            Chunk::Bytes(whole) => whole,
            other => {
                let mut whole = boxed(&[0; CHUNK]);
                expand(&other, 0, &mut whole[..]);
                whole
            }
        };
        whole[offset..offset + bytes.len()].copy_from_slice(bytes);
        // A chunk that has just been filled to its end may have become a cheap one.
        let squeezed = if offset + bytes.len() == CHUNK { squeezed(&whole) } else { None };
        self.replace(index, squeezed.unwrap_or(Chunk::Bytes(whole)));
    }
}

/// A copy on the heap that was never on the stack as a value of its own.
fn boxed(bytes: &[u8; CHUNK]) -> Box<[u8; CHUNK]> {
    let mut whole = Box::new([0; CHUNK]);
    whole.copy_from_slice(bytes);
    whole
}

const fn cost(chunk: &Chunk) -> u64 {
    match chunk {
        Chunk::Empty => 0,
        Chunk::Uniform(_) | Chunk::Pattern(_) => 1,
        Chunk::Bytes(_) => CHUNK as u64,
    }
}

/// The cheap form of a full chunk, if it has one. Leaves at the first byte that does not fit.
fn squeezed(bytes: &[u8; CHUNK]) -> Option<Chunk> {
    let first = bytes[0];
    if bytes[1] == first && is_filled(bytes, first) {
        return Some(Chunk::Uniform(first));
    }
    let mut base = first;
    for sector in bytes.chunks_exact(SECTOR_SIZE) {
        if sector[0] != base || !PatternSource::holds(sector) {
            return None;
        }
        base = base.wrapping_add(STEP);
    }
    Some(Chunk::Pattern(first))
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
        Chunk::Pattern(first) => {
            let template = template();
            let mut at = offset;
            let mut rest = into;
            while !rest.is_empty() {
                let from = at % SECTOR_SIZE;
                let (now, later) = rest.split_at_mut(rest.len().min(SECTOR_SIZE - from));
                let base = first.wrapping_add(STEP.wrapping_mul((at / SECTOR_SIZE) as u8));
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
            match self.get((at / CHUNK as u64) as usize) {
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
        while at < end && ((at / CHUNK as u64) as usize) < self.blocks.len() * BLOCK {
            let offset = (at % CHUNK as u64) as usize;
            let here = (end - at).min((CHUNK - offset) as u64) as usize;
            let index = (at / CHUNK as u64) as usize;
            if self.get(index).is_some_and(|chunk| !matches!(chunk, Chunk::Empty)) {
                if here == CHUNK {
                    self.replace(index, Chunk::Empty);
                } else {
                    self.write_part(index, offset, &[0; CHUNK][..here]);
                }
            }
            at += here as u64;
        }
        Ok(())
    }

    fn kept(&self) -> u64 {
        self.kept
    }
}
