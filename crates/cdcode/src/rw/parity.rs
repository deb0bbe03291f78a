//! Q parity over the first four symbols, P parity over the whole pack, and correction by both.

use super::Pack;
use super::gf64::{EXP, divide, multiply};

/// What [`correct`] found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PackState {
    /// Nothing was wrong.
    Clean,
    /// So many symbols (1 or 2) were put right.
    Corrected(u8),
    /// Only the first four symbols can be trusted: mode, item and instruction.
    HeadOnly,
    /// Nothing in it can be trusted.
    Failed,
}

/// (x−1)(x−α)(x−α²)(x−α³) without its leading 1, times each symbol: what one symbol adds to the P remainder.
static P_STEP: [u32; 64] = {
    let generator = generator::<4>();
    let mut table = [0; 64];
    let mut symbol = 0;
    while symbol < 64 {
        let mut power = 0;
        while power < 4 {
            table[symbol] |= (multiply(symbol as u8, generator[power]) as u32) << (8 * power);
            power += 1;
        }
        symbol += 1;
    }
    table
};

/// The coefficients of Π(x − αⁱ), lowest power first, for `N` roots from i = 0.
const fn generator<const N: usize>() -> [u8; N] {
    let mut low = [0; N];
    // The polynomial so far is xᵏ + low; begin with 1.
    let mut degree = 0;
    while degree < N {
        let root = EXP[degree];
        let mut power = degree;
        // (xᵏ + Σ lowⱼxʲ)·(x + root)
        let mut carried = 1;
        while power > 0 {
            let own = low[power - 1];
            low[power] = multiply(carried, root) ^ own;
            carried = own;
            power -= 1;
        }
        low[0] = multiply(carried, root);
        degree += 1;
    }
    low
}

/// Fills symbols 2–3 and 20–23 from the others; bits 7–6 of every byte are cleared.
pub fn add_parity(pack: &mut Pack) {
    for symbol in pack.iter_mut() {
        *symbol &= 0x3F;
    }
    let [a, b, ..] = *pack;
    // q₀ + q₁ = a + b and α·q₀ + q₁ = α³·a + α²·b.
    let sum = a ^ b;
    let q0 = divide(sum ^ multiply(a, 8) ^ multiply(b, 4), 3);
    pack[2] = q0;
    pack[3] = sum ^ q0;
    let remainder = pack[..20].iter().fold(0_u32, |rest, symbol| {
        // Every byte of the remainder is below 64, so the index is.
        rest << 8 ^ P_STEP[usize::from((rest >> 24) as u8 ^ symbol) & 0x3F]
    });
    pack[20..].copy_from_slice(&remainder.to_be_bytes());
}

/// Corrects up to two symbols by P parity; if that fails, one of the first four by Q parity.
pub fn correct(pack: &mut Pack) -> PackState {
    for symbol in pack.iter_mut() {
        *symbol &= 0x3F;
    }
    let syndromes = syndromes::<4>(pack);
    if syndromes == [0; 4] {
        return PackState::Clean;
    }
    if let Some(count) = correct_by_p(pack, syndromes) {
        return PackState::Corrected(count);
    }
    let [s0, s1] = self::syndromes::<2>(&pack[..4]);
    if [s0, s1] == [0, 0] {
        return PackState::HeadOnly;
    }
    match locate(s0, s1, 4) {
        Some(at) => {
            pack[at] ^= s0;
            PackState::HeadOnly
        }
        None => PackState::Failed,
    }
}

/// Σ vᵢ·α^(k·(N−1−i)) for k below `COUNT`.
fn syndromes<const COUNT: usize>(symbols: &[u8]) -> [u8; COUNT] {
    std::array::from_fn(|k| symbols.iter().fold(0, |sum, symbol| multiply(sum, EXP[k]) ^ symbol))
}

/// Where the one wrong symbol of a code of `length` is, if one explains both sums.
fn locate(s0: u8, s1: u8, length: usize) -> Option<usize> {
    if s0 == 0 || s1 == 0 {
        return None;
    }
    let locator = divide(s1, s0);
    (0..length).find(|&i| EXP[length - 1 - i] == locator)
}

fn correct_by_p(pack: &mut Pack, [s0, s1, s2, s3]: [u8; 4]) -> Option<u8> {
    let determinant = multiply(s0, s2) ^ multiply(s1, s1);
    if determinant == 0 {
        let at = locate(s0, s1, 24)?;
        let locator = EXP[23 - at];
        if multiply(s1, locator) != s2 || multiply(s2, locator) != s3 {
            return None;
        }
        pack[at] ^= s0;
        return Some(1);
    }
    // Two errors at X and Y: X² + (X+Y)X + XY = 0, with X+Y and XY from the four sums.
    let sum = divide(multiply(s0, s3) ^ multiply(s1, s2), determinant);
    let product = divide(multiply(s1, s3) ^ multiply(s2, s2), determinant);
    let mut roots = (0..24).filter(|&i| {
        let x = EXP[23 - i];
        multiply(x, x) ^ multiply(sum, x) ^ product == 0
    });
    let (one, two) = (roots.next()?, roots.next()?);
    let (x, y) = (EXP[23 - one], EXP[23 - two]);
    let e1 = divide(s1 ^ multiply(s0, y), x ^ y);
    pack[one] ^= e1;
    pack[two] ^= s0 ^ e1;
    Some(2)
}
