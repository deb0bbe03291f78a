//! The scrambler of data sectors: raw streams hold them scrambled, readers get them plain (ECMA-130, annex B).

use std::sync::OnceLock;

/// Bytes behind the sync field.
const LENGTH: usize = 2340;

/// Scrambles or descrambles a sector of 2352 bytes: everything but its sync field.
pub fn scramble(sector: &mut [u8]) {
    static KEY: OnceLock<[u8; LENGTH]> = OnceLock::new();
    let key = KEY.get_or_init(key);
    for (byte, key) in sector.iter_mut().skip(12).zip(key) {
        *byte ^= key;
    }
}

/// A shift register of 15 bits, x^15 + x + 1, from 1; the lowest bit of each byte comes first.
fn key() -> [u8; LENGTH] {
    let mut register = 1_u16;
    let mut key = [0; LENGTH];
    for byte in &mut key {
        for bit in 0..8 {
            *byte |= ((register & 1) as u8) << bit;
            let feedback = (register ^ register >> 1) & 1;
            register = register >> 1 | feedback << 14;
        }
    }
    key
}
