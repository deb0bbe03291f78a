//! The one way down to a simulated drive: whatever the height, the engine above it is compiled once for all tests.

use webburn_bot::BotTransport;
use webburn_relay::RelayTransport;
use webburn_scsi::one_of;
use webburn_scsi::wrap::{Fault, Faulty};
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

one_of!(Wire: Loopback, Bot, Relay);
one_of!(Line: Plain, Watched);
