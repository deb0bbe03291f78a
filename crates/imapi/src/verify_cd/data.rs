//! Data tracks: the part of each sector that was sent.

use webburn_drive::Clock;
use webburn_scsi::ScsiTransport;
use webburn_sector::{Lba, SectorCount, SectorSource};

use super::{Compare, Compared, Tally, unreadable};
use crate::Error;
use crate::cd::{MAIN, SessionLayout};
use crate::read_cd::CdForm;

/// Sectors compared at once.
const PIECE: u32 = 128;

/// The part of a sector of 2352 bytes that a block of `length` holds.
fn part(sector: &[u8], length: usize) -> &[u8] {
    if length >= MAIN { &sector[..MAIN] } else { &sector[16..16 + length] }
}

impl<T: ScsiTransport, C: Clock, S: SectorSource> Compare<'_, '_, T, C, S> {
    pub(super) async fn data(
        &mut self,
        parts: &[(Lba, SectorCount)],
        layout: &SessionLayout,
    ) -> Result<(SectorCount, Compared), Error> {
        let mut tally = Tally::default();
        let size = self.source.sector_size();
        for (start, sectors) in parts {
            let (mut at, end) = (*start, *start + *sectors);
            while at < end {
                if self.cancel.is_cancelled() {
                    return Ok((tally.compared, Compared::Stopped));
                }
                let Some(stretch) = layout.stretches.iter().find(|s| at >= s.start && at < s.end()) else { break };
                let count = stretch.end().min(end).since(at).min(SectorCount(PIECE));
                if stretch.block == 0 {
                    at += count;
                    continue;
                }
                let sent = self.sent(at, count).await?;
                let mut read = vec![0; count.bytes(MAIN) as usize];
                if let Err(error) = self.reader.read(self.drive, CdForm::Main, at, &mut read).await {
                    return Ok((tally.compared, unreadable(error, at)?));
                }
                for (k, (sent, read)) in sent.chunks(size).zip(read.chunks(MAIN)).enumerate() {
                    let length = stretch.block.min(MAIN);
                    let sent = if size >= MAIN { part(sent, length) } else { sent };
                    if sent != part(read, length) {
                        tally.differs(at + SectorCount(k as u32));
                    }
                }
                tally.compared += count;
                at += count;
                self.gauge.add(count, at, self.drive.clock().now());
            }
        }
        Ok((tally.compared, tally.outcome()))
    }
}
