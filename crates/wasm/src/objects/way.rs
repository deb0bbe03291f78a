//! The ways to a drive, the simulated one within this module among them.

use std::time::Duration;

use webburn_bot::BotTransport;
use webburn_drive::Clock;
use webburn_relay::RelayTransport;
use webburn_scsi::{Caps, Cdb, Completion, Data, MaybeSync, RunEnd, ScsiTransport, TransportError, Write};
use webburn_sim::{Loopback, VirtualTime};

use crate::js::{JsChannel, JsPipe, PageClock};

/// Longest time for which a drive that answers at once keeps the event loop from everything else.
const BREATH: Duration = Duration::from_millis(20);

/// One way.
pub enum Way {
    /// The simulated drive, its answers at once, and when the event loop last had its turn.
    Simulated(Loopback, Duration),
    /// Bulk-only transport over a claimed interface.
    Usb(BotTransport<JsPipe>),
    /// Frames to the bridge.
    Bridge(RelayTransport<JsChannel>),
}

impl Way {
    /// To a simulated drive.
    #[must_use]
    pub fn simulated(loopback: Loopback) -> Self {
        Way::Simulated(loopback, PageClock::default().now())
    }
}

/// Lets timers ring and listeners hear when it is time to.
async fn breathe(last: &mut Duration) {
    let clock = PageClock::default();
    if clock.now().saturating_sub(*last) > BREATH {
        clock.sleep(Duration::ZERO).await;
        *last = clock.now();
    }
}

impl ScsiTransport for Way {
    fn caps(&self) -> Caps {
        match self {
            Way::Simulated(loopback, _) => loopback.caps(),
            Way::Usb(usb) => usb.caps(),
            Way::Bridge(bridge) => bridge.caps(),
        }
    }

    async fn execute(&mut self, cdb: &Cdb, data: Data<'_>, limit: Duration) -> Result<Completion, TransportError> {
        match self {
            Way::Simulated(loopback, last) => {
                breathe(last).await;
                loopback.execute(cdb, data, limit).await
            }
            Way::Usb(usb) => usb.execute(cdb, data, limit).await,
            Way::Bridge(bridge) => bridge.execute(cdb, data, limit).await,
        }
    }

    async fn execute_run(
        &mut self,
        run: &[Write<'_>],
        limit: Duration,
        go_on: &(impl Fn() -> bool + MaybeSync),
    ) -> Result<RunEnd, TransportError> {
        match self {
            Way::Simulated(loopback, last) => {
                breathe(last).await;
                loopback.execute_run(run, limit, go_on).await
            }
            Way::Usb(usb) => usb.execute_run(run, limit, go_on).await,
            Way::Bridge(bridge) => bridge.execute_run(run, limit, go_on).await,
        }
    }
}

/// The clock that goes with a way.
pub enum WayClock {
    /// The simulated drive's own: waiting for it costs nothing.
    Simulated(VirtualTime),
    /// Of the page or the program.
    Real(PageClock),
}

impl Clock for WayClock {
    fn now(&self) -> Duration {
        match self {
            WayClock::Simulated(time) => time.now(),
            WayClock::Real(clock) => clock.now(),
        }
    }

    async fn sleep(&self, how_long: Duration) {
        match self {
            WayClock::Simulated(time) => time.advance(how_long),
            WayClock::Real(clock) => clock.sleep(how_long).await,
        }
    }
}
