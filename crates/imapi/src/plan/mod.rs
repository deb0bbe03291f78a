//! Planning: (disc, length, options) → the steps of a burn, or a refusal. Pure: no conversation, no clock.
//!
//! A plan can be shown, kept as a snapshot and refused before anything reaches the disc. All checks that need no laser
//! pass come before the first step, so a refusal leaves a write-once disc blank.

mod bd;
mod cd;
mod cd_session;
mod check;
mod dvd_minus;
mod dvd_plus;
mod dvd_ram;
mod erase;
mod format;
mod left_open;
mod step;

use webburn_drive::Media;
use webburn_drive::media::{Kind, Recording};
use webburn_sector::{Lba, SectorCount};

pub use cd_session::{CdOptions, start_of_lead_in};
pub(crate) use cd_session::{
    FIRST_LEAD_OUT, is_recordable_cd, plan_audio_track, plan_close, plan_prepare, plan_raw, plan_session, too_long,
};
pub(crate) use check::read_only_drive;
pub use check::{check_drive, check_stream};
pub use erase::plan_erase;
pub use format::{FormatGoal, FormatOptions, Spare, plan_format};
pub(crate) use left_open::can_be_closed;
pub use step::{Act, Finish, Range, Step, Wire, WriteParameters};

use crate::enums::{BurnVerificationLevel, MediaPhysicalType, MediaState};
use crate::hresult::{self, HResult};
use crate::options::Options;
use crate::{Args, Error, speed, state};

/// What a stop in the middle of writing would mean, and what is done then.
#[derive(Clone, Debug, PartialEq)]
pub struct IfStopped {
    /// A stable code, one of [`code::IF_STOPPED`](crate::code::IF_STOPPED).
    pub code: &'static str,
    /// Its figures.
    pub args: Args,
    /// What is done to leave the disc in that state.
    pub acts: Vec<Act>,
}

impl IfStopped {
    fn reusable(acts: Vec<Act>) -> Self {
        IfStopped { code: "disc-reusable", args: Args::new(), acts }
    }

    fn appendable(acts: Vec<Act>) -> Self {
        IfStopped { code: "disc-appendable", args: Args::new(), acts }
    }

    /// Nothing reaches the disc: the laser is off.
    fn as_before(acts: Vec<Act>) -> Self {
        IfStopped { code: "disc-as-before", args: Args::new(), acts }
    }

    fn spent(acts: Vec<Act>) -> Self {
        IfStopped { code: "disc-spent", args: Args::new(), acts }
    }
}

/// A burn, planned.
#[derive(Clone, Debug, PartialEq)]
pub struct BurnPlan {
    /// `CurrentPhysicalMediaType`.
    pub media_type: MediaPhysicalType,
    /// The kind of disc.
    pub kind: Kind,
    /// What is done, in order.
    pub steps: Vec<Step>,
    /// What a stop would mean.
    pub if_stopped: IfStopped,
    /// Where the stream goes: the address of the first of its sectors that is written.
    pub start: Lba,
    /// Sectors of the stream that are written.
    pub sectors: SectorCount,
    /// The disc will be closed for good.
    pub closes: bool,
    /// `S_OK`, or which part of the speed wish had to be adjusted.
    pub adjusted: HResult,
    /// So many of the first steps close what was left open. What follows them is an estimate: where the next session
    /// begins is known only afterwards, and then it is planned anew.
    pub closing_first: usize,
    /// The tray stays locked afterwards: more is to come.
    pub stays_locked: bool,
}

impl BurnPlan {
    /// How long it is expected to take, unknown steps not counted.
    #[must_use]
    pub fn seconds(&self) -> f64 {
        self.steps.iter().filter_map(|step| step.seconds).sum()
    }

    /// Bytes of a sector as most of them go over the wire.
    #[must_use]
    pub fn sector_size(&self) -> usize {
        let of = |step: &Step| match &step.act {
            Act::Write { wire, .. } => Some(wire.sector_size),
            _ => None,
        };
        self.steps.iter().rev().find_map(of).unwrap_or(webburn_sector::SECTOR_SIZE)
    }

