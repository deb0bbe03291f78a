//! A transport around a transport: writes down every command, and breaks the one it is told to break.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use webburn_scsi::{
    Caps, Cdb, Completion, Data, Direction, ScsiTransport, Sense, Status, TransportError, TransportErrorKind,
};

/// One command as it went over the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The CDB.
    pub cdb: Vec<u8>,
    /// Way of the data.
    pub direction: Direction,
    /// Bytes offered or asked for.
    pub length: usize,
    /// Parameter lists in full; the data of WRITEs only as its length.
    pub data: Vec<u8>,
    /// How it ended: `None` for a broken wire.
    pub completion: Option<Completion>,
}

impl Entry {
    /// Sense key, ASC and ASCQ, where the command was refused.
    #[must_use]
    pub fn sense(&self) -> Option<(u8, u8, u8)> {
        match &self.completion.as_ref()?.status {
            Status::CheckCondition(sense) => Some(sense.triple()),
            _ => None,
        }
    }

    /// The command did what it was sent for.
    #[must_use]
    pub fn good(&self) -> bool {
        self.completion.as_ref().is_some_and(|completion| completion.status == Status::Good)
    }
}

/// What happens to one command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Break {
    /// The drive refuses it, without having done anything.
    Check(Sense),
    /// The drive does it, and its answer is replaced by this refusal: the state is not what the host thinks.
    CheckAfter(Sense),
    /// The wire breaks before the command reaches the drive.
    Lost(TransportErrorKind),
    /// The drive does it; the wire breaks before the answer comes.
    LostAfter(TransportErrorKind),
}

/// Something to do when the host sends a certain command.
type Hook = Box<dyn FnOnce() + Send>;

#[derive(Default)]
struct Inner {
    log: Vec<Entry>,
    plan: Vec<(usize, Break)>,
    hooks: Vec<(usize, Hook)>,
    dead: bool,
    stays_dead: bool,
    broken: usize,
    most: Option<usize>,
}

/// The test's end of a [`Tapped`] transport; clones share it.
#[derive(Clone, Default)]
pub struct Tap(Arc<Mutex<Inner>>);

impl std::fmt::Debug for Tap {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Tap({} commands)", self.inner().log.len())
    }
}

impl Tap {
    /// A tap that only listens.
    #[must_use]
    pub fn new() -> Self {
        Tap::default()
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Everything since the last [`Tap::restart`].
    #[must_use]
    pub fn log(&self) -> Vec<Entry> {
        self.inner().log.clone()
    }

    /// Adds a command that somebody else saw.
    pub fn note(&self, entry: Entry) {
        self.inner().log.push(entry);
    }

    /// Forgets the log and every fault: commands are counted from 0 again and the wire is whole.
    pub fn restart(&self) {
        *self.inner() = Inner::default();
    }

    /// The `index`-th command from now on breaks this way.
    pub fn break_at(&self, index: usize, how: Break) {
        self.inner().plan.push((index, how));
    }

    /// Calls `what` when the `index`-th command is about to be sent.
    pub fn when(&self, index: usize, what: impl FnOnce() + Send + 'static) {
        self.inner().hooks.push((index, Box::new(what)));
    }

    /// A host that sends more than this has lost its way: every further command fails.
    pub fn allow_at_most(&self, commands: usize) {
        self.inner().most = Some(commands);
    }

    /// The host sent more than it was allowed.
    #[must_use]
    pub fn is_flooded(&self) -> bool {
        let inner = self.inner();
        inner.most.is_some_and(|most| inner.log.len() > most)
    }

    /// Once the wire broke it stays broken (a pulled cable), until [`Tap::restart`].
    pub fn stay_dead(&self) {
        self.inner().stays_dead = true;
    }

    /// How many of the planned faults have happened.
    #[must_use]
    pub fn broken(&self) -> usize {
        self.inner().broken
    }

    fn next(&self) -> Result<Option<Break>, TransportError> {
        let at = self.inner().log.len();
        let hook = {
            let mut inner = self.inner();
            let found = inner.hooks.iter().position(|(index, _)| *index == at);
            found.map(|i| inner.hooks.remove(i).1)
        };
        // Outside the lock: a hook may look at the tap.
        if let Some(hook) = hook {
            hook();
        }
        let mut inner = self.inner();
        if inner.dead {
            return Err(TransportError::new(TransportErrorKind::Disconnected, "the cable is out"));
        }
        if inner.most.is_some_and(|most| at > most) {
            return Err(TransportError::new(TransportErrorKind::Disconnected, "too many commands"));
        }
        let found = inner.plan.iter().position(|(index, _)| *index == at);
        Ok(found.map(|i| {
            inner.broken += 1;
            inner.plan.remove(i).1
        }))
    }
}

/// A transport whose commands are written down, and broken where the [`Tap`] says so.
#[derive(Debug)]
pub struct Tapped<T> {
    inside: T,
    tap: Tap,
}

impl<T> Tapped<T> {
    /// Puts `tap` on `inside`.
    pub fn new(inside: T, tap: Tap) -> Self {
        Tapped { inside, tap }
    }

    /// The transport below.
    pub fn inside(&mut self) -> &mut T {
        &mut self.inside
    }
}

impl<T: ScsiTransport> ScsiTransport for Tapped<T> {
    fn caps(&self) -> Caps {
        // Depth 1: the default `execute_run` then sends one command after another through `execute` below.
        Caps { depth: 1, ..self.inside.caps() }
    }

    async fn execute(&mut self, cdb: &Cdb, mut data: Data<'_>, limit: Duration) -> Result<Completion, TransportError> {
        let how = self.tap.next()?;
        let is_write = matches!(cdb.opcode(), 0x2A | 0xAA | 0x2E);
        let mut entry = Entry {
            cdb: cdb.as_bytes().to_vec(),
            direction: data.direction(),
            length: data.len(),
            data: match &data {
                Data::Out(bytes) if !is_write => bytes.to_vec(),
                _ => Vec::new(),
            },
            completion: None,
        };
        let result = match how {
            Some(Break::Check(sense)) => Ok(Completion { status: Status::CheckCondition(sense), transferred: 0 }),
            Some(Break::Lost(kind)) => Err(TransportError::new(kind, "broken by the test")),
            Some(Break::CheckAfter(sense)) => {
                self.inside.execute(cdb, data.reborrow(), limit).await?;
                Ok(Completion { status: Status::CheckCondition(sense), transferred: 0 })
            }
            Some(Break::LostAfter(kind)) => {
                self.inside.execute(cdb, data.reborrow(), limit).await?;
                Err(TransportError::new(kind, "broken by the test"))
            }
            None => self.inside.execute(cdb, data, limit).await,
        };
        let mut inner = self.tap.inner();
        entry.completion = result.as_ref().ok().cloned();
        inner.log.push(entry);
        if result.is_err() && inner.stays_dead {
            inner.dead = true;
        }
        result
    }
}
