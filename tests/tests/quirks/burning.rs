//! What drives do otherwise than they are told.

use webburn_imapi::progress::channel;
use webburn_imapi::{BurnReport, DiscFormat2Data, Event, NoDigest, Options, Outcome, SpeedWish};
use webburn_sim::disc::Defect;
use webburn_sim::personality::WhenFull;
use webburn_sim::{Disc, Personality};
use webburn_tests::clock::SimClock;
use webburn_tests::job::{Job, JobSource};
use webburn_tests::line::Line;
use webburn_tests::oracle;
use webburn_tests::workbench::{Bench, closing, over};

/// 20 MB: more than any drive's buffer, and long enough for gauges.
const LONG: u32 = 10_000;

/// Burns with ears: the report, and what was told.
fn heard(data: &DiscFormat2Data<Line, SimClock>, sectors: u32) -> (BurnReport, Vec<Event>) {
    let (reporter, mut events) = channel();
    let mut source = JobSource::new(&Job::of(sectors), 1);
    let report = pollster::block_on(data.burn(&mut source, &mut NoDigest, &reporter)).expect("a burn");
    let mut told = Vec::new();
    while let Some(event) = events.try_next() {
        told.push(event);
    }
    (report, told)
}

/// The drive, given time to find the disc: when a hand has loaded it nobody knows that there is one.
pub fn slow_loader(disc: &str) -> Bench {
    let bench = Bench::odd("lg-gsa-4082b", disc);
    bench.sim.with(|drive| {
        let now = drive.now();
        drive.advance_to(now + std::time::Duration::from_secs(10));
    });
    bench
}

fn noted(told: &[Event], wanted: &str) -> bool {
    told.iter().any(|event| matches!(event, Event::Note { code, .. } if *code == wanted))
}

#[test]
fn says_ready_too_early() {
    for disc in ["cd-rw", "dvd-rw", "dvd-r", "dvd+rw", "bd-r", "bd-re"] {
        let bench = Bench::odd("pioneer-bdr-205", disc);
        bench.write(500, 1, 0, Options::default());
        if disc.contains("rw") || disc == "bd-re" {
            bench.erase(matches!(disc, "cd-rw" | "dvd-rw"));
            bench.write(300, 2, 0, over());
        }
        let log = bench.tap.log();
        let met: Vec<u8> = log.iter().filter(|e| matches!(e.sense(), Some((2, 4, 7)))).map(|e| e.cdb[0]).collect();
        assert!(met.iter().all(|opcode| *opcode == 0x35), "{disc}: busy was met by {met:02X?}");
        let barriers = log.iter().filter(|e| e.cdb[0] == 0x35 && e.cdb[1] & 2 == 0 && e.good()).count();
        let long = log.iter().filter(|e| matches!(e.cdb[0], 0x04 | 0x5B | 0xA1) && e.good()).count();
        assert!(barriers >= long && long > 0 || disc == "bd-re", "{disc}: {barriers} barriers, {long} long operations");
    }
}

#[test]
fn dies_of_early_buffer_queries() {
    let bench = Bench::odd("pioneer-dvr-216d", "dvd-r");
    bench.write(LONG, 1, 0, Options::default());
    assert!(bench.sent(0x5C).is_empty(), "a drive that never says full is never asked");
    // One that says so is asked after that.
    let mut busy = Personality::by_id("pioneer-dvr-216d").expect("known");
    busy.buffer.when_full = WhenFull::Busy;
    let bench = Bench::with(busy, Disc::from_id("dvd-r").expect("known").expect("a disc"));
    bench.write(LONG, 1, 0, Options::default());
    let log = bench.tap.log();
    let full = log.iter().position(|entry| entry.sense() == Some((2, 0x04, 0x08)));
    let asked = log.iter().position(|entry| entry.cdb[0] == 0x5C);
    assert!(full.is_some() && asked > full, "full at {full:?}, asked at {asked:?}");
    // Under a name that the table does not know it breaks: the simulated drive is as bad as the real one.
    let mut unknown = Personality::by_id("pioneer-dvr-216d").expect("known");
    unknown.revision = "1.07".to_owned();
    // A cable so slow that the buffer never fills up.
    unknown.timing.bus_kb = 5_000;
    let bench = Bench::with(unknown, Disc::from_id("dvd-r").expect("known").expect("a disc"));
    assert_eq!(bench.try_write(LONG, 1, Options::default()).expect_err("broken").code, "loss-of-streaming");
}

#[test]
fn tells_stale_buffer_figures() {
    let bench = slow_loader("dvd-r");
    bench.write(LONG, 1, 0, Options::default());
    assert!(bench.sent(0x5C).is_empty());
}

#[test]
fn refuses_lean_streaming() {
    for disc in ["dvd-r", "dvd+r", "dvd+rw", "bd-r"] {
        let bench = slow_loader(disc);
        bench.write(100, 1, 0, Options::default());
        let set = bench.sent(0xB6);
        assert!(!set.is_empty() && set.iter().all(webburn_tests::tap::Entry::good), "{disc}");
    }
}

