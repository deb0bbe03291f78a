//! The write loop and its surroundings under faults: what the drive says in the middle of a burn, what breaks on the way
//! to it, what a source does, and what a person who stops it gets.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use webburn_imapi::enums::BurnVerificationLevel;
use webburn_imapi::{
    BurnReport, DiscFormat2Data, DiscRecorder2, Error, Event, Outcome, Phase, Reporter, Sha256, progress,
};
use webburn_scsi::wrap::{Effect, Fault};
use webburn_scsi::{ScsiTransport, Sense, SenseKey, TransportError, TransportErrorKind};
use webburn_sector::{SectorCount, SectorSource, SourceError, SourceErrorKind};
use webburn_sim::{Disc, Loopback, Personality, SharedSim, SimDrive};
use webburn_tests::clock::SimClock;
use webburn_tests::job::{Job, JobSource};
use webburn_tests::line::{Line, Wire};
use webburn_tests::oracle;
use webburn_tests::tap::Tap;

mod around;
mod stop;

const WRITE: u8 = 0x2A;
const READ: u8 = 0x28;

fn sim(medium: &str) -> SharedSim {
    let mut drive = SimDrive::new(Personality::bd_burner());
    drive.load(Disc::from_id(medium).expect("a known medium").expect("a disc"));
    SharedSim::new(drive)
}

fn source(sectors: u32) -> JobSource {
    JobSource::new(&Job::of(sectors), 0)
}

/// The recorder of a drive whose line breaks as `plan` says.
async fn connect(sim: &SharedSim, plan: Vec<Fault>) -> DiscRecorder2<Line, SimClock> {
    let line = Wire::Loopback(Loopback::new(sim.clone())).line_with(plan, &Tap::new());
    DiscRecorder2::initialize("sim", line, SimClock(sim.time())).await.expect("a drive")
}

struct Ran {
    sim: SharedSim,
    fired: usize,
    result: Result<BurnReport, Error>,
    notes: Vec<&'static str>,
}

/// Burns `sectors` on a fresh disc of `medium` through the faults of `plan`.
fn burn(medium: &str, sectors: u32, plan: Vec<Fault>) -> Ran {
    burn_from(medium, &mut source(sectors), plan)
}

fn burn_from<S: SectorSource>(medium: &str, source: &mut S, plan: Vec<Fault>) -> Ran {
    let sim = sim(medium);
    pollster::block_on(async {
        let recorder = connect(&sim, plan).await;
        let data = writer(&recorder);
        let (reporter, mut events) = progress::channel();
        let result = data.burn(source, &mut Sha256::default(), &reporter).await;
        let fired = recorder.drive().await.transport().fired();
        let mut notes = Vec::new();
        while let Some(event) = events.try_next() {
            if let Event::Note { code, .. } = event {
                notes.push(code);
            }
        }
        Ran { sim: sim.clone(), fired, result, notes }
    })
}

fn writer<T: ScsiTransport>(recorder: &DiscRecorder2<T, SimClock>) -> DiscFormat2Data<T, SimClock> {
    let data = DiscFormat2Data::new();
    data.set_recorder(Some(recorder.clone())).expect("idle");
    data.set_client_name("webburn-tests").expect("a good name");
    data.set_disable_consumer_dvd_compatibility_mode(true).expect("idle");
    data.set_burn_verification_level(BurnVerificationLevel::Full).expect("idle");
    data
}

impl Ran {
    fn verified(&self, sectors: u32) -> &BurnReport {
        assert!(self.fired > 0, "no fault fired");
        let report = self.result.as_ref().expect("the burn survives it");
        assert_eq!(report.outcome, Outcome::Verified);
        assert_eq!(report.sha256, report.sha256_read_back);
        oracle::holds(&self.sim, &source(sectors), report.start.0).expect("what was sent");
        assert!(oracle::is_unlocked(&self.sim));
        report
    }

