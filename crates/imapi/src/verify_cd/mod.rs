//! Comparing a CD with what was sent: audio with the offset of the drive, data sector by sector, raw sessions with their
//! sub-channel.

mod audio;
mod data;
pub mod offset;
mod raw;
mod rw;

use std::time::Duration;

use webburn_drive::media::Family;
use webburn_drive::{Clock, Doing, Drive};
use webburn_scsi::ScsiTransport;
use webburn_sector::{Lba, SectorCount, SectorSource};

pub use raw::{RawResult, RawSession, verify_raw};

use crate::cd::{MAIN, MAIN_AND_SUB, SessionLayout, SheetTrack};
use crate::enums::{BurnVerificationLevel, DataWriteAction};
use crate::events::{Event, Phase};
use crate::meter::Meter;
use crate::read_cd::CdReader;
use crate::{Cancel, Error, Reporter};

/// What comparing a track found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compared {
    /// Everything that was compared is as it was sent.
    Equal,
    /// Some sectors differ.
    Different {
        /// The first.
        first: Lba,
        /// How many.
        sectors: u32,
    },
    /// A sector cannot be read.
    Unreadable {
        /// Which.
        at: Lba,
    },
    /// Somebody wished to stop before its end.
    Stopped,
}

impl Compared {
    /// A stable name.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Compared::Equal => "equal",
            Compared::Different { .. } => "different",
            Compared::Unreadable { .. } => "unreadable",
            Compared::Stopped => "stopped",
        }
    }

    /// Different, or not to be read.
    #[must_use]
    pub const fn is_wrong(self) -> bool {
        matches!(self, Compared::Different { .. } | Compared::Unreadable { .. })
    }
}

/// A track, compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrackResult {
    /// Its number.
    pub number: u8,
    /// It holds audio.
    pub audio: bool,
    /// Sectors compared.
    pub sectors: SectorCount,
    /// Samples by which what is read lies behind what was sent: the offsets of the drive's writing and reading together.
    /// Each drive model has its own; 0 for data.
    pub offset: i32,
    /// Sectors in which the drive could not correct all bytes, where it tells.
    pub uncorrected: u32,
    /// What was found.
    pub compared: Compared,
    /// What was found of R–W; `None` where none were sent, or the drive reads none.
    pub rw: Option<Compared>,
}

impl TrackResult {
    /// As it was sent.
    #[must_use]
    pub fn is_equal(&self) -> bool {
        self.compared == Compared::Equal && self.rw.is_none_or(|rw| rw == Compared::Equal)
    }

    /// It differs, or cannot be read.
    #[must_use]
    pub fn is_wrong(&self) -> bool {
        self.compared.is_wrong() || self.rw.is_some_and(Compared::is_wrong)
    }
}

/// Sectors at each end of a track that a quick comparison reads.
const QUICK: u32 = 75;

/// The stretches of a track that are compared.
fn parts(start: Lba, end: Lba, level: BurnVerificationLevel) -> Vec<(Lba, SectorCount)> {
    let sectors = end.since(start);
    if level == BurnVerificationLevel::Full || sectors.0 <= 2 * QUICK {
        return vec![(start, sectors)];
    }
    vec![(start, SectorCount(QUICK)), (end - SectorCount(QUICK), SectorCount(QUICK))]
}

/// Compares the tracks of a session that was written by cue sheet with `source`, which begins at the session's first
/// pre-gap and gives the same sectors again.
///
/// # Errors
/// The drive cannot be talked to, or the source gives no sectors any more. What differs or cannot be read is in the
/// results.
pub async fn verify_session<T: ScsiTransport, C: Clock, S: SectorSource>(
    drive: &mut Drive<T, C>,
    layout: &SessionLayout,
    source: &mut S,
    level: BurnVerificationLevel,
    reporter: &Reporter,
    cancel: &Cancel,
) -> Result<Vec<TrackResult>, Error> {
    reporter.note("verify-started", vec![]);
    let mut results = Vec::new();
    let mut offset = None;
    let mut gauge = Gauge::new(drive, layout.first().max(Lba::ZERO), reporter);
    let all = layout.tracks.iter().flat_map(|track| parts(track.start, track.end, level));
    gauge.meter.begin_counting(all.map(|(_, sectors)| sectors).sum(), drive.clock().now());
    for track in &layout.tracks {
        let mut reader = CdReader::new(Doing::Verifying, true);
        let gauge = &mut gauge;
        let mut job = Compare { drive, reader: &mut reader, source, first: layout.first(), cancel, gauge };
        let parts = parts(track.start, track.end, level);
        let mut rw = None;
        let (sectors, compared) = if track.is_audio() {
            if offset.is_none() {
                offset = job.find_offset(track).await?;
            }
            // Audio right beside can be read for the offset's sake; data cannot be read as audio, nor a lead-out at all.
            let all_audio = layout.tracks.iter().all(SheetTrack::is_audio);
            let readable =
                if all_audio { (layout.first().max(Lba::ZERO), layout.lead_out) } else { (track.start, track.end) };
            let found = job.audio(&parts, readable, offset.unwrap_or(0)).await?;
            if job.source.sector_size() == MAIN_AND_SUB && found.1 != Compared::Stopped {
                rw = job.rw(&parts).await?;
            }
            found
        } else {
            job.data(&parts, layout).await?
        };
        let offset = if track.is_audio() { offset.unwrap_or(0) } else { 0 };
        let (number, audio, uncorrected) = (track.number, track.is_audio(), reader.uncorrected);
        results.push(TrackResult { number, audio, sectors, offset, uncorrected, compared, rw });
        if compared == Compared::Stopped || rw == Some(Compared::Stopped) {
            break;
        }
    }
    Ok(results)
}

