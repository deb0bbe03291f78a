//! A look at the first and last two megabytes: is there anything on an overwritable disc?

use std::sync::Arc;

use webburn_mmc::Read10;
use webburn_scsi::ScsiTransport;
use webburn_sector::{Lba, SectorCount, is_filled};

use super::identify::{DOING, optional};
use super::{FormatState, Kind, Media, Recording};
use crate::{Clock, Drive, Error};

/// Two megabytes.
const LOOKED_AT: SectorCount = SectorCount(1024);
/// Sectors of one READ: 64 KiB.
const PIECE: u32 = 32;

impl<T: ScsiTransport, C: Clock> Drive<T, C> {
    /// Fills in [`Media::seems_blank`] of the disc in the drive, as `MediaHeuristicallyBlank` has it: the first and last
    /// two megabytes of a formatted overwritable disc hold only zeros. Reads at most 64 times, fewer when there is data.
    ///
    /// # Errors
    /// The drive cannot be asked. Sectors that cannot be read count as written.
    pub async fn look_for_content(&mut self) -> Result<Arc<Media>, Error> {
        let media = self.media().await?;
        if media.seems_blank.is_some() || media.kind.recording() != Recording::Overwritable {
            return Ok(media);
        }
        let blank = if media.physically_blank() {
            true
        } else if media.format == FormatState::Intermediate {
            // It cannot be read before it is closed, and grows from its start.
            media.last_written.is_none()
        } else {
            // Clusters of BD-R in random recording mode that were never written cannot be read.
            media.kind != Kind::BdRRandom && self.all_zero(&media).await?
        };
        let media = Arc::new(Media { seems_blank: Some(blank), ..(*media).clone() });
        self.remember(media.clone());
        Ok(media)
    }

    async fn all_zero(&mut self, media: &Media) -> Result<bool, Error> {
        let Some(end) = media.readable.or(media.total) else { return Ok(false) };
        let head = LOOKED_AT.min(end);
        let tail = Lba::ZERO + (end - LOOKED_AT);
        for (start, count) in [(Lba::ZERO, head), (tail, end - head)] {
            let mut done = SectorCount::ZERO;
            while done < count.min(LOOKED_AT) {
                let blocks = (count - done).min(SectorCount(PIECE));
                let command = Read10 { force_unit_access: false, lba: start + done, blocks };
                let bytes = optional(self.send(DOING, &command).await)?;
                if bytes.is_none_or(|bytes| !is_filled(&bytes, 0)) {
                    return Ok(false);
                }
                done += blocks;
            }
        }
        Ok(true)
    }
}
