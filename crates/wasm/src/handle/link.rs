//! The ways to a drive, as one transport: the object model must not be able to tell them apart.

use webburn_bot::BotTransport;
use webburn_relay::RelayTransport;
use webburn_scsi::one_of;

use crate::js::{JsChannel, JsPipe};

/// USB or bridge.
pub enum Link {
    /// Bulk-only transport over a claimed interface.
    Usb(BotTransport<JsPipe>),
    /// Frames to the bridge.
    Bridge(RelayTransport<JsChannel>),
}

one_of!(Link: Usb, Bridge);