#[test]
fn says_no_disc_while_it_loads() {
    for disc in ["cd-r", "dvd+r", "bd-r"] {
        let bench = slow_loader(disc);
        bench.write(400, 1, 0, Options::default());
        let moved = bench.sent(0x1B);
        assert!(moved.iter().any(|e| e.cdb[4] == 3) && moved.iter().all(|e| e.cdb[1] & 1 == 0), "{disc}: not at once");
    }
}

#[test]
fn fails_close_track_on_cd() {
    let bench = Bench::odd("lg-gh22ls30", "cd-r");
    let first = bench.write(400, 1, 0, Options::default());
    let start = bench.next();
    bench.write(400, 2, start, closing());
    bench.holds(&first, 0);
    let functions: Vec<u8> = bench.sent(0x5B).iter().map(|entry| entry.cdb[2]).collect();
    assert_eq!(functions, [2, 2], "sessions, never tracks");
}

#[test]
fn tells_progress_in_request_sense_alone() {
    let bench = Bench::odd("hp-dvd200i", "cd-rw");
    bench.write(400, 1, 0, closing());
    let erase = webburn_imapi::DiscFormat2Erase::new();
    erase.set_recorder(Some(bench.recorder.clone())).expect("idle");
    erase.set_client_name("webburn-tests").expect("a good name");
    erase.set_full_erase(true);
    let (reporter, mut events) = channel();
    let mut fractions = Vec::new();
    bench.tap.restart();
    pollster::block_on(erase.erase_media(&reporter)).expect("erased");
    while let Some(event) = events.try_next() {
        if let Event::Progress(progress) = event {
            fractions.extend(progress.fraction);
        }
    }
    let silent = |entry: &webburn_tests::tap::Entry| match &entry.completion {
        Some(webburn_scsi::Completion { status: webburn_scsi::Status::CheckCondition(sense), .. }) => {
            sense.progress().is_none()
        }
        _ => true,
    };
    assert!(bench.sent(0x00).iter().all(silent), "TEST UNIT READY tells nothing");
    assert!(bench.sent(0x03).len() > 3 && fractions.iter().any(|f| *f > 0.0 && *f < 1.0), "{fractions:?}");
    bench.write(400, 2, 0, Options::default());
}

#[test]
fn leaves_the_valid_bit_out() {
    let bench = Bench::odd("hp-dvd200i", "dvd-r");
    bench.sim.with(|drive| {
        let defect = Defect { first: 70, count: 1, read: true, write: true };
        drive.disc_mut().expect("a disc").add_defect(defect);
    });
    let error = bench.try_write(400, 1, Options::default()).expect_err("a bad sector");
    let sense = error.sense().expect("sense");
    assert_eq!((sense.as_bytes()[0] & 0x80, sense.information()), (0, Some(70)));
    // What the drive took before, it has; the next disc works.
    assert_eq!((error.code, error.lba.map(|lba| lba.0)), ("write-error", Some(64)));
    let bench = Bench::odd("hp-dvd200i", "dvd-r");
    bench.write(400, 1, 0, Options::default());
}

#[test]
fn closes_two_layers_by_function_5_alone() {
    let bench = Bench::odd("hp-dvd200i", "dvd+r-dl");
    bench.write(400, 1, 0, closing());
    let functions: Vec<u8> = bench.sent(0x5B).iter().map(|entry| entry.cdb[2]).collect();
    assert_eq!((functions.last(), functions.contains(&6)), (Some(&5), false));
    assert!(bench.state().finalized);
}

#[test]
fn loses_incremental_by_a_quick_blank() {
    let bench = Bench::of("dvd-rw");
    bench.write(400, 1, 0, closing());
    bench.erase(false);
    assert!(!bench.media().abilities.incremental);
    bench.tap.restart();
    bench.write(300, 2, 0, Options::default());
    let page = &bench.sent(0x55)[0].data;
    assert_eq!(page[10] & 0x0F, 2, "disc at once");
    assert_eq!(bench.sent(0x53)[0].cdb[5..9], 304_u32.to_be_bytes(), "of whole ECC blocks");
    // A full blank gives it back.
    bench.erase(true);
    assert!(bench.media().abilities.incremental);
    bench.write(300, 3, 0, Options::default());
}

#[test]
fn claims_incremental_after_a_quick_blank() {
    let bench = Bench::odd("quick-blank", "dvd-rw");
    bench.write(400, 1, 0, closing());
    bench.erase(false);
    assert!(bench.media().abilities.incremental, "it says so");
    bench.tap.restart();
    bench.write(300, 2, 0, Options::default());
    let log = bench.tap.log();
    let refused = log.iter().filter(|entry| entry.cdb[0] == 0x2A && !entry.good()).map(|e| e.sense());
    assert_eq!(refused.collect::<Vec<_>>(), [Some((5, 0x64, 0x00))], "once");
    let types: Vec<u8> = bench.sent(0x55).iter().map(|entry| entry.data[10] & 0x0F).collect();
    assert_eq!(types, [0, 2], "incremental, then at once");
    assert!(bench.state().finalized);
}

