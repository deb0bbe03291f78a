//! Audio tracks. A drive writes and reads samples some way beside where they belong, always by the same distance; that is
//! found first and then taken off.

use webburn_drive::Clock;
use webburn_scsi::ScsiTransport;
use webburn_sector::{Lba, SectorCount, SectorSource};

use super::offset::{SAMPLES, offset_between, overlaps, same, tells};
use super::{Compare, Compared, Tally, unreadable};
use crate::Error;
use crate::cd::{MAIN, SheetTrack};
use crate::read_cd::CdForm;

/// Sectors compared at once.
pub(super) const PIECE: u32 = 128;
/// Sectors around a piece that hold that many samples.
pub(super) const MARGIN: u32 = 6;
/// Sectors of a track that are looked through for something to recognise.
pub(super) const SEARCH: u32 = 750;

impl<T: ScsiTransport, C: Clock, S: SectorSource> Compare<'_, '_, T, C, S> {
    /// The offset of this drive, from the first place of the track that can be told from its neighbours; `None` when the
    /// track has none, or cannot be read there.
    pub(super) async fn find_offset(&mut self, track: &SheetTrack) -> Result<Option<i32>, Error> {
        let (mut at, end) = (track.start + SectorCount(MARGIN), track.end - SectorCount(MARGIN + 8));
        let last = end.min(at + SectorCount(SEARCH));
        while at < last {
            let sent = self.sent_main(at, SectorCount(8)).await?;
            if tells(&sent) {
                let from = at - SectorCount(MARGIN);
                let mut read = vec![0; SectorCount(8 + 2 * MARGIN).bytes(MAIN) as usize];
                if let Err(error) = self.reader.read(self.drive, CdForm::Audio, from, &mut read).await {
                    unreadable(error, from)?;
                    return Ok(None);
                }
                if let Some(offset) = offset_between(&sent, &read, MARGIN) {
                    return Ok(Some(offset));
                }
            }
            at += SectorCount(16);
        }
        Ok(None)
    }

    /// Compares parts of a track; what lies outside of `readable` cannot be read, and samples that the offset moves there
    /// are not compared.
    pub(super) async fn audio(
        &mut self,
        parts: &[(Lba, SectorCount)],
        readable: (Lba, Lba),
        offset: i32,
    ) -> Result<(SectorCount, Compared), Error> {
        let mut tally = Tally::default();
        let margin = SectorCount(offset.unsigned_abs().div_ceil(SAMPLES as u32));
        for (start, sectors) in parts {
            let (mut at, end) = (*start, *start + *sectors);
            while at < end {
                if self.cancel.is_cancelled() {
                    return Ok((tally.compared, Compared::Stopped));
                }
                let count = end.since(at).min(SectorCount(PIECE));
                let sent = self.sent_main(at, count).await?;
                let from = (at - margin).max(readable.0);
                let to = (at + count + margin).min(readable.1);
                let mut read = vec![0; to.since(from).bytes(MAIN) as usize];
                if let Err(error) = self.reader.read(self.drive, CdForm::Audio, from, &mut read).await {
                    return Ok((tally.compared, unreadable(error, from)?));
                }
                // Where the first sample sent lies in what was read.
                let zero = (at.0 - from.0) * SAMPLES + offset;
                for (k, sector) in sent.chunks(MAIN).enumerate() {
                    let there = zero + k as i32 * SAMPLES;
                    if !same(sector, &read, there) {
                        tally.differs(at + SectorCount(k as u32));
                    }
                    tally.compared += SectorCount(u32::from(overlaps(&read, there)));
                }
                at += count;
                self.gauge.add(count, at, self.drive.clock().now());
            }
        }
        Ok((tally.compared, tally.outcome()))
    }
}
