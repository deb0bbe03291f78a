//! The stream of a raw burn: where writing begins in it, and where its lead-out lies.

use webburn_sector::{Lba, SectorCount, SectorSource, SourceError};

use crate::cd::q;

/// Blocks read ahead of the plan. A table of contents of 99 tracks, each of its points three times over, repeats after
/// 306 frames.
const AHEAD: u32 = 512;
/// Blocks that are read and thrown away at once, where a stream cannot be read from its middle.
const DISCARD: usize = 256;
/// LBA 0 is 00:02:00.
const FRAMES_BEFORE_ZERO: i32 = 150;

/// A raw stream from the first block that is written on. Its first blocks were read already, so that a stream that can
/// only be read once from its start is enough.
#[derive(Debug)]
pub(super) struct RawStream<'a, S> {
    source: &'a mut S,
    block: usize,
    first: u64,
    ahead: Vec<u8>,
}

impl<'a, S: SectorSource> RawStream<'a, S> {
    /// Goes to block `first`, by a read there, or where that fails by reading all that comes before it.
    ///
    /// # Errors
    /// The stream cannot be read.
    pub async fn open(source: &'a mut S, block: usize, first: u64, blocks: SectorCount) -> Result<Self, SourceError> {
        let left = u64::from(blocks.0).saturating_sub(first).min(u64::from(AHEAD)) as usize;
        let mut ahead = vec![0; left * block];
        let there = source.read(first, &mut ahead).await;
        if first == 0 {
            there?;
        } else if there.is_err() {
            let mut thrown = vec![0; DISCARD * block];
            let mut at = 0;
            while at < first {
                let count = (first - at).min(DISCARD as u64);
                source.read(at, &mut thrown[..count as usize * block]).await?;
                at += count;
            }
            source.read(first, &mut ahead).await?;
        }
        Ok(RawStream { source, block, first, ahead })
    }

    /// Where the stream's own table of contents says that the lead-out begins; `None` when its lead-in names none.
    pub fn lead_out(&self) -> Option<Lba> {
        let frames = self.ahead.chunks_exact(self.block).filter_map(q::of_block);
        let named: Vec<i32> = frames.filter(q::is_sound).filter_map(|frame| q::lead_out(&frame)).collect();
        named.into_iter().max().map(|frames| Lba(frames - FRAMES_BEFORE_ZERO))
    }
}

impl<S: SectorSource> SectorSource for RawStream<'_, S> {
    fn sector_size(&self) -> usize {
        self.block
    }

    fn sectors(&self) -> SectorCount {
        self.source.sectors()
    }

    async fn read(&mut self, at: u64, into: &mut [u8]) -> Result<(), SourceError> {
        let ahead = self.ahead.len() / self.block;
        let known = usize::try_from(at.saturating_sub(self.first)).unwrap_or(ahead).min(ahead);
        let from = known * self.block;
        let take = if at < self.first { 0 } else { (self.ahead.len() - from).min(into.len()) };
        let (now, later) = into.split_at_mut(take);
        now.copy_from_slice(&self.ahead[from..from + take]);
        if later.is_empty() {
            return Ok(());
        }
        self.source.read(at + (take / self.block) as u64, later).await
    }

    async fn check_unchanged(&mut self) -> Result<(), SourceError> {
        self.source.check_unchanged().await
    }
}
