//! The ways to a drive, the simulated one within this module among them.

use std::time::Duration;

use webburn_bot::BotTransport;
use webburn_drive::Clock;
use webburn_relay::RelayTransport;
use webburn_scsi::{Caps, Cdb, Completion, Data, ScsiTransport, TransportError, one_of};
use webburn_sim::{Loopback, VirtualTime};

use crate::js::{JsChannel, JsPipe, PageClock};

/// Longest time for which a drive that answers at once keeps the event loop from everything else.
const BREATH: Duration = Duration::from_millis(20);

/// One way.
pub enum Way {
    /// The simulated drive.
    Simulated(Breathing),
    /// Bulk-only transport over a claimed interface.
    Usb(BotTransport<JsPipe>),
    /// Frames to the bridge.
    Bridge(RelayTransport<JsChannel>),
}

one_of!(Way: Simulated, Usb, Bridge);

impl Way {
    /// To a simulated drive.
    #[must_use]
    pub fn simulated(loopback: Loopback) -> Self {
        Way::Simulated(Breathing { loopback, last: PageClock::default().now() })
    }
}

/// The simulated drive, whose answers come at once: timers ring and listeners hear between them when it is time to.
pub struct Breathing {
    loopback: Loopback,
    /// When the event loop last had its turn.
    last: Duration,
}

impl ScsiTransport for Breathing {
    fn caps(&self) -> Caps {
        self.loopback.caps()
    }

    async fn execute(&mut self, cdb: &Cdb, data: Data<'_>, limit: Duration) -> Result<Completion, TransportError> {
        let clock = PageClock::default();
        if clock.now().saturating_sub(self.last) > BREATH {
            clock.sleep(Duration::ZERO).await;
            self.last = clock.now();
        }
        self.loopback.execute(cdb, data, limit).await
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
