//! Long operations, and what happens as time goes by.

use std::time::Duration;

use webburn_scsi::{Progress, Sense};

use super::{MediaEvent, SimDrive};
use crate::cache::{bytes_in, time_for};
use crate::disc::Background;
use crate::personality::ProgressShown;
use crate::recording::{self, Change, Work};
use crate::sense;
use crate::timing::Pace;

/// What a drive says it is busy with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Busy {
    /// 2/04/07 OPERATION IN PROGRESS.
    Operation,
    /// 2/04/08 LONG WRITE IN PROGRESS.
    Write,
    /// 2/04/04 FORMAT IN PROGRESS.
    Format,
}

/// A long operation under way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Operation {
    change: Change,
    busy: Busy,
    began: Duration,
    ends: Duration,
}

impl Operation {
    pub(super) const fn change(&self) -> Change {
        self.change
    }

    fn progress(&self, now: Duration) -> Progress {
        let whole = (self.ends - self.began).as_secs_f64();
        let done = now.saturating_sub(self.began).as_secs_f64();
        // 65535 would say "through"; while it runs it is not.
        Progress(if whole > 0.0 { (done / whole * 65536.0).min(65534.0) as u16 } else { 0 })
    }

    pub(super) fn sense(&self, now: Duration, with_progress: bool) -> Sense {
        let ascq = match self.busy {
            Busy::Operation => 0x07,
            Busy::Write => 0x08,
            Busy::Format => 0x04,
        };
        let sense = sense::not_ready(0x04, ascq);
        if with_progress { sense.with_progress(self.progress(now)) } else { sense }
    }
}

impl SimDrive {
    /// The moment the command under way has come to.
    pub(crate) fn moment(&self) -> Duration {
        self.now() + self.cost
    }

    /// The command under way takes this much longer.
    pub(crate) fn spend(&mut self, time: Duration) {
        self.cost += time;
    }

    /// Empties the buffer onto the disc; the command under way takes as long.
    pub(crate) fn flush_cache(&mut self) {
        let rate = self.buffer_rate();
        let moment = self.moment();
        self.cache.drain(moment, rate);
        let time = self.cache.flush_time(rate, moment);
        self.spend(time);
        self.cache.flushed();
    }

    /// Begins a long operation. With `immed` the command ends at once and the operation goes on by itself; else the
    /// command lasts as long as the operation.
    pub(crate) fn begin(&mut self, work: Work, immed: bool, busy: Busy) -> Result<(), Sense> {
        let rate = self.write_rate();
        let time = work.base + time_for(u64::from(work.sectors) * 2048, rate);
        let quick = self.personality.quirks.finishes_at_once;
        if immed && !quick {
            let began = self.moment();
            self.operation = Some(Operation { change: work.change, busy, began, ends: began + time });
            return Ok(());
        }
        if !quick {
            self.spend(time);
        }
        self.finish(work.change)
    }

    fn finish(&mut self, change: Change) -> Result<(), Sense> {
        let Some(disc) = &mut self.disc else { return Ok(()) };
        let was = disc.state.background;
        recording::apply(disc, change).map_err(|_| sense::STORE_FAILED)?;
        if let Change::Blank(1, _) = change
            && self.personality.ways.quick_blank_keeps_incremental
        {
            disc.state.quick_blanked = false;
        }
        if matches!(change, Change::Format(plan) if plan.restart) && was == Background::Stopped {
            self.events.push(MediaEvent::BackgroundRestarted);
        }
        Ok(())
    }

    /// Why the drive is not to be talked to now, if so.
    pub(super) fn busy_sense(&self) -> Option<Sense> {
        let shown = self.personality.ways.progress == ProgressShown::Everywhere;
        self.operation.as_ref().map(|operation| operation.sense(self.now(), shown))
    }

    /// How long the operation under way still takes.
    pub(crate) fn operation_left(&self) -> Option<Duration> {
        self.operation.as_ref().map(|operation| operation.ends.saturating_sub(self.now()))
    }

    /// The disc is not up to speed yet.
    pub(crate) const fn is_spinning(&self) -> bool {
        self.spinning.is_some()
    }

    /// START UNIT: the command lasts until the disc is up to speed, unless it is to answer at once.
    pub(crate) fn wait_until_spun_up(&mut self, immed: bool) -> Result<(), Sense> {
        if let Some((until, _)) = self.spinning.filter(|_| !immed) {
            self.spend(until.saturating_sub(self.moment()));
        }
        Ok(())
    }

    /// The oldest unit attention that nobody has been told.
    pub(crate) fn take_attention(&mut self) -> Option<Sense> {
        self.attention.pop_front()
    }

    /// What REQUEST SENSE says of the operation under way.
    pub(crate) fn operation_sense(&self) -> Option<Sense> {
        let shown = self.personality.ways.progress != ProgressShown::Nowhere;
        if let Some(operation) = &self.operation {
            return Some(operation.sense(self.now(), shown));
        }
        let disc = self.disc.as_ref()?;
        if disc.state.background != Background::Running {
            return None;
        }
        // Formatting in the background: ready, and yet there is progress to tell.
        let share = f64::from(disc.state.formatted_to) / f64::from(disc.state.blocks.max(1));
        let sense = Sense::fixed(webburn_scsi::SenseKey::NoSense, 0x04, 0x04);
        Some(if shown { sense.with_progress(Progress((share * 65535.0) as u16)) } else { sense })
    }

    /// A poll was answered "not yet": in the instant pace the end comes nearer by it.
    pub(super) fn polled(&mut self) {
        if self.pace != Pace::Instant {
            return;
        }
        let step = match (&self.operation, self.spinning) {
            (Some(operation), _) => (operation.ends - operation.began) / 2,
            (None, Some((_, takes))) => takes / 2,
            _ => Duration::from_millis(100),
        };
        self.time.advance(step);
    }

    /// Lets everything happen that has become due: the disc is up to speed, an operation is through, the laser has
    /// written on.
    pub fn settle(&mut self) {
        let now = self.now();
        if self.spinning.is_some_and(|(until, _)| until <= now) {
            self.spinning = None;
            self.attention.push_back(sense::MEDIUM_CHANGED);
            self.events.push(MediaEvent::New);
        }
        if self.cache.drain(now, self.buffer_rate()) {
            self.underrun();
        }
        let rate = self.write_rate();
        if self.operation.as_ref().is_some_and(|operation| operation.ends <= now)
            && let Some(operation) = self.operation.take()
            && let Err(sense) = self.finish(operation.change)
        {
            self.attention.push_back(sense.deferred());
        }
        self.format_on(now, rate);
    }

    /// The background format goes on while nothing else is to do.
    fn format_on(&mut self, now: Duration, rate: u64) {
        let since = std::mem::replace(&mut self.formatting_at, now);
        let busy = self.operation.is_some() || self.cache.is_streaming() || self.spinning.is_some();
        let Some(disc) = self.disc.as_mut().filter(|_| !busy) else { return };
        let state = &mut disc.state;
        if state.background != Background::Running {
            return;
        }
        let sectors = bytes_in(now.saturating_sub(since), rate) / 2048;
        // What is less than a sector is kept for next time.
        self.formatting_at =
            since.max(now.saturating_sub(Duration::from_secs(86_400))) + time_for(sectors * 2048, rate);
        state.formatted_to = state.formatted_to.saturating_add_unsigned(sectors.min(1 << 30) as u32);
        if state.formatted_to >= state.blocks as i32 {
            state.formatted_to = state.blocks as i32;
            state.background = Background::Complete;
            self.events.push(MediaEvent::BackgroundComplete);
        }
    }
}