    /// The pieces that are written, in order.
    #[must_use]
    pub fn ranges(&self) -> Vec<Range> {
        let of = |step: &Step| match &step.act {
            Act::Write { ranges, .. } => ranges.clone(),
            _ => Vec::new(),
        };
        self.steps.iter().flat_map(of).collect()
    }
}

/// Plans the burn of a stream of `bytes` onto the disc of `media`.
///
/// # Errors
/// A refusal, with its HRESULT and stable code, in the order in which IMAPI2's data writer checks.
pub fn plan(media: &Media, bytes: u64, options: &Options) -> Result<BurnPlan, Error> {
    if let Some((acts, closed)) = left_open::close_first(media, options) {
        let mut plan = plan(&closed, bytes, options)?;
        plan.closing_first = acts.len();
        plan.steps.splice(0..0, acts.into_iter().map(Step::new));
        return Ok(plan);
    }
    let sectors = check_stream(bytes)?;
    check::check_ranges(media, sectors, options)?;
    check_drive(media)?;
    let job = check::check_media(media, sectors, options)?;
    let builder = Builder::new(media, options, job);
    match media.kind {
        Kind::CdR | Kind::CdRw => cd::plan(builder),
        Kind::DvdR | Kind::DvdRwSequential | Kind::DvdRDlSequential | Kind::DvdRDlJump | Kind::DvdRwDl => {
            dvd_minus::plan_sequential(builder)
        }
        Kind::DvdRwRestricted => dvd_minus::plan_restricted(builder),
        Kind::DvdPlusR | Kind::DvdPlusRDl => dvd_plus::plan_r(builder),
        Kind::DvdPlusRw | Kind::DvdPlusRwDl => dvd_plus::plan_rw(builder),
        Kind::DvdRam | Kind::Disk => dvd_ram::plan(builder),
        Kind::BdRSequential => bd::plan_r(builder),
        Kind::BdRRandom => bd::plan_rrm(builder),
        Kind::BdRe => bd::plan_re(builder),
        // check_media has refused these; should the tables ever differ, refuse again rather than guess.
        _ => Err(Error::new("disc-unsupported", hresult::E_IMAPI_DF2DATA_MEDIA_IS_NOT_SUPPORTED)),
    }
}

/// What the checks found: how much goes where.
#[derive(Clone, Debug)]
struct Job {
    sectors: SectorCount,
    start: Lba,
    /// Room from `start` on.
    room: SectorCount,
    /// The disc is blanked first.
    erase: bool,
    /// Sectors from 0 on that are written and will be replaced (pseudo-overwrite).
    written: SectorCount,
}

/// Puts a plan together.
struct Builder<'a> {
    media: &'a Media,
    options: &'a Options,
    job: Job,
    steps: Vec<Step>,
    speed: Option<webburn_drive::media::Speed>,
    adjusted: HResult,
}

impl<'a> Builder<'a> {
    fn new(media: &'a Media, options: &'a Options, job: Job) -> Self {
        let (speed, adjusted) = speed::choose(media, options.speed);
        Builder { media, options, job, steps: Vec::new(), speed, adjusted }
    }

    fn push(&mut self, act: Act) {
        self.steps.push(Step::new(act));
    }

    fn push_lasting(&mut self, act: Act, seconds: f64) {
        self.steps.push(Step::lasting(act, seconds));
    }

    /// Sectors a second of the planned speed, where the drive lists any.
    fn rate(&self) -> Option<f64> {
        let family = self.media.kind.family();
        self.speed.map(|speed| f64::from(speed.write_kilobytes) * 1000.0 / f64::from(family.bytes_per_sector()))
    }

    /// Seconds for `sectors` at the planned speed.
    fn time_for(&self, sectors: SectorCount) -> Option<f64> {
        self.rate().filter(|rate| *rate > 0.0).map(|rate| f64::from(sectors.0) / rate)
    }

    fn underrun_free(&self) -> bool {
        self.media.abilities.underrun_free && !self.options.buffer_underrun_free_disabled
    }

    /// At two percent free space or less the disc is closed, whatever was asked.
    fn nearly_full_after(&self, written: SectorCount) -> bool {
        let Some(total) = self.media.total else { return false };
        let left = self.job.room - written;
        u64::from(left.0) * 100 <= u64::from(total.0) * 2
    }

