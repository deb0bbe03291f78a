//! Trials by fault: a job with one thing going wrong, and the oracle's questions afterwards.

use std::time::Duration;

use webburn_drive::Media;
use webburn_drive::media::{DiscStatus, Kind, Recording};
use webburn_imapi::{BurnPlan, BurnReport, DiscRecorder2, Error, NoDigest, Outcome, Reporter};
use webburn_sim::disc::Access;
use webburn_sim::usb::UsbTarget;
use webburn_sim::{Disc, Loopback, MediumKind, SharedSim};

use crate::clock::SimClock;
use crate::job::{self, Job, JobSource, Ran};
use crate::line::{Line, Wire};
use crate::oracle;
use crate::scenario::simulated;
use crate::tap::Tap;

/// One kind of disc to burn on, with or without something on it that must survive.
#[derive(Clone, Copy, Debug)]
pub struct Recipe {
    /// Drive.
    pub drive: &'static str,
    /// Disc.
    pub disc: &'static str,
    /// A first job that is burnt undisturbed, in sectors; 0 for none.
    pub before: u32,
    /// The job that is disturbed, in sectors.
    pub sectors: u32,
    /// Close the disc with it.
    pub close: bool,
    /// The disturbed job takes the place of what was there.
    pub overwrite: bool,
    /// It is recorded at once.
    pub at_once: bool,
}

impl Recipe {
    /// A disturbed job of 100 sectors behind an undisturbed one of 40.
    #[must_use]
    pub const fn append(disc: &'static str) -> Self {
        Recipe { drive: "bd-burner", disc, before: 40, sectors: 100, close: false, overwrite: false, at_once: false }
    }

    /// A disturbed job of 100 sectors in the place of an undisturbed one of 40.
    #[must_use]
    pub const fn over(disc: &'static str) -> Self {
        Recipe { overwrite: true, ..Recipe::append(disc) }
    }

    /// A disturbed job of 100 sectors on a new disc.
    #[must_use]
    pub const fn first(disc: &'static str) -> Self {
        Recipe { before: 0, overwrite: true, ..Recipe::append(disc) }
    }

    /// The same, and the disc is closed with it.
    #[must_use]
    pub const fn closing(self) -> Self {
        Recipe { close: true, ..self }
    }

    /// The same, recorded at once.
    #[must_use]
    pub const fn at_once(self) -> Self {
        Recipe { at_once: true, ..self }
    }

    fn job(&self) -> Job {
        let (sectors, at_once) = (self.sectors, self.at_once);
        Job { sectors, close: self.close, overwrite: self.overwrite, at_once, ..Job::default() }
    }

    fn write_once(&self) -> bool {
        let kind = Disc::from_id(self.disc).ok().flatten().map(|disc| disc.kind());
        kind.is_some_and(|kind| kind.spec().access == Access::WriteOnce && kind != MediumKind::BdRPow)
    }
}

/// A recorder whose wire can be tapped.
pub type Recorder = DiscRecorder2<Line, SimClock>;

/// A fresh conversation with the drive, over a whole wire.
pub async fn connect(sim: &SharedSim, tap: &Tap) -> Result<Recorder, Error> {
    let line = Wire::Loopback(Loopback::new(sim.clone())).line(tap);
    DiscRecorder2::initialize("sim", line, SimClock(sim.time())).await
}

/// What a trial needs and leaves.
pub struct Trial {
    /// The drive with the disc.
    pub sim: SharedSim,
    /// The wire.
    pub tap: Tap,
    /// The recipe.
    pub recipe: Recipe,
    /// Where the undisturbed job went.
    pub before: Option<i32>,
}

impl Trial {
    /// Puts the disc in and burns the undisturbed job.
    #[must_use]
    pub fn prepare(recipe: Recipe) -> Self {
        let sim = simulated(recipe.drive, recipe.disc);
        let mut before = None;
        if recipe.before > 0 {
            let ran = pollster::block_on(async {
                let recorder = connect(&sim, &Tap::new()).await.expect("a whole wire");
                job::run(&recorder, &Job::of(recipe.before), 7).await.expect("a whole wire")
            });
            before = Some(ran.result.unwrap_or_else(|e| panic!("{}: the undisturbed job: {e}", recipe.disc)).start.0);
        }
        Trial { sim, tap: Tap::new(), recipe, before }
    }

