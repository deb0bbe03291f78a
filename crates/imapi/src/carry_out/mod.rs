//! Carrying out a plan: step by step, with one loop that writes, and what must be done however it ends.
//!
//! Whatever happens, the tray is unlocked, long operations are waited for, and a stop or failure in the middle of
//! writing is followed by the plan's own `if_stopped` acts. The first failure sticks: what goes wrong while cleaning up
//! is a note, never the result.

mod acts;
mod cue;
mod parameters;
mod pieces;
mod trouble;
mod write;

use std::time::Duration;

use webburn_drive::{Clock, CommandError, Doing, Drive, Media};
use webburn_scsi::spc::PreventAllowMediumRemoval;
use webburn_scsi::{ScsiTransport, TransportErrorKind};
use webburn_sector::{Lba, SectorCount, SectorSource};

pub(crate) use parameters::set_write_parameters;
pub use pieces::{CHUNK, Piece, pieces};

use crate::enums::DataWriteAction;
use crate::events::{Event, Phase};
use crate::outcome::Path;
use crate::plan::{Act, BurnPlan, Range, Wire};
use crate::{Cancel, Digest, Error, HResult, Reporter};

use crate::meter::Meter;

/// How carrying out a plan ended, when it did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Burned {
    /// Everything was written and closed as planned.
    Whole,
    /// Somebody wished to stop; the plan's `if_stopped` acts were done.
    Stopped {
        /// The first sector that was not written.
        at: Lba,
    },
}

/// What happened on the way.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Statistics {
    /// WRITEs that the drive sent back because its buffer was full.
    pub back_pressure: u64,
    /// Errors that the drive recovered from by itself.
    pub recovered: u64,
    /// Times that the connection was lost and found again in the middle of writing.
    pub resumed: u64,
    /// Time spent waiting for the drive's buffer.
    pub waited: Duration,
    /// Emptiest that the drive's buffer was seen once it had been full, 0 to 1.
    pub least_buffer: Option<f64>,
}

/// What was written, and how.
#[derive(Clone, Debug)]
pub struct Written {
    /// How it ended.
    pub burned: Burned,
    /// SHA-256 of the stream's sectors sent, zeros that fill up not counted; `None` when stopped or without a digest.
    pub sha256: Option<[u8; 32]>,
    /// 64-bit digests of every [`CHUNK`] of the stream, range by range.
    pub chunks: Vec<u64>,
    /// The pieces that were written.
    pub ranges: Vec<Range>,
    /// Sectors of the stream that the drive took.
    pub sectors: SectorCount,
    /// From the first WRITE until the drive's buffer was on the disc.
    pub write_time: Duration,
    /// What happened on the way.
    pub statistics: Statistics,
    /// `S_OK` or what was adjusted.
    pub adjusted: HResult,
}

/// One burn under way.
struct Job<'a, T, C> {
    drive: &'a mut Drive<T, C>,
    media: &'a Media,
    plan: &'a BurnPlan,
    reporter: &'a Reporter,
    cancel: &'a Cancel,
    meter: Meter,
    statistics: Statistics,
    adjusted: HResult,
    /// The drive keeps the speed by SET STREAMING until it is told otherwise.
    streaming_set: bool,
    /// Something was done that the disc may show.
    touched: bool,
    /// The first WRITE was sent.
    writing: bool,
    /// The first sector not written yet.
    position: Lba,
    sha256: Option<[u8; 32]>,
    /// Every sector of the stream was sent.
    all_sent: bool,
    chunks: Vec<u64>,
    /// Commands of the next run, from the speed of the last one; 0 before the first.
    run_length: usize,
    write_time: Duration,
    wire: Wire,
}

/// Whether to go on with the next step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flow {
    On,
    Stop,
}