    fn set_speed(&mut self) {
        if let Some(speed) = self.speed {
            let times = speed::times(speed.write_kilobytes, self.media.kind.family());
            self.push(Act::SetSpeed { speed, times });
        }
    }

    /// Calibration on request: drives calibrate by themselves before the first write, and many refuse the command. It is
    /// sent where the drive keeps no values for this disc (growisofs, observed behaviour).
    fn calibrate(&mut self) {
        if !self.media.calibrated {
            // At most 120 s, usually well below ten. *guess*
            self.push_lasting(Act::Calibrate, 8.0);
        }
    }

    fn blank_first(&mut self) {
        if self.job.erase {
            // What a lost burn left in the drive's buffer is written out first: a drive that still streams refuses to
            // blank.
            if state::media_status(self.media).contains(MediaState::NON_EMPTY_SESSION) {
                self.push_lasting(Act::Flush, 10.0);
            }
            // One to two minutes on every drive seen. *guess*
            self.push_lasting(Act::Blank { full: false }, 60.0);
        }
    }

    /// Writes the whole stream in one piece, followed by `fill` zeros.
    fn write(&mut self, fill: SectorCount) -> SectorCount {
        let range = Range { from: 0, to: self.job.start, sectors: self.job.sectors, fill };
        self.write_ranges(vec![range])
    }

    fn write_ranges(&mut self, ranges: Vec<Range>) -> SectorCount {
        let written: SectorCount = ranges.iter().map(Range::written).sum();
        let seconds = self.time_for(written);
        let kilobytes = self.speed.map(|speed| speed.write_kilobytes);
        self.steps.push(Step { act: Act::Write { ranges, kilobytes, wire: Wire::DATA }, seconds });
        written
    }

    /// The pieces for a disc that may be overwritten: the block ranges of the stream, or all of it from sector 0.
    fn overwrite_ranges(&self) -> Vec<Range> {
        match &self.options.block_ranges {
            Some(ranges) => ranges
                .iter()
                .map(|range| Range {
                    from: u64::from(range.start.since(Lba::ZERO).0),
                    to: range.start,
                    sectors: (range.end + SectorCount(1)).since(range.start),
                    fill: SectorCount::ZERO,
                })
                .collect(),
            None => {
                let whole = self.job.sectors.align_up(self.media.write_unit);
                let fill = whole.min(self.job.room) - self.job.sectors;
                vec![Range { from: 0, to: self.job.start, sectors: self.job.sectors, fill }]
            }
        }
    }

    fn finish(mut self, closes: bool, if_stopped: IfStopped) -> BurnPlan {
        let ranges = self
            .steps
            .iter()
            .find_map(|step| match &step.act {
                Act::Write { ranges, .. } => Some(ranges.clone()),
                _ => None,
            })
            .unwrap_or_default();
        let sectors: SectorCount = ranges.iter().map(|range| range.sectors).sum();
        if self.options.verification != BurnVerificationLevel::None {
            self.push_lasting(Act::Reload, 20.0);
            let seconds = match self.options.verification {
                // Drives read at least as fast as they write.
                BurnVerificationLevel::Full => self.time_for(sectors),
                _ => Some(5.0),
            };
            self.steps.push(Step { act: Act::Verify { sectors }, seconds });
        }
        BurnPlan {
            media_type: state::physical_type(self.media.kind),
            kind: self.media.kind,
            steps: self.steps,
            if_stopped,
            // Pseudo-overwrite writes the end of the stream first.
            start: ranges.iter().min_by_key(|range| range.from).map_or(self.job.start, |range| range.to),
            sectors,
            closes,
            adjusted: self.adjusted,
            closing_first: 0,
            stays_locked: false,
        }
    }

    /// The number of the track that the next write goes into.
    fn track(&self) -> u16 {
        if self.job.erase {
            return 1;
        }
        self.media.open_track().map_or(self.media.track_count.max(1), |track| track.number)
    }
}

/// The disc is one that takes sector after sector.
fn sequential(media: &Media) -> bool {
    media.kind.recording() == Recording::Sequential
}
