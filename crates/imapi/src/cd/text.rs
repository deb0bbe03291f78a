//! CD-Text in the lead-in: packs of 18 bytes, four to a block of 96 six-bit symbols (MMC-6, annex J).

/// Packs in a block.
const PACKS: usize = 4;

/// Fills `into` (whole blocks of 96 bytes) with the packs from block `first` on. The lead-in repeats them from its start
/// to its end.
///
/// Three bytes become four symbols in bits 5 to 0; bits 7 and 6, the P and Q channels, are the drive's. Without packs all
/// is zero.
pub fn lead_in_blocks(packs: &[[u8; 18]], first: u64, into: &mut [u8]) {
    let (symbols, _) = into.as_chunks_mut::<4>();
    for (at, group) in symbols.iter_mut().enumerate() {
        // 24 symbols, six groups, a pack.
        let number = first as usize * PACKS + at / 6;
        let Some(pack) = (!packs.is_empty()).then(|| &packs[number % packs.len()]) else {
            *group = [0; 4];
            continue;
        };
        let three = &pack[at % 6 * 3..];
        let (a, b, c) = (three[0], three[1], three[2]);
        *group = [a >> 2, (a & 0x03) << 4 | b >> 4, (b & 0x0F) << 2 | c >> 6, c & 0x3F];
    }
}
