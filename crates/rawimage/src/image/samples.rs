//! Audio put together from stretches.

use webburn_sector::SourceError;

use super::{CdImage, expand::swap};
use crate::layout::Extent;

impl CdImage {
    /// Fills `into` from byte `from` of the stretches put together; behind them is silence.
    pub(super) async fn read_samples(
        &mut self,
        extents: &[Extent],
        from: u64,
        into: &mut [u8],
    ) -> Result<(), SourceError> {
        let end = from + into.len() as u64;
        into.fill(0);
        let mut begins = 0_u64;
        for extent in extents {
            let ends = begins.saturating_add(extent.bytes);
            let (first, last) = (from.max(begins), end.min(ends));
            if let Some(file) = extent.file
                && first < last
            {
                let part = &mut into[(first - from) as usize..(last - from) as usize];
                self.read_stretch(file, extent, first - begins, part).await?;
            }
            begins = ends;
        }
        Ok(())
    }

    async fn read_stretch(
        &mut self,
        file: crate::layout::FileId,
        extent: &Extent,
        skip: u64,
        into: &mut [u8],
    ) -> Result<(), SourceError> {
        let at = extent.at.saturating_add(skip);
        self.read_file(file, at, into).await?;
        if extent.big_endian {
            // A sector begins within a sample when a stretch before it had an odd number of bytes.
            let odd = (skip % 2) as usize;
            if odd == 1
                && let Some(first) = into.first_mut()
            {
                let mut other = [0];
                self.read_file(file, at - 1, &mut other).await?;
                *first = other[0];
            }
            let len = into.len();
            let tail = odd < len && (len - odd) % 2 == 1;
            swap(&mut into[odd.min(len)..]);
            if tail {
                let mut other = [0];
                self.read_file(file, at + len as u64, &mut other).await?;
                into[len - 1] = other[0];
            }
        }
        Ok(())
    }
}
