//! The host-side port: how a command reaches a drive.

use std::fmt;
use std::future::Future;
use std::time::Duration;

use crate::{Cdb, MaybeSend, MaybeSync, Sense};

/// The data phase of a command on its way through a transport.
#[derive(Debug)]
pub enum Data<'a> {
    /// No data phase.
    None,
    /// Room for what the drive sends.
    In(&'a mut [u8]),
    /// What the drive is sent.
    Out(&'a [u8]),
}

/// Which way the data of a command goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// No data phase.
    None,
    /// From the drive to the host.
    In,
    /// From the host to the drive.
    Out,
}

impl Data<'_> {
    /// The direction.
    #[must_use]
    pub const fn direction(&self) -> Direction {
        match self {
            Data::None => Direction::None,
            Data::In(_) => Direction::In,
            Data::Out(_) => Direction::Out,
        }
    }

    /// Bytes asked for or offered.
    #[must_use]
    pub const fn len(&self) -> usize {
        match self {
            Data::None => 0,
            Data::In(into) => into.len(),
            Data::Out(from) => from.len(),
        }
    }

    /// No byte is to move.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The same data phase for a shorter time, to hand it on without giving it away.
    pub fn reborrow(&mut self) -> Data<'_> {
        match self {
            Data::None => Data::None,
            Data::In(into) => Data::In(into),
            Data::Out(from) => Data::Out(from),
        }
    }
}

/// SCSI status of a finished command (SAM-5, 5.3). Drives on our transports send only these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// GOOD (00h).
    Good,
    /// CHECK CONDITION (02h) and the sense that goes with it.
    CheckCondition(Sense),
    /// BUSY (08h), RESERVATION CONFLICT (18h) and other rarities, by number.
    Other(u8),
}

/// How a command ended: the transport worked and the drive has answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What the drive said.
    pub status: Status,
    /// Bytes that truly moved and matter, after the residue; never more than were asked for.
    pub transferred: usize,
}

impl Completion {
    /// GOOD status with `transferred` bytes.
    #[must_use]
    pub const fn good(transferred: usize) -> Self {
        Completion { status: Status::Good, transferred }
    }
    /// CHECK CONDITION with `sense`.
    #[must_use]
    pub const fn check(sense: Sense, transferred: usize) -> Self {
        Completion { status: Status::CheckCondition(sense), transferred }
    }
    /// The drive did what it was told.
    #[must_use]
    pub const fn is_good(&self) -> bool {
        matches!(self.status, Status::Good)
    }
}

/// What kind of trouble kept a command from being answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TransportErrorKind {
    /// No answer within the limit. Whether the command was carried out is unknown.
    Timeout,
    /// The drive is gone: unplugged, the bridge ended, the connection broke.
    Disconnected,
    /// The handle was closed or the interface released under us.
    Closed,
    /// Another client holds the drive; the detail names it where known.
    Locked,
    /// The other end answered, but not in the language agreed on (signature, tag, length, order).
    Protocol,
    /// The browser or the system does not allow it.
    Denied,
    /// The command is not on the list of those that may be sent.
    Forbidden,
    /// No memory for the transfer.
    OutOfMemory,
    /// Anything else the platform said.
    Other,
}

/// The wire broke. Kept apart from what the *drive* says, which is a [`Completion`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransportError {
    /// What kind of trouble, for programs.
    pub kind: TransportErrorKind,
    /// What was seen, for the fold-out and the trace.
    pub detail: String,
}

impl TransportError {
    /// Puts the two together.
    pub fn new(kind: TransportErrorKind, detail: impl Into<String>) -> Self {
        TransportError { kind, detail: detail.into() }
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            TransportErrorKind::Timeout => "no answer in time",
            TransportErrorKind::Disconnected => "the drive is gone",
            TransportErrorKind::Closed => "the connection to the drive was closed",
            TransportErrorKind::Locked => "another program holds the drive",
            TransportErrorKind::Protocol => "the connection to the drive is out of step",
            TransportErrorKind::Denied => "access to the drive is denied",
            TransportErrorKind::Forbidden => "the command may not be sent",
            TransportErrorKind::OutOfMemory => "out of memory",
            TransportErrorKind::Other => "the connection to the drive failed",
        };
        if self.detail.is_empty() { f.write_str(kind) } else { write!(f, "{kind}: {}", self.detail) }
    }
}

impl std::error::Error for TransportError {}

/// What a transport can carry at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caps {
    /// Most bytes of one command's data phase.
    pub max_transfer: usize,
    /// Alignment that data buffers need, in bytes, a power of two.
    pub alignment: usize,
    /// Most commands of a run ([`ScsiTransport::execute_run`]) under way at once.
    pub depth: usize,
}

/// One command of a run: data to the drive.
#[derive(Clone, Copy, Debug)]
pub struct Write<'a> {
    /// The command, a WRITE(10) or WRITE(12).
    pub cdb: Cdb,
    /// Its data.
    pub data: &'a [u8],
}

/// How a run of commands ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunEnd {
    /// How many commands from the front of the run ended GOOD.
    pub good: usize,
    /// The first completion that was not GOOD. No later command of the run was carried out.
    pub stopped_by: Option<Completion>,
}

/// Host side: carries commands to one drive, one run at a time (`&mut self` is the queue).
///
/// Autosense is the transport's duty: a CHECK CONDITION arrives with its sense. `limit` is how long the *command* may
/// take, by the patience of its kind; a transport that cannot cut a command short (WebUSB) closes the device instead.
///
/// # Drop
/// A dropped `execute` leaves the bus out of step. The next call begins by bringing it back into step, or fails with
/// [`TransportErrorKind::Protocol`] for good; it never takes an old answer for a new one.
pub trait ScsiTransport: MaybeSend {
    /// What this transport can carry.
    fn caps(&self) -> Caps;

    /// Sends one command and waits for its end.
    ///
    /// # Errors
    /// [`TransportError`] when the wire broke. What the drive refused is a [`Completion`], not an error.
    fn execute(
        &mut self,
        cdb: &Cdb,
        data: Data<'_>,
        limit: Duration,
    ) -> impl Future<Output = Result<Completion, TransportError>> + MaybeSend;

    /// Sends commands with data to the drive one after another, up to `caps().depth` of them under way, and stops at the
    /// first that does not end GOOD or when `go_on` says no between two commands. After such a stop, no later command of
    /// the run has been carried out: a transport with depth above 1 must see to that at its far end.
    ///
    /// # Errors
    /// As [`ScsiTransport::execute`]; how many commands the drive took is then unknown and must be asked of the drive.
    fn execute_run(
        &mut self,
        run: &[Write<'_>],
        limit: Duration,
        go_on: &(impl Fn() -> bool + MaybeSync),
    ) -> impl Future<Output = Result<RunEnd, TransportError>> + MaybeSend {
        async move {
            let mut good = 0;
            for write in run {
                if !go_on() {
                    break;
                }
                let completion = self.execute(&write.cdb, Data::Out(write.data), limit).await?;
                if !completion.is_good() {
                    return Ok(RunEnd { good, stopped_by: Some(completion) });
                }
                good += 1;
            }
            Ok(RunEnd { good, stopped_by: None })
        }
    }
}