    fn failed(&self, code: &str) -> &Error {
        assert!(self.fired > 0, "no fault fired");
        let error = self.result.as_ref().expect_err("the burn cannot survive it");
        assert_eq!(error.code, code, "{error}");
        assert!(oracle::is_unlocked(&self.sim), "{code}: the tray is locked");
        error
    }
}

fn sense(key: SenseKey, asc: u8, ascq: u8) -> Sense {
    Sense::fixed(key, asc, ascq)
}

#[test]
fn a_full_buffer_is_waited_for() {
    for medium in ["cd-r", "dvd+rw", "bd-r"] {
        let full = || Effect::Sense(sense(SenseKey::NotReady, 0x04, 0x08));
        let ran = burn(medium, 2000, vec![Fault::at(WRITE, full()).after(3).times(40)]);
        assert_eq!(ran.verified(2000).statistics.back_pressure, 40, "{medium}");
    }
}

#[test]
fn a_buffer_that_stays_full_is_given_up() {
    let full = Effect::Sense(sense(SenseKey::NotReady, 0x04, 0x08));
    let ran = burn("bd-r", 2000, vec![Fault::at(WRITE, full).after(3).always()]);
    let error = ran.failed("disc-busy");
    assert!(!error.refused_before_writing);
    assert!(ran.sim.time().now() > Duration::from_secs(200), "given up too early");
}

#[test]
fn recovered_errors_are_counted_and_go_on() {
    let recovered = Effect::SenseAfter(sense(SenseKey::RecoveredError, 0x0C, 0x01));
    let ran = burn("dvd+r", 2000, vec![Fault::at(WRITE, recovered).after(5).times(2)]);
    assert_eq!(ran.verified(2000).statistics.recovered, 2);
    // Deferred, the command that brought it was not carried out.
    let deferred = Effect::Sense(sense(SenseKey::RecoveredError, 0x0C, 0x01).deferred());
    let ran = burn("dvd+r", 2000, vec![Fault::at(WRITE, deferred).after(5)]);
    assert_eq!(ran.verified(2000).statistics.recovered, 1);
}

#[test]
fn an_address_out_of_step_is_asked_for() {
    for medium in ["cd-r", "dvd-r", "dvd+r", "bd-r"] {
        // The drive took the block and says that it did not; the drive did not take it and says so.
        for effect in [Effect::SenseAfter, Effect::Sense] {
            let invalid = effect(sense(SenseKey::IllegalRequest, 0x21, 0x02));
            let ran = burn(medium, 1000, vec![Fault::at(WRITE, invalid).after(7)]);
            ran.verified(1000);
            assert!(ran.notes.contains(&"retry"), "{medium}");
        }
    }
}

#[test]
fn a_command_sequence_error_is_flushed_away_once() {
    let once =
        burn("dvd+r", 1000, vec![Fault::at(WRITE, Effect::Sense(sense(SenseKey::IllegalRequest, 0x2C, 0))).after(4)]);
    once.verified(1000);
    let again = burn(
        "dvd+r",
        1000,
        vec![Fault::at(WRITE, Effect::Sense(sense(SenseKey::IllegalRequest, 0x2C, 0))).after(4).always()],
    );
    again.failed("drive-refused");
}

#[test]
fn write_errors_name_the_sector_and_leave_the_disc_appendable() {
    for (triple, code) in [
        ((SenseKey::MediumError, 0x0C, 0x00), "write-error"),
        ((SenseKey::MediumError, 0x0C, 0x09), "loss-of-streaming"),
        ((SenseKey::HardwareError, 0x44, 0x00), "drive-failed"),
        ((SenseKey::MediumError, 0x73, 0x03), "calibration-failed"),
        ((SenseKey::IllegalRequest, 0x63, 0x00), "disc-full"),
        ((SenseKey::UnitAttention, 0x29, 0x00), "drive-reset"),
        ((SenseKey::UnitAttention, 0x28, 0x00), "disc-changed"),
    ] {
        for medium in ["cd-r", "dvd-r", "dvd+r", "bd-r"] {
            let effect = Effect::Sense(sense(triple.0, triple.1, triple.2));
            let ran = burn(medium, 1000, vec![Fault::at(WRITE, effect).after(10)]);
            let error = ran.failed(code);
            assert_eq!(error.lba.map(|lba| lba.0), Some(320), "{medium} {code}");
            assert!(!error.refused_before_writing);
            let after = error.after.as_ref().expect("the disc can be asked");
            assert!(after.next_writable.is_some_and(|next| next.0 >= 320), "{medium} {code}: {after:?}");
            append(&ran.sim, medium);
        }
    }
}

