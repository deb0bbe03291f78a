//! Ninety-six symbols, one a byte: bit 7 P, bit 6 Q, bits 5–0 R–W, as on the disc.

use crate::q::QBytes;

/// The bits of a byte, most significant first, as bit 6 of eight bytes.
static Q_BITS: [u64; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut symbols = [0; 8];
        let mut bit = 0;
        while bit < 8 {
            symbols[bit] = ((byte >> (7 - bit)) as u8 & 1) << 6;
            bit += 1;
        }
        table[byte] = u64::from_le_bytes(symbols);
        byte += 1;
    }
    table
};

const P_BITS: u64 = 0x8080_8080_8080_8080;
const RW_BITS: u64 = 0x3F3F_3F3F_3F3F_3F3F;

/// Writes P and Q into 96 symbols and leaves R–W (bits 5–0) as they are.
pub fn write_pq(symbols: &mut [u8; 96], p: bool, q: &QBytes) {
    let p = if p { P_BITS } else { 0 };
    let (words, _) = symbols.as_chunks_mut::<8>();
    for (word, &byte) in words.iter_mut().zip(q) {
        let rw = u64::from_le_bytes(*word) & RW_BITS;
        *word = (rw | p | Q_BITS[usize::from(byte)]).to_le_bytes();
    }
}

/// Writes R–W (bits 5–0 of each of `rw`) into 96 symbols and leaves P and Q as they are.
pub fn write_rw(symbols: &mut [u8; 96], rw: &[u8; 96]) {
    for (symbol, rw) in symbols.iter_mut().zip(rw) {
        *symbol = *symbol & 0xC0 | rw & 0x3F;
    }
}

/// The Q channel of 96 symbols.
#[must_use]
pub fn read_q(symbols: &[u8; 96]) -> QBytes {
    channel(symbols, 6)
}

/// The P channel: the value of the majority of its 96 bits, since a drive hands it over uncorrected.
#[must_use]
pub fn read_p(symbols: &[u8; 96]) -> bool {
    symbols.iter().filter(|&&symbol| symbol & 0x80 != 0).count() > 48
}

/// The R–W symbols alone, P and Q cleared.
#[must_use]
pub fn read_rw(symbols: &[u8; 96]) -> [u8; 96] {
    symbols.map(|symbol| symbol & 0x3F)
}

/// One of the eight channels as twelve bytes, first symbol in the most significant bit: `bit` 7 is P, 0 is W.
pub(super) fn channel(symbols: &[u8; 96], bit: u8) -> [u8; 12] {
    let (groups, _) = symbols.as_chunks::<8>();
    std::array::from_fn(|at| {
        groups.get(at).map_or(0, |group| group.iter().fold(0, |byte, symbol| byte << 1 | (symbol >> bit & 1)))
    })
}