    /// Burns the disturbed job, with whatever the tap and the drive's fault script hold ready.
    #[must_use]
    pub fn burn(&self) -> Option<Ran> {
        pollster::block_on(async {
            let recorder = connect(&self.sim, &self.tap).await.ok()?;
            let job = self.recipe.job();
            let data = job::writer(&recorder, &job).ok()?;
            let plan: Result<BurnPlan, Error> = data.plan(job.length()).await;
            let result = data.burn(&mut JobSource::new(&job, 1), &mut NoDigest, &Reporter::silent()).await;
            Some(Ran { plan, result })
        })
    }

    /// Burns the job and cancels when the `at`-th command is about to be sent.
    #[must_use]
    pub fn burn_cancelled_at(&self, at: usize) -> Option<Ran> {
        pollster::block_on(async {
            let recorder = connect(&self.sim, &self.tap).await.ok()?;
            let job = self.recipe.job();
            let data = std::sync::Arc::new(job::writer(&recorder, &job).ok()?);
            let hand = data.clone();
            self.tap.when(at, move || drop(hand.cancel_write()));
            let plan = data.plan(job.length()).await;
            let result = data.burn(&mut JobSource::new(&job, 1), &mut NoDigest, &Reporter::silent()).await;
            Some(Ran { plan, result })
        })
    }

    /// The oracle. `wire_came_back` is false where the cable stayed out until now.
    ///
    /// # Errors
    /// Which of its questions got the wrong answer.
    pub fn judge(&self, ran: Option<&Ran>, wire_came_back: bool) -> Result<(), String> {
        if self.tap.is_flooded() {
            return Err("the host did not stop sending commands".to_owned());
        }
        let job = self.recipe.job();
        let source = JobSource::new(&job, 1);
        // 1. "Burnt" is said only of what is on the disc.
        match ran.map(|r| &r.result) {
            Some(Ok(BurnReport { outcome: Outcome::Verified | Outcome::Written, start, .. })) => {
                oracle::holds(&self.sim, &source, start.0).map_err(|e| format!("said to be burnt, but {e}"))?;
            }
            // 2. "Nothing was written" is said only of discs on which nothing was.
            Some(Err(e))
                if e.refused_before_writing
                    && self.before.is_none()
                    && self.recipe.write_once()
                    && !oracle::is_untouched(&self.sim) =>
            {
                return Err(format!("said to be refused before writing ({}), but the disc is touched", e.code));
            }
            _ => {}
        }
        // 3. The tray is free again, unless the wire was gone when it should have been freed.
        if wire_came_back && !oracle::is_unlocked(&self.sim) {
            return Err("the tray was left locked".to_owned());
        }
        // 4. What was there before is there still.
        if let Some(start) = self.before {
            let first = JobSource::new(&Job::of(self.recipe.before), 7);
            if !self.recipe.overwrite {
                oracle::holds(&self.sim, &first, start).map_err(|e| format!("the earlier session is lost: {e}"))?;
            }
        }
        pollster::block_on(self.next_job(ran, wire_came_back))
    }

