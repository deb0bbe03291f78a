//! Raw sessions: main channel and sub-channel, sector by sector, against the stream that was written.

use webburn_drive::{Clock, Doing, Drive};
use webburn_scsi::ScsiTransport;
use webburn_sector::{Lba, SectorCount, SectorSource};

use super::{Compared, Tally, unreadable};
use crate::cd::{MAIN, q, scramble};
use crate::read_cd::{CdForm, CdReader};
use crate::{Cancel, Error, Reporter};

/// Sectors compared at once.
const PIECE: u32 = 128;
/// Data, in the CONTROL nibble of Q.
const DATA: u8 = 0x40;

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
}

/// Compares a session with the raw stream that was written: `source` gives the same blocks again. Audio is compared
/// without an offset.
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
    let (mut noise, mut ended) = (0, None);
    let mut at = session.start.max(Lba::ZERO);
    while at < session.end {
        if cancel.is_cancelled() {
            ended = Some(Compared::Stopped);
            break;
        }
        let mut count = session.end.since(at).min(SectorCount(PIECE));
        let mut sent = vec![0; count.bytes(block) as usize];
        let from = u64::from(at.since(session.first).0);
        source.read(from, &mut sent).await.map_err(|error| Error::from_source(error).after_writing())?;
        // Data and audio are not read by one command.
        let is_data = |block: &[u8]| q::of_block(block).unwrap_or_default()[0] & DATA;
        let first = is_data(&sent[..block]);
        if let Some(other) = sent.chunks(block).position(|block| is_data(block) != first) {
            count = SectorCount(other as u32);
            sent.truncate(other * block);
        }
        let size = CdForm::MainAndSub.sector_size();
        let mut read = vec![0; count.bytes(size) as usize];
        if let Err(error) = reader.read(drive, CdForm::MainAndSub, at, &mut read).await {
            ended = Some(unreadable(error, at)?);
            break;
        }
        for (k, (sent, read)) in sent.chunks_mut(block).zip(read.chunks(size)).enumerate() {
            let here = at + SectorCount(k as u32);
            let wanted = q::of_block(sent).unwrap_or_default();
            if wanted[0] & DATA != 0 {
                scramble(&mut sent[..MAIN]);
            }
            if sent[..MAIN] != read[..MAIN] {
                main.differs(here);
            }
            let found = q::of_block(read).unwrap_or_default();
            if !q::is_sound(&found) {
                noise += 1;
                continue;
            }
            // The CRC may have been left to the drive.
            if found[..10] != wanted[..10] {
                frames.differs(here);
            }
            let symbols = |block: &[u8]| block[MAIN..].iter().map(|symbol| symbol & 0x3F).collect::<Vec<_>>();
            if block == size && symbols(sent) != symbols(read) {
                rw.differs(here);
            }
        }
        main.compared += count;
        at += count;
    }
    let outcome = |tally: &Tally| if tally.wrong == 0 { ended.unwrap_or(Compared::Equal) } else { tally.outcome() };
    Ok(RawResult {
        sectors: main.compared,
        main: outcome(&main),
        q: outcome(&frames),
        q_noise: noise,
        rw: outcome(&rw),
        uncorrected: reader.uncorrected,
    })
}
