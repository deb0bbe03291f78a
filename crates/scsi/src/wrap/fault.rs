//! A transport that breaks as a plan says.

use std::fmt;
use std::time::Duration;

use crate::{Caps, Cdb, Completion, Data, ScsiTransport, Sense, Status, TransportError};

/// Changes bytes on their way from the drive.
pub type Mangler = Box<dyn Fn(&mut [u8]) + Send + Sync>;

/// What happens to a command that a [`Fault`] hits.
pub enum Effect {
    /// CHECK CONDITION with this sense; the drive never sees the command.
    Sense(Sense),
    /// The drive carries the command out, then CHECK CONDITION with this sense.
    SenseAfter(Sense),
    /// The transport fails; the drive never sees the command.
    Error(TransportError),
    /// The drive carries the command out, but its answer is lost and the transport fails.
    ErrorAfter(TransportError),
    /// The drive answers; only so many bytes of it arrive.
    Short(usize),
    /// The drive answers; the bytes that arrive are changed on the way.
    Mangle(Mangler),
    /// These bytes arrive, GOOD; the drive never sees the command.
    Answer(Vec<u8>),
    /// Any other status than GOOD and CHECK CONDITION (08h BUSY, 18h RESERVATION CONFLICT).
    Status(u8),
}

impl fmt::Debug for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Effect::Sense(sense) => write!(f, "Sense({sense})"),
            Effect::SenseAfter(sense) => write!(f, "SenseAfter({sense})"),
            Effect::Error(error) => write!(f, "Error({error})"),
            Effect::ErrorAfter(error) => write!(f, "ErrorAfter({error})"),
            Effect::Short(bytes) => write!(f, "Short({bytes})"),
            Effect::Mangle(_) => f.write_str("Mangle(…)"),
            Effect::Answer(bytes) => write!(f, "Answer({} bytes)", bytes.len()),
            Effect::Status(status) => write!(f, "Status({status:02X}h)"),
        }
    }
}

/// Which commands break, and how.
pub struct Fault {
    matches: Box<dyn Fn(&Cdb) -> bool + Send + Sync>,
    skip: usize,
    times: Option<usize>,
    effect: Effect,
    fired: usize,
}

impl Fault {
    /// The first command for which `matches` says yes.
    pub fn new(matches: impl Fn(&Cdb) -> bool + Send + Sync + 'static, effect: Effect) -> Self {
        Fault { matches: Box::new(matches), skip: 0, times: Some(1), effect, fired: 0 }
    }

    /// The first command with this operation code.
    #[must_use]
    pub fn at(opcode: u8, effect: Effect) -> Self {
        Fault::new(move |cdb| cdb.opcode() == opcode, effect)
    }

    /// The first command of any kind.
    #[must_use]
    pub fn any(effect: Effect) -> Self {
        Fault::new(|_| true, effect)
    }

    /// Lets `skip` matching commands pass before.
    #[must_use]
    pub fn after(mut self, skip: usize) -> Self {
        self.skip = skip;
        self
    }

    /// So many times, not once.
    #[must_use]
    pub fn times(mut self, times: usize) -> Self {
        self.times = Some(times);
        self
    }

    /// Every time.
    #[must_use]
    pub fn always(mut self) -> Self {
        self.times = None;
        self
    }

    fn hit(&mut self, cdb: &Cdb) -> bool {
        if self.times == Some(0) || !(self.matches)(cdb) {
            return false;
        }
        if self.skip > 0 {
            self.skip -= 1;
            return false;
        }
        self.times = self.times.map(|times| times - 1);
        self.fired += 1;
        true
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fault({:?}, skip {}, times {:?}, fired {})", self.effect, self.skip, self.times, self.fired)
    }
}

/// Breaks the commands that its faults hit; the first fault of the plan that hits decides. Runs are carried out one
/// command at a time, so that each can break.
#[derive(Debug)]
pub struct Faulty<T> {
    inner: T,
    plan: Vec<Fault>,
}

impl<T> Faulty<T> {
    /// Wraps a transport.
    #[must_use]
    pub const fn new(inner: T, plan: Vec<Fault>) -> Self {
        Faulty { inner, plan }
    }

    /// Adds to the plan.
    pub fn add(&mut self, fault: Fault) {
        self.plan.push(fault);
    }

    /// How many commands were hit so far. A test whose fault never fired proves nothing.
    #[must_use]
    pub fn fired(&self) -> usize {
        self.plan.iter().map(|fault| fault.fired).sum()
    }

    /// The transport within.
    pub const fn inner(&mut self) -> &mut T {
        &mut self.inner
    }

    /// The transport, and the end of faults.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.inner
    }
}

impl<T: ScsiTransport> ScsiTransport for Faulty<T> {
    fn caps(&self) -> Caps {
        Caps { depth: 1, ..self.inner.caps() }
    }

    async fn execute(&mut self, cdb: &Cdb, mut data: Data<'_>, limit: Duration) -> Result<Completion, TransportError> {
        // Every fault counts the commands it matches, also when an earlier one of the plan decides.
        let mut decides = None;
        for (at, fault) in self.plan.iter_mut().enumerate() {
            if decides.is_none() && fault.hit(cdb) {
                decides = Some(at);
            }
        }
        let Some(fault) = decides.map(|at| &self.plan[at]) else {
            return self.inner.execute(cdb, data, limit).await;
        };
        match &fault.effect {
            Effect::Sense(sense) => Ok(Completion::check(sense.clone(), 0)),
            Effect::Error(error) => Err(error.clone()),
            Effect::Status(status) => Ok(Completion { status: Status::Other(*status), transferred: 0 }),
            Effect::Answer(bytes) => Ok(Completion::good(fill(&mut data, bytes))),
            Effect::SenseAfter(sense) => {
                let done = self.inner.execute(cdb, data, limit).await?;
                Ok(Completion::check(sense.clone(), done.transferred))
            }
            Effect::ErrorAfter(error) => {
                self.inner.execute(cdb, data, limit).await?;
                Err(error.clone())
            }
            Effect::Short(most) => {
                let done = self.inner.execute(cdb, data, limit).await?;
                Ok(Completion { transferred: done.transferred.min(*most), ..done })
            }
            Effect::Mangle(change) => {
                let done = self.inner.execute(cdb, data.reborrow(), limit).await?;
                if let Data::In(bytes) = data {
                    let arrived = done.transferred.min(bytes.len());
                    change(&mut bytes[..arrived]);
                }
                Ok(done)
            }
        }
    }
}

/// Puts `bytes` where the host waits for data; says how many found room.
fn fill(data: &mut Data<'_>, bytes: &[u8]) -> usize {
    match data {
        Data::In(into) => {
            let room = bytes.len().min(into.len());
            into[..room].copy_from_slice(&bytes[..room]);
            room
        }
        Data::Out(from) => from.len(),
        Data::None => 0,
    }
}
