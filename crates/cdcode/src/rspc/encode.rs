//! Writing P and Q parity, eight codes at a time.

use super::{BODY, Body, DATA_ROWS, Q_CODES, Q_PARITY, ROW, diagonals};
use crate::gf256::{THIRD, alpha8};

/// Fills P and Q parity from the 2064 bytes before them. The header must be zero already for mode 2 form 1.
pub(crate) fn write_parity(body: &mut Body) {
    let p = p_parity(body);
    let at = ROW * DATA_ROWS;
    body[at..at + 2 * ROW].copy_from_slice(&p);
    let q = q_parity(body);
    body[Q_PARITY..BODY].copy_from_slice(&q);
}

fn p_parity(body: &Body) -> [u8; 2 * ROW] {
    let mut sum = [0_u64; 11];
    let mut weighted = [0_u64; 11];
    for row in 0..DATA_ROWS {
        // Two bytes more than a row: whole words. What the last two lanes hold is not used.
        let (words, _) = body[ROW * row..ROW * row + 88].as_chunks::<8>();
        for ((sum, weighted), word) in sum.iter_mut().zip(&mut weighted).zip(words) {
            let word = u64::from_le_bytes(*word);
            *sum ^= word;
            *weighted = alpha8(*weighted) ^ word;
        }
    }
    let mut parity = [0; 2 * ROW];
    let (first, second) = parity.split_at_mut(ROW);
    finish(&sum, &weighted, first, second);
    parity
}

fn q_parity(body: &Body) -> [u8; 2 * Q_CODES] {
    let mut sum = [0_u64; 7];
    let mut weighted = [0_u64; 7];
    for diagonal in &diagonals(body) {
        let (words, _) = diagonal.as_chunks::<8>();
        for ((sum, weighted), word) in sum.iter_mut().zip(&mut weighted).zip(words) {
            let word = u64::from_le_bytes(*word);
            *sum ^= word;
            *weighted = alpha8(*weighted) ^ word;
        }
    }
    let mut parity = [0; 2 * Q_CODES];
    let (first, second) = parity.split_at_mut(Q_CODES);
    finish(&sum, &weighted, first, second);
    parity
}

/// Solves p₀ + p₁ = S₀ and α·p₀ + p₁ = S₁ for every lane: p₀ = (S₀ + S₁)/(1 + α), p₁ = S₀ + p₀.
#[inline(always)]
fn finish(sum: &[u64], weighted: &[u64], first: &mut [u8], second: &mut [u8]) {
    let slots = first.chunks_mut(8).zip(second.chunks_mut(8));
    for ((&sum, &weighted), (first, second)) in sum.iter().zip(weighted).zip(slots) {
        // Horner's rule stopped at the last data byte; two places more for the parity bytes after it.
        let both = (sum ^ alpha8(alpha8(weighted))).to_le_bytes();
        let sum = sum.to_le_bytes();
        for (((first, second), both), sum) in first.iter_mut().zip(second).zip(both).zip(sum) {
            *first = THIRD[usize::from(both)];
            *second = sum ^ *first;
        }
    }
}
