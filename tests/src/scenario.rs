//! Scenarios: folders of `tests/suite`, played at three heights of the wire.

use std::fmt::Write as _;
use std::fs;
use std::time::Duration;

use serde::Deserialize;
use webburn_bot::{BotOptions as HostOptions, BotTransport};
use webburn_imapi::DiscRecorder2;
use webburn_scsi::Status;
use webburn_sim::usb::BotOptions;
use webburn_sim::{Disc, Loopback, Personality, SharedSim, SimDrive};

use crate::bot_pipe::SimPipe;
use crate::clock::SimClock;
use crate::frames::over_relay;
use crate::job::{self, Job, JobSource, Ran};
use crate::line::{Line, Wire};
use crate::oracle;
use crate::snapshot::suite;
use crate::tap::{Entry, Tap, Tapped};

/// `scenario.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// What it is about.
    pub title: String,
    /// Which simulated drive.
    pub drive: String,
    /// Which disc lies in it.
    pub disc: String,
    /// What is burnt, one after the other.
    pub job: Vec<Job>,
}

/// Where the host's commands enter the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Height {
    /// Straight to the drive.
    Loopback,
    /// As bytes of the bulk-only transport.
    Bot,
    /// As frames of the relay, four commands under way.
    Relay,
}

impl Height {
    /// All three.
    pub const ALL: [Height; 3] = [Height::Loopback, Height::Bot, Height::Relay];
}

/// What a scenario leaves behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Texts {
    /// The plans.
    pub plan: String,
    /// The commands.
    pub transcript: String,
    /// The disc.
    pub disc: String,
}

/// Reads `tests/suite/NAME/scenario.toml`.
#[must_use]
pub fn load(name: &str) -> Scenario {
    let path = suite().join(name).join("scenario.toml");
    let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    toml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// Every scenario, by folder.
#[must_use]
pub fn names() -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(suite())
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
        .filter(|e| e.path().join("scenario.toml").exists())
        .filter_map(|e| e.file_name().into_string().ok())
        .collect();
    names.sort();
    names
}

/// A simulated drive with a disc in it, spun up or not as it comes out of power on.
#[must_use]
pub fn simulated(drive: &str, disc: &str) -> SharedSim {
    let personality = Personality::by_id(drive).unwrap_or_else(|| panic!("no drive {drive}: {:?}", Personality::ids()));
    let mut sim = SimDrive::new(personality);
    if let Some(disc) = Disc::from_id(disc).unwrap_or_else(|_| panic!("no disc {disc}")) {
        drop(sim.load(disc));
    }
    SharedSim::new(sim)
}

async fn burn_all(line: Line, sim: &SharedSim, jobs: &[Job]) -> Vec<Ran> {
    let clock = SimClock(sim.time());
    let recorder = DiscRecorder2::initialize("sim", line, clock).await.unwrap_or_else(|e| panic!("no drive: {e}"));
    let mut all = Vec::new();
    for (index, job) in jobs.iter().enumerate() {
        all.push(job::run(&recorder, job, index).await.unwrap_or_else(|e| panic!("job {}: {e}", index + 1)));
    }
    all
}

/// Plays a scenario.
///
/// # Errors
/// Which job did not end as the scenario expects, or what the disc does not hold.
pub fn play(scenario: &Scenario, height: Height) -> Result<Texts, String> {
    let sim = simulated(&scenario.drive, &scenario.disc);
    let tap = Tap::new();
    let jobs = &scenario.job;
    let ran = pollster::block_on(async {
        match height {
            Height::Loopback => burn_all(Wire::Loopback(Loopback::new(sim.clone())).line(&tap), &sim, jobs).await,
            Height::Bot => {
                let pipe = SimPipe::new(sim.clone(), BotOptions::default()).tapped(tap.clone());
                let wire = Wire::Bot(Box::new(BotTransport::new(pipe, HostOptions::default())));
                burn_all(Line::Plain(wire), &sim, jobs).await
            }
            Height::Relay => {
                let far = Tapped::new(Loopback::new(sim.clone()), tap.clone());
                over_relay(far, usize::MAX, |near| burn_all(Line::Plain(Wire::Relay(Box::new(near))), &sim, jobs))
                    .await
                    .expect("a relay in memory connects")
            }
        }
    });
    let mut plan = String::new();
    for (index, (job, ran)) in jobs.iter().zip(&ran).enumerate() {
        let _ = write!(plan, "job {}: {} bytes", index + 1, job.length());
        let _ = writeln!(
            plan,
            "{}{}",
            if job.close { ", close" } else { "" },
            if job.overwrite { ", overwrite" } else { "" }
        );
        plan.push_str(&job::plan_text(&ran.plan));
        let outcome = ran.outcome();
        let _ = writeln!(plan, "  = {outcome}");
        if outcome != job.expect {
            let why = ran.result.as_ref().err().map_or(String::new(), |e| format!(": {e}"));
            return Err(format!("job {} is {outcome}, not {}{why}", index + 1, job.expect));
        }
        // What a later job of the scenario writes over cannot be there any more.
        let overwritten = jobs[index + 1..].iter().any(|later| later.overwrite && later.expect == "verified");
        if let (Ok(report), false) = (&ran.result, overwritten) {
            oracle::holds(&sim, &JobSource::new(job, index), report.start.0)
                .map_err(|e| format!("job {}: {e}", index + 1))?;
        }
    }
    if !oracle::is_unlocked(&sim) {
        return Err("the tray was left locked".to_owned());
    }
    let log = without_autosense(tap.log(), height);
    Ok(Texts { plan, transcript: transcript(&log), disc: oracle::text(&sim) })
}

