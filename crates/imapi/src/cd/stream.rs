//! The blocks of a session in the order in which they are written: CD-Text, then each stretch in its own size.

use webburn_mmc::TextPack;
use webburn_sector::{Lba, SectorCount, SectorSource, SourceError, SourceErrorKind};

use super::{MAIN, MAIN_AND_SUB, Stretch, lead_in_blocks};

/// A source of main-channel sectors, cut to the blocks that a cue sheet asks for.
///
/// `source` holds the program area from the first pre-gap on, one sector after the other: whole sectors of 2352 bytes
/// (data with sync and header, not scrambled), or of 2448 with R–W behind them, of which a block takes the part that its
/// form wants; or blocks that have the size of every stretch already.
#[derive(Debug)]
pub struct SessionStream<'a, S> {
    source: &'a mut S,
    packs: &'a [TextPack],
    lead_in: SectorCount,
    first: Lba,
    stretches: Vec<Stretch>,
    scratch: Vec<u8>,
}

impl<'a, S: SectorSource> SessionStream<'a, S> {
    /// `lead_in` blocks of CD-Text, then the written ones of `stretches`; `first` is where the source begins.
    pub fn new(
        source: &'a mut S,
        packs: &'a [TextPack],
        lead_in: SectorCount,
        first: Lba,
        stretches: &[Stretch],
    ) -> Self {
        let stretches = stretches.iter().copied().filter(|stretch| stretch.block > 0).collect();
        SessionStream { source, packs, lead_in, first, stretches, scratch: Vec::new() }
    }

    /// The source can give blocks of this form.
    #[must_use]
    pub fn can_give(source: &S, stretch: &Stretch) -> bool {
        let size = source.sector_size();
        let whole = size == MAIN || size == MAIN_AND_SUB;
        stretch.block == 0 || size == stretch.block || (whole && stretch.block < size)
    }

    /// The stretch that block `index` lies in, and how many come before it.
    fn place(&self, index: u64) -> Option<(Stretch, u64)> {
        let mut before = u64::from(self.lead_in.0);
        for stretch in &self.stretches {
            let length = u64::from(stretch.sectors.0);
            if index < before + length {
                return Some((*stretch, index - before));
            }
            before += length;
        }
        None
    }
}

impl<S: SectorSource> SectorSource for SessionStream<'_, S> {
    /// Of the first stretch; the others may differ.
    fn sector_size(&self) -> usize {
        self.stretches.first().map_or(MAIN, |stretch| stretch.block)
    }

    fn sectors(&self) -> SectorCount {
        self.lead_in + self.stretches.iter().map(|stretch| stretch.sectors).sum::<SectorCount>()
    }

    async fn read(&mut self, index: u64, into: &mut [u8]) -> Result<(), SourceError> {
        if index < u64::from(self.lead_in.0) {
            lead_in_blocks(self.packs, index, into);
            return Ok(());
        }
        let Some((stretch, within)) = self.place(index) else {
            return Err(SourceError { kind: SourceErrorKind::Shrank, at_byte: 0, detail: String::new() });
        };
        let at = u64::from(stretch.start.since(self.first).0) + within;
        let whole = self.source.sector_size();
        if whole == stretch.block {
            return self.source.read(at, into).await;
        }
        let sectors = into.len() / stretch.block;
        let mut scratch = std::mem::take(&mut self.scratch);
        scratch.resize(sectors * whole, 0);
        let result = self.source.read(at, &mut scratch).await;
        // Sync and header are the drive's; so is what stands behind 2048 bytes.
        for (block, sector) in into.chunks_mut(stretch.block).zip(scratch.chunks(whole)) {
            let from = if stretch.block == MAIN { 0 } else { 16 };
            block.copy_from_slice(&sector[from..from + stretch.block]);
        }
        self.scratch = scratch;
        result
    }

    async fn check_unchanged(&mut self) -> Result<(), SourceError> {
        self.source.check_unchanged().await
    }
}
