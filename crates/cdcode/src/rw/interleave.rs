//! The spreading of a pack over eight: symbols 1↔18, 2↔5 and 3↔23 change places, then symbol `i` waits `i mod 8` packs
//! (IEC 60908, 17.5).

use super::{PACK, Pack};

/// Packs in a sector.
const PACKS: usize = 4;
/// The longest wait, in packs.
const REACH: usize = 7;

/// Where symbol `i` of a pack goes within it.
const fn swap(i: usize) -> usize {
    match i {
        1 => 18,
        18 => 1,
        2 => 5,
        5 => 2,
        3 => 23,
        23 => 3,
        _ => i,
    }
}

/// Turns packs into the order of the disc, sector by sector. What was pushed before still comes out for seven packs.
#[derive(Clone, Debug, Default)]
pub struct Interleaver {
    /// The packs before the next ones, oldest first.
    before: [Pack; REACH],
}

impl Interleaver {
    /// With silence (zeros) before the first pack.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the four packs of a sector, parity included, and gives its R–W symbols in bits 5–0.
    pub fn push(&mut self, packs: &[u8; 96]) -> [u8; 96] {
        let mut all = [[0; PACK]; REACH + PACKS];
        all[..REACH].copy_from_slice(&self.before);
        for (slot, pack) in all[REACH..].iter_mut().zip(packs.as_chunks::<PACK>().0) {
            *slot = *pack;
        }
        let mut out = [0; 96];
        let (rows, _) = out.as_chunks_mut::<PACK>();
        for (n, row) in rows.iter_mut().enumerate() {
            for (i, symbol) in row.iter_mut().enumerate() {
                *symbol = all[REACH + n - i % 8][swap(i)] & 0x3F;
            }
        }
        self.before.copy_from_slice(&all[PACKS..]);
        out
    }
}

/// Turns R–W symbols of the disc back into packs, two sectors late.
#[derive(Clone, Debug, Default)]
pub struct Deinterleaver {
    /// The rows before the next ones, oldest first: two sectors.
    before: [Pack; 2 * PACKS],
}

impl Deinterleaver {
    /// With silence before the first sector.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the symbols of a sector (bits 7–6 do not matter) and gives the four packs of the sector pushed two calls
    /// before, not corrected yet. The first two results are of sectors before the first.
    pub fn push(&mut self, symbols: &[u8; 96]) -> [u8; 96] {
        let mut all = [[0; PACK]; 3 * PACKS];
        all[..2 * PACKS].copy_from_slice(&self.before);
        for (slot, row) in all[2 * PACKS..].iter_mut().zip(symbols.as_chunks::<PACK>().0) {
            *slot = *row;
        }
        let mut out = [0; 96];
        let (packs, _) = out.as_chunks_mut::<PACK>();
        for (n, pack) in packs.iter_mut().enumerate() {
            for i in 0..PACK {
                pack[swap(i)] = all[n + i % 8][i] & 0x3F;
            }
        }
        self.before.copy_from_slice(&all[PACKS..]);
        out
    }
}
