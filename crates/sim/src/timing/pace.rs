//! How a carrier follows the virtual clock.

use std::time::Duration;

/// At what pace virtual time passes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Pace {
    /// Only by what commands cost and by who moves [`crate::VirtualTime`]. For tests.
    #[default]
    Virtual,
    /// As `Virtual`, and each poll of a long operation brings it half nearer to its end: for a host that sleeps by a
    /// clock of its own and shall not wait minutes for a close that nothing measures. Two polls still see it at work.
    Instant,
    /// With the wall clock, `factor` times as fast.
    Real {
        /// 1.0 is a real drive's pace.
        factor: f64,
    },
}

/// Maps the time on the wall to virtual time, for adapters that have a clock. Holds no clock itself.
#[derive(Clone, Copy, Debug)]
pub struct Pacer {
    pace: Pace,
    wall: Duration,
    virtual_: Duration,
}

impl Pacer {
    /// From now on: `wall_now` (any zero) and `virtual_now` are the same moment.
    #[must_use]
    pub const fn new(pace: Pace, wall_now: Duration, virtual_now: Duration) -> Self {
        Pacer { pace, wall: wall_now, virtual_: virtual_now }
    }

    /// The pace.
    #[must_use]
    pub const fn pace(&self) -> Pace {
        self.pace
    }

    /// The virtual time at `wall_now`. Hand it to [`crate::SimDrive::advance_to`] before each command.
    #[must_use]
    pub fn virtual_at(&self, wall_now: Duration) -> Duration {
        match self.pace {
            Pace::Virtual | Pace::Instant => self.virtual_,
            Pace::Real { factor } => self.virtual_ + scaled(wall_now.saturating_sub(self.wall), factor),
        }
    }

    /// How long to wait by the wall clock until `delivered_at`; zero when it has passed or the pace knows no waiting.
    #[must_use]
    pub fn wall_wait(&self, delivered_at: Duration, wall_now: Duration) -> Duration {
        match self.pace {
            Pace::Virtual | Pace::Instant => Duration::ZERO,
            Pace::Real { .. } if delivered_at == Duration::MAX => Duration::MAX,
            Pace::Real { factor } => {
                let left = delivered_at.saturating_sub(self.virtual_at(wall_now));
                if factor > 0.0 { scaled(left, 1.0 / factor) } else { Duration::MAX }
            }
        }
    }
}

fn scaled(time: Duration, factor: f64) -> Duration {
    Duration::try_from_secs_f64((time.as_secs_f64() * factor).max(0.0)).unwrap_or(Duration::MAX)
}
