//! One drive, one disc, one wire with faults: the same closure at SCSI loopback and as bulk-only bytes.

use webburn_bot::{BotOptions as HostOptions, BotTransport};
use webburn_imapi::{DiscFormat2Data, DiscRecorder2, Error, Event, HResult, Options, progress};
use webburn_scsi::wrap::Fault;
use webburn_sector::SectorSource;
use webburn_sim::surface::MemoryStore;
use webburn_sim::usb::BotOptions;
use webburn_sim::{Disc, DiscState, Loopback, MediumKind, Personality, SharedSim, SimDrive};

use crate::bot_pipe::SimPipe;
use crate::clock::SimClock;
use crate::line::{Line, Wire};
use crate::tap::Tap;

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

/// What `Write` returned, and what it told meanwhile.
pub struct Burnt {
    /// The HRESULT of a success, or the failure.
    pub result: Result<HResult, Error>,
    /// Every event, in order.
    pub events: Vec<Event>,
}

impl Burnt {
    /// The HRESULT as a number, whatever it says.
    #[must_use]
    pub fn number(&self) -> u32 {
        match &self.result {
            Ok(hresult) => hresult.0,
            Err(error) => error.hresult.0,
        }
    }
}

/// Runs `what` with a fresh drive and `medium`, once at each height.
pub fn both(medium: &str, what: impl Fn(&Rig)) {
    both_in(&Personality::bd_burner(), medium, what);
}

/// The same with another drive.
pub fn both_in(personality: &Personality, medium: &str, what: impl Fn(&Rig)) {
    both_of(personality, &|| Disc::from_id(medium).expect("a known medium"), what);
}

/// The same with a drive by its id.
pub fn both_on(drive: &str, medium: &str, what: impl Fn(&Rig)) {
    both_in(&Personality::by_id(drive).expect("a known drive"), medium, what);
}

/// The same with a disc of the caller's making.
pub fn both_of(personality: &Personality, disc: &dyn Fn() -> Option<Disc>, what: impl Fn(&Rig)) {
    at(&["loopback", "bot"], personality, disc, what);
}

/// The same at both heights in the long run, and at the higher one, which has the other below it, in the quick one.
pub mod quick {
    use super::{Disc, Personality, Rig, at, both_of as at_both};

    /// As [`super::both`].
    pub fn both(medium: &str, what: impl Fn(&Rig)) {
        both_in(&Personality::bd_burner(), medium, what);
    }

    /// As [`super::both_in`].
    pub fn both_in(personality: &Personality, medium: &str, what: impl Fn(&Rig)) {
        both_of(personality, &|| Disc::from_id(medium).expect("a known medium"), what);
    }

    /// As [`super::both_of`].
    pub fn both_of(personality: &Personality, disc: &dyn Fn() -> Option<Disc>, what: impl Fn(&Rig)) {
        if crate::long() {
            at_both(personality, disc, what);
        } else {
            at(&["bot"], personality, disc, what);
        }
    }
}

