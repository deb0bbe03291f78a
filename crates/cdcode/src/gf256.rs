//! Arithmetic of GF(2⁸) over x⁸+x⁴+x³+x²+1, α = 2 (ECMA-130, annex A).

/// α to the power of the index, twice over so that a sum of two logarithms needs no reduction.
pub(crate) static EXP: [u8; 510] = {
    let mut table = [0; 510];
    let mut value = 1_u8;
    let mut power = 0;
    while power < 255 {
        table[power] = value;
        table[power + 255] = value;
        value = alpha(value);
        power += 1;
    }
    table
};

/// The logarithm to the base α; the entry of 0 has no meaning.
pub(crate) static LOG: [u8; 256] = {
    let mut table = [0; 256];
    let mut value = 1_u8;
    let mut power = 0;
    while power < 255 {
        table[value as usize] = power as u8;
        value = alpha(value);
        power += 1;
    }
    table
};

/// Each symbol divided by 3 = α + 1.
pub(crate) static THIRD: [u8; 256] = {
    let mut table = [0; 256];
    let mut value = 0;
    while value < 256 {
        let symbol = value as u8;
        table[(alpha(symbol) ^ symbol) as usize] = symbol;
        value += 1;
    }
    table
};

/// `symbol`·α.
const fn alpha(symbol: u8) -> u8 {
    symbol << 1 ^ if symbol & 0x80 == 0 { 0 } else { 0x1D }
}

/// Eight symbols times α at once.
#[inline(always)]
pub(crate) const fn alpha8(symbols: u64) -> u64 {
    let carry = symbols & 0x8080_8080_8080_8080;
    // In each byte: 80h − 01h = 7Fh where there is a carry, else 0.
    (symbols ^ carry) << 1 ^ (carry.wrapping_sub(carry >> 7) & 0x1D1D_1D1D_1D1D_1D1D)
}

/// The product of two symbols.
pub(crate) fn multiply(a: u8, b: u8) -> u8 {
    if a == 0 || b == 0 { 0 } else { EXP[usize::from(LOG[usize::from(a)]) + usize::from(LOG[usize::from(b)])] }
}

/// `a` divided by `b`, which must not be 0.
pub(crate) fn divide(a: u8, b: u8) -> u8 {
    debug_assert_ne!(b, 0, "no symbol divides by zero");
    if a == 0 { 0 } else { EXP[usize::from(LOG[usize::from(a)]) + 255 - usize::from(LOG[usize::from(b)])] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_agree_with_long_multiplication() {
        let slow = |a: u8, b: u8| {
            let mut product = 0_u16;
            for bit in 0..8 {
                if b >> bit & 1 == 1 {
                    product ^= u16::from(a) << bit;
                }
            }
            for bit in (8..16).rev() {
                if product >> bit & 1 == 1 {
                    product ^= 0x11D << (bit - 8);
                }
            }
            product as u8
        };
        for a in 0..=255 {
            for b in 0..=255 {
                assert_eq!(multiply(a, b), slow(a, b));
                if b != 0 {
                    assert_eq!(multiply(divide(a, b), b), a);
                }
            }
            assert_eq!(multiply(THIRD[usize::from(a)], 3), a);
            let lanes = u64::from_le_bytes([a, 0, 255, a, 1, a, 128, a]);
            assert_eq!(alpha8(lanes).to_le_bytes(), lanes.to_le_bytes().map(|symbol| slow(symbol, 2)));
        }
    }
}
