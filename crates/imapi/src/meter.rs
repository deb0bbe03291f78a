//! How far, how fast, how long still.

use std::time::Duration;

use webburn_drive::media::Family;
use webburn_sector::{Lba, SECTOR_SIZE, SectorCount};

use crate::enums::DataWriteAction;
use crate::events::{Fill, Phase, Progress};
use crate::plan::BurnPlan;

/// Time between two gauges.
pub(crate) const TICK: Duration = Duration::from_millis(500);
/// Over how long the speed is averaged.
const WINDOW: Duration = Duration::from_secs(4);

/// The state of a burn as it is told.
#[derive(Clone, Debug)]
pub(crate) struct Meter {
    family: Family,
    began: Duration,
    step_began: Duration,
    /// Expected seconds of the steps behind the present one.
    later: f64,
    step_seconds: Vec<f64>,
    phase: Option<Phase>,
    action: Option<DataWriteAction>,
    last_tick: Option<Duration>,
    /// Moments and sectors done, for the speed.
    marks: Vec<(Duration, SectorCount)>,
    pub done: SectorCount,
    pub total: SectorCount,
    pub start: Lba,
    pub last_read: Lba,
    pub last_written: Lba,
    pub host: Fill,
    pub drive: Option<Fill>,
    /// The drive does not tell how full its buffer is.
    pub buffer_unknown: bool,
    /// Bytes of a sector on the wire.
    pub sector_size: usize,
}

impl Meter {
    pub fn new(now: Duration, plan: &BurnPlan) -> Self {
        let mut meter = Meter::of(now, plan.kind.family(), plan.start);
        meter.later = plan.seconds();
        meter.step_seconds = plan.steps.iter().map(|step| step.seconds.unwrap_or(0.0)).collect();
        meter.total = plan.sectors;
        meter
    }

    /// For work without a plan.
    pub fn of(now: Duration, family: Family, start: Lba) -> Self {
        let before = start - SectorCount(1);
        Meter {
            family,
            began: now,
            step_began: now,
            later: 0.0,
            step_seconds: Vec::new(),
            phase: None,
            action: None,
            last_tick: None,
            marks: Vec::new(),
            done: SectorCount::ZERO,
            total: SectorCount::ZERO,
            start,
            last_read: before,
            last_written: before,
            host: Fill::default(),
            drive: None,
            buffer_unknown: false,
            sector_size: SECTOR_SIZE,
        }
    }

    /// True when the phase is a new one.
    pub fn set_phase(&mut self, phase: Phase) -> bool {
        self.phase.replace(phase) != Some(phase)
    }

    /// True when the action is a new one.
    pub fn set_action(&mut self, action: DataWriteAction) -> bool {
        self.action.replace(action) != Some(action)
    }

    pub fn begin_step(&mut self, index: usize, now: Duration) {
        self.later = self.step_seconds.get(index + 1..).unwrap_or_default().iter().sum();
        self.step_began = now;
        self.last_tick = None;
    }

    /// Begins to count sectors of `total`.
    pub fn begin_counting(&mut self, total: SectorCount, now: Duration) {
        self.done = SectorCount::ZERO;
        self.total = total;
        self.marks = vec![(now, SectorCount::ZERO)];
    }

    /// It is time for a gauge; the next one is due half a second later.
    pub fn due(&mut self, now: Duration) -> bool {
        let due = self.last_tick.is_none_or(|last| now.saturating_sub(last) >= TICK);
        if due {
            self.last_tick = Some(now);
        }
        due
    }

    fn sectors_per_second(&self, now: Duration) -> f64 {
        let Some((then, done)) = self.marks.first() else { return 0.0 };
        let seconds = now.saturating_sub(*then).as_secs_f64();
        if seconds > 0.0 { f64::from((self.done - *done).0) / seconds } else { 0.0 }
    }

    /// The gauge for work that is counted in sectors.
    pub fn counted(&mut self, now: Duration) -> Progress {
        self.marks.push((now, self.done));
        while self.marks.len() > 2 && now.saturating_sub(self.marks[1].0) >= WINDOW {
            self.marks.remove(0);
        }
        let rate = self.sectors_per_second(now);
        let left = self.total - self.done;
        let remaining = (rate > 0.0).then(|| Duration::from_secs_f64(f64::from(left.0) / rate + self.later));
        let fraction = if self.total.0 == 0 { None } else { Some(f64::from(self.done.0) / f64::from(self.total.0)) };
        self.progress(now, fraction, rate, remaining)
    }

    /// The gauge for a step of which the drive tells a fraction, or nothing.
    pub fn stepping(&self, now: Duration, fraction: Option<f64>, expected: Option<f64>) -> Progress {
        let elapsed = now.saturating_sub(self.step_began).as_secs_f64();
        let left = match (fraction, expected) {
            (Some(fraction), _) if fraction > 0.02 => Some(elapsed / fraction * (1.0 - fraction)),
            (_, Some(expected)) => Some((expected - elapsed).max(0.0)),
            _ => None,
        };
        let remaining = left.map(|left| Duration::from_secs_f64(left + self.later));
        self.progress(now, fraction, 0.0, remaining)
    }

    fn progress(&self, now: Duration, fraction: Option<f64>, rate: f64, remaining: Option<Duration>) -> Progress {
        let elapsed = now.saturating_sub(self.began);
        Progress {
            phase: self.phase.unwrap_or(Phase::Prepare),
            action: self.action.unwrap_or(DataWriteAction::ValidatingMedia),
            fraction,
            sectors_done: self.done,
            sectors_total: self.total,
            bytes_per_second: rate * self.sector_size as f64,
            times: (rate / self.family.sectors_per_second() * 10.0).round() / 10.0,
            elapsed,
            remaining,
            total: remaining.map(|remaining| elapsed + remaining),
            host_buffer: self.host,
            drive_buffer: self.drive,
            start_lba: self.start,
            sector_count: self.total,
            last_read_lba: self.last_read,
            last_written_lba: self.last_written,
        }
    }
}
