//! A drive that lies: every command of a burn, answered with every lie. It ends within its budget of virtual time, says
//! what is true, and never panics. `WEBBURN_LONG=1` takes every command, lie and kind of disc; otherwise a share of them.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use webburn_imapi::{DiscRecorder2, Error, Outcome, hresult as h};
use webburn_scsi::{
    Caps, Cdb, Completion, Data, Direction, ScsiTransport, Sense, SenseKey, Status, TransportError, TransportErrorKind,
};
use webburn_sim::{Loopback, SharedSim};
use webburn_tests::clock::SimClock;
use webburn_tests::job::{self, Job, JobSource, Ran};
use webburn_tests::long;
use webburn_tests::oracle;
use webburn_tests::scenario::simulated;

/// What the drive says instead of the truth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Lie {
    /// So many bytes of the answer arrive.
    Short(usize),
    /// Half of them.
    Half,
    /// Every byte of the answer is this.
    All(u8),
    /// The answer announces nothing behind its header.
    AnnouncesNothing,
    /// It announces more than there can be.
    AnnouncesEverything,
    /// Bytes out of nowhere.
    Noise(u64),
    /// Behind its header the answer is this.
    BodyAll(u8),
    /// "Done", and nothing was done. An answer is zeros.
    NotDone,
    /// This sense, always; nothing is done.
    Sense(u8, u8, u8),
    /// Sense that says nothing.
    EmptySense,
    /// This status, always.
    Status(u8),
}

const LIES: [Lie; 24] = [
    Lie::Short(0),
    Lie::Short(1),
    Lie::Short(4),
    Lie::Short(7),
    Lie::Half,
    Lie::All(0x00),
    Lie::All(0xFF),
    Lie::AnnouncesNothing,
    Lie::AnnouncesEverything,
    Lie::BodyAll(0xFF),
    Lie::BodyAll(0x7F),
    Lie::Noise(1),
    Lie::Noise(2),
    Lie::Noise(3),
    Lie::NotDone,
    Lie::Sense(2, 0x04, 0x00),
    Lie::Sense(2, 0x04, 0x01),
    Lie::Sense(2, 0x04, 0x07),
    Lie::Sense(2, 0x04, 0x08),
    Lie::Sense(6, 0x28, 0x00),
    Lie::Sense(6, 0x29, 0x00),
    Lie::Sense(0xB, 0x00, 0x00),
    Lie::EmptySense,
    Lie::Status(0x08),
];

impl Lie {
    /// It changes an answer, and says nothing about a command that has none.
    const fn of_an_answer(self) -> bool {
        matches!(
            self,
            Lie::Short(_)
                | Lie::Half
                | Lie::All(_)
                | Lie::AnnouncesNothing
                | Lie::AnnouncesEverything
                | Lie::Noise(_)
                | Lie::BodyAll(_)
        )
    }

    /// The drive does not get ready.
    const fn endless(self) -> bool {
        matches!(self, Lie::Sense(2 | 6, ..) | Lie::Status(_))
    }
}

/// A command, and what about it is asked.
type Key = (u8, u8);

fn key(cdb: &[u8]) -> Key {
    let about = match cdb[0] {
        0x43 | 0x5A => cdb[2] & 0x3F,
        0x51 => cdb[1] & 0x07,
        0xAD => cdb[7],
        0xAC => cdb[10],
        0x1B => cdb[4],
        0x5B => cdb[2],
        0x35 | 0x1E => cdb[1].max(cdb[4]),
        _ => 0,
    };
    (cdb[0], about)
}

/// From when on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum From {
    Beginning,
    FirstWrite,
}

/// More commands than an hour of polling has, several times over.
const MOST: usize = 300_000;

#[derive(Default)]
struct Seen {
    keys: BTreeMap<Key, Direction>,
    after_write: BTreeMap<Key, Direction>,
    commands: usize,
    written: bool,
    lied: usize,
}

struct Liar {
    inside: Loopback,
    plan: Option<(Key, Lie, From)>,
    seen: Arc<Mutex<Seen>>,
}

impl ScsiTransport for Liar {
    fn caps(&self) -> Caps {
        Caps { depth: 1, ..self.inside.caps() }
    }

