//! One drive, one disc, one wire with faults: the same closure at SCSI loopback and as bulk-only bytes.

use std::time::Duration;

use webburn_bot::{BotOptions as HostOptions, BotTransport};
use webburn_imapi::{DiscFormat2Data, DiscRecorder2};
use webburn_scsi::wrap::{Fault, Faulty};
use webburn_scsi::{Caps, Cdb, Completion, Data, ScsiTransport, TransportError};
use webburn_sim::usb::BotOptions;
use webburn_sim::{Disc, Loopback, Personality, SharedSim, SimDrive};

use crate::bot_pipe::SimPipe;
use crate::clock::SimClock;
use crate::tap::{Tap, Tapped};

/// The way down to the drive.
pub enum Wire {
    /// SCSI commands.
    Loopback(Loopback),
    /// Bulk-only bytes.
    Bot(Box<BotTransport<SimPipe>>),
}

impl ScsiTransport for Wire {
    fn caps(&self) -> Caps {
        match self {
            Wire::Loopback(inside) => inside.caps(),
            Wire::Bot(inside) => inside.caps(),
        }
    }
    async fn execute(&mut self, cdb: &Cdb, data: Data<'_>, limit: Duration) -> Result<Completion, TransportError> {
        match self {
            Wire::Loopback(inside) => inside.execute(cdb, data, limit).await,
            Wire::Bot(inside) => inside.execute(cdb, data, limit).await,
        }
    }
}

/// What the host talks through: its commands are written down, then broken as planned.
pub type Line = Tapped<Faulty<Wire>>;
/// A recorder on that line.
pub type Recorder = DiscRecorder2<Line, SimClock>;
/// A data writer on that line.
pub type Writer = DiscFormat2Data<Line, SimClock>;

/// A simulated drive at one height.
pub struct Rig {
    /// `loopback` or `bot`, for messages.
    pub height: &'static str,
    /// The drive with its disc.
    pub sim: SharedSim,
    /// What the host sent.
    pub tap: Tap,
}

/// Runs `what` with a fresh drive and `medium`, once at each height.
pub fn both(medium: &str, what: impl Fn(&Rig)) {
    both_on("bd-burner", medium, what);
}

/// The same with another drive.
pub fn both_on(drive: &str, medium: &str, what: impl Fn(&Rig)) {
    for height in ["loopback", "bot"] {
        let mut drive = SimDrive::new(Personality::by_id(drive).expect("a known drive"));
        if let Some(disc) = Disc::from_id(medium).expect("a known medium") {
            drive.load(disc);
        }
        what(&Rig { height, sim: SharedSim::new(drive), tap: Tap::new() });
    }
}

impl Rig {
    /// A recorder whose line breaks as `plan` says. The tap begins anew behind its first commands.
    #[must_use]
    pub fn recorder(&self, plan: Vec<Fault>) -> Recorder {
        let wire = if self.height == "bot" {
            let pipe = SimPipe::new(self.sim.clone(), BotOptions::default());
            Wire::Bot(Box::new(BotTransport::new(pipe, HostOptions::default())))
        } else {
            Wire::Loopback(Loopback::new(self.sim.clone()))
        };
        let line = Tapped::new(Faulty::new(wire, plan), self.tap.clone());
        let made = DiscRecorder2::initialize("sim", line, SimClock(self.sim.time()));
        let recorder = pollster::block_on(made).expect("a drive");
        self.tap.restart();
        recorder
    }

    /// A data writer with a name on [`Rig::recorder`].
    #[must_use]
    pub fn writer(&self, plan: Vec<Fault>) -> Writer {
        let data = DiscFormat2Data::new();
        data.set_recorder(Some(self.recorder(plan))).expect("idle");
        data.set_client_name("webburn-tests").expect("a good name");
        data
    }

    /// How many commands with this operation code were sent.
    #[must_use]
    pub fn sent(&self, opcode: u8) -> usize {
        self.tap.log().iter().filter(|entry| entry.cdb[0] == opcode).count()
    }

    /// Whether anything was sent that changes a disc: WRITE, BLANK, FORMAT UNIT, CLOSE, RESERVE, SEND OPC or a cue sheet.
    #[must_use]
    pub fn changed(&self) -> bool {
        [0x2A, 0xAA, 0x2E, 0xA1, 0x04, 0x5B, 0x53, 0x54, 0x5D].iter().any(|opcode| self.sent(*opcode) > 0)
    }
}