#[test]
fn a_calibration_that_fails_ends_the_burn_and_one_that_is_refused_does_not() {
    const OPC: u8 = 0x54;
    for medium in ["cd-r", "dvd-r"] {
        let failed = Effect::Sense(sense(SenseKey::MediumError, 0x73, 0x03));
        let ran = burn(medium, 300, vec![Fault::at(OPC, failed)]);
        assert!(ran.failed("calibration-failed").refused_before_writing, "{medium}");
        assert!(oracle::is_untouched(&ran.sim), "{medium}");
        for asc in [0x20, 0x24, 0x2C] {
            let refused = Effect::Sense(sense(SenseKey::IllegalRequest, asc, 0));
            let ran = burn(medium, 300, vec![Fault::at(OPC, refused)]);
            ran.verified(300);
            assert!(ran.notes.contains(&"calibration-skipped"), "{medium} {asc:02X}: {:?}", ran.notes);
        }
    }
}

/// The disc takes another session, which reads back.
fn append(sim: &SharedSim, medium: &str) {
    let job = JobSource::new(&Job::of(400), 1);
    pollster::block_on(async {
        let recorder = connect(sim, vec![]).await;
        let report = writer(&recorder).burn(&mut { job }, &mut Sha256::default(), &Reporter::silent()).await;
        let report = report.unwrap_or_else(|error| panic!("{medium}: {error}"));
        assert_eq!(report.outcome, Outcome::Verified, "{medium}");
        oracle::holds(sim, &job, report.start.0).unwrap();
    });
}

#[test]
fn a_deferred_write_error_is_not_taken_for_the_present_block() {
    let deferred = Effect::Sense(sense(SenseKey::MediumError, 0x0C, 0x02).deferred());
    burn("bd-r", 1000, vec![Fault::at(WRITE, deferred).after(10)]).failed("write-error");
}

#[test]
fn a_lost_connection_is_found_again_where_the_drive_stands() {
    for medium in ["cd-r", "dvd-r", "dvd+r", "dvd+rw", "bd-r", "bd-re"] {
        let lost = || TransportError::new(TransportErrorKind::Timeout, "no answer");
        for effect in [Effect::Error(lost()), Effect::ErrorAfter(lost())] {
            let ran = burn(medium, 1000, vec![Fault::at(WRITE, effect).after(9)]);
            assert_eq!(ran.verified(1000).statistics.resumed, 1, "{medium}");
        }
    }
}

#[test]
fn a_drive_that_is_gone_is_not_asked_again() {
    let gone = Effect::Error(TransportError::new(TransportErrorKind::Disconnected, "unplugged"));
    let sim = sim("bd-r");
    let plan = vec![
        Fault::at(WRITE, gone).after(9).always(),
        Fault::new(|cdb| cdb.opcode() != WRITE, {
            Effect::Error(TransportError::new(TransportErrorKind::Disconnected, "unplugged"))
        })
        .after(1000),
    ];
    pollster::block_on(async {
        let recorder = connect(&sim, plan).await;
        let error = writer(&recorder).burn(&mut source(1000), &mut Sha256::default(), &Reporter::silent()).await;
        let error = error.expect_err("the drive is gone");
        assert_eq!((error.code, error.hresult), ("drive-gone", webburn_imapi::hresult::ERROR_DEV_NOT_EXIST));
    });
}