/// Autosense is the transport's: loopback and relay deliver it with the refusal, BOT asks for it.
fn without_autosense(log: Vec<Entry>, height: Height) -> Vec<Entry> {
    if height != Height::Bot {
        return log;
    }
    let mut kept: Vec<Entry> = Vec::new();
    let mut due = false;
    for entry in log {
        if due && entry.cdb[0] == 0x03 {
            due = false;
            continue;
        }
        due = matches!(entry.completion.as_ref().map(|c| &c.status), Some(Status::CheckCondition(_)));
        kept.push(entry);
    }
    kept
}

/// The commands as text: equal ones in a row on one line, runs of contiguous reads and writes on one line, polls without
/// their number (it depends on when the host looked, not on what it did).
#[must_use]
pub fn transcript(log: &[Entry]) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut run: Option<(u8, i64, i64, usize)> = None;
    for entry in log {
        let opcode = entry.cdb[0];
        let result = match entry.completion.as_ref().map(|c| &c.status) {
            Some(Status::Good) => String::new(),
            Some(Status::CheckCondition(sense)) => format!("  -> {sense}"),
            Some(Status::Other(status)) => format!("  -> status {status:02x}"),
            None => "  -> no answer".to_owned(),
        };
        // How often the drive's buffer was full, or was asked about, is a matter of time, not of what is done.
        let full = matches!(entry.completion.as_ref().map(|c| &c.status),
            Some(Status::CheckCondition(sense)) if sense.triple() == (2, 0x04, 0x08));
        if opcode == 0x5C || full && matches!(opcode, 0x2A | 0xAA) {
            continue;
        }
        if matches!(opcode, 0x28 | 0xA8 | 0x2A | 0xAA) && result.is_empty() {
            let first = i64::from(i32::from_be_bytes([entry.cdb[2], entry.cdb[3], entry.cdb[4], entry.cdb[5]]));
            let blocks = if opcode & 0x80 == 0 {
                i64::from(u16::from_be_bytes([entry.cdb[7], entry.cdb[8]]))
            } else {
                i64::from(u32::from_be_bytes([entry.cdb[6], entry.cdb[7], entry.cdb[8], entry.cdb[9]]))
            };
            match &mut run {
                Some((op, _, end, count)) if *op == opcode && *end == first => {
                    *end += blocks;
                    *count += 1;
                }
                _ => {
                    end_run(&mut lines, &mut run);
                    run = Some((opcode, first, first + blocks, 1));
                }
            }
            continue;
        }
        end_run(&mut lines, &mut run);
        let line = format!("{}{result}", webburn_mmc::describe(&entry.cdb, &entry.data));
        if lines.last() != Some(&line) {
            lines.push(line);
        }
    }
    end_run(&mut lines, &mut run);
    lines.join("\n") + "\n"
}

fn end_run(lines: &mut Vec<String>, run: &mut Option<(u8, i64, i64, usize)>) {
    if let Some((opcode, first, end, count)) = run.take() {
        let name = webburn_mmc::command_name(opcode).unwrap_or("?");
        lines.push(format!("{name} lba {first}..{} in {count} commands", end - 1));
    }
}

/// How long the simulated drives take to spin up, with room.
pub const SPIN_UP: Duration = Duration::from_secs(60);
