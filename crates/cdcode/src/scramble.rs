//! The scrambler of data sectors.

use crate::sector::{SECTOR_SIZE, Sector};

/// What is added to bytes 12–2351: a 15-bit register, x¹⁵+x+1, preset to 1, least significant bit first
/// (ECMA-130, annex B).
static STREAM: [u8; SECTOR_SIZE - 12] = {
    let mut stream = [0; SECTOR_SIZE - 12];
    let mut register = 1_u16;
    let mut at = 0;
    while at < stream.len() {
        let mut bit = 0;
        while bit < 8 {
            stream[at] |= ((register & 1) as u8) << bit;
            register = register >> 1 | ((register ^ register >> 1) & 1) << 14;
            bit += 1;
        }
        at += 1;
    }
    stream
};

/// Scrambles a data sector in place, or descrambles one: the same operation. Its sync bytes stay as they are.
///
/// Audio sectors are never scrambled.
pub fn scramble(sector: &mut Sector) {
    for (byte, mask) in sector[12..].iter_mut().zip(&STREAM) {
        *byte ^= mask;
    }
}

/// The scrambler's bytes at `12 + at ..`, to look at a scrambled header without a copy of the sector.
pub(crate) fn mask(at: usize) -> u8 {
    STREAM[at - 12]
}
