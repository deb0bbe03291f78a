//! Copying a CD below its user data: every sector with its sub-channel, from which pre-gaps and indices are learnt.

use webburn_drive::{Clock, Doing, Drive};
use webburn_imapi::enums::DataWriteAction;
use webburn_imapi::hresult::{E_IMAPI_DF2DATA_INVALID_MEDIA_STATE, E_IMAPI_REQUEST_CANCELLED};
use webburn_imapi::outcome::Path;
use webburn_imapi::read_cd::{CdForm, CdReader};
use webburn_imapi::{Cancel, Error, Event, Fill, Phase, Progress, Reporter};
use webburn_rawimage::layout::CdLayout;
use webburn_scsi::ScsiTransport;
use webburn_sector::{Lba, SectorCount};

use crate::contents::{Contents, ReadSession, ReadTrack};
use crate::out::{CopyError, SectorOut};
use crate::seen::Seen;

/// Bytes of a sector's main channel.
pub(crate) const MAIN: usize = 2352;
/// Sectors read at once.
const PIECE: u32 = 128;
/// Sectors at the end of a data track that may be unreadable: run-out and a pre-gap that nobody wrote.
const TAIL: u32 = 152;

/// What the drive says it could not correct, of audio: data sectors have a code of their own, and fail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Doubt {
    /// The drive tells which bytes it could not correct (C2 error bits).
    pub told: bool,
    /// Sectors with such bytes, after all tries.
    pub sectors: u32,
    /// The first of them.
    pub first: Option<Lba>,
}

impl Doubt {
    const fn of(reader: &CdReader) -> Self {
        Doubt { told: reader.tells_c2(), sectors: reader.uncorrected, first: reader.first_uncorrected }
    }
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
    /// What it could not correct.
    pub doubt: Doubt,
}

/// Copies every session of the disc into `out`: from LBA 0 to the first lead-out, each further session from its first
/// track on.
///
/// # Errors
/// [`CopyError`].
pub async fn copy<T: ScsiTransport, C: Clock, O: SectorOut>(
    drive: &mut Drive<T, C>,
    contents: &Contents,
    out: &mut O,
    reporter: &Reporter,
    cancel: &Cancel,
) -> Result<Copied, CopyError> {
    let spans: Vec<(Lba, Lba)> = contents.sessions.iter().enumerate().map(|(at, session)| span(at, session)).collect();
    let total = sectors(contents);
    let began = drive.clock().now();
    let mut job = Job::new();
    let (mut main, mut sub) = (Vec::new(), Vec::new());
    for (session, (start, end)) in contents.sessions.iter().zip(&spans) {
        if job.done > SectorCount::ZERO {
            out.next_session();
        }
        let mut at = *start;
        while at < *end {
            if cancel.is_cancelled() {
                return Err(Error::new("cancelled", E_IMAPI_REQUEST_CANCELLED).into());
            }
            let count = end.since(at).min(SectorCount(PIECE));
            let read = job.read(drive, session, at, count).await?;
            main.clear();
            sub.clear();
            for (n, block) in (0..).zip(read.chunks_exact(job.form.sector_size())) {
                let here = at + SectorCount(n);
                if let Some(track) = session.tracks.iter().find(|track| track.start == here && track.control.data) {
                    job.seen.modes.insert(track.number, block[15]);
                }
                sub.extend(job.seen.sector(here, block).into_iter().flatten());
                main.extend_from_slice(&block[..MAIN]);
            }
            out.put(&main, &sub).await?;
            at += count;
            job.done += count;
            let elapsed = drive.clock().now().saturating_sub(began);
            reporter.report(Event::Progress(Box::new(progress(job.done, total, elapsed, at))));
        }
    }
    let doubt = Doubt::of(&job.audio);
    Ok(Copied { layout: job.seen.layout(contents), sectors: job.done, filled: job.filled, form: job.form, doubt })
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
    /// What it could not correct.
    pub doubt: Doubt,
}

