//! Raw sessions: main channel and sub-channel, sector by sector, against the stream that was written.

use webburn_drive::{Clock, Doing, Drive};
use webburn_scsi::ScsiTransport;
use webburn_sector::{Lba, SectorCount, SectorSource};

use super::audio::{MARGIN, PIECE, SEARCH};
use super::offset::{SAMPLES, offset_between, same, tells};
use super::{Compared, Gauge, Tally, unreadable};
use crate::cd::{MAIN, MAIN_AND_SUB, q, scramble};
use crate::read_cd::{CdForm, CdReader};
use crate::{Cancel, Error, Reporter};

/// Data, in the CONTROL nibble of Q.
const DATA: u8 = 0x40;
/// The bits of R to W in a symbol of the sub-channel.
const R_TO_W: u8 = 0x3F;

/// The stream that was written, and the part of it that a reader can reach.
#[derive(Clone, Copy, Debug)]
pub struct RawSession {
    /// Where the stream's first block lies.
    pub first: Lba,
    /// First sector to compare, not before LBA 0.
    pub start: Lba,
    /// First sector behind the last one to compare: the lead-out.
    pub end: Lba,
}

/// What comparing a raw session found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RawResult {
    /// Sectors compared.
    pub sectors: SectorCount,
    /// Samples by which audio is read behind where it was sent: the offsets of the drive's writing and reading together.
    /// Of data and of the sub-channel every sector has its own address, and none is moved.
    pub offset: i32,
    /// The main channel.
    pub main: Compared,
    /// Q: sectors whose CRC is right and whose contents are others than sent.
    pub q: Compared,
    /// Q frames that were read with a wrong CRC: noise of the channel, which says nothing about what was written.
    pub q_noise: u32,
    /// Sectors whose R to W differ, where they were sent and Q was read well.
    pub rw: Compared,
    /// Sectors in which the drive could not correct all bytes, where it tells.
    pub uncorrected: u32,
}

impl RawResult {
    /// Nothing that could be read differs from what was sent.
    #[must_use]
    pub fn is_equal(&self) -> bool {
        [self.main, self.q, self.rw].iter().all(|compared| *compared == Compared::Equal)
    }

    /// Something differs, or cannot be read.
    #[must_use]
    pub fn is_wrong(&self) -> bool {
        [self.main, self.q, self.rw].iter().any(|compared| compared.is_wrong())
    }
}

/// Compares a session with the raw stream that was written: `source` gives the same blocks again. Samples that the offset
/// moves out of a stretch of audio are not compared.
///
/// # Errors
/// The drive cannot be talked to, or the source gives no blocks any more. What differs or cannot be read is in the result.
pub async fn verify_raw<T: ScsiTransport, C: Clock, S: SectorSource>(
    drive: &mut Drive<T, C>,
    session: RawSession,
    source: &mut S,
    reporter: &Reporter,
    cancel: &Cancel,
) -> Result<RawResult, Error> {
    reporter.note("verify-started", vec![]);
    let block = source.sector_size();
    let mut reader = CdReader::new(Doing::Verifying, false);
    let (mut main, mut frames, mut rw) = (Tally::default(), Tally::default(), Tally::default());
    let (mut noise, mut ended, mut offset) = (0, None, None::<i32>);
    let mut at = session.start.max(Lba::ZERO);
    let mut gauge = Gauge::new(drive, at, reporter);
    gauge.meter.sector_size = MAIN_AND_SUB;
    gauge.meter.begin_counting(session.end.since(at), drive.clock().now());
    // Where the stretch of audio or of data began: audio and data are not read by one command.
    let mut stretch = (at, None);
    while at < session.end {
        if cancel.is_cancelled() {
            ended = Some(Compared::Stopped);
            break;
        }
        // Some more than is compared: where the samples beside it lie.
        let ahead = session.end.since(at).min(SectorCount(PIECE + MARGIN));
        let mut sent = vec![0; ahead.bytes(block) as usize];
        let from = u64::from(at.since(session.first).0);
        source.read(from, &mut sent).await.map_err(|error| Error::from_source(error).after_writing())?;
        let kind = is_data(&sent[..block]);
        let alike = sent.chunks(block).take_while(|block| is_data(block) == kind).count() as u32;
        let count = SectorCount(alike.min(PIECE));
        sent.truncate(count.bytes(block) as usize);
        if stretch.1 != Some(kind) {
            stretch = (at, Some(kind));
        }
        let (back, ahead) = if kind { (0, count) } else { (MARGIN.min(at.since(stretch.0).0), SectorCount(alike)) };
        let size = CdForm::MainAndSub.sector_size();
        let mut read = vec![0; (ahead + SectorCount(back)).bytes(size) as usize];
        if let Err(error) = reader.read(drive, CdForm::MainAndSub, at - SectorCount(back), &mut read).await {
            ended = Some(unreadable(error, at)?);
            break;
        }
        if kind {
            sent.chunks_mut(block).for_each(|block| scramble(&mut block[..MAIN]));
        }
        let (mine, there) = (main_channel(&sent, block), main_channel(&read, size));
        let mut wrong = differing(&mine, &there, back, if kind { 0 } else { offset.unwrap_or(0) });
        if !wrong.is_empty() && !kind && offset.is_none() {
            offset = offset_between(&mine, &there, back);
            if offset.is_none() {
                let mut ahead = Ahead { drive: &mut *drive, reader: &mut reader, source: &mut *source, session };
                offset = ahead.offset(at + count).await?;
            }
            wrong = differing(&mine, &there, back, offset.unwrap_or(0));
        }
        wrong.into_iter().for_each(|k| main.differs(at + SectorCount(k)));
        for (k, (sent, read)) in sent.chunks(block).zip(read.chunks(size).skip(back as usize)).enumerate() {
            let here = at + SectorCount(k as u32);
            let wanted = q::of_block(sent).unwrap_or_default();
            let found = q::of_block(read).unwrap_or_default();
            if !q::is_sound(&found) {
                noise += 1;
                continue;
            }
            // The CRC may have been left to the drive.
            if found[..10] != wanted[..10] {
                frames.differs(here);
            }
            if block == size && !same_rw(sent, read) {
                rw.differs(here);
            }
        }
        main.compared += count;
        at += count;
        gauge.add(count, at, drive.clock().now());
    }
    let outcome = |tally: &Tally| if tally.wrong == 0 { ended.unwrap_or(Compared::Equal) } else { tally.outcome() };
    Ok(RawResult {
        sectors: main.compared,
        offset: offset.unwrap_or(0),
        main: outcome(&main),
        q: outcome(&frames),
        q_noise: noise,
        rw: outcome(&rw),
        uncorrected: reader.uncorrected,
    })
}

