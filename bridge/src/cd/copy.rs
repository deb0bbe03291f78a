//! Copying a CD below its user data: every sector with its sub-channel, from which pre-gaps and indices are learnt.

use std::collections::BTreeMap;
use std::io;

use webburn_cdcode::q::{Place, Q};
use webburn_cdcode::subchannel::planes;
use webburn_cdcode::{Isrc, Mcn, TrackNumber};
use webburn_drive::{Clock, Doing, Drive};
use webburn_imapi::enums::DataWriteAction;
use webburn_imapi::hresult::E_IMAPI_REQUEST_CANCELLED;
use webburn_imapi::outcome::Path;
use webburn_imapi::read_cd::{CdForm, CdReader};
use webburn_imapi::{Cancel, Error, Event, Fill, Phase, Progress, Reporter};
use webburn_rawimage::layout::{CdLayout, CdSession, CdTrack, FIRST_PREGAP, Piece, TrackMode};
use webburn_scsi::ScsiTransport;
use webburn_sector::{Lba, SectorCount};

use super::Contents;
use super::contents::{ReadSession, ReadTrack};

/// Bytes of a sector's main channel.
const MAIN: usize = 2352;
/// Sectors read at once.
const PIECE: u32 = 128;
/// Sectors at the end of a data track that may be unreadable: run-out and a pre-gap that nobody wrote.
const TAIL: u32 = 152;

/// Takes the sectors in order.
pub trait SectorOut: Send {
    /// Takes one: 2352 bytes, and eight planes of twelve bytes of sub-channel where the drive gave it.
    ///
    /// # Errors
    /// It cannot be kept.
    fn put(&mut self, main: &[u8], planes: Option<&[u8; 96]>) -> io::Result<()>;
}

/// What was copied.
#[derive(Clone, Debug)]
pub struct Copied {
    /// The disc as it lies: tracks, pre-gaps, indices, codes, CD-Text. Where its bytes are is not said.
    pub layout: CdLayout,
    /// Sectors copied.
    pub sectors: SectorCount,
    /// Sectors at the ends of data tracks that hold nothing and were filled with zeros.
    pub filled: u32,
    /// What the drive gave: without any sub-channel, pre-gaps and indices are not known.
    pub form: CdForm,
}

/// Why copying ended.
#[derive(Debug)]
pub enum CopyError {
    /// The drive, or a wish to stop.
    Engine(Error),
    /// The output.
    Output(io::Error),
}

/// Copies every session of the disc into `out`: from LBA 0 to the first lead-out, each further session from its first
/// track on.
///
/// # Errors
/// [`CopyError`].
pub async fn copy<T: ScsiTransport, C: Clock>(
    drive: &mut Drive<T, C>,
    contents: &Contents,
    out: &mut dyn SectorOut,
    reporter: &Reporter,
    cancel: &Cancel,
) -> Result<Copied, CopyError> {
    let spans: Vec<(Lba, Lba)> = contents.sessions.iter().enumerate().map(|(at, session)| span(at, session)).collect();
    let total: SectorCount = spans.iter().map(|(start, end)| end.since(*start)).sum();
    let began = drive.clock().now();
    let mut job = Job::new();
    for (session, (start, end)) in contents.sessions.iter().zip(&spans) {
        let mut at = *start;
        while at < *end {
            if cancel.is_cancelled() {
                return Err(CopyError::Engine(Error::new("cancelled", E_IMAPI_REQUEST_CANCELLED)));
            }
            let count = end.since(at).min(SectorCount(PIECE));
            let read = job.read(drive, session, at, count).await.map_err(CopyError::Engine)?;
            let size = job.form.sector_size();
            for (n, block) in (0..).zip(read.chunks_exact(size)) {
                let here = at + SectorCount(n);
                if let Some(track) = session.tracks.iter().find(|track| track.start == here && track.control.data) {
                    job.seen.modes.insert(track.number, block[15]);
                }
                let planes = job.seen.sector(here, block);
                out.put(&block[..MAIN], planes.as_ref()).map_err(CopyError::Output)?;
            }
            at += count;
            job.done += count;
            let elapsed = drive.clock().now().saturating_sub(began);
            reporter.report(Event::Progress(Box::new(progress(job.done, total, elapsed, at))));
        }
    }
    Ok(Copied { layout: job.seen.layout(contents), sectors: job.done, filled: job.filled, form: job.form })
}

/// A track, copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CopiedTrack {
    /// Sectors copied.
    pub sectors: SectorCount,
    /// Sectors at the end of a data track that hold nothing and were filled with zeros.
    pub filled: u32,
    /// What the drive gave.
    pub form: CdForm,
}

