//! Jobs: what is burnt, how, and what must come of it; run through the object model over any transport.

use std::fmt::Write as _;
use std::sync::OnceLock;

use serde::Deserialize;
use webburn_drive::Clock;
use webburn_imapi::enums::BurnVerificationLevel;
use webburn_imapi::{
    Arg, Args, BurnPlan, BurnReport, DiscFormat2Data, DiscRecorder2, Error, NoDigest, Options, Outcome, Reporter,
};
use webburn_scsi::ScsiTransport;
use webburn_sector::{PatternSource, SectorCount, SectorSource, SourceError};

/// One burn.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Job {
    /// Length in sectors.
    #[serde(default)]
    pub sectors: u32,
    /// Length in bytes, where that is no whole number of sectors or none at all.
    pub bytes: Option<u64>,
    /// Close the disc for good.
    #[serde(default)]
    pub close: bool,
    /// Write over what is there.
    #[serde(default)]
    pub overwrite: bool,
    /// Record at once, and close the disc with it (DVD-R, DVD-RW).
    #[serde(default)]
    pub at_once: bool,
    /// Do not read back.
    #[serde(default)]
    pub no_verify: bool,
    /// `verified`, `written`, `stopped`, `refused CODE` (nothing was written) or `failed CODE`.
    #[serde(default)]
    pub expect: String,
}

impl Job {
    /// A burn of so many sectors of the pattern.
    #[must_use]
    pub fn of(sectors: u32) -> Self {
        Job { sectors, expect: "verified".to_owned(), ..Job::default() }
    }

    /// Bytes that are announced.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.bytes.unwrap_or(u64::from(self.sectors) * 2048)
    }
}

/// The pattern of one job: the same generator everywhere, another place in it for each job.
#[derive(Clone, Copy, Debug)]
pub struct JobSource {
    /// Bytes announced.
    pub bytes: u64,
    /// Where in the pattern the job begins.
    pub salt: u64,
}

impl JobSource {
    /// The source of the `index`-th job of a scenario.
    #[must_use]
    pub fn new(job: &Job, index: usize) -> Self {
        JobSource { bytes: job.length(), salt: index as u64 * 1_000_003 }
    }

    /// One sector of it.
    #[must_use]
    pub fn sector(&self, number: u64) -> [u8; 2048] {
        // The pattern repeats after 256 sectors: made once, not for every sector of every burn.
        static PATTERN: OnceLock<Vec<[u8; 2048]>> = OnceLock::new();
        let pattern = PATTERN.get_or_init(|| {
            let mut all = vec![[0; 2048]; 256];
            all.iter_mut().enumerate().for_each(|(k, sector)| PatternSource::fill(k as u64, sector));
            all
        });
        let mut sector = pattern[((self.salt + number) % 256) as usize];
        // The number makes every sector its own.
        sector[..8].copy_from_slice(&(self.salt + number).to_be_bytes());
        sector
    }
}

impl SectorSource for JobSource {
    fn sectors(&self) -> SectorCount {
        SectorCount((self.bytes / 2048) as u32)
    }
    fn byte_length(&self) -> u64 {
        self.bytes
    }
    async fn read(&mut self, first: u64, into: &mut [u8]) -> Result<(), SourceError> {
        for (k, chunk) in into.chunks_mut(2048).enumerate() {
            chunk.copy_from_slice(&self.sector(first + k as u64)[..chunk.len()]);
        }
        Ok(())
    }
}

/// What came of a job.
#[derive(Debug)]
pub struct Ran {
    /// The plan, or why there was none.
    pub plan: Result<BurnPlan, Error>,
    /// The report, or the failure.
    pub result: Result<BurnReport, Error>,
}

impl Ran {
    /// In the words of `scenario.toml`.
    #[must_use]
    pub fn outcome(&self) -> String {
        match &self.result {
            Ok(report) => match report.outcome {
                Outcome::Verified => "verified".to_owned(),
                Outcome::Written => "written".to_owned(),
                Outcome::Stopped => "stopped".to_owned(),
            },
            Err(e) if e.refused_before_writing => format!("refused {}", e.code),
            Err(e) => format!("failed {}", e.code),
        }
    }
}

/// A writer set up for a job.
///
/// # Errors
/// What the object model refuses.
pub fn writer<T: ScsiTransport, C: Clock>(
    recorder: &DiscRecorder2<T, C>,
    job: &Job,
) -> Result<DiscFormat2Data<T, C>, Error> {
    let data = DiscFormat2Data::new();
    data.set_recorder(Some(recorder.clone()))?;
    data.set_client_name("webburn-tests")?;
    data.set_force_media_to_be_closed(job.close)?;
    data.set_disable_consumer_dvd_compatibility_mode(true)?;
    data.set_force_overwrite(job.overwrite)?;
    data.set_options(Options { disc_at_once: job.at_once, ..data.options() })?;
    let level = if job.no_verify { BurnVerificationLevel::None } else { BurnVerificationLevel::Full };
    data.set_burn_verification_level(level)?;
    Ok(data)
}

/// Plans and burns one job.
///
/// # Errors
/// Setting up failed; failures of the burn itself are in [`Ran::result`].
pub async fn run<T: ScsiTransport, C: Clock>(
    recorder: &DiscRecorder2<T, C>,
    job: &Job,
    index: usize,
) -> Result<Ran, Error> {
    let data = writer(recorder, job)?;
    let plan = data.plan(job.length()).await;
    let mut source = JobSource::new(job, index);
    let result = data.burn(&mut source, &mut NoDigest, &Reporter::silent()).await;
    Ok(Ran { plan, result })
}

/// Arguments as `name=value` words.
#[must_use]
pub fn args(args: &Args) -> String {
    let mut line = String::new();
    for (name, value) in args {
        let value = match value {
            Arg::Whole(n) => n.to_string(),
            Arg::Number(n) => format!("{n:.1}"),
            Arg::Text(t) => format!("{t:?}"),
            Arg::Flag(f) => f.to_string(),
        };
        let _ = write!(line, " {name}={value}");
    }
    line
}

/// A plan as text, one step a line.
#[must_use]
pub fn plan_text(plan: &Result<BurnPlan, Error>) -> String {
    let mut text = String::new();
    match plan {
        Ok(plan) => {
            let _ = writeln!(text, "from {} {} sectors, closes {}", plan.start, plan.sectors, plan.closes);
            for step in &plan.steps {
                let seconds = step.seconds.map_or(String::new(), |s| format!(" ~{s:.0} s"));
                let _ = writeln!(text, "  {}{}{seconds}", step.code(), args(&step.args()));
            }
            let _ = writeln!(text, "  if stopped: {}{}", plan.if_stopped.code, args(&plan.if_stopped.args));
        }
        Err(e) => {
            let _ = writeln!(text, "refused: {}{} ({})", e.code, args(&e.args), e.hresult.name());
        }
    }
    text
}
