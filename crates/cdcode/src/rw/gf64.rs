//! Arithmetic of GF(2⁶) over x⁶+x+1, α = 2.

/// α to the power of the index, twice over.
pub(super) static EXP: [u8; 126] = {
    let mut table = [0; 126];
    let mut value = 1_u8;
    let mut power = 0;
    while power < 63 {
        table[power] = value;
        table[power + 63] = value;
        value <<= 1;
        if value & 0x40 != 0 {
            value ^= 0x43;
        }
        power += 1;
    }
    table
};

/// The logarithm to the base α; the entry of 0 has no meaning.
static LOG: [u8; 64] = {
    let mut table = [0; 64];
    let mut power = 0;
    while power < 63 {
        table[EXP[power] as usize] = power as u8;
        power += 1;
    }
    table
};

/// The product of two symbols.
pub(super) const fn multiply(a: u8, b: u8) -> u8 {
    if a == 0 || b == 0 { 0 } else { EXP[LOG[a as usize] as usize + LOG[b as usize] as usize] }
}

/// `a` divided by `b`, which must not be 0.
pub(super) const fn divide(a: u8, b: u8) -> u8 {
    if a == 0 { 0 } else { EXP[LOG[a as usize] as usize + 63 - LOG[b as usize] as usize] }
}
