//! The two sums of every code that are zero when nothing is wrong.

use super::{Body, P_LENGTH, Q_CODES, Q_PARITY, ROW, diagonals};
use crate::gf256::alpha8;

/// S₀ and S₁ of each P code.
pub(super) fn p_syndromes(body: &Body) -> [[u8; 2]; ROW] {
    let mut sums = Sums::<11>::default();
    for row in 0..P_LENGTH {
        let (words, _) = body[ROW * row..ROW * row + 88].as_chunks::<8>();
        sums.add(words);
    }
    sums.lanes()
}

/// S₀ and S₁ of each Q code.
pub(super) fn q_syndromes(body: &Body) -> [[u8; 2]; Q_CODES] {
    let mut sums = Sums::<7>::default();
    for diagonal in &diagonals(body) {
        sums.add(diagonal.as_chunks::<8>().0);
    }
    for parity in body[Q_PARITY..].as_chunks::<Q_CODES>().0 {
        let mut lanes = [0; 56];
        lanes[..Q_CODES].copy_from_slice(parity);
        sums.add(lanes.as_chunks::<8>().0);
    }
    sums.lanes()
}

/// How many P and Q codes do not hold.
pub(crate) fn count_bad(body: &Body) -> (u8, u8) {
    let bad = |syndromes: &[[u8; 2]]| syndromes.iter().filter(|pair| **pair != [0, 0]).count() as u8;
    (bad(&p_syndromes(body)), bad(&q_syndromes(body)))
}

struct Sums<const WORDS: usize> {
    plain: [u64; WORDS],
    weighted: [u64; WORDS],
}

impl<const WORDS: usize> Default for Sums<WORDS> {
    fn default() -> Self {
        Sums { plain: [0; WORDS], weighted: [0; WORDS] }
    }
}

impl<const WORDS: usize> Sums<WORDS> {
    fn add(&mut self, words: &[[u8; 8]]) {
        for ((plain, weighted), word) in self.plain.iter_mut().zip(&mut self.weighted).zip(words) {
            let word = u64::from_le_bytes(*word);
            *plain ^= word;
            *weighted = alpha8(*weighted) ^ word;
        }
    }

    fn lanes<const LANES: usize>(&self) -> [[u8; 2]; LANES] {
        std::array::from_fn(|lane| {
            let byte = |words: &[u64; WORDS]| (words[lane / 8] >> (8 * (lane % 8))) as u8;
            [byte(&self.plain), byte(&self.weighted)]
        })
    }
}
