//! A simulated drive as a transport, at the pace asked for.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use webburn_scsi::{
    Caps, Cdb, Completion, Data, Direction, Reply, ScsiTransport, Target, TransportError, TransportErrorKind,
};
use webburn_sim::{Pace, Pacer, SharedSim};

use super::Simulated;

/// Commands to a simulated drive. As with a real one, they block the calling thread until the drive has answered.
///
/// With a real pace the wall clock moves the drive's time; otherwise the drive's time jumps to each answer at once.
///
/// # Drop
/// A command runs to its end inside the call.
pub struct SimTransport {
    sim: SharedSim,
    pacer: Pacer,
    zero: Instant,
    reply: Reply,
    keeper: Arc<Simulated>,
}

impl fmt::Debug for SimTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SimTransport").field("pacer", &self.pacer).finish_non_exhaustive()
    }
}

impl SimTransport {
    pub(super) fn new(keeper: Arc<Simulated>, sim: SharedSim, pace: Pace) -> Self {
        let zero = Instant::now();
        let now = sim.with(|drive| drive.now());
        SimTransport { sim, pacer: Pacer::new(pace, Duration::ZERO, now), zero, reply: Reply::default(), keeper }
    }

    fn paced(&self) -> bool {
        matches!(self.pacer.pace(), Pace::Real { .. })
    }
}

impl ScsiTransport for SimTransport {
    fn caps(&self) -> Caps {
        Caps { max_transfer: 1 << 20, alignment: 1, depth: 1 }
    }

    async fn execute(&mut self, cdb: &Cdb, data: Data<'_>, limit: Duration) -> Result<Completion, TransportError> {
        let room = if let Data::In(into) = &data { into.len() } else { 0 };
        let out = if let Data::Out(from) = &data { from } else { &[][..] };
        self.reply.reset(room);
        let (paced, reply, wall, pacer) = (self.paced(), &mut self.reply, self.zero.elapsed(), &self.pacer);
        let (outcome, begun, due) = self.sim.with(|drive| {
            if paced {
                drive.advance_to(pacer.virtual_at(wall));
            }
            let begun = drive.now();
            let outcome = drive.obey(cdb.as_bytes(), out, reply);
            let due = drive.delivered_at();
            if !paced && due != Duration::MAX {
                drive.advance_to(due);
            }
            (outcome, begun, due)
        });
        self.keeper.obeyed(cdb.opcode());

        let late = TransportError::new(TransportErrorKind::Timeout, format!("command {cdb}"));
        if paced {
            let wait = pacer.wall_wait(due, wall);
            std::thread::sleep(wait.min(limit));
            if wait > limit {
                return Err(late);
            }
        } else if due.saturating_sub(begun) > limit {
            return Err(late);
        }

        let is_in = data.direction() == Direction::In;
        if let Data::In(into) = data {
            let got = self.reply.as_bytes();
            into[..got.len()].copy_from_slice(got);
        }
        Ok(outcome.into_completion(self.reply.as_bytes().len(), is_in))
    }
}