    /// 5. The state that was told is the state. 6. The next job works, or the disc cannot take one.
    async fn next_job(&self, ran: Option<&Ran>, wire_came_back: bool) -> Result<(), String> {
        let tap = Tap::new();
        tap.allow_at_most(5_000);
        // Whatever was under way in the drive comes to its end.
        self.sim.with(|drive| {
            drive.set_faults(webburn_sim::FaultScript::default());
            let now = drive.now();
            drive.advance_to(now + Duration::from_secs(3600));
        });
        if !wire_came_back {
            // The cable was out: putting it back resets the port, as any hub does.
            self.sim.with(UsbTarget::port_reset);
        }
        // A tray that was left open is pushed in by hand: the drive could not know.
        let was_open = self.sim.with(|drive| {
            let open = drive.tray_open();
            if let (true, Some(disc)) = (open, if open { drive.eject() } else { None }) {
                drop(drive.load(disc));
            }
            open
        });
        let recorder = connect(&self.sim, &tap).await.map_err(|e| format!("no conversation afterwards: {e}"))?;
        let media = recorder.media().await.map_err(|e| format!("no identification afterwards: {e}"))?;
        let told = match ran.map(|r| &r.result) {
            Some(Ok(report)) => Some(&report.medium),
            Some(Err(e)) => e.after.as_ref(),
            None => None,
        };
        if let (Some(told), true, false) = (told, wire_came_back, was_open) {
            same_state(told, &media)?;
        }
        self.true_state(&media)?;
        // What must not be written over is appended to; the rest is written over, which also works where nothing else does.
        let keeps = self.before.filter(|_| !self.recipe.overwrite);
        let job = Job { sectors: 60, overwrite: keeps.is_none(), ..Job::default() };
        let next = job::run(&recorder, &job, 2).await.map_err(|e| format!("next job: {e}"))?;
        match &next.result {
            Ok(report) if report.outcome == Outcome::Verified => {
                oracle::holds(&self.sim, &JobSource::new(&job, 2), report.start.0)
                    .map_err(|e| format!("next job: {e}"))?;
            }
            Ok(report) => return Err(format!("next job: {:?}", report.outcome)),
            Err(e) => {
                let closed = self.sim.with(|d| d.disc().is_some_and(|disc| disc.state().finalized));
                // Nothing can follow on a disc that takes one session; that is said.
                let one_session = matches!(self.recipe.disc, "dvd-r-dl" | "dvd-r-dl-lj")
                    || self.recipe.at_once && self.recipe.disc == "dvd-r";
                let spent = one_session && matches!(e.code, "disc-damaged" | "disc-session-open")
                    || self.recipe.disc == "bd-r-rrm" && e.code == "disc-state-unsuitable";
                let rewritten = e.code == "disc-erase-required" && !job.overwrite;
                if !closed && !spent && !rewritten {
                    return Err(format!("the next job does not work: {e}\n{}", oracle::text(&self.sim)));
                }
            }
        }
        if tap.is_flooded() {
            return Err("the next job did not stop sending commands".to_owned());
        }
        if let Some(start) = keeps {
            let first = JobSource::new(&Job::of(self.recipe.before), 7);
            oracle::holds(&self.sim, &first, start)
                .map_err(|e| format!("the next job took the earlier session: {e}"))?;
        }
        if oracle::is_unlocked(&self.sim) { Ok(()) } else { Err("the next job left the tray locked".to_owned()) }
    }

    /// What the engine finds on asking anew is what the simulator knows.
    fn true_state(&self, media: &Media) -> Result<(), String> {
        if media.kind.recording() != Recording::Sequential {
            return Ok(());
        }
        let (finalized, open) = self.sim.with(|drive| {
            let state = drive.disc().expect("the disc is still in").state();
            let open = state.tracks.last().filter(|_| !state.finalized).map(|t| t.next);
            (state.finalized, open)
        });
        if finalized && media.next_writable.is_some() {
            return Err("the disc is closed, and a next writable address is told".to_owned());
        }
        match (media.next_writable, open) {
            (Some(told), Some(truth)) if told.0 != truth => {
                Err(format!("the next writable address is {truth}, told is {told}"))
            }
            _ => Ok(()),
        }
    }
}

fn same_state(told: &Media, found: &Media) -> Result<(), String> {
    let short =
        |m: &Media| format!("{:?}, {:?}, next {:?}, {} sessions", m.kind, m.status, m.next_writable, m.sessions.len());
    // "Unknown" and "no address" are true where the drive refused to say more.
    let overwritten_in_place = told.kind.recording() == Recording::Overwritable;
    // MMC's "other" says of such a disc no more than that it can be overwritten.
    let status = told.status == found.status
        || told.status == DiscStatus::Unknown
        || (overwritten_in_place && told.status == DiscStatus::Other);
    let next = told.next_writable == found.next_writable || told.next_writable.is_none();
    let kind = told.kind == found.kind || told.kind == Kind::None;
    if kind && status && next { Ok(()) } else { Err(format!("told: {}; asked anew: {}", short(told), short(found))) }
}
