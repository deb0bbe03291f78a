//! The port below the client: whole frames, in order.

use std::future::Future;
use std::time::Duration;

use webburn_scsi::{MaybeSend, TransportError};

/// An ordered, reliable channel of binary frames, such as a WebSocket.
///
/// Errors say that the channel failed: `Disconnected` when the far end is gone, `Closed` when it was closed here,
/// `Timeout` when nothing came in time.
pub trait FrameChannel: MaybeSend {
    /// Sends one frame made of `parts`, one after the other. It may be queued; it need not have left.
    ///
    /// # Errors
    /// The channel failed.
    ///
    /// # Drop
    /// A dropped `send` has queued the whole frame or nothing of it.
    fn send(&mut self, parts: &[&[u8]]) -> impl Future<Output = Result<(), TransportError>> + MaybeSend;

    /// Receives the next frame into `into`, whose old content is thrown away, waiting no longer than `limit`.
    ///
    /// # Errors
    /// The channel failed, or `Timeout`; a frame that comes later is kept for the next call.
    ///
    /// # Drop
    /// A dropped `recv` loses no frame.
    fn recv(
        &mut self,
        into: &mut Vec<u8>,
        limit: Duration,
    ) -> impl Future<Output = Result<(), TransportError>> + MaybeSend;

    /// Whether the far end takes several request frames in one `send`. It may then answer with several reply frames in
    /// one message.
    fn packs(&self) -> bool {
        false
    }

    /// Tags and epochs as far as they are used up, where several clients use the channel one after the other. A channel of
    /// one client need not know.
    fn used(&self) -> Option<Used> {
        None
    }

    /// Remembers what is used up now.
    fn use_up(&mut self, _used: Used) {}
}

/// How far tags and epochs of requests have come on a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Used {
    /// The next tag.
    pub tag: u32,
    /// The present epoch.
    pub epoch: u32,
}
