//! The simulated drive's clock as the engine's clock: an hour of waiting costs nothing.

use std::time::Duration;

use webburn_drive::Clock;
use webburn_sim::VirtualTime;

/// Sleeping moves the drive's time.
#[derive(Clone)]
pub struct SimClock(pub VirtualTime);

impl Clock for SimClock {
    fn now(&self) -> Duration {
        self.0.now()
    }
    async fn sleep(&self, how_long: Duration) {
        self.0.advance(how_long);
    }
}
