//! What is done when the drive does not take a block, or the wire breaks around one.

use std::time::Duration;

use webburn_drive::media::Recording;
use webburn_drive::{Clock, CommandError, Disposition, Doing, Situation, disposition};
use webburn_mmc::{SynchronizeCache, Write10, Write12};
use webburn_scsi::{Command, Completion, ScsiTransport, Sense, Status, TransportError, TransportErrorKind};
use webburn_sector::{Lba, SectorCount};

use super::Job;
use crate::Error;

/// A block that the drive will not take for this long is given up (libburn).
const PATIENCE: Duration = Duration::from_secs(200);
/// Spin-up and calibration before the first block.
const START_PATIENCE: Duration = Duration::from_secs(60);
/// Losses of the connection that are survived in one burn.
const MOST_RESUMED: u64 = 3;

/// What was tried for the block at the front.
#[derive(Default)]
pub(super) struct Trouble {
    since: Option<Duration>,
    tries: u32,
    flushed: bool,
    asked: bool,
    attentions: u32,
}

impl<T: ScsiTransport, C: Clock> Job<'_, T, C> {
    /// A WRITE did not end GOOD. `at` is its address, `block` its length.
    pub(super) async fn not_good(
        &mut self,
        completion: Completion,
        at: &mut Lba,
        block: SectorCount,
        trouble: &mut Trouble,
        rate: f64,
    ) -> Result<(), Error> {
        let sense = match completion.status {
            Status::Good => return Ok(()),
            Status::CheckCondition(sense) => sense,
            Status::Other(0x08) => return self.back_off(*at, None, block, trouble, rate).await,
            Status::Other(status) => return Err(self.write_error(*at, CommandError::Status(status))),
        };
        let fatal = |job: &Self, sense: Sense| Err(job.write_error(*at, CommandError::CheckCondition(sense)));
        if sense.is_empty() {
            return fatal(self, sense);
        }
        // Deferred sense speaks of an earlier block, and the command that brought it was not carried out (SPC-4, 4.5.5).
        if sense.is_deferred() {
            if matches!(sense.triple().0, 0 | 1) {
                self.statistics.recovered += 1;
                return Ok(());
            }
            return fatal(self, sense);
        }
        let sequential = self.media.kind.recording() == Recording::Sequential;
        match disposition(&sense, Situation::Writing) {
            Disposition::Proceed => {
                self.begun();
                self.statistics.recovered += 1;
                self.reporter.note("recovered", vec![("lba", at.0.into()), ("sense", sense.to_string().into())]);
                *at += block;
                *trouble = Trouble::default();
                Ok(())
            }
            Disposition::BackPressure => self.back_off(*at, Some(sense), block, trouble, rate).await,
            Disposition::Wait => self.wait(*at, sense, trouble).await,
            Disposition::FlushAndRetry if !trouble.flushed => {
                trouble.flushed = true;
                self.reporter.note("retry", vec![("lba", at.0.into())]);
                let flush = SynchronizeCache::all(false);
                self.drive.send(Doing::Flushing, &flush).await.map_err(Self::error)
            }
            Disposition::AskNextWritable if sequential && !trouble.asked => {
                trouble.asked = true;
                self.go_on_at_next_writable(at, block, sense).await
            }
            // Neither a changed disc nor a reset is survived in the middle of a sequential one.
            Disposition::MediaChanged if trouble.attentions < 3 => {
                let lost =
                    matches!(sense.triple(), (6, 0x28, _)) || sequential && matches!(sense.triple(), (6, 0x29, _));
                if lost && self.writing {
                    return fatal(self, sense);
                }
                trouble.attentions += 1;
                Ok(())
            }
            Disposition::Retry { after, times } if trouble.tries < times => {
                trouble.tries += 1;
                self.drive.clock().sleep(after).await;
                Ok(())
            }
            _ => fatal(self, sense),
        }
    }

    /// The drive's buffer is full and the block was not taken: libburn's backing-off, 0 ms at first, 2 ms more each time,
    /// 25 ms at most; after ten times the drive is asked how much room it has.
    async fn back_off(
        &mut self,
        at: Lba,
        sense: Option<Sense>,
        block: SectorCount,
        trouble: &mut Trouble,
        rate: f64,
    ) -> Result<(), Error> {
        let now = self.drive.clock().now();
        let since = *trouble.since.get_or_insert(now);
        if now.saturating_sub(since) > PATIENCE {
            let cause = sense.map_or(CommandError::Status(0x08), CommandError::CheckCondition);
            return Err(self.write_error(at, cause));
        }
        self.statistics.back_pressure += 1;
        let mut pause = Duration::from_millis(u64::from(trouble.tries) * 2).min(Duration::from_millis(25));
        trouble.tries += 1;
        if trouble.tries > 10 {
            self.ask_buffer().await;
            let needed = u64::from(block.0) * self.wire.sector_size as u64;
            if let Some(fill) = self.meter.drive
                && rate > 0.0
                && fill.free() < needed
            {
                let drain = Duration::from_secs_f64((needed - fill.free()) as f64 / rate);
                pause = drain.clamp(Duration::from_millis(10), Duration::from_millis(100));
            }
        }
        self.statistics.waited += pause;
        self.drive.clock().sleep(pause).await;
        let now = self.drive.clock().now();
        if self.meter.due(now) {
            self.ask_buffer().await;
            self.gauge(now);
        }
        Ok(())
    }

    /// The drive is busy with something else: spin-up, calibration, an earlier command, a format.
    async fn wait(&mut self, at: Lba, sense: Sense, trouble: &mut Trouble) -> Result<(), Error> {
        let now = self.drive.clock().now();
        let since = *trouble.since.get_or_insert(now);
        let budget = if sense.ascq() <= 0x01 { START_PATIENCE } else { PATIENCE };
        let waited = now.saturating_sub(since);
        if waited > budget {
            return Err(self.write_error(at, CommandError::CheckCondition(sense)));
        }
        if trouble.tries == 0 {
            self.reporter.note("drive-waiting", vec![("sense", sense.to_string().into())]);
        }
        trouble.tries += 1;
        let pause = Duration::from_millis(100 * u64::from(trouble.tries)).min(Duration::from_millis(500));
        self.statistics.waited += pause;
        self.drive.clock().sleep(pause).await;
        let now = self.drive.clock().now();
        if self.meter.due(now) {
            self.gauge(now);
        }
        Ok(())
    }

    /// Host and drive disagree about the address. If the drive wants one within the block, it did take its beginning.
    async fn go_on_at_next_writable(&mut self, at: &mut Lba, block: SectorCount, sense: Sense) -> Result<(), Error> {
        let next = self.drive.ask_next_writable(self.media).await.map_err(Self::error)?;
        match next {
            Some(next) if next >= *at && next <= *at + block => {
                self.reporter.note("retry", vec![("lba", at.0.into()), ("nextWritable", next.0.into())]);
                *at = next;
                Ok(())
            }
            next => {
                let mut error = self.write_error(*at, CommandError::CheckCondition(sense));
                if let Some(next) = next {
                    error = error.with("nextWritable", next.0);
                }
                Err(error)
            }
        }
    }

    /// The wire broke inside a WRITE: it is unknown what the drive took. On a sequential disc its next writable address
    /// tells; on others the same sectors may be written again.
    pub(super) async fn lost(&mut self, error: TransportError, at: &mut Lba, run: SectorCount) -> Result<(), Error> {
        let recoverable = matches!(
            error.kind,
            TransportErrorKind::Timeout | TransportErrorKind::Protocol | TransportErrorKind::Other
        );
        let failure = self.write_error(*at, CommandError::Transport(error));
        if !recoverable || self.statistics.resumed >= MOST_RESUMED {
            return Err(failure);
        }
        self.statistics.resumed += 1;
        if self.media.kind.recording() == Recording::Sequential {
            match self.drive.ask_next_writable(self.media).await {
                Ok(Some(next)) if next >= *at && next <= *at + run => *at = next,
                _ => return Err(failure),
            }
        } else if self.drive.wait_ready().await.is_err() {
            return Err(failure);
        }
        self.reporter.note("resumed", vec![("lba", at.0.into())]);
        Ok(())
    }

    fn write_error(&self, at: Lba, cause: CommandError) -> Error {
        let (command, opcode) = if self.wire.streaming {
            (<Write12<'_> as Command>::NAME, Write12::OPCODE)
        } else {
            (<Write10<'_> as Command>::NAME, Write10::OPCODE)
        };
        Self::error(webburn_drive::Error { doing: Doing::Writing, at_lba: Some(at), command, opcode, cause })
    }
}