#[test]
fn keeps_the_speed_for_the_next_program() {
    let bench = Bench::odd("own-speeds", "dvd+r");
    let speed = bench.media().speeds.last().copied().expect("speeds");
    let sectors = webburn_imapi::speed::sectors_per_second(speed.write_kilobytes, webburn_drive::media::Family::Dvd);
    let slow = Options {
        speed: Some(SpeedWish { sectors_per_second: sectors, pure_cav: speed.pure_cav }),
        ..Options::default()
    };
    let now = |bench: &Bench| bench.media().current_speed;
    let before = now(&bench);
    bench.write(100, 1, 0, slow.clone());
    assert_eq!(now(&bench), before, "as it was");
    // A burn that fails leaves nothing behind either.
    let start = bench.next();
    bench.sim.with(|drive| {
        let fault = webburn_sim::Fault {
            when: webburn_sim::When::WriteTouches(start),
            then: webburn_sim::Then::Sense { key: 3, asc: 0x0C, ascq: 0 },
        };
        drive.set_faults(webburn_sim::FaultScript::of([fault]));
    });
    assert_eq!(bench.try_write(100, 2, slow).expect_err("a fault").code, "write-error");
    assert_eq!(now(&bench), before, "as it was");
}

#[test]
fn refuses_speeds_beyond_its_own() {
    for disc in ["cd-r", "dvd+r", "bd-r"] {
        let bench = Bench::odd("own-speeds", disc);
        let wish = Some(SpeedWish { sectors_per_second: 1_000_000, pure_cav: false });
        bench.write(400, 1, 0, Options { speed: wish, ..Options::default() });
        let set = [bench.sent(0xB6), bench.sent(0xBB)].concat();
        assert!(!set.is_empty() && set.iter().all(webburn_tests::tap::Entry::good), "{disc}");
    }
}

#[test]
fn tells_the_old_state_until_the_tray_was_open() {
    for disc in ["cd-r", "dvd-r", "bd-r"] {
        let bench = Bench::odd("forgetful", disc);
        let first = bench.write(400, 1, 0, Options::default());
        let start = bench.next();
        bench.write(400, 2, start, closing());
        bench.holds(&first, 0);
    }
    // Nothing but a hand closes this one's tray: what is written is not called verified, nor lost.
    for disc in ["cd-r", "dvd-r", "dvd+r"] {
        let bench = Bench::odd("forgetful-slim", disc);
        let verification = webburn_imapi::enums::BurnVerificationLevel::Full;
        let data = bench.writer(Options { verification, ..Options::default() });
        let (report, told) = heard(&data, 400);
        assert_eq!(report.outcome, Outcome::Written, "{disc}");
        assert!(noted(&told, "reload-by-hand"), "{disc}");
        bench.holds(&JobSource::new(&Job::of(400), 1), 0);
        // A hand takes it out and puts it in: now it can be read.
        bench.sim.with(|drive| {
            let disc = drive.eject().expect("a disc");
            drop(drive.load(disc));
        });
        assert!(!bench.media().physically_blank(), "{disc}");
    }
}

#[test]
fn finishes_before_it_is_asked() {
    for disc in ["cd-r", "cd-rw", "dvd-rw", "dvd+rw", "bd-re"] {
        let bench = Bench::odd("cdemu", disc);
        let slow = Some(SpeedWish { sectors_per_second: 1, pure_cav: false });
        let data = bench.writer(Options { speed: slow, force_overwrite: true, ..Options::default() });
        let (report, told) = heard(&data, 4000);
        assert_eq!(report.outcome, Outcome::Written, "{disc}");
        bench.holds(&JobSource::new(&Job::of(4000), 1), 0);
        for event in &told {
            if let Event::Progress(progress) = event {
                let sectors = progress.sectors_done <= progress.sectors_total;
                assert!(sectors && progress.fraction.is_none_or(|f| (0.0..=1.0).contains(&f)), "{disc}: {progress:?}");
            }
        }
        if disc != "cd-r" {
            bench.erase(matches!(disc, "cd-rw" | "dvd-rw"));
            bench.write(100, 2, 0, over());
        }
    }
}

#[test]
fn refuses_disc_at_once_on_dvd() {
    let bench = Bench::odd("cdemu", "dvd-r");
    let at_once = Options { disc_at_once: true, ..Options::default() };
    assert_eq!(bench.refused(300, at_once), "mode-parameters-refused");
    assert!(oracle::is_untouched(&bench.sim));
    bench.write(300, 1, 0, Options::default());
}