    async fn execute(&mut self, cdb: &Cdb, mut data: Data<'_>, limit: Duration) -> Result<Completion, TransportError> {
        let key = key(cdb.as_bytes());
        let lie = {
            let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
            seen.commands += 1;
            if seen.commands > MOST {
                return Err(TransportError::new(TransportErrorKind::Disconnected, "too many commands"));
            }
            seen.keys.insert(key, data.direction());
            if seen.written {
                seen.after_write.insert(key, data.direction());
            }
            let on = |from: From| from == From::Beginning || seen.written;
            let lie = self.plan.filter(|(about, _, from)| *about == key && on(*from)).map(|(_, lie, _)| lie);
            seen.lied += usize::from(lie.is_some());
            seen.written |= cdb.opcode() == 0x2A;
            lie
        };
        let Some(lie) = lie else { return self.inside.execute(cdb, data, limit).await };
        let said = |status, transferred| Ok(Completion { status, transferred });
        match lie {
            Lie::Sense(key, asc, ascq) => {
                said(Status::CheckCondition(Sense::fixed(SenseKey::from_nibble(key), asc, ascq)), 0)
            }
            Lie::EmptySense => said(Status::CheckCondition(Sense::from_bytes(&[])), 0),
            Lie::Status(status) => said(Status::Other(status), 0),
            Lie::NotDone => {
                let length = data.len();
                if let Data::In(into) = data {
                    into.fill(0);
                }
                said(Status::Good, length)
            }
            _ => {
                let mut completion = self.inside.execute(cdb, data.reborrow(), limit).await?;
                if let (Data::In(into), Status::Good) = (data, &completion.status) {
                    let length = completion.transferred.min(into.len());
                    completion.transferred = twist(lie, &mut into[..length]);
                }
                Ok(completion)
            }
        }
    }
}

/// Changes an answer; the bytes that arrive.
fn twist(lie: Lie, answer: &mut [u8]) -> usize {
    let header = 8.min(answer.len());
    match lie {
        Lie::Short(bytes) => return bytes.min(answer.len()),
        Lie::Half => return answer.len() / 2,
        Lie::All(byte) => answer.fill(byte),
        Lie::BodyAll(byte) => answer[header..].fill(byte),
        Lie::AnnouncesNothing => answer[..4.min(header)].fill(0),
        Lie::AnnouncesEverything => answer[..4.min(header)].fill(0xFF),
        Lie::Noise(seed) => {
            let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ answer.len() as u64;
            for byte in answer.iter_mut() {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                *byte = state as u8;
            }
        }
        _ => {}
    }
    answer.len()
}

const SECTORS: u32 = 100;

struct Told {
    sim: SharedSim,
    seen: Arc<Mutex<Seen>>,
    result: Result<Ran, Error>,
    took: Duration,
}

fn burn(disc: &str, plan: Option<(Key, Lie, From)>) -> Told {
    let sim = simulated("bd-burner", disc);
    let seen = Arc::new(Mutex::new(Seen::default()));
    let liar = Liar { inside: Loopback::new(sim.clone()), plan, seen: seen.clone() };
    let clock = SimClock(sim.time());
    let began = sim.time().now();
    let result = pollster::block_on(async {
        let recorder = DiscRecorder2::initialize("sim", liar, clock).await?;
        let job = Job { overwrite: true, ..Job::of(SECTORS) };
        job::run(&recorder, &job, 1).await
    });
    let took = sim.time().now().saturating_sub(began);
    Told { sim, seen, result, took }
}

/// What a lying drive's burn may fail with. The first is meant wherever an answer makes no sense; the others say what the
/// lie said, where it was one that a drive may say.
fn fitting(error: &Error, lie: Lie) -> bool {
    let hresult = error.hresult;
    let invalid = hresult == h::E_IMAPI_RECORDER_INVALID_RESPONSE_FROM_DEVICE;
    // What was written, or what was read back, is not what was sent: that is found out.
    let found_out = hresult == h::E_IMAPI_BURN_VERIFICATION_FAILED;
    // Timed out under its own name.
    let timed_out = [
        h::E_IMAPI_RECORDER_COMMAND_TIMEOUT,
        h::E_IMAPI_RECORDER_MEDIA_BECOMING_READY,
        h::E_IMAPI_RECORDER_MEDIA_BUSY,
        h::E_IMAPI_RECORDER_MEDIA_FORMAT_IN_PROGRESS,
    ];
    // A refusal before anything was written, because of what the drive told: a disc that it makes look unsuitable.
    let refused = error.refused_before_writing;
    let said = matches!(lie, Lie::Sense(..) | Lie::EmptySense | Lie::Status(_) | Lie::NotDone);
    invalid || found_out || lie.endless() && timed_out.contains(&hresult) || refused || said
}

