//! Blocks for the drive.

use std::borrow::BorrowMut;

use webburn_cdcode::sector::SECTOR_SIZE;
use webburn_sector::{Lba, MaybeSend, SectorCount, SectorSource, SourceError};

use super::{Block, SessionSheet, Stretch, TrackSheet};
use crate::image::CdImage;

/// Sectors unfolded at once where a block is not a whole sector.
const AT_ONCE: usize = 256;

/// Sectors of an image as blocks of one size, in order, each read when it is asked for. `I` is a [`CdImage`] or a mutable
/// reference to one.
pub struct BlockStream<I> {
    image: I,
    first: Lba,
    sectors: SectorCount,
    block: Block,
    scratch: Vec<u8>,
}

impl<I: BorrowMut<CdImage>> BlockStream<I> {
    /// The blocks of one stretch of a cue sheet.
    pub fn stretch(image: I, stretch: Stretch) -> Self {
        BlockStream { image, first: stretch.first, sectors: stretch.sectors, block: stretch.block, scratch: Vec::new() }
    }

    /// All sectors of a session from its first pre-gap to its lead-out, each 2352 bytes, data with sync, header and
    /// parity and not scrambled: for a writer that cuts the blocks of each stretch by itself.
    pub fn session(image: I, sheet: &SessionSheet) -> Self {
        let (first, block) = (sheet.start(), Block::Audio);
        BlockStream { image, first, sectors: sheet.lead_out().since(first), block, scratch: Vec::new() }
    }

    /// The blocks of a track from index 1 on, as track at once writes it.
    pub fn track(image: I, track: &TrackSheet) -> Self {
        let (first, sectors, block) = (track.start, track.sectors, track.block);
        BlockStream { image, first, sectors, block, scratch: Vec::new() }
    }

    /// Where the first block lies in the image.
    pub const fn first(&self) -> Lba {
        self.first
    }

    /// Gives the image back.
    pub fn into_image(self) -> I {
        self.image
    }
}

impl<I: BorrowMut<CdImage> + MaybeSend> SectorSource for BlockStream<I> {
    fn sector_size(&self) -> usize {
        self.block.size()
    }

    fn sectors(&self) -> SectorCount {
        self.sectors
    }

    async fn read(&mut self, first: u64, into: &mut [u8]) -> Result<(), SourceError> {
        let asked = (into.len() / self.block.size()) as u64;
        if first.saturating_add(asked) > u64::from(self.sectors.0) {
            return Err(crate::port::past_end(self.byte_length()));
        }
        let mut at = self.first + SectorCount(first as u32);
        let image = self.image.borrow_mut();
        if self.block == Block::Audio {
            return image.read_main(at, into).await;
        }
        for part in into.chunks_mut(AT_ONCE * self.block.size()) {
            let sectors = part.len() / self.block.size();
            self.scratch.resize(sectors * SECTOR_SIZE, 0);
            image.read_main(at, &mut self.scratch).await?;
            for (block, sector) in part.chunks_exact_mut(self.block.size()).zip(self.scratch.chunks(SECTOR_SIZE)) {
                block.copy_from_slice(&sector[self.block.range()]);
            }
            at += SectorCount(sectors as u32);
        }
        Ok(())
    }

    async fn check_unchanged(&mut self) -> Result<(), SourceError> {
        self.image.borrow_mut().check_unchanged().await
    }
}
