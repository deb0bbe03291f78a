//! The drive.

mod events;
mod features;
mod obey;
mod operation;
mod profile;
mod reading;
mod speeds;
mod writing;

pub(crate) mod modes;

pub(crate) use events::MediaEvent;
pub(crate) use features::features;
pub(crate) use operation::Busy;
pub(crate) use profile::current_profile;
pub(crate) use writing::with_context;

use std::collections::VecDeque;
use std::time::Duration;

use webburn_scsi::Sense;

use self::events::Events;
use self::modes::Modes;
use self::operation::Operation;
use crate::cache::Cache;
use crate::disc::{Disc, DiscState};
use crate::fault::FaultScript;
use crate::personality::Personality;
use crate::recording::{self, CueSheet};
use crate::sense;
use crate::timing::{Pace, VirtualTime};

/// A simulated drive. It obeys commands as a [`webburn_scsi::Target`]; the functions here are what a hand, a mains
/// switch or a clock can do to it.
///
/// A command begins at the later of now and the moment the one before was delivered; an adapter that never waits is
/// simply instant.
///
/// ```
/// use webburn_scsi::{Reply, Target};
/// use webburn_sim::{Disc, MediumKind, Personality, SimDrive};
/// let mut drive = SimDrive::new(Personality::bd_burner());
/// drive.load(Disc::blank(MediumKind::DvdPlusRw));
/// let mut reply = Reply::new(36);
/// let outcome = drive.obey(&[0x12, 0, 0, 0, 36, 0], &[], &mut reply);
/// assert_eq!(outcome.status, webburn_scsi::Status::Good);
/// assert_eq!(&reply.as_bytes()[8..15], b"WEBBURN");
/// ```
pub struct SimDrive {
    pub(crate) personality: Personality,
    pub(crate) disc: Option<Disc>,
    pub(crate) tray_open: bool,
    pub(crate) locked: bool,
    time: VirtualTime,
    delivered_at: Duration,
    /// What the command under way has cost so far.
    cost: Duration,
    pace: Pace,
    attention: VecDeque<Sense>,
    /// What REQUEST SENSE will say.
    pub(crate) pending: Option<Sense>,
    /// Spinning up until then, and how long it takes.
    spinning: Option<(Duration, Duration)>,
    operation: Option<Operation>,
    pub(crate) cache: Cache,
    pub(crate) modes: Modes,
    pub(crate) events: Events,
    pub(crate) cue: Option<CueSheet>,
    pub(crate) calibrated: bool,
    pub(crate) mode_page_sent: bool,
    pub(crate) buffer_polls: u32,
    write_kb: Option<u32>,
    read_kb: Option<u32>,
    last_read: i32,
    /// Up to when background formatting is accounted for.
    formatting_at: Duration,
    /// What a drive that does not look again still says of the disc.
    stale: Option<Box<DiscState>>,
    faults: FaultScript,
    deaf: Deaf,
    cut_reply: Option<usize>,
}

/// Whether the drive answers at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Deaf {
    No,
    /// Until it is reset.
    UntilReset,
    /// For good: the cable is out.
    Forever,
}

impl std::fmt::Debug for SimDrive {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SimDrive")
            .field("personality", &self.personality.id)
            .field("disc", &self.disc.as_ref().map(Disc::kind))
            .field("now", &self.now())
            .finish_non_exhaustive()
    }
}

impl SimDrive {
    /// Switched on, tray closed and empty, "power on" (6/29/00) not yet told.
    #[must_use]
    pub fn new(personality: Personality) -> Self {
        let cache = Cache::new(personality.buffer.kib);
        let modes = Modes::new(&personality);
        SimDrive {
            personality,
            disc: None,
            tray_open: false,
            locked: false,
            time: VirtualTime::new(),
            delivered_at: Duration::ZERO,
            cost: Duration::ZERO,
            pace: Pace::default(),
            attention: VecDeque::from([sense::POWER_ON]),
            pending: None,
            spinning: None,
            operation: None,
            cache,
            modes,
            events: Events::default(),
            cue: None,
            calibrated: false,
            mode_page_sent: false,
            buffer_polls: 0,
            write_kb: None,
            read_kb: None,
            last_read: 0,
            formatting_at: Duration::ZERO,
            stale: None,
            faults: FaultScript::default(),
            deaf: Deaf::No,
            cut_reply: None,
        }
    }

    /// Lays a disc in the tray, closes it and lets the drive spin up. Returns the disc that lay there before.
    pub fn load(&mut self, disc: Disc) -> Option<Disc> {
        let old = self.eject();
        self.disc = Some(disc);
        self.close_tray();
        old
    }

    /// A hand opens the tray (no lock holds against a paper clip) and takes the disc out.
    pub fn eject(&mut self) -> Option<Disc> {
        if self.disc.is_some() {
            self.open_tray();
        }
        self.tray_open = true;
        self.disc.take()
    }

    /// Closes the empty tray.
    pub fn close(&mut self) {
        if self.tray_open {
            self.close_tray();
        }
    }

    /// The disc in the tray. Operations that have ended by now are carried out first by [`SimDrive::settle`].
    #[must_use]
    pub const fn disc(&self) -> Option<&Disc> {
        self.disc.as_ref()
    }

    /// The same, to be changed behind the drive's back.
    pub const fn disc_mut(&mut self) -> Option<&mut Disc> {
        self.disc.as_mut()
    }

