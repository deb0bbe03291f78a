//! Stored R–W channels in the layout that a stream has.

use std::borrow::BorrowMut;

use webburn_cdcode::rw::{Deinterleaver, Interleaver, add_parity_to_sector, correct};
use webburn_cdcode::subchannel::{Layout, symbols};
use webburn_sector::{Lba, SectorCount, SourceError};

use super::raw::{RawStream, StoredSubcode};
use crate::image::{CdImage, SubcodeKind};

/// Sectors over which a pack is spread beside its own.
const REACH: u32 = 2;

/// Writes what the image holds for `at` into `out`; `true` when P and Q are among it.
pub(super) async fn stored<I: BorrowMut<CdImage>>(
    stream: &mut RawStream<I>,
    at: Lba,
    out: &mut [u8; 96],
) -> Result<bool, SourceError> {
    let (layout, wanted) = (stream.options.layout, stream.options.stored);
    if wanted == StoredSubcode::Ignore {
        return Ok(false);
    }
    let mut own = [0; 96];
    let Some(kind) = stream.image.borrow_mut().read_sub(at, &mut own).await? else { return Ok(false) };
    let rw = match (kind, layout) {
        // The layout with P and Q only never gets here: it has no 96 bytes.
        (SubcodeKind::Raw, Layout::Raw) | (SubcodeKind::Packed, Layout::Packed | Layout::Pq) => own,
        (SubcodeKind::Raw, _) => unspread(stream.image.borrow_mut(), at, own).await?,
        (SubcodeKind::Packed, Layout::Raw) => spread(stream.image.borrow_mut(), at).await?,
    };
    if wanted == StoredSubcode::All {
        *out = std::array::from_fn(|n| own[n] & 0xC0 | rw[n] & 0x3F);
        return Ok(true);
    }
    symbols::write_rw(out, &rw);
    Ok(false)
}

/// R–W of the sector at `at` as they lie on the disc; zeros where the image holds none.
pub(crate) async fn on_disc(image: &mut CdImage, at: Lba) -> Result<[u8; 96], SourceError> {
    let mut own = [0; 96];
    let rw = match image.read_sub(at, &mut own).await? {
        None => [0; 96],
        Some(SubcodeKind::Raw) => own,
        Some(SubcodeKind::Packed) => spread(image, at).await?,
    };
    Ok(rw.map(|symbol| symbol & 0x3F))
}

/// Packs of this sector and the two before it, with parity and interleave.
async fn spread(image: &mut CdImage, at: Lba) -> Result<[u8; 96], SourceError> {
    let mut interleaver = Interleaver::new();
    let mut last = [0; 96];
    for sector in (0..=REACH).rev() {
        let mut packs = [0; 96];
        let from = at - SectorCount(sector);
        if image.read_sub(from, &mut packs).await? == Some(SubcodeKind::Packed) {
            packs = packs.map(|symbol| symbol & 0x3F);
            add_parity_to_sector(&mut packs);
        } else {
            packs = [0; 96];
        }
        last = interleaver.push(&packs);
    }
    Ok(last)
}

/// The packs of this sector from it and the two after it, corrected.
async fn unspread(image: &mut CdImage, at: Lba, own: [u8; 96]) -> Result<[u8; 96], SourceError> {
    let mut deinterleaver = Deinterleaver::new();
    let mut packs = deinterleaver.push(&own);
    for sector in 1..=REACH {
        let mut raw = [0; 96];
        if image.read_sub(at + SectorCount(sector), &mut raw).await? != Some(SubcodeKind::Raw) {
            raw = [0; 96];
        }
        packs = deinterleaver.push(&raw);
    }
    for pack in packs.as_chunks_mut::<24>().0 {
        correct(pack);
    }
    Ok(packs)
}
