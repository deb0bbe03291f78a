//! The far end: takes a frame, asks the policy, obeys, gives the reply frame.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use webburn_scsi::{Data, Direction, ScsiTransport, TransportError, TransportErrorKind};

use crate::policy;
use crate::wire::{self, Ended, FrameError, REPLY_HEAD, Request};

/// The longest patience a client may ask for: closing a large disc takes up to an hour, formatting up to five.
const LIMIT_MAX: Duration = Duration::from_secs(6 * 3600);

/// Looks at frames as they arrive, ahead of the loop that serves them. Cheap to clone, one for each connection.
///
/// A client that has moved on to a new epoch, or has gone, does not want the rest of the old one: frames that wait in a
/// queue are then answered "not carried out". Without an intake a server still keeps the epoch rule, only later.
#[derive(Clone, Debug, Default)]
pub struct Intake(Arc<State>);

#[derive(Debug, Default)]
struct State {
    newest: AtomicU32,
    gone: AtomicBool,
}

impl Intake {
    /// A frame has arrived and will be served in its turn.
    pub fn note(&self, frame: &[u8]) {
        if let Some(epoch) = Request::peek_epoch(frame) {
            self.0.newest.store(epoch, Ordering::Release);
        }
    }

    /// The client is gone: nothing that still waits is carried out.
    pub fn close(&self) {
        self.0.gone.store(true, Ordering::Release);
    }

    fn is_stale(&self, epoch: u32) -> bool {
        let newest = self.0.newest.load(Ordering::Acquire);
        self.0.gone.load(Ordering::Acquire) || newest.wrapping_sub(epoch).wrapping_sub(1) < u32::MAX / 2
    }
}

/// What became of a frame, for a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Served {
    /// The request.
    pub request: Request,
    /// How it ended.
    pub ended: Ended,
}

/// One connection's far end. The drive's transport is lent to each call, for it outlives connections.
#[derive(Debug, Default)]
pub struct Server {
    intake: Intake,
    /// The epoch in which a command did not end GOOD.
    poisoned: Option<u32>,
}

impl Server {
    /// For a new connection.
    #[must_use]
    pub fn new() -> Self {
        Server::default()
    }

    /// The intake of this connection.
    #[must_use]
    pub fn intake(&self) -> Intake {
        self.intake.clone()
    }

    /// Serves one request frame; its reply frame is put behind what `message` holds, even when the request is refused.
    ///
    /// Data goes from the frame to the transport and from the transport into the reply without a copy between.
    ///
    /// # Errors
    /// [`FrameError`] when it is no request frame: the connection is to be closed, nothing was carried out.
    ///
    /// # Drop
    /// As the transport's.
    pub async fn serve<T: ScsiTransport>(
        &mut self,
        transport: &mut T,
        frame: &[u8],
        message: &mut Vec<u8>,
    ) -> Result<Served, FrameError> {
        let (request, out) = Request::decode(frame)?;
        let mut data_len = 0;
        let data_in = if request.direction == Direction::In { request.length as usize } else { 0 };
        let at = wire::begin_reply(message, data_in);
        let ended = if self.poisoned == Some(request.epoch) || self.intake.is_stale(request.epoch) {
            Ended::NotExecuted
        } else if let Err(refused) = policy::check(&request.cdb, request.direction, request.length as usize, out) {
            Ended::Failed(TransportError::new(TransportErrorKind::Forbidden, refused.to_string()))
        } else {
            let data = match request.direction {
                Direction::None => Data::None,
                Direction::In => Data::In(&mut message[at + REPLY_HEAD..]),
                Direction::Out => Data::Out(out),
            };
            let limit = Duration::from_millis(request.timeout_ms.into()).min(LIMIT_MAX);
            match transport.execute(&request.cdb, data, limit).await {
                Ok(completion) => {
                    if request.direction == Direction::In {
                        data_len = completion.transferred;
                    }
                    Ended::Completed(completion)
                }
                Err(error) => Ended::Failed(error),
            }
        };
        wire::finish_reply(message, at, request.tag, &ended, data_len);
        if !matches!(&ended, Ended::Completed(completion) if completion.is_good()) {
            self.poisoned = Some(request.epoch);
        }
        Ok(Served { request, ended })
    }
}
