//! The shortest wire: a transport that is nothing but this drive.

use std::future::{Future, ready};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use webburn_scsi::{
    Caps, Cdb, Completion, Data, Direction, MaybeSend, Reply, ScsiTransport, Target, TransportError, TransportErrorKind,
};

use crate::drive::SimDrive;
use crate::timing::VirtualTime;

/// A drive that a test looks at while a host uses it. Cheap to clone.
#[derive(Clone, Debug)]
pub struct SharedSim(Arc<Mutex<SimDrive>>);

impl SharedSim {
    /// Shares `drive`.
    #[must_use]
    pub fn new(drive: SimDrive) -> Self {
        SharedSim(Arc::new(Mutex::new(drive)))
    }

    fn lock(&self) -> MutexGuard<'_, SimDrive> {
        // A panic elsewhere leaves the drive as it was between two statements; a test may still look at it.
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Lets `look` at the drive, with everything carried out that has become due. Not to be nested.
    pub fn with<R>(&self, look: impl FnOnce(&mut SimDrive) -> R) -> R {
        let mut drive = self.lock();
        drive.settle();
        look(&mut drive)
    }

    /// The drive's clock.
    #[must_use]
    pub fn time(&self) -> VirtualTime {
        self.lock().time()
    }
}

/// Carries commands to a [`SharedSim`] and jumps the clock to the delivery of each answer.
///
/// A command that is not answered within its limit, by the virtual clock, ends with
/// [`TransportErrorKind::Timeout`]; the clock has then moved by the limit and the drive has been reset by the bus. A
/// pulled cable ends with [`TransportErrorKind::Disconnected`].
#[derive(Debug)]
pub struct Loopback {
    sim: SharedSim,
    reply: Reply,
    max_transfer: usize,
}

impl Loopback {
    /// A wire to `sim` that carries 64 KiB at once.
    #[must_use]
    pub fn new(sim: SharedSim) -> Self {
        Loopback { sim, reply: Reply::default(), max_transfer: 65_536 }
    }

    /// The same with another largest transfer.
    #[must_use]
    pub fn with_max_transfer(mut self, bytes: usize) -> Self {
        self.max_transfer = bytes;
        self
    }

    /// The drive at the other end.
    #[must_use]
    pub const fn sim(&self) -> &SharedSim {
        &self.sim
    }

    fn run(&mut self, cdb: &Cdb, data: Data<'_>, limit: Duration) -> Result<Completion, TransportError> {
        let mut drive = self.sim.lock();
        let begun =
            drive.now().max(if drive.delivered_at() == Duration::MAX { Duration::ZERO } else { drive.delivered_at() });
        let direction = data.direction();
        let (out, room): (&[u8], usize) = match &data {
            Data::Out(bytes) => (bytes, 0),
            Data::In(into) => (&[], into.len()),
            Data::None => (&[], 0),
        };
        self.reply.reset(room);
        let outcome = drive.obey(cdb.as_bytes(), out, &mut self.reply);
        if drive.is_unplugged() {
            return Err(TransportError::new(TransportErrorKind::Disconnected, "the cable is out"));
        }
        let due = drive.delivered_at();
        if due.saturating_sub(begun) > limit {
            drive.advance_to(begun.saturating_add(limit));
            drive.bus_reset();
            return Err(TransportError::new(TransportErrorKind::Timeout, format!("{limit:?} by the drive's clock")));
        }
        drive.advance_to(due);
        let received = self.reply.as_bytes().len();
        if let Data::In(into) = data {
            into[..received].copy_from_slice(self.reply.as_bytes());
        }
        Ok(outcome.into_completion(received, direction == Direction::In))
    }
}

impl ScsiTransport for Loopback {
    fn caps(&self) -> Caps {
        Caps { max_transfer: self.max_transfer, alignment: 1, depth: 1 }
    }

    fn execute(
        &mut self,
        cdb: &Cdb,
        data: Data<'_>,
        limit: Duration,
    ) -> impl Future<Output = Result<Completion, TransportError>> + MaybeSend {
        ready(self.run(cdb, data, limit))
    }
}
