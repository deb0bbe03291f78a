//! R–W packs: 24 six-bit symbols, four of them to a sector, with parity over GF(64) and spread over eight packs.
//!
//! A pack holds mode and item (0), instruction (1), Q parity (2–3), sixteen data symbols (4–19) and P parity (20–23)
//! (IEC 60908, 17.5). CD-Text in the lead-in uses neither parity nor interleave: see [`crate::cdtext::symbols`].

mod gf64;
mod interleave;
mod parity;

pub use interleave::{Deinterleaver, Interleaver};
pub use parity::{PackState, add_parity, correct};

/// Symbols of a pack.
pub const PACK: usize = 24;

/// One pack, a symbol in the low six bits of each byte.
pub type Pack = [u8; PACK];

/// Adds both parities to the four packs of a sector.
pub fn add_parity_to_sector(packs: &mut [u8; 96]) {
    let (packs, _) = packs.as_chunks_mut::<PACK>();
    packs.iter_mut().for_each(add_parity);
}
