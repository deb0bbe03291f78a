//! Audio tracks. A drive writes and reads samples some way beside where they belong, always by the same distance; that is
//! found first and then taken off.

use webburn_drive::Clock;
use webburn_scsi::ScsiTransport;
use webburn_sector::{Lba, SectorCount, SectorSource};

use super::{Compare, Compared, Tally, unreadable};
use crate::Error;
use crate::cd::{MAIN, SheetTrack};
use crate::read_cd::CdForm;

/// Sectors compared at once.
pub(super) const PIECE: u32 = 128;
/// The largest offset looked for, in samples to either side. The largest of any known drive are below 1800.
const MOST: i32 = 3000;
/// Sectors around a piece that hold that many samples.
pub(super) const MARGIN: u32 = 6;
/// Bytes of a sample of both channels.
const SAMPLE: usize = 4;
/// Samples of a sector.
pub(super) const SAMPLES: i32 = (MAIN / SAMPLE) as i32;
/// Samples by which an offset is recognised. Eight sectors: music repeats itself in less.
const KEY: usize = 8 * SAMPLES as usize;
/// Sectors of a track that are looked through for something to recognise.
pub(super) const SEARCH: u32 = 750;

/// Samples that tell one place from another: not the same over and over.
pub(super) fn tells(samples: &[u8]) -> bool {
    let words = samples.as_chunks::<SAMPLE>().0;
    let changes = words.windows(2).filter(|pair| pair[0] != pair[1]).count();
    changes * 4 > words.len()
}

/// The offset at which `key` lies in `read`, in which offset 0 is at sample `zero`; the smallest if there are several.
fn find(key: &[u8], read: &[u8], zero: i32) -> Option<i32> {
    let at = |offset: i32| {
        let from = usize::try_from(zero + offset).ok()? * SAMPLE;
        read.get(from..from + key.len())
    };
    let fits = |offset: &i32| at(*offset).is_some_and(|there| there == key);
    (0..=MOST).flat_map(|distance| [distance, -distance]).find(fits)
}

/// The offset of this drive, from the first place of `sent` that can be told from its neighbours and lies in `read`, whose
/// sector `back` is the first of `sent`. Both are whole sectors.
pub(super) fn offset_between(sent: &[u8], read: &[u8], back: u32) -> Option<i32> {
    let sectors = sent.len() / MAIN;
    (0..sectors).step_by(16).find_map(|at| {
        let key = sent.get(at * MAIN..at * MAIN + KEY * SAMPLE).filter(|key| tells(key))?;
        find(key, read, (back as i32 + at as i32) * SAMPLES)
    })
}

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

/// A sector's samples lie at sample `at` of `read`; those before its beginning and behind its end do not count.
pub(super) fn same(sector: &[u8], read: &[u8], at: i32) -> bool {
    let from = i64::from(at) * SAMPLE as i64;
    let (skip, from) = (usize::try_from(-from).unwrap_or(0), usize::try_from(from).unwrap_or(0));
    let sector = sector.get(skip..).unwrap_or_default();
    let there = read.get(from..).unwrap_or_default();
    let length = sector.len().min(there.len());
    sector[..length] == there[..length]
}

/// Anything of a sector whose first sample is at `at` lies in `read`.
fn overlaps(read: &[u8], at: i32) -> bool {
    at > -SAMPLES && i64::from(at) < (read.len() / SAMPLE) as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noise(samples: usize) -> Vec<u8> {
        let mut state = 1_u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        };
        (0..samples * SAMPLE).map(|_| next()).collect()
    }

    #[test]
    fn offsets_are_found() {
        let read = noise(10_000);
        for offset in [0, 1, -1, 6, 667, -1164, 2999] {
            let zero = 3000;
            let from = (zero + offset) as usize * SAMPLE;
            assert_eq!(find(&read[from..from + 2000 * SAMPLE], &read, zero), Some(offset));
        }
        assert!(tells(&read[..KEY * SAMPLE]) && !tells(&vec![0; KEY * SAMPLE]));
        assert_eq!(find(&noise(20_000)[60_000..68_000], &read, 3000), None);
    }

    #[test]
    fn edges_do_not_count() {
        let read = noise(2 * SAMPLES as usize);
        let sector = &read[..MAIN];
        assert!(same(sector, &read, 0));
        assert!(!same(sector, &read, 1));
        assert!(same(&[vec![9; 40], sector[..MAIN - 40].to_vec()].concat(), &read, -10));
        // A sector that lies elsewhere altogether is neither equal nor different.
        assert!(overlaps(&read, 0) && overlaps(&read, 1 - SAMPLES) && overlaps(&read, 2 * SAMPLES - 1));
        assert!(!overlaps(&read, -SAMPLES) && !overlaps(&read, 2 * SAMPLES));
        let behind = [read[MAIN + 80..].to_vec(), vec![7; 80]].concat();
        assert!(same(&behind, &read, SAMPLES + 20));
    }
}