fn at(heights: &[&'static str], personality: &Personality, disc: &dyn Fn() -> Option<Disc>, what: impl Fn(&Rig)) {
    for height in heights.iter().copied() {
        let mut drive = SimDrive::new(personality.clone());
        if let Some(disc) = disc() {
            drive.load(disc);
        }
        what(&Rig { height, sim: SharedSim::new(drive), tap: Tap::new() });
    }
}

/// A blank disc that holds less than others of its kind.
#[must_use]
pub fn small(kind: MediumKind, blocks: u32) -> Disc {
    let state = DiscState { blocks, ..Disc::blank(kind).to_state() };
    Disc::from_state(state, Box::new(MemoryStore::new())).expect("a good state")
}

impl Rig {
    /// The functions of all CLOSE TRACK SESSION commands, in order.
    #[must_use]
    pub fn closing_functions(&self) -> Vec<u8> {
        self.tap.log().iter().filter(|entry| entry.cdb[0] == 0x5B).map(|entry| entry.cdb[2] & 7).collect()
    }

    /// The host closed the disc, not only its session: by the function of CLOSE SESSION (5 or 6), or where there is but
    /// one, by "no next session" in mode page 05h.
    #[must_use]
    pub fn asks_to_close(&self) -> bool {
        let log = self.tap.log();
        let page = log.iter().rev().find(|entry| entry.cdb[0] == 0x55 && entry.data.get(8) == Some(&0x05));
        match page {
            Some(entry) => entry.data[11] >> 6 == 0,
            None => self.closing_functions().iter().any(|function| *function >= 5),
        }
    }

    /// A recorder whose line breaks as `plan` says. The tap begins anew behind its first commands.
    #[must_use]
    pub fn recorder(&self, plan: Vec<Fault>) -> Recorder {
        let recorder = self.unbound(plan);
        pollster::block_on(recorder.initialize_disc_recorder("sim")).expect("a drive");
        self.tap.restart();
        recorder
    }

    /// A recorder that was never initialised.
    #[must_use]
    pub fn uninitialised(&self) -> Recorder {
        self.unbound(vec![])
    }

    fn unbound(&self, plan: Vec<Fault>) -> Recorder {
        let wire = if self.height == "bot" {
            let pipe = SimPipe::new(self.sim.clone(), BotOptions::default());
            Wire::Bot(Box::new(BotTransport::new(pipe, HostOptions::default())))
        } else {
            Wire::Loopback(Loopback::new(self.sim.clone()))
        };
        DiscRecorder2::new(wire.line_with(plan, &self.tap), SimClock(self.sim.time()))
    }

    /// A data writer with a name on [`Rig::recorder`].
    #[must_use]
    pub fn writer(&self, plan: Vec<Fault>) -> Writer {
        let data = DiscFormat2Data::new();
        data.set_recorder(Some(self.recorder(plan))).expect("idle");
        data.set_client_name("webburn-tests").expect("a good name");
        data
    }

    /// Writes `source` with `options` over a line that breaks as `plan` says.
    pub fn write<S: SectorSource>(&self, plan: Vec<Fault>, options: Options, source: &mut S) -> Burnt {
        let data = self.writer(plan);
        data.set_options(options).expect("idle");
        let (reporter, mut events) = progress::channel();
        let result = pollster::block_on(data.write(Some(source), &reporter));
        Burnt { result, events: std::iter::from_fn(move || events.try_next()).collect() }
    }

    /// Address and sectors of every WRITE that the drive took or refused, in order.
    #[must_use]
    pub fn places(&self) -> Vec<(i32, u32)> {
        let four = |bytes: &[u8]| u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
        let place = |cdb: &[u8]| match cdb[0] {
            0x2A => Some((four(&cdb[2..]) as i32, u32::from(u16::from_be_bytes([cdb[7], cdb[8]])))),
            0xAA => Some((four(&cdb[2..]) as i32, four(&cdb[6..]))),
            _ => None,
        };
        self.tap.log().iter().filter_map(|entry| place(&entry.cdb)).collect()
    }

    /// Start and recorded sectors of each written track, as the disc has them.
    #[must_use]
    pub fn tracks(&self) -> Vec<(i32, u32)> {
        self.sim.with(|drive| {
            let state = drive.disc().expect("a disc").state();
            state.tracks.iter().map(|t| (t.start, (t.next - t.start).max(0) as u32)).filter(|(_, n)| *n > 0).collect()
        })
    }

    /// Sessions that have a lead-out, and whether the disc is closed for good.
    #[must_use]
    pub fn closed(&self) -> (usize, bool) {
        self.sim.with(|drive| {
            let state = drive.disc().expect("a disc").state();
            (state.sessions.iter().filter(|session| session.lead_out.is_some()).count(), state.finalized)
        })
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
