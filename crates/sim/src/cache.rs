//! The drive's buffer: filled by the host, emptied by the laser.

use std::time::Duration;

/// The state of the buffer.
#[derive(Clone, Copy, Debug)]
pub struct Cache {
    capacity: u64,
    fill: u64,
    /// Up to when draining is accounted for.
    at: Duration,
    /// The laser writes from then on; `None`: it waits for the buffer to fill.
    writing_from: Option<Duration>,
    /// Something was put in since the last flush.
    streaming: bool,
    /// It ran empty while the laser was writing, this many times.
    pub ran_empty: u32,
    /// It has been full since the last flush.
    pub was_full: bool,
}

impl Cache {
    /// An empty one of so many KiB.
    #[must_use]
    pub const fn new(kib: u32) -> Self {
        Cache {
            capacity: kib as u64 * 1024,
            fill: 0,
            at: Duration::ZERO,
            writing_from: None,
            streaming: false,
            ran_empty: 0,
            was_full: false,
        }
    }

    /// Bytes it holds when full.
    pub const fn capacity(&self) -> u64 {
        self.capacity
    }

    /// Bytes in it.
    pub const fn fill(&self) -> u64 {
        self.fill
    }

    /// Writing has begun and not been flushed.
    pub const fn is_streaming(&self) -> bool {
        self.streaming
    }

    /// Lets the laser write until `now` at `rate` bytes per second. Returns whether the buffer ran empty meanwhile.
    pub fn drain(&mut self, now: Duration, rate: u64) -> bool {
        let Some(from) = self.writing_from else {
            self.at = now;
            return false;
        };
        let from = from.max(self.at);
        if now <= from {
            return false;
        }
        self.at = now;
        let possible = bytes_in(now - from, rate);
        if possible >= self.fill && self.streaming {
            let emptied = self.fill > 0 || possible > 0;
            self.fill = 0;
            // The laser pauses and starts again when the buffer has filled up.
            self.writing_from = None;
            self.ran_empty += u32::from(emptied);
            return emptied;
        }
        self.fill -= possible.min(self.fill);
        false
    }

    /// How long until `len` more bytes fit, at `rate` bytes per second, seen from `now`.
    pub fn wait_for(&self, len: u64, rate: u64, now: Duration) -> Duration {
        let over = (self.fill + len.min(self.capacity)).saturating_sub(self.capacity);
        if over == 0 {
            return Duration::ZERO;
        }
        let start = self.writing_from.map_or(Duration::ZERO, |from| from.saturating_sub(now));
        start + time_for(over, rate)
    }

    /// Takes `len` bytes. The laser starts once the buffer is three quarters full, `run_up` after that.
    pub fn put(&mut self, len: u64, now: Duration, run_up: Duration) {
        self.streaming = true;
        self.fill = (self.fill + len).min(self.capacity);
        if self.writing_from.is_none() && self.fill >= self.capacity / 4 * 3 {
            self.writing_from = Some(now + run_up);
            self.at = now;
        }
        self.was_full |= self.fill + len >= self.capacity;
    }

    /// How long it takes to empty it.
    pub fn flush_time(&self, rate: u64, now: Duration) -> Duration {
        if self.fill == 0 {
            return Duration::ZERO;
        }
        let start = self.writing_from.map_or(Duration::ZERO, |from| from.saturating_sub(now));
        start + time_for(self.fill, rate)
    }

    /// It is empty and the laser off.
    pub fn flushed(&mut self) {
        *self = Cache { at: self.at, ran_empty: self.ran_empty, ..Cache::new((self.capacity / 1024) as u32) };
    }
}

/// Bytes written in a time.
pub fn bytes_in(time: Duration, rate: u64) -> u64 {
    (time.as_nanos().saturating_mul(u128::from(rate)) / 1_000_000_000).min(u128::from(u64::MAX)) as u64
}

/// Time to write bytes.
pub fn time_for(bytes: u64, rate: u64) -> Duration {
    let nanos = u128::from(bytes) * 1_000_000_000 / u128::from(rate.max(1));
    Duration::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX))
}
