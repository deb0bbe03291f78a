//! The ways to a drive, as one transport: the object model must not be able to tell them apart.

use std::time::Duration;

use webburn_bot::BotTransport;
use webburn_relay::RelayTransport;
use webburn_scsi::{Caps, Cdb, Completion, Data, MaybeSync, RunEnd, ScsiTransport, TransportError, Write};

use crate::js::{JsChannel, JsPipe};

/// USB or bridge.
pub enum Link {
    /// Bulk-only transport over a claimed interface.
    Usb(BotTransport<JsPipe>),
    /// Frames to the bridge.
    Bridge(RelayTransport<JsChannel>),
}

impl ScsiTransport for Link {
    fn caps(&self) -> Caps {
        match self {
            Link::Usb(usb) => usb.caps(),
            Link::Bridge(bridge) => bridge.caps(),
        }
    }

    async fn execute(&mut self, cdb: &Cdb, data: Data<'_>, limit: Duration) -> Result<Completion, TransportError> {
        match self {
            Link::Usb(usb) => usb.execute(cdb, data, limit).await,
            Link::Bridge(bridge) => bridge.execute(cdb, data, limit).await,
        }
    }

    async fn execute_run(
        &mut self,
        run: &[Write<'_>],
        limit: Duration,
        go_on: &(impl Fn() -> bool + MaybeSync),
    ) -> Result<RunEnd, TransportError> {
        match self {
            Link::Usb(usb) => usb.execute_run(run, limit, go_on).await,
            Link::Bridge(bridge) => bridge.execute_run(run, limit, go_on).await,
        }
    }
}