/// Carries out `plan` on the disc of `media`: prepares, writes the sectors of `source`, closes. Reloading and verifying
/// are left to [`verify`](crate::verify).
///
/// # Errors
/// The first failure, after the clean-up that was possible. Its `refused_before_writing` tells whether the disc was
/// touched at all.
///
/// # Drop
/// Dropped in the middle, nothing more is sent: the tray stays locked, the track open, and a long operation goes on in
/// the drive. The next job begins by waiting for it and finds the disc as it then is.
pub async fn carry_out<T: ScsiTransport, C: Clock, S: SectorSource, D: Digest>(
    drive: &mut Drive<T, C>,
    media: &Media,
    plan: &BurnPlan,
    source: &mut S,
    digest: &mut D,
    reporter: &Reporter,
    cancel: &Cancel,
) -> Result<Written, Error> {
    let mut job = Job::new(drive, media, plan, reporter, cancel);
    job.lock(true).await;
    let result = job.steps(source, digest).await;
    let burned = match result {
        Ok(Flow::On) => Ok(Burned::Whole),
        Ok(Flow::Stop) => {
            let at = job.position;
            job.clean_up(None).await;
            Ok(Burned::Stopped { at })
        }
        Err(mut error) => {
            error.refused_before_writing = !job.touched;
            job.clean_up(Some(&error)).await;
            Err(error)
        }
    };
    job.restore_speed().await;
    if !plan.stays_locked {
        job.lock(false).await;
    }
    let burned = burned?;
    Ok(Written {
        burned,
        sha256: job.sha256,
        sectors: written_sectors(&plan.ranges(), job.position, burned),
        ranges: plan.ranges(),
        chunks: job.chunks,
        write_time: job.write_time,
        statistics: job.statistics,
        adjusted: job.adjusted,
    })
}

/// Sectors of the stream in the pieces before the place where writing ended.
fn written_sectors(ranges: &[Range], position: Lba, burned: Burned) -> SectorCount {
    if burned == Burned::Whole {
        return ranges.iter().map(|range| range.sectors).sum();
    }
    // A stop comes before the end of the piece that was begun last.
    let within = |range: &Range| position >= range.to && position < range.to + range.written();
    let last = ranges.iter().rposition(within).unwrap_or(0);
    let before: SectorCount = ranges[..last].iter().map(|range| range.sectors).sum();
    let here = ranges.get(last).map_or(SectorCount::ZERO, |range| position.since(range.to).min(range.sectors));
    before + here
}

/// Closes what was left open: the first [`BurnPlan::closing_first`] steps of `plan`. The disc is to be looked at, and the
/// burn planned, anew afterwards.
///
/// # Errors
/// The drive refused or failed it.
///
/// # Drop
/// As [`carry_out`].
pub async fn close_first<T: ScsiTransport, C: Clock>(
    drive: &mut Drive<T, C>,
    media: &Media,
    plan: &BurnPlan,
    reporter: &Reporter,
) -> Result<(), Error> {
    let cancel = Cancel::new();
    let mut job = Job::new(drive, media, plan, reporter, &cancel);
    job.lock(true).await;
    let mut result = Ok(());
    for step in &plan.steps[..plan.closing_first] {
        job.action(DataWriteAction::InitializingHardware);
        result = job.act(&step.act).await.map_err(Error::after_writing);
        if result.is_err() {
            break;
        }
    }
    job.lock(false).await;
    result
}

impl<'a, T: ScsiTransport, C: Clock> Job<'a, T, C> {
    fn new(
        drive: &'a mut Drive<T, C>,
        media: &'a Media,
        plan: &'a BurnPlan,
        reporter: &'a Reporter,
        cancel: &'a Cancel,
    ) -> Self {
        let meter = Meter::new(drive.clock().now(), plan);
        Job {
            drive,
            media,
            plan,
            reporter,
            cancel,
            meter,
            statistics: Statistics::default(),
            adjusted: plan.adjusted,
            streaming_set: false,
            touched: false,
            writing: false,
            position: plan.ranges().first().map_or(plan.start, |range| range.to),
            sha256: None,
            all_sent: false,
            chunks: Vec::new(),
            run_length: 0,
            write_time: Duration::ZERO,
            wire: Wire::DATA,
        }
    }
}