/// Copies a track from index 1 on, without the next one's pre-gap where the sub-channel tells of it. With `user`, data
/// sectors are cut to their 2048 bytes.
///
/// # Errors
/// [`CopyError`].
pub async fn copy_track<T: ScsiTransport, C: Clock>(
    drive: &mut Drive<T, C>,
    session: &ReadSession,
    track: &ReadTrack,
    user: bool,
    out: &mut dyn SectorOut,
    (reporter, cancel): (&Reporter, &Cancel),
) -> Result<CopiedTrack, CopyError> {
    let began = drive.clock().now();
    let mut job = Job::new();
    let (mut at, total) = (track.start, track.sectors());
    'track: while at < track.end {
        if cancel.is_cancelled() {
            return Err(CopyError::Engine(Error::new("cancelled", E_IMAPI_REQUEST_CANCELLED)));
        }
        let count = track.end.since(at).min(SectorCount(PIECE));
        let read = job.read(drive, session, at, count).await.map_err(CopyError::Engine)?;
        for (n, block) in (0..).zip(read.chunks_exact(job.form.sector_size())) {
            job.seen.sector(at + SectorCount(n), block);
            if job.seen.indices.contains_key(&(track.number + 1, 0)) {
                break 'track;
            }
            let main = &block[..MAIN];
            // Form 1 of mode 2 has its user data behind a sub-header.
            let range = match (user, main[15]) {
                (false, _) => 0..MAIN,
                (true, 2) => 24..2072,
                (true, _) => 16..2064,
            };
            out.put(&main[range], None).map_err(CopyError::Output)?;
            job.done += SectorCount(1);
        }
        at += count;
        let elapsed = drive.clock().now().saturating_sub(began);
        reporter.report(Event::Progress(Box::new(progress(job.done, total, elapsed, at))));
    }
    Ok(CopiedTrack { sectors: job.done, filled: job.filled, form: job.form })
}

/// What of a session can be read: the first two seconds of each lie before it.
fn span(at: usize, session: &ReadSession) -> (Lba, Lba) {
    let first = session.tracks.first().map_or(Lba::ZERO, |track| track.start);
    (if at == 0 { Lba::ZERO } else { first }, session.lead_out)
}

fn progress(done: SectorCount, total: SectorCount, elapsed: std::time::Duration, at: Lba) -> Progress {
    let fraction = f64::from(done.0) / f64::from(total.0.max(1));
    let seconds = elapsed.as_secs_f64();
    let rate = if seconds > 0.0 { f64::from(done.0) / seconds } else { 0.0 };
    let left = (rate > 0.0).then(|| std::time::Duration::from_secs_f64(f64::from(total.0 - done.0) / rate));
    Progress {
        phase: Phase::Verify,
        action: DataWriteAction::Verifying,
        fraction: Some(fraction),
        sectors_done: done,
        sectors_total: total,
        bytes_per_second: rate * MAIN as f64,
        times: rate / 75.0,
        elapsed,
        remaining: left,
        total: left.map(|left| left + elapsed),
        host_buffer: Fill::default(),
        drive_buffer: None,
        start_lba: Lba::ZERO,
        sector_count: total,
        last_read_lba: at,
        last_written_lba: at,
    }
}

struct Job {
    seen: Seen,
    form: CdForm,
    done: SectorCount,
    filled: u32,
}

impl Job {
    fn new() -> Self {
        Job { seen: Seen::default(), form: CdForm::MainAndSub, done: SectorCount::ZERO, filled: 0 }
    }

    async fn read<T: ScsiTransport, C: Clock>(
        &mut self,
        drive: &mut Drive<T, C>,
        session: &ReadSession,
        at: Lba,
        count: SectorCount,
    ) -> Result<Vec<u8>, Error> {
        loop {
            let size = self.form.sector_size();
            let mut bytes = vec![0; count.bytes(size) as usize];
            let mut reader = CdReader::new(Doing::Reading, false);
            let error = match reader.read(drive, self.form, at, &mut bytes).await {
                Ok(()) => return Ok(bytes),
                Err(error) => error,
            };
            // Drives that do not give the sub-channel in one form often give it in the other.
            let refused = matches!(error.triple(), Some((5, 0x20 | 0x24 | 0x26, _)));
            match self.form {
                CdForm::MainAndSub if refused && self.done == SectorCount::ZERO => self.form = CdForm::MainAndQ,
                CdForm::MainAndQ if refused && self.done == SectorCount::ZERO => self.form = CdForm::Main,
                _ if error.triple().is_none() => return Err(Error::from_drive(error, Path::Query)),
                _ => return self.one_by_one(drive, session, at, bytes).await,
            }
        }
    }

