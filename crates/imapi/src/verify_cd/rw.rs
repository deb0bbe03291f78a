//! R–W that were sent beside the audio of a session.

use webburn_drive::{Clock, Doing};
use webburn_scsi::ScsiTransport;
use webburn_sector::{Lba, SectorCount, SectorSource};

use super::audio::PIECE;
use super::raw::same_rw;
use super::{Compare, Compared, Tally, unreadable};
use crate::Error;
use crate::cd::{MAIN_AND_SUB, q};
use crate::read_cd::{CdForm, CdReader};

impl<T: ScsiTransport, C: Clock, S: SectorSource> Compare<'_, '_, T, C, S> {
    /// Compares R–W of parts of a track where Q was read well; `None` when the drive does not read the sub-channel.
    pub(super) async fn rw(&mut self, parts: &[(Lba, SectorCount)]) -> Result<Option<Compared>, Error> {
        let mut reader = CdReader::new(Doing::Verifying, false);
        let mut tally = Tally::default();
        for (start, sectors) in parts {
            let (mut at, end) = (*start, *start + *sectors);
            while at < end {
                if self.cancel.is_cancelled() {
                    return Ok(Some(Compared::Stopped));
                }
                let count = end.since(at).min(SectorCount(PIECE));
                let sent = self.sent(at, count).await?;
                let mut read = vec![0; count.bytes(MAIN_AND_SUB) as usize];
                if let Err(error) = reader.read(self.drive, CdForm::MainAndSub, at, &mut read).await {
                    let refused = matches!(error.triple(), Some((5, 0x20 | 0x24 | 0x26, _)));
                    return if refused { Ok(None) } else { unreadable(error, at).map(Some) };
                }
                for (k, (sent, read)) in (0..).zip(sent.chunks(MAIN_AND_SUB).zip(read.chunks(MAIN_AND_SUB))) {
                    let sound = q::of_block(read).is_some_and(|found| q::is_sound(&found));
                    if sound && !same_rw(sent, read) {
                        tally.differs(at + SectorCount(k));
                    }
                }
                at += count;
            }
        }
        Ok(Some(tally.outcome()))
    }
}