impl<T: ScsiTransport, C: Clock> Job<'_, T, C> {
    async fn steps<S: SectorSource, D: Digest>(&mut self, source: &mut S, digest: &mut D) -> Result<Flow, Error> {
        let plan = self.plan;
        let mut calibrated = false;
        let mut writes_left = plan.steps.iter().filter(|step| matches!(step.act, Act::Write { .. })).count();
        for (index, step) in plan.steps.iter().enumerate() {
            if matches!(step.act, Act::Reload | Act::Verify { .. }) {
                break;
            }
            // Once all is written, a wish to stop comes too late: closing is what keeps the disc readable.
            // A format that goes on in the background is stopped by the step that waits for it.
            if self.cancel.is_cancelled() && !self.write_done() && step.act != Act::AwaitFormat {
                self.reporter.note("stopping", vec![]);
                return Ok(Flow::Stop);
            }
            self.meter.begin_step(index, self.drive.clock().now());
            if let Act::Write { ranges, kilobytes, wire } = &step.act {
                self.wire = *wire;
                if !calibrated {
                    // The drive calibrates by itself when it takes the first sectors.
                    self.action(DataWriteAction::CalibratingPower);
                }
                self.phase(Phase::Write);
                self.action(DataWriteAction::WritingData);
                if self.write_all(ranges, *kilobytes, source, digest).await? == Flow::Stop {
                    self.reporter.note("stopping", vec![]);
                    return Ok(Flow::Stop);
                }
                writes_left -= 1;
                if writes_left > 0 {
                    continue;
                }
                source.check_unchanged().await.map_err(Error::from_source)?;
                let in_order = ranges.windows(2).all(|pair| pair[0].from < pair[1].from);
                // The digest of parts in another order than the stream's would be that of nothing anybody has.
                self.sha256 = digest.finish().await.filter(|_| in_order);
                self.all_sent = true;
                continue;
            }
            calibrated |= step.act == Act::Calibrate;
            self.announce(&step.act);
            self.touched |= touches(&step.act);
            let began = self.drive.clock().now();
            self.act(&step.act).await?;
            if step.act == Act::Flush {
                self.write_time += self.drive.clock().now().saturating_sub(began);
            }
        }
        Ok(Flow::On)
    }

    fn write_done(&self) -> bool {
        self.all_sent || self.write_time > Duration::ZERO
    }

    fn phase(&mut self, phase: Phase) {
        if self.meter.set_phase(phase) {
            self.reporter.report(Event::Phase(phase));
        }
    }

    fn action(&mut self, action: DataWriteAction) {
        if self.meter.set_action(action) {
            self.reporter.report(Event::Action(action));
        }
    }

    fn announce(&mut self, act: &Act) {
        let (phase, action) = match act {
            Act::Blank { .. } | Act::Format { .. } | Act::AwaitFormat => {
                (Phase::Prepare, DataWriteAction::FormattingMedia)
            }
            Act::SetSpeed { .. }
            | Act::WriteParameters(_)
            | Act::Reserve(_)
            | Act::LayerBreak(_)
            | Act::CueSheet { .. } => (Phase::Prepare, DataWriteAction::InitializingHardware),
            Act::Calibrate => (Phase::Calibrate, DataWriteAction::CalibratingPower),
            Act::Write { .. } | Act::FillUp(_) => (Phase::Write, DataWriteAction::WritingData),
            Act::Flush | Act::CloseTrack(_) | Act::CloseSession | Act::CloseDisc(_) | Act::StopFormat => {
                (Phase::Close, DataWriteAction::Finalization)
            }
            Act::Reload | Act::Verify { .. } => (Phase::Verify, DataWriteAction::Verifying),
        };
        self.phase(phase);
        self.action(action);
    }

    /// What the plan wants done when writing ended early. Nothing was written: nothing needs to be closed.
    async fn clean_up(&mut self, after: Option<&Error>) {
        let gone = after.and_then(Error::drive_error).is_some_and(|error| {
            matches!(&error.cause, CommandError::Transport(transport)
                if !matches!(transport.kind, TransportErrorKind::Timeout | TransportErrorKind::Protocol))
        });
        // A drive that did not come back from one operation in all its time will not take another.
        if !self.writing || gone || after.and_then(Error::drive_error).is_some_and(still_busy) {
            return;
        }
        let plan = self.plan;
        for act in &plan.if_stopped.acts {
            self.announce(act);
            if let Err(error) = self.act(act).await {
                self.reporter.note(
                    "clean-up-failed",
                    vec![("step", crate::plan::Step::new(act.clone()).code().into()), ("code", error.code.into())],
                );
                // Closing what could not be closed may still work one level up, so the rest is tried too.
                if error.drive_error().is_some_and(still_busy) {
                    return;
                }
            }
        }
    }

    /// Locks or frees the tray. Bridges are known to refuse this; nothing depends on it.
    async fn lock(&mut self, prevent: bool) {
        let command = if prevent { PreventAllowMediumRemoval::PREVENT } else { PreventAllowMediumRemoval::ALLOW };
        let _ = self.drive.send(Doing::Locking, &command).await;
    }

    fn error(error: webburn_drive::Error) -> Error {
        Error::from_drive(error, Path::Write)
    }
}

/// The drive was waited for, for as long as it could take, and is not ready still.
fn still_busy(error: &webburn_drive::Error) -> bool {
    let closing = matches!(
        error.doing,
        Doing::Flushing | Doing::ClosingTrack | Doing::ClosingSession | Doing::Finalising | Doing::StoppingFormat
    );
    closing && matches!(error.triple(), Some((2, 0x04, _)))
}

/// The disc may show it afterwards.
fn touches(act: &Act) -> bool {
    matches!(act, Act::Blank { .. } | Act::Format { .. } | Act::Reserve(_) | Act::LayerBreak(_))
}