/// Copies a track from index 1 on, without the next one's pre-gap where the sub-channel tells of it. With `user`, data
/// sectors are cut to their 2048 bytes; the first that has other user data ends the reading, since what came of it would
/// not be what the disc holds.
///
/// # Errors
/// [`CopyError`].
pub async fn copy_track<T: ScsiTransport, C: Clock, O: SectorOut>(
    drive: &mut Drive<T, C>,
    session: &ReadSession,
    track: &ReadTrack,
    user: bool,
    out: &mut O,
    (reporter, cancel): (&Reporter, &Cancel),
) -> Result<CopiedTrack, CopyError> {
    let began = drive.clock().now();
    let mut job = Job::new();
    let (mut at, total) = (track.start, track.sectors());
    let mut taken = Vec::new();
    while at < track.end {
        if cancel.is_cancelled() {
            return Err(Error::new("cancelled", E_IMAPI_REQUEST_CANCELLED).into());
        }
        let count = track.end.since(at).min(SectorCount(PIECE));
        let read = job.read(drive, session, at, count).await?;
        taken.clear();
        let mut ended = false;
        for (n, block) in (0..).zip(read.chunks_exact(job.form.sector_size())) {
            job.seen.sector(at + SectorCount(n), block);
            if job.seen.indices.contains_key(&(track.number + 1, 0)) {
                ended = true;
                break;
            }
            let main = &block[..MAIN];
            // Form 1 of mode 2 has its user data behind a sub-header.
            let range = match (user, main[15]) {
                (false, _) => 0..MAIN,
                (true, 2) if !is_form_1(main) => return Err(not_user_data(at + SectorCount(n)).into()),
                (true, 2) => 24..2072,
                (true, _) => 16..2064,
            };
            taken.extend_from_slice(&main[range]);
            job.done += SectorCount(1);
        }
        out.put(&taken, &[]).await?;
        if ended {
            break;
        }
        at += count;
        let elapsed = drive.clock().now().saturating_sub(began);
        reporter.report(Event::Progress(Box::new(progress(job.done, total, elapsed, at))));
    }
    Ok(CopiedTrack { sectors: job.done, filled: job.filled, form: job.form, doubt: Doubt::of(&job.audio) })
}

/// From there on the track holds other user data than 2048 bytes a sector.
fn not_user_data(at: Lba) -> Error {
    let mut error = Error::new("not-user-data", E_IMAPI_DF2DATA_INVALID_MEDIA_STATE);
    error.lba = Some(at);
    error
}

/// A sector of mode 2 has a sub-header, twice, whose third byte says with bit 5 whether 2324 bytes without correction
/// follow (form 2) instead of 2048 with it (Mode 2 form 1: CD-ROM XA; ECMA-130 knows mode 2 without forms).
fn is_form_1(main: &[u8]) -> bool {
    main[16..20] == main[20..24] && main[18] & 0x20 == 0
}

/// Sectors that [`copy`] takes.
#[must_use]
pub fn sectors(contents: &Contents) -> SectorCount {
    let spans = contents.sessions.iter().enumerate().map(|(at, session)| span(at, session));
    spans.map(|(start, end)| end.since(start)).sum()
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
    /// Reads audio, with C2 error bits where the drive has them.
    audio: CdReader,
    form: CdForm,
    done: SectorCount,
    filled: u32,
}

impl Job {
    fn new() -> Self {
        let audio = CdReader::new(Doing::Reading, true);
        Job { seen: Seen::default(), audio, form: CdForm::MainAndSub, done: SectorCount::ZERO, filled: 0 }
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
            let mut plain = CdReader::new(Doing::Reading, false);
            let audio = session.tracks.iter().any(|track| !track.control.data && track.start <= at && at < track.end);
            let reader = if audio { &mut self.audio } else { &mut plain };
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
