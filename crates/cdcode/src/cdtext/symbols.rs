//! Packs as 6-bit symbols: three bytes make four symbols, a pack 24, four packs the R–W channels of a sector.

use super::{PACK_SIZE, Pack};

/// The 24 symbols of a pack.
#[must_use]
pub fn from_bytes(bytes: &[u8; PACK_SIZE]) -> [u8; 24] {
    let mut symbols = [0; 24];
    let (groups, _) = symbols.as_chunks_mut::<4>();
    for (group, &[a, b, c]) in groups.iter_mut().zip(bytes.as_chunks::<3>().0) {
        *group = [a >> 2, (a & 3) << 4 | b >> 4, (b & 15) << 2 | c >> 6, c & 63];
    }
    symbols
}

/// The eighteen bytes of 24 symbols; bits 7–6 of a symbol are P and Q and do not matter.
#[must_use]
pub fn to_bytes(symbols: &[u8; 24]) -> [u8; PACK_SIZE] {
    let mut bytes = [0; PACK_SIZE];
    let (groups, _) = bytes.as_chunks_mut::<3>();
    for (group, symbols) in groups.iter_mut().zip(symbols.as_chunks::<4>().0) {
        let [a, b, c, d] = symbols.map(|symbol| symbol & 0x3F);
        *group = [a << 2 | b >> 4, b << 4 | c >> 2, c << 6 | d];
    }
    bytes
}

/// The four packs in the R–W channels of a lead-in sector, CRC unchecked.
#[must_use]
pub fn unpack(symbols: &[u8; 96]) -> [[u8; PACK_SIZE]; 4] {
    let (packs, _) = symbols.as_chunks::<24>();
    std::array::from_fn(|at| packs.get(at).map_or([0; PACK_SIZE], to_bytes))
}

/// The endless repetition of the packs that fills a lead-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeadInText {
    packs: Vec<[u8; 24]>,
}

impl LeadInText {
    /// `None` when there are no packs.
    #[must_use]
    pub fn new(packs: &[Pack]) -> Option<Self> {
        let packs: Vec<_> = packs.iter().map(Pack::to_bytes).collect();
        LeadInText::from_packs(&packs)
    }

    /// The same from packs as they are recorded, CRC included.
    #[must_use]
    pub fn from_packs(packs: &[[u8; PACK_SIZE]]) -> Option<Self> {
        let packs: Vec<_> = packs.iter().map(from_bytes).collect();
        if packs.is_empty() { None } else { Some(LeadInText { packs }) }
    }

    /// Fills `out` with the R–W symbols of successive sectors from `first` on, 96 bytes each: what session-at-once
    /// writing sends as lead-in. A tail of `out` shorter than a sector is left as it is. Gives how many were filled.
    pub fn fill(&self, first: u32, out: &mut [u8]) -> u32 {
        let mut sector = first;
        for slot in out.as_chunks_mut::<96>().0 {
            *slot = self.sector(sector);
            sector += 1;
        }
        sector - first
    }

    /// The R–W symbols of sector `sector` of the lead-in, counted from its start.
    #[must_use]
    pub fn sector(&self, sector: u32) -> [u8; 96] {
        let mut symbols = [0; 96];
        let first = sector as usize * 4;
        for (at, slot) in symbols.as_chunks_mut::<24>().0.iter_mut().enumerate() {
            // `new` lets no empty list through.
            *slot = self.packs[(first + at) % self.packs.len()];
        }
        symbols
    }
}
