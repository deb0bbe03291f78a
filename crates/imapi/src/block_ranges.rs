//! `IBlockRangeList`: a stream that says which parts of it are to be written.

use webburn_sector::{Lba, SectorCount, SectorSource, SourceError};

use crate::BlockRange;

/// A stream, and the parts of it that a disc that is overwritten takes, in the order in which they are written.
#[derive(Clone, Debug)]
pub struct BlockRangeList<S> {
    stream: S,
    ranges: Vec<BlockRange>,
}

impl<S> BlockRangeList<S> {
    /// `stream` with its ranges.
    #[must_use]
    pub const fn new(stream: S, ranges: Vec<BlockRange>) -> Self {
        BlockRangeList { stream, ranges }
    }

    /// `BlockRanges`.
    #[must_use]
    pub fn ranges(&self) -> &[BlockRange] {
        &self.ranges
    }
}

impl<S: SectorSource> SectorSource for BlockRangeList<S> {
    fn sector_size(&self) -> usize {
        self.stream.sector_size()
    }

    fn sectors(&self) -> SectorCount {
        self.stream.sectors()
    }

    fn byte_length(&self) -> u64 {
        self.stream.byte_length()
    }

    fn block_ranges(&self) -> Option<Vec<(Lba, Lba)>> {
        Some(self.ranges.iter().map(|range| (range.start, range.end)).collect())
    }

    async fn read(&mut self, first: u64, into: &mut [u8]) -> Result<(), SourceError> {
        self.stream.read(first, into).await
    }

    async fn check_unchanged(&mut self) -> Result<(), SourceError> {
        self.stream.check_unchanged().await
    }
}
