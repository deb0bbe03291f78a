//! Blocks for the drive.

use std::borrow::BorrowMut;

use webburn_cdcode::sector::SECTOR_SIZE;
use webburn_sector::{Lba, MaybeSend, SectorCount, SectorSource, SourceError};

use super::{Block, SessionSheet, Stretch, TrackSheet};
use crate::image::CdImage;
use crate::stream::rw;

/// Sectors unfolded at once where a block is not a whole sector.
const AT_ONCE: usize = 256;

/// Sectors of an image as blocks of one size, in order, each read when it is asked for. `I` is a [`CdImage`] or a mutable
/// reference to one.
pub struct BlockStream<I> {
    image: I,
    first: Lba,
    sectors: SectorCount,
    block: Block,
    /// Each block is followed by 96 bytes of R–W as they lie on the disc.
    rw: bool,
    scratch: Vec<u8>,
}

/// R–W of a sector.
const SUB: usize = 96;

impl<I: BorrowMut<CdImage>> BlockStream<I> {
    /// The blocks of one stretch of a cue sheet.
    pub fn stretch(image: I, stretch: Stretch) -> Self {
        let Stretch { first, sectors, block, .. } = stretch;
        BlockStream { image, first, sectors, block, rw: false, scratch: Vec::new() }
    }

    /// All sectors of a session from its first pre-gap to its lead-out, each 2352 bytes, data with sync, header and
    /// parity and not scrambled: for a writer that cuts the blocks of each stretch by itself. With R–W of the host's own
    /// each has 2448, of which the last 96 are R–W.
    pub fn session(image: I, sheet: &SessionSheet) -> Self {
        let (first, block) = (sheet.start(), Block::Audio);
        let (sectors, rw) = (sheet.lead_out().since(first), sheet.has_rw());
        BlockStream { image, first, sectors, block, rw, scratch: Vec::new() }
    }

    /// The blocks of a track from index 1 on, as track at once writes it.
    pub fn track(image: I, track: &TrackSheet) -> Self {
        let (first, sectors, block) = (track.start, track.sectors, track.block);
        BlockStream { image, first, sectors, block, rw: false, scratch: Vec::new() }
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
        self.block.size() + if self.rw { SUB } else { 0 }
    }

    fn sectors(&self) -> SectorCount {
        self.sectors
    }

    async fn read(&mut self, first: u64, into: &mut [u8]) -> Result<(), SourceError> {
        let size = self.sector_size();
        let asked = (into.len() / size) as u64;
        if first.saturating_add(asked) > u64::from(self.sectors.0) {
            return Err(crate::port::past_end(self.byte_length()));
        }
        let mut at = self.first + SectorCount(first as u32);
        let image = self.image.borrow_mut();
        if self.block == Block::Audio && !self.rw {
            return image.read_main(at, into).await;
        }
        for part in into.chunks_mut(AT_ONCE * size) {
            let sectors = part.len() / size;
            self.scratch.resize(sectors * SECTOR_SIZE, 0);
            image.read_main(at, &mut self.scratch).await?;
            for (n, (block, sector)) in (0..).zip(part.chunks_exact_mut(size).zip(self.scratch.chunks(SECTOR_SIZE))) {
                let (main, sub) = block.split_at_mut(self.block.size());
                main.copy_from_slice(&sector[self.block.range()]);
                if self.rw {
                    sub.copy_from_slice(&rw::on_disc(image, at + SectorCount(n)).await?);
                }
            }
            at += SectorCount(sectors as u32);
        }
        Ok(())
    }

    async fn check_unchanged(&mut self) -> Result<(), SourceError> {
        self.image.borrow_mut().check_unchanged().await
    }
}
