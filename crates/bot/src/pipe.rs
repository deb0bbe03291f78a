//! The port below the transport: two bulk endpoints and a few control requests.

use std::future::Future;
use std::time::Duration;

use webburn_scsi::{MaybeSend, TransportError};

/// One of the two bulk endpoints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Endpoint {
    /// Bulk-in, device to host.
    In,
    /// Bulk-out, host to device.
    Out,
}

/// How a bulk transfer ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransferEnd {
    /// All bytes moved, or the device ended it with a short packet.
    Complete,
    /// The endpoint is halted until [`BulkPipe::clear_halt`].
    Stall,
    /// The device sent more than there was room for; what fitted is in the buffer, the rest is lost.
    Babble,
}

/// What became of a bulk transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transferred {
    /// Bytes that moved, also before a stall; never more than asked for.
    pub bytes: usize,
    /// How it ended.
    pub end: TransferEnd,
}

impl Transferred {
    /// Ended as it should, with `bytes`.
    #[must_use]
    pub const fn complete(bytes: usize) -> Self {
        Transferred { bytes, end: TransferEnd::Complete }
    }
    /// Halted after `bytes`.
    #[must_use]
    pub const fn stall(bytes: usize) -> Self {
        Transferred { bytes, end: TransferEnd::Stall }
    }
}

/// A claimed mass-storage interface: bulk-in, bulk-out and control, one transfer at a time.
///
/// A stall or babble is an answer ([`TransferEnd`]), not an error. Errors say that the pipe itself failed:
/// `Disconnected` (unplugged), `Closed`, `Denied`, `Timeout`, `OutOfMemory`, `Other`.
///
/// # Watchdog
/// Below floor 3 no clock is read, so the pipe keeps time: [`BulkPipe::begin_command`] tells it how long the transfers
/// that follow may take *together*, counted from that call. When that time has run out, the pending transfer ends with
/// `Timeout`. A pipe that cannot abort one transfer (WebUSB) closes the device to end it; every later call then fails
/// with `Closed` until the owner has opened the device anew.
///
/// # Drop
/// A dropped transfer may still run. The next call on the same pipe must not mix with it: a pipe either cancels the old
/// transfer or waits for its end before it begins another. What the old one brought is thrown away.
pub trait BulkPipe: MaybeSend {
    /// `wMaxPacketSize` of bulk-in: 64, 512 or 1024. The transport reads the CSW with a buffer of this size.
    fn max_packet(&self) -> usize {
        512
    }

    /// Most bytes of one command's data phase. 64 KiB: every known bridge carries it.
    fn max_transfer(&self) -> usize {
        65_536
    }

    /// The transfers from now on belong to one command and may take `limit` together. See *Watchdog* above.
    fn begin_command(&mut self, limit: Duration);

    /// Sends `data` in one transfer. A zero-length packet is *not* appended.
    ///
    /// # Errors
    /// The pipe failed; how much was sent is unknown.
    fn bulk_out(&mut self, data: &[u8]) -> impl Future<Output = Result<Transferred, TransportError>> + MaybeSend;

    /// Receives up to `into.len()` bytes in one transfer, which a short or zero-length packet ends.
    ///
    /// # Errors
    /// The pipe failed; `into` is then unspecified.
    fn bulk_in(&mut self, into: &mut [u8]) -> impl Future<Output = Result<Transferred, TransportError>> + MaybeSend;

    /// CLEAR_FEATURE(ENDPOINT_HALT): the endpoint works again, its data toggle reset.
    ///
    /// # Errors
    /// The pipe failed, or the device refused the request.
    fn clear_halt(&mut self, endpoint: Endpoint) -> impl Future<Output = Result<(), TransportError>> + MaybeSend;

    /// Class request GET MAX LUN: the byte, or `None` when the device stalled the request or sent nothing.
    ///
    /// # Errors
    /// The pipe failed.
    fn get_max_lun(&mut self) -> impl Future<Output = Result<Option<u8>, TransportError>> + MaybeSend;

    /// Class request Bulk-Only Mass Storage Reset. The halt bits stay; the transport clears them next.
    ///
    /// # Errors
    /// The pipe failed, or the device stalled the request.
    fn mass_storage_reset(&mut self) -> impl Future<Output = Result<(), TransportError>> + MaybeSend;

    /// Resets the port and makes the interface usable again: configuration set, interface claimed.
    ///
    /// # Errors
    /// The platform cannot, or the device did not come back.
    fn port_reset(&mut self) -> impl Future<Output = Result<(), TransportError>> + MaybeSend;
}
