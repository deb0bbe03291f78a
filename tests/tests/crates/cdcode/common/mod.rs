//! Shared by the tests: a plain encoder written straight from the standard, recorded vectors, generators.
#![allow(dead_code, reason = "each test file uses its part")]
#![forbid(unsafe_code)]

pub mod plain;
pub mod vectors;

use sha2::{Digest, Sha256};

/// Lower-case hex of the SHA-256.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Lower-case hex of the SHA-1.
pub fn sha1(bytes: &[u8]) -> String {
    hex(&<sha1::Sha1 as Digest>::digest(bytes))
}

/// Lower-case hex without spaces.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A source of numbers for tests that wants no crate: Marsaglia's xorshift.
pub struct Noise(pub u64);

impl Noise {
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    pub fn fill(&mut self, bytes: &mut [u8]) {
        bytes.iter_mut().for_each(|byte| *byte = self.next() as u8);
    }
}