/// Compares one audio track that begins at `start` with the samples that were sent for it: what there is to a track that
/// was written by `AddAudioTrack`. Nothing outside of it is read.
///
/// # Errors
/// As [`verify_session`].
pub async fn verify_track<T: ScsiTransport, C: Clock, S: SectorSource>(
    drive: &mut Drive<T, C>,
    (number, start): (u8, Lba),
    source: &mut S,
    level: BurnVerificationLevel,
    cancel: &Cancel,
) -> Result<TrackResult, Error> {
    let end = start + source.sectors();
    let track = SheetTrack { number, pregap: start, start, end, control: 0, form: 0 };
    let mut reader = CdReader::new(Doing::Verifying, true);
    let silent = Reporter::silent();
    let gauge = &mut Gauge::new(drive, start, &silent);
    let mut job = Compare { drive, reader: &mut reader, source, first: start, cancel, gauge };
    let offset = job.find_offset(&track).await?.unwrap_or(0);
    let (sectors, compared) = job.audio(&parts(start, end, level), (start, end), offset).await?;
    Ok(TrackResult { number, audio: true, sectors, offset, uncorrected: reader.uncorrected, compared, rw: None })
}

/// Two sides of a comparison.
struct Compare<'a, 'r, T, C, S> {
    drive: &'a mut Drive<T, C>,
    reader: &'a mut CdReader,
    source: &'a mut S,
    /// The address of the source's first sector.
    first: Lba,
    cancel: &'a Cancel,
    gauge: &'a mut Gauge<'r>,
}

/// How far comparing has come, as it is told.
struct Gauge<'r> {
    meter: Meter,
    reporter: &'r Reporter,
}

impl<'r> Gauge<'r> {
    fn new<T: ScsiTransport, C: Clock>(drive: &Drive<T, C>, start: Lba, reporter: &'r Reporter) -> Self {
        let mut meter = Meter::of(drive.clock().now(), Family::Cd, start);
        meter.set_phase(Phase::Verify);
        meter.set_action(DataWriteAction::Verifying);
        meter.sector_size = MAIN;
        Gauge { meter, reporter }
    }

    /// So many sectors more, the last before `end`.
    fn add(&mut self, sectors: SectorCount, end: Lba, now: Duration) {
        self.meter.done += sectors;
        self.meter.last_read = end - SectorCount(1);
        if self.meter.due(now) || self.meter.done == self.meter.total {
            self.reporter.report(Event::Progress(Box::new(self.meter.counted(now))));
        }
    }
}

impl<T: ScsiTransport, C: Clock, S: SectorSource> Compare<'_, '_, T, C, S> {
    /// What was sent for `sectors` from `lba` on.
    async fn sent(&mut self, lba: Lba, sectors: SectorCount) -> Result<Vec<u8>, Error> {
        let mut bytes = vec![0; sectors.bytes(self.source.sector_size()) as usize];
        let at = u64::from(lba.since(self.first).0);
        self.source.read(at, &mut bytes).await.map_err(|error| Error::from_source(error).after_writing())?;
        Ok(bytes)
    }

    /// Samples sent for `sectors` from `lba` on.
    async fn sent_main(&mut self, lba: Lba, sectors: SectorCount) -> Result<Vec<u8>, Error> {
        let bytes = self.sent(lba, sectors).await?;
        if self.source.sector_size() == MAIN_AND_SUB {
            return Ok(bytes.chunks(MAIN_AND_SUB).flat_map(|block| &block[..MAIN]).copied().collect());
        }
        Ok(bytes)
    }
}

/// A sector that cannot be read is a finding; a drive that cannot be talked to is a failure.
fn unreadable(error: webburn_drive::Error, near: Lba) -> Result<Compared, Error> {
    if crate::verify::retryable(&error) {
        Ok(Compared::Unreadable { at: error.at_lba.unwrap_or(near) })
    } else {
        Err(Error::from_drive(error, crate::outcome::Path::Query).after_writing())
    }
}

/// Adds up what differs.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    compared: SectorCount,
    first: Option<Lba>,
    wrong: u32,
}

impl Tally {
    fn differs(&mut self, at: Lba) {
        self.first.get_or_insert(at);
        self.wrong += 1;
    }

    fn outcome(&self) -> Compared {
        match self.first {
            Some(first) => Compared::Different { first, sectors: self.wrong },
            None => Compared::Equal,
        }
    }
}
