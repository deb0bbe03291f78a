//! The one way down to a simulated drive: whatever the height, the engine above it is compiled once for all tests.

use std::time::Duration;

use webburn_bot::BotTransport;
use webburn_relay::RelayTransport;
use webburn_scsi::wrap::{Fault, Faulty};
use webburn_scsi::{Caps, Cdb, Completion, Data, MaybeSync, RunEnd, ScsiTransport, TransportError, Write};
use webburn_sim::Loopback;

use crate::bot_pipe::SimPipe;
use crate::frames::MemoryChannel;
use crate::tap::{Tap, Tapped};

/// The way down to the drive.
pub enum Wire {
    /// SCSI commands.
    Loopback(Loopback),
    /// Bulk-only bytes.
    Bot(Box<BotTransport<SimPipe>>),
    /// Frames of a relay.
    Relay(Box<RelayTransport<MemoryChannel>>),
}

/// What the host talks through.
pub enum Line {
    /// As it is, several commands under way where the wire below can.
    Plain(Wire),
    /// Its commands are written down, then broken as planned, one at a time.
    Watched(Box<Tapped<Faulty<Wire>>>),
}

impl Line {
    /// How many faults of the plan were met.
    #[must_use]
    pub fn fired(&mut self) -> usize {
        match self {
            Line::Plain(_) => 0,
            Line::Watched(line) => line.inside().fired(),
        }
    }
}

impl Wire {
    /// A line that nothing breaks.
    #[must_use]
    pub fn line(self, tap: &Tap) -> Line {
        self.line_with(Vec::new(), tap)
    }

    /// A line that breaks as `plan` says.
    #[must_use]
    pub fn line_with(self, plan: Vec<Fault>, tap: &Tap) -> Line {
        Line::Watched(Box::new(Tapped::new(Faulty::new(self, plan), tap.clone())))
    }
}

impl ScsiTransport for Wire {
    fn caps(&self) -> Caps {
        match self {
            Wire::Loopback(inside) => inside.caps(),
            Wire::Bot(inside) => inside.caps(),
            Wire::Relay(inside) => inside.caps(),
        }
    }

    async fn execute(&mut self, cdb: &Cdb, data: Data<'_>, limit: Duration) -> Result<Completion, TransportError> {
        match self {
            Wire::Loopback(inside) => inside.execute(cdb, data, limit).await,
            Wire::Bot(inside) => inside.execute(cdb, data, limit).await,
            Wire::Relay(inside) => inside.execute(cdb, data, limit).await,
        }
    }

    async fn execute_run(
        &mut self,
        run: &[Write<'_>],
        limit: Duration,
        go_on: &(impl Fn() -> bool + MaybeSync),
    ) -> Result<RunEnd, TransportError> {
        match self {
            Wire::Loopback(inside) => inside.execute_run(run, limit, go_on).await,
            Wire::Bot(inside) => inside.execute_run(run, limit, go_on).await,
            Wire::Relay(inside) => inside.execute_run(run, limit, go_on).await,
        }
    }
}

impl ScsiTransport for Line {
    fn caps(&self) -> Caps {
        match self {
            Line::Plain(wire) => wire.caps(),
            Line::Watched(line) => line.caps(),
        }
    }

    async fn execute(&mut self, cdb: &Cdb, data: Data<'_>, limit: Duration) -> Result<Completion, TransportError> {
        match self {
            Line::Plain(wire) => wire.execute(cdb, data, limit).await,
            Line::Watched(line) => line.execute(cdb, data, limit).await,
        }
    }

    async fn execute_run(
        &mut self,
        run: &[Write<'_>],
        limit: Duration,
        go_on: &(impl Fn() -> bool + MaybeSync),
    ) -> Result<RunEnd, TransportError> {
        match self {
            Line::Plain(wire) => wire.execute_run(run, limit, go_on).await,
            Line::Watched(line) => line.execute_run(run, limit, go_on).await,
        }
    }
}