fn judge(told: &Told, disc: &str, (about, lie, _): (Key, Lie, From)) -> Result<String, String> {
    let (commands, lied) = {
        let seen = told.seen.lock().unwrap_or_else(PoisonError::into_inner);
        (seen.commands, seen.lied)
    };
    if commands > MOST {
        return Err("it did not stop sending commands".to_owned());
    }
    if lied == 0 {
        return Err("nobody asked".to_owned());
    }
    // One operation gets its time, five hours for a format and one for a flush or a close, and what follows does not.
    let hours = if matches!(about.0, 0x04 | 0xA1) { 5 } else { 1 };
    if told.took > Duration::from_secs(hours * 3600 + 900) {
        return Err(format!("it took {:?}", told.took));
    }
    let source = JobSource::new(&Job::of(SECTORS), 1);
    let failed = match &told.result {
        Err(error) => error,
        Ok(ran) => match &ran.result {
            Ok(report) => {
                if matches!(report.outcome, Outcome::Verified) {
                    oracle::holds(&told.sim, &source, report.start.0).map_err(|e| format!("called verified: {e}"))?;
                }
                return Ok(report.outcome.code().to_owned());
            }
            Err(error) => error,
        },
    };
    let write_once = matches!(disc, "cd-r" | "dvd-r" | "dvd+r" | "bd-r" | "dvd+r-dl" | "dvd-r-dl");
    if failed.refused_before_writing && write_once && !oracle::is_untouched(&told.sim) {
        return Err(format!("called refused ({}), and the disc is touched", failed.code));
    }
    if about.0 != 0x1E && !oracle::is_unlocked(&told.sim) {
        return Err(format!("the tray stayed locked ({})", failed.code));
    }
    if !fitting(failed, lie) {
        return Err(format!("unfitting: {} {failed}", failed.hresult.name()));
    }
    Ok(failed.code.to_owned())
}

/// Every command of a burn on `disc` with every lie; a share of them unless the suite is the long one.
fn sweep(disc: &str, number: usize) {
    let plain = burn(disc, None);
    let outcome = plain.result.as_ref().map_or("no drive".to_owned(), Ran::outcome);
    assert_eq!(outcome, "verified", "{disc} undisturbed");
    let (keys, after) = {
        let seen = plain.seen.lock().unwrap_or_else(PoisonError::into_inner);
        (seen.keys.clone(), seen.after_write.clone())
    };
    let mut plans = Vec::new();
    for (since, keys) in [(From::Beginning, keys), (From::FirstWrite, after)] {
        for (about, direction) in keys {
            let fits = |lie: &Lie| direction == Direction::In || !lie.of_an_answer();
            plans.extend(LIES.into_iter().filter(fits).map(|lie| (about, lie, since)));
        }
    }
    let share = if long() { 1 } else { 11 };
    let (mut failed, mut ends, mut tried) = (Vec::new(), BTreeMap::new(), 0);
    for plan in plans.into_iter().skip(number % share).step_by(share) {
        tried += 1;
        eprintln!("{plan:02X?}");
        let told = catch_unwind(AssertUnwindSafe(|| burn(disc, Some(plan))));
        let judged = match &told {
            Ok(told) => judge(told, disc, plan),
            Err(_) => Err("it panicked".to_owned()),
        };
        match judged {
            Ok(end) => *ends.entry(end).or_insert(0) += 1,
            Err(why) => failed.push(format!("{disc}: {:02X?} {:?} from {:?}: {why}", plan.0, plan.1, plan.2)),
        }
    }
    assert!(failed.is_empty(), "{} of {tried}:\n{}", failed.len(), failed.join("\n"));
    assert!(tried > 40, "{disc}: only {tried}");
    let invalid = ends.get("drive-answer-invalid").copied().unwrap_or(0);
    assert!(invalid > tried / 20, "{disc}: {invalid} answers called invalid: {ends:?}");
}

macro_rules! sweeps {
    ($($name:ident = $disc:literal, $number:literal;)+) => {
        $(
            #[test]
            fn $name() {
                // Four kinds of disc stand for all in the quick suite.
                if long() || $number < 4 {
                    sweep($disc, $number);
                }
            }
        )+
    };
}
sweeps! {
    every_lie_about_a_cd_r = "cd-r", 0;
    every_lie_about_a_dvd_plus_r = "dvd+r", 1;
    every_lie_about_a_bd_r = "bd-r", 2;
    every_lie_about_a_dvd_plus_rw = "dvd+rw", 3;
    every_lie_about_a_cd_rw = "cd-rw", 4;
    every_lie_about_a_dvd_r = "dvd-r", 5;
    every_lie_about_a_dvd_rw = "dvd-rw", 6;
    every_lie_about_a_restricted_dvd_rw = "dvd-rw-ro", 7;
    every_lie_about_a_dvd_ram = "dvd-ram", 8;
    every_lie_about_two_layers_of_dvd_plus_r = "dvd+r-dl", 9;
    every_lie_about_a_bd_re = "bd-re", 10;
    every_lie_about_a_bd_r_with_pseudo_overwrite = "bd-r-pow", 11;
}
