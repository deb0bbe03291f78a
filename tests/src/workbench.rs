//! One disc in one drive, and the object model to do things with it. What cannot fail in a test panics with the name of
//! the medium; what may fail gives its error.

use std::sync::Arc;

use webburn_drive::Media;
use webburn_imapi::enums::BurnVerificationLevel;
use webburn_imapi::{
    DiscFormat2Data, DiscFormat2Erase, DiscRecorder2, Error, FormatGoal, FormatOptions, MediaFormat, Options, Reporter,
    Sha256,
};
use webburn_sim::{Disc, DiscState, Loopback, Personality, SharedSim, SimDrive};

use crate::clock::SimClock;
use crate::job::{Job, JobSource};
use crate::line::{Line, Wire};
use crate::oracle;
use crate::tap::Tap;

/// A recorder of a bench.
pub type Recorder = DiscRecorder2<Line, SimClock>;

fn drive_with(personality: Personality, disc: Disc) -> SharedSim {
    let mut drive = SimDrive::new(personality);
    drive.load(disc);
    SharedSim::new(drive)
}

fn recorder(sim: &SharedSim, tap: &Tap) -> Recorder {
    let line = Wire::Loopback(Loopback::new(sim.clone())).line(tap);
    pollster::block_on(DiscRecorder2::initialize("sim", line, SimClock(sim.time()))).expect("a drive")
}

/// One disc in one drive, and what is done with it.
pub struct Bench {
    /// The drive.
    pub sim: SharedSim,
    /// What goes over the wire.
    pub tap: Tap,
    /// The drive as the object model has it.
    pub recorder: Recorder,
    /// The kind of disc, for messages.
    pub name: String,
}

impl Bench {
    /// A drive with `disc` in it.
    #[must_use]
    pub fn new(disc: Disc) -> Self {
        Bench::with(Personality::bd_burner(), disc)
    }

    /// The drive of a name with the disc of an id in it.
    #[must_use]
    pub fn odd(drive: &str, disc: &str) -> Self {
        let personality = Personality::by_id(drive).unwrap_or_else(|| panic!("no drive {drive}"));
        Bench::with(personality, Disc::from_id(disc).expect("a known disc").expect("a disc"))
    }

    /// A drive of this kind with `disc` in it.
    #[must_use]
    pub fn with(personality: Personality, disc: Disc) -> Self {
        let name = format!("{} in {}", disc.kind().id(), personality.id);
        let (sim, tap) = (drive_with(personality, disc), Tap::new());
        let recorder = recorder(&sim, &tap);
        Bench { sim, tap, recorder, name }
    }

    /// A drive with the disc of an id in it.
    #[must_use]
    pub fn of(id: &str) -> Self {
        Bench::new(Disc::from_id(id).expect("a known disc").expect("a disc"))
    }

    /// The commands with this operation code that were sent.
    #[must_use]
    pub fn sent(&self, opcode: u8) -> Vec<crate::tap::Entry> {
        self.tap.log().into_iter().filter(|entry| entry.cdb[0] == opcode).collect()
    }

    /// The disc as the host sees it, looked at afresh.
    #[must_use]
    pub fn media(&self) -> Arc<Media> {
        pollster::block_on(async {
            let mut drive = self.recorder.drive().await;
            drive.identify().await.unwrap_or_else(|error| panic!("{}: {error}", self.name))
        })
    }

    /// The disc as it truly is.
    #[must_use]
    pub fn state(&self) -> DiscState {
        self.sim.with(|drive| drive.disc().expect("a disc").to_state())
    }

    /// Where the next stream goes, as the drive sees it.
    #[must_use]
    pub fn next(&self) -> i32 {
        let data = self.writer(Options::default());
        pollster::block_on(data.next_writable_address()).expect("an address").0
    }

    /// A data writer.
    #[must_use]
    pub fn writer(&self, options: Options) -> DiscFormat2Data<Line, SimClock> {
        let data = DiscFormat2Data::new();
        data.set_recorder(Some(self.recorder.clone())).unwrap();
        data.set_client_name("webburn-tests").unwrap();
        data.set_options(options).unwrap();
        data
    }

    /// Writes `sectors` of the job that `salt` picks, verified.
    ///
    /// # Errors
    /// What the object model failed with.
    pub fn try_write(&self, sectors: u32, salt: usize, options: Options) -> Result<JobSource, Error> {
        let mut job = JobSource::new(&Job::of(sectors), salt);
        let options = Options {
            verification: BurnVerificationLevel::Full,
            disable_consumer_dvd_compatibility_mode: true,
            ..options
        };
        let data = self.writer(options);
        // With a digest, as programs burn: parts written out of order have none, and must not be missed.
        pollster::block_on(data.burn(&mut job, &mut Sha256::default(), &Reporter::silent())).map(|_| job)
    }

    /// Writes, and the disc holds it at `start`.
    pub fn write(&self, sectors: u32, salt: usize, start: i32, options: Options) -> JobSource {
        let job = self.try_write(sectors, salt, options).unwrap_or_else(|error| panic!("{}: {error}", self.name));
        self.holds(&job, start);
        assert!(oracle::is_unlocked(&self.sim), "{}", self.name);
        job
    }

    /// The disc holds the job at `start`.
    pub fn holds(&self, job: &JobSource, start: i32) {
        oracle::holds(&self.sim, job, start).unwrap_or_else(|error| panic!("{}: {error}", self.name));
    }

    /// A write is refused before anything was written: its code.
    #[must_use]
    pub fn refused(&self, sectors: u32, options: Options) -> &'static str {
        let error = self.try_write(sectors, 9, options).map(|_| ()).expect_err("refused");
        assert!(error.refused_before_writing, "{}: {error}", self.name);
        error.code
    }

    /// An eraser.
    #[must_use]
    pub fn eraser(&self, full: bool) -> DiscFormat2Erase<Line, SimClock> {
        let erase = DiscFormat2Erase::new();
        erase.set_recorder(Some(self.recorder.clone())).unwrap();
        erase.set_client_name("webburn-tests").unwrap();
        erase.set_full_erase(full);
        erase
    }

    /// Erases.
    pub fn erase(&self, full: bool) {
        let after = pollster::block_on(self.eraser(full).erase_media(&Reporter::silent()));
        after.unwrap_or_else(|error| panic!("{}: {error}", self.name));
    }

    /// Formats.
    ///
    /// # Errors
    /// What the object model failed with.
    pub fn try_format(&self, options: FormatOptions) -> Result<Arc<Media>, Error> {
        let format = self.formatter(options);
        pollster::block_on(format.format(&Reporter::silent()))
    }

    /// A formatter.
    #[must_use]
    pub fn formatter(&self, options: FormatOptions) -> MediaFormat<Line, SimClock> {
        let format = MediaFormat::new();
        format.set_recorder(Some(self.recorder.clone())).unwrap();
        format.set_client_name("webburn-tests").unwrap();
        format.set_options(options);
        format
    }

    /// Formats; it works.
    pub fn format(&self, options: FormatOptions) -> Arc<Media> {
        self.try_format(options).unwrap_or_else(|error| panic!("{}: {error}", self.name))
    }
}

/// Close the disc.
#[must_use]
pub fn closing() -> Options {
    Options { force_media_to_be_closed: true, ..Options::default() }
}

/// Write over what is there.
#[must_use]
pub fn over() -> Options {
    Options { force_overwrite: true, ..Options::default() }
}

/// A quick format with the usual spare areas.
#[must_use]
pub fn goal(goal: FormatGoal) -> FormatOptions {
    FormatOptions { goal, ..FormatOptions::default() }
}