    /// What the drive says the disc is: what it is, or with one quirk what it was when the tray was last closed.
    pub(crate) fn reported(&self) -> Option<&DiscState> {
        self.stale.as_deref().or(self.disc.as_ref().map(|disc| &disc.state))
    }

    /// A drive with that quirk remembers the disc as it was before the first write.
    pub(crate) fn keep_old_report(&mut self) {
        if self.personality.quirks.stale_until_reload && self.stale.is_none() {
            self.stale = self.disc.as_ref().map(|disc| Box::new(disc.state.clone()));
        }
    }

    /// The tray is open.
    #[must_use]
    pub const fn tray_open(&self) -> bool {
        self.tray_open
    }

    /// The host has locked the tray.
    #[must_use]
    pub const fn locked(&self) -> bool {
        self.locked
    }

    /// Which drive it is.
    #[must_use]
    pub const fn personality(&self) -> &Personality {
        &self.personality
    }

    /// A long operation is running.
    #[must_use]
    pub const fn is_busy(&self) -> bool {
        self.operation.is_some()
    }

    /// The drive's clock, shared.
    #[must_use]
    pub fn time(&self) -> VirtualTime {
        self.time.clone()
    }

    /// Virtual time.
    #[must_use]
    pub fn now(&self) -> Duration {
        self.time.now()
    }

    /// Moves the clock forward and lets everything happen that has become due.
    pub fn advance_to(&mut self, to: Duration) {
        self.time.advance_to(to);
        self.settle();
    }

    /// When the last command's status is due; [`Duration::MAX`] for never.
    #[must_use]
    pub const fn delivered_at(&self) -> Duration {
        self.delivered_at
    }

    /// Sets the pace; of it the drive itself only heeds [`Pace::Instant`].
    pub const fn set_pace(&mut self, pace: Pace) {
        self.pace = pace;
    }

    /// Faults to come; replaces those that were to come.
    pub fn set_faults(&mut self, faults: FaultScript) {
        self.faults = faults;
    }

    /// Off and on: the buffer is lost, an open track damaged, modes and speeds are the default ones, 6/29/00 is due.
    /// The disc stays in the tray and is read in again.
    pub fn power_cycle(&mut self) {
        self.settle();
        self.break_off();
        if self.deaf != Deaf::Forever {
            self.deaf = Deaf::No;
        }
        self.delivered_at = self.now();
        self.cost = Duration::ZERO;
        self.cache = Cache::new(self.personality.buffer.kib);
        self.modes = Modes::new(&self.personality);
        self.attention.clear();
        self.attention.push_back(sense::POWER_ON);
        self.pending = None;
        self.locked = false;
        self.write_kb = None;
        self.read_kb = None;
        if self.disc.is_some() && !self.tray_open {
            self.spin_up();
        }
    }

    /// A reset by the bus: the command under way is broken off, the disc and what was written stay as they are.
    pub fn bus_reset(&mut self) {
        if self.deaf == Deaf::UntilReset {
            self.deaf = Deaf::No;
        }
        self.delivered_at = self.delivered_at.min(self.now());
        self.pending = None;
    }

    /// The port was reset: as [`SimDrive::bus_reset`], and the host is told (6/29/00); the tray is unlocked.
    pub fn port_reset(&mut self) {
        self.bus_reset();
        self.attention.clear();
        self.attention.push_back(sense::POWER_ON);
        self.locked = false;
    }

    /// The cable is back in.
    pub fn plug_in(&mut self) {
        self.deaf = Deaf::No;
        self.power_cycle();
    }

    /// The cable is out, by script.
    #[must_use]
    pub fn is_unplugged(&self) -> bool {
        self.deaf == Deaf::Forever
    }

    /// Whatever was under way ends badly.
    fn break_off(&mut self) {
        let change = self.operation.take().map(|operation| operation.change());
        let streaming = self.cache.is_streaming();
        if let Some(disc) = &mut self.disc {
            disc.end_test();
            if change.is_some() || streaming {
                recording::interrupt(&mut disc.state, change);
            }
        }
        self.cue = None;
    }

    pub(crate) fn open_tray(&mut self) {
        self.settle();
        self.break_off();
        if let Some(disc) = &mut self.disc {
            // What a store cannot keep it will not find again; there is nobody to tell any more.
            let _ = disc.store_mut().flush();
        }
        self.cache.flushed();
        self.tray_open = true;
        self.spinning = None;
        self.events.push(MediaEvent::Removed);
        self.forget_medium();
    }

    pub(crate) fn close_tray(&mut self) {
        self.tray_open = false;
        if self.disc.is_some() {
            self.spin_up();
        }
    }

    fn spin_up(&mut self) {
        let takes = Duration::from_millis(self.personality.timing.load_ms);
        self.spinning = Some((self.now().max(self.delivered_at_or_now()) + takes, takes));
        self.forget_medium();
    }

    fn delivered_at_or_now(&self) -> Duration {
        if self.delivered_at == Duration::MAX { self.now() } else { self.delivered_at }
    }

    /// Another disc: nothing learnt of the last one holds.
    fn forget_medium(&mut self) {
        self.calibrated = false;
        self.mode_page_sent = false;
        self.buffer_polls = 0;
        self.cue = None;
        self.stale = None;
        self.modes.medium_changed(&self.personality, self.disc.as_ref().map(|disc| &disc.state));
    }
}