#[test]
fn any_command_of_a_burn_may_meet_a_unit_attention_or_a_moment_of_busyness() {
    let harmless: [fn() -> Effect; 3] = [
        || Effect::Sense(sense(SenseKey::UnitAttention, 0x2A, 0x01)),
        || Effect::Sense(sense(SenseKey::NotReady, 0x04, 0x07)),
        || Effect::Status(0x08),
    ];
    for medium in ["cd-r", "dvd+rw"] {
        for (kind, make) in harmless.into_iter().enumerate() {
            // Far more places than the burn has commands; the last ones do not fire. In the quick run each kind takes
            // every third place, another third each.
            let step = if webburn_tests::long() { 1 } else { 3 };
            for place in (kind % step..120).step_by(step) {
                let ran = burn(medium, 300, vec![Fault::any(make()).after(place)]);
                if ran.fired == 0 {
                    assert!(place > 30, "{medium}: a burn of {place} commands");
                    break;
                }
                ran.verified(300);
            }
        }
    }
}

#[test]
fn a_session_left_open_by_a_pulled_cable_is_closed_before_the_next() {
    for medium in ["cd-r", "dvd-r", "dvd+r", "bd-r"] {
        let gone = || Effect::Error(TransportError::new(TransportErrorKind::Disconnected, "unplugged"));
        let sim = sim(medium);
        // The cable is pulled at the tenth WRITE and stays out; the drive keeps its power.
        let plan = vec![Fault::at(WRITE, gone()).after(9).always()];
        pollster::block_on(async {
            let recorder = connect(&sim, plan).await;
            let error = writer(&recorder).burn(&mut source(1000), &mut Sha256::default(), &Reporter::silent()).await;
            assert_eq!(error.map(|_| ()).map_err(|error| error.code), Err("drive-gone"), "{medium}");
            let recorder = connect(&sim, vec![]).await;
            let plan = writer(&recorder).plan(400 * 2048).await.unwrap_or_else(|e| panic!("{medium}: {e}"));
            assert!(plan.closing_first > 0, "{medium}");
            assert!(plan.steps[..plan.closing_first].iter().any(|step| step.code() == "close-session"), "{medium}");
            // A drive that cannot close it: nothing of the next is written, and the tray is free.
            let stuck = Effect::Sense(sense(SenseKey::MediumError, 0x0C, 0x00));
            let plan = vec![Fault::at(0x5B, stuck).always()];
            let recorder = connect(&sim, plan).await;
            let error = writer(&recorder).burn(&mut source(100), &mut Sha256::default(), &Reporter::silent()).await;
            assert_eq!(error.map(|_| ()).map_err(|error| error.code), Err("close-failed"), "{medium}");
            assert!(oracle::is_unlocked(&sim), "{medium}");
        });
        append(&sim, medium);
    }
}

#[test]
fn a_tray_that_stays_open_does_not_spoil_what_was_written() {
    let no = || Effect::Sense(sense(SenseKey::AbortedCommand, 0x4B, 0x00));
    let loads = |cdb: &webburn_scsi::Cdb| cdb.as_bytes()[..5] == [0x1B, 0, 0, 0, 3];
    let once = burn("dvd+r", 500, vec![Fault::new(loads, no())]);
    once.verified(500);
    let never = burn("dvd+r", 500, vec![Fault::new(loads, no()).always()]);
    let report = never.result.as_ref().expect("written and closed");
    assert_eq!(report.outcome, Outcome::Written);
    assert!(never.notes.contains(&"tray-stayed-open"));
    never.sim.with(|drive| assert!(drive.tray_open()));
}

#[test]
fn a_drive_that_forgets_a_command_it_knew_is_not_taken_for_a_reader() {
    let no = || Effect::Sense(sense(SenseKey::IllegalRequest, 0x24, 0x00));
    for place in 2..12 {
        let ran = burn("dvd+r", 500, vec![Fault::at(0x46, no()).after(place)]);
        if ran.fired == 0 {
            break;
        }
        let report = ran.verified(500);
        assert_eq!(report.medium.kind.name(), "DVD+R");
    }
}
