//! Eight channels one after the other, twelve bytes each, P first: the `.sub` files of clone images.

/// Ninety-six symbols → eight planes.
#[must_use]
pub fn from_symbols(symbols: &[u8; 96]) -> [u8; 96] {
    let mut planes = [0; 96];
    let (groups, _) = symbols.as_chunks::<8>();
    for (at, group) in groups.iter().enumerate() {
        for (plane, byte) in transpose(*group).into_iter().enumerate() {
            planes[12 * plane + at] = byte;
        }
    }
    planes
}

/// Eight planes → ninety-six symbols.
#[must_use]
pub fn to_symbols(planes: &[u8; 96]) -> [u8; 96] {
    let mut symbols = [0; 96];
    let (groups, _) = symbols.as_chunks_mut::<8>();
    for (at, group) in groups.iter_mut().enumerate() {
        *group = transpose(std::array::from_fn(|plane| planes[12 * plane + at]));
    }
    symbols
}

/// Turns an 8×8 matrix of bits about its diagonal: bit `j` from the top of byte `i` goes to bit `i` of byte `j`.
fn transpose(rows: [u8; 8]) -> [u8; 8] {
    let mut bits = u64::from_be_bytes(rows);
    // Swap the off-diagonal quarters of ever larger squares.
    for (shift, mask) in [(7, 0x00AA_00AA_00AA_00AA_u64), (14, 0x0000_CCCC_0000_CCCC), (28, 0x0000_0000_F0F0_F0F0)] {
        let swapped = (bits ^ bits >> shift) & mask;
        bits ^= swapped ^ swapped << shift;
    }
    bits.to_be_bytes()
}
