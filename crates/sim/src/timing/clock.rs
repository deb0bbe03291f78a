//! The virtual clock.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Virtual time since the drive was powered on, shared by clone. It never goes back and never moves by itself.
///
/// A test builds its host clock on the same handle, so that a host that sleeps moves the drive's world too.
///
/// ```
/// use std::time::Duration;
/// use webburn_sim::VirtualTime;
/// let time = VirtualTime::new();
/// let same = time.clone();
/// time.advance(Duration::from_secs(90));
/// assert_eq!(same.now(), Duration::from_secs(90));
/// ```
#[derive(Clone, Debug, Default)]
pub struct VirtualTime(Arc<AtomicU64>);

impl VirtualTime {
    /// A clock at zero.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Time since zero.
    #[must_use]
    pub fn now(&self) -> Duration {
        Duration::from_nanos(self.0.load(Ordering::Acquire))
    }

    /// Moves the clock forward by `by`.
    pub fn advance(&self, by: Duration) {
        let by = nanos(by);
        // The closure never refuses, so the update cannot fail.
        let _ = self.0.fetch_update(Ordering::AcqRel, Ordering::Acquire, |now| Some(now.saturating_add(by)));
    }

    /// Moves the clock forward to `to`; a time that has passed changes nothing.
    pub fn advance_to(&self, to: Duration) {
        self.0.fetch_max(nanos(to), Ordering::AcqRel);
    }
}

/// Nanoseconds, held below the largest value so that "never" stays later than any time the clock can show.
fn nanos(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX).min(u64::MAX / 2)
}