    /// The end of a data track that was written by itself cannot be read: it holds nothing.
    async fn one_by_one<T: ScsiTransport, C: Clock>(
        &mut self,
        drive: &mut Drive<T, C>,
        session: &ReadSession,
        at: Lba,
        mut bytes: Vec<u8>,
    ) -> Result<Vec<u8>, Error> {
        let mut reader = CdReader::new(Doing::Reading, false);
        for (n, sector) in (0..).zip(bytes.chunks_exact_mut(self.form.sector_size())) {
            let here = at + SectorCount(n);
            let Err(error) = reader.read(drive, self.form, here, sector).await else { continue };
            let in_tail =
                |track: &ReadTrack| track.control.data && here < track.end && here + SectorCount(TAIL) >= track.end;
            if !session.tracks.iter().any(in_tail) {
                return Err(Error::from_drive(error, Path::Query).with("lba", here.0));
            }
            sector.fill(0);
            self.filled += 1;
        }
        Ok(bytes)
    }
}

/// What the sub-channel told on the way.
#[derive(Default)]
struct Seen {
    /// The first sector of an index.
    indices: BTreeMap<(u8, u8), Lba>,
    isrcs: BTreeMap<u8, Isrc>,
    mcn: Option<Mcn>,
    /// The track of the last position told.
    track: u8,
    /// Modes of data tracks, from the header of their first sector.
    modes: BTreeMap<u8, u8>,
}

impl Seen {
    /// Takes a sector as it was read; gives its sub-channel in planes.
    fn sector(&mut self, at: Lba, block: &[u8]) -> Option<[u8; 96]> {
        let sub = &block[MAIN..];
        let (q, planes) = match sub.len() {
            96 => {
                let planes = planes::from_symbols(sub.try_into().ok()?);
                (Q::parse(planes[12..24].try_into().ok()?).ok(), Some(planes))
            }
            // Corrected by the drive; the CRC may be missing.
            16 => (Some(Q::from_data(sub[..10].try_into().ok()?)), None),
            _ => (None, None),
        };
        match q {
            Some(Q::Position { place: Place::Track(track, index), absolute, .. })
                if absolute.to_lba().ok() == Some(at) =>
            {
                self.track = track.get();
                self.indices.entry((track.get(), index)).or_insert(at);
            }
            Some(Q::Mcn { mcn, .. }) => self.mcn = self.mcn.or(Some(mcn)),
            Some(Q::Isrc { isrc, .. }) if self.track > 0 => {
                self.isrcs.entry(self.track).or_insert(isrc);
            }
            _ => {}
        }
        planes
    }

    fn layout(&self, contents: &Contents) -> CdLayout {
        let sessions = contents.sessions.iter().enumerate().map(|(at, session)| self.session(at, session)).collect();
        CdLayout { sessions, mcn: contents.mcn.or(self.mcn), text: contents.text.clone() }
    }

    fn session(&self, at: usize, session: &ReadSession) -> CdSession {
        let start = match session.tracks.first() {
            Some(first) if at > 0 => first.start - FIRST_PREGAP,
            _ => Lba(-150),
        };
        let mut own = CdSession { start, disc_type: session.disc_type, tracks: Vec::new() };
        for (n, track) in session.tracks.iter().enumerate() {
            let from = own.lead_out();
            let end = session.tracks.get(n + 1).map_or(session.lead_out, |next| self.pregap(next, track.start));
            if let Some(made) = self.track(track, from, end) {
                own.tracks.push(made);
            }
        }
        own
    }

    /// Where a track's pre-gap begins, behind the start of the track before it.
    fn pregap(&self, track: &ReadTrack, after: Lba) -> Lba {
        let found = self.indices.get(&(track.number, 0)).copied();
        found.filter(|at| *at > after && *at < track.start).unwrap_or(track.start)
    }

    fn track(&self, track: &ReadTrack, from: Lba, end: Lba) -> Option<CdTrack> {
        let mode = match (track.control.data, self.modes.get(&track.number)) {
            (false, _) => TrackMode::Audio,
            (true, Some(2)) => TrackMode::Mode2,
            (true, Some(0)) => TrackMode::Mode0,
            (true, _) => TrackMode::Mode1,
        };
        let mut made = CdTrack::new(TrackNumber::new(track.number).ok()?, mode);
        made.control = track.control;
        made.isrc = track.isrc.or(self.isrcs.get(&track.number).copied());
        made.pregap = track.start.since(from);
        let further = self.indices.range((track.number, 2)..=(track.number, 99));
        let mut last = track.start;
        for (_, at) in further.filter(|(_, at)| **at > track.start && **at < end) {
            if *at > last {
                made.indices.push(at.since(track.start));
                last = *at;
            }
        }
        made.push(Piece::empty(end.since(from)));
        Some(made)
    }
}