/// Q says that the block is data.
fn is_data(block: &[u8]) -> bool {
    q::of_block(block).unwrap_or_default()[0] & DATA != 0
}

/// The main channel of blocks of `size` bytes.
fn main_channel(blocks: &[u8], size: usize) -> Vec<u8> {
    blocks.chunks(size).flat_map(|block| &block[..MAIN]).copied().collect()
}

/// R–W of two blocks of 2448 bytes are the same.
pub(super) fn same_rw(sent: &[u8], read: &[u8]) -> bool {
    sent[MAIN..].iter().zip(&read[MAIN..]).all(|(sent, read)| (sent ^ read) & R_TO_W == 0)
}

/// Sectors of `sent` that do not lie in `there`, whose sector `back` is the first of them, `offset` samples further on.
fn differing(sent: &[u8], there: &[u8], back: u32, offset: i32) -> Vec<u32> {
    let same = |k: u32, sector| same(sector, there, (back + k) as i32 * SAMPLES + offset);
    (0..).zip(sent.chunks(MAIN)).filter(|(k, sector)| !same(*k, sector)).map(|(k, _)| k).collect()
}

/// What comes behind a piece that differs and is too plain to tell an offset.
struct Ahead<'a, T, C, S> {
    drive: &'a mut Drive<T, C>,
    reader: &'a mut CdReader,
    source: &'a mut S,
    session: RawSession,
}

impl<T: ScsiTransport, C: Clock, S: SectorSource> Ahead<'_, T, C, S> {
    /// The offset of this drive, from the first place that tells it within ten seconds of audio from `at` on.
    async fn offset(&mut self, mut at: Lba) -> Result<Option<i32>, Error> {
        let end = self.session.end.min(at + SectorCount(SEARCH));
        let block = self.source.sector_size();
        let (key, margin) = (SectorCount(8), SectorCount(MARGIN));
        while at + key + margin <= end {
            let from = u64::from((at - margin).since(self.session.first).0);
            let around = key + margin + margin;
            let mut sent = vec![0; around.bytes(block) as usize];
            self.source.read(from, &mut sent).await.map_err(|error| Error::from_source(error).after_writing())?;
            if sent.chunks(block).any(is_data) {
                return Ok(None);
            }
            let sent = main_channel(&sent, block);
            let sent = &sent[margin.bytes(MAIN) as usize..(margin + key).bytes(MAIN) as usize];
            if tells(sent) {
                let size = CdForm::MainAndSub.sector_size();
                let mut read = vec![0; around.bytes(size) as usize];
                if let Err(error) = self.reader.read(self.drive, CdForm::MainAndSub, at - margin, &mut read).await {
                    unreadable(error, at)?;
                    return Ok(None);
                }
                if let Some(offset) = offset_between(sent, &main_channel(&read, size), MARGIN) {
                    return Ok(Some(offset));
                }
            }
            at += SectorCount(16);
        }
        Ok(None)
    }
}
