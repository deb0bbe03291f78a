//! `IDiscFormat2Data::Write`: stops, adjustments, failures in the middle, closing, verification.

use std::time::Duration;

use webburn_imapi::enums::{BurnVerificationLevel, DataWriteAction};
use webburn_imapi::{Event, Options, Reporter, SpeedWish, progress};
use webburn_scsi::SenseKey;
use webburn_scsi::wrap::{Effect, Fault};
use webburn_sim::{MediumKind, Personality};
use webburn_tests::job::JobSource;
use webburn_tests::oracle;
use webburn_tests::rig::{Rig, both, both_in, both_of, small};

use crate::midway::midway;
use crate::s4_writes::source;

/// The disc holds the first sectors of the stream, as many as its track has, and can take another session.
fn holds_a_part(rig: &Rig, of: u32) {
    let written = rig.tracks()[0].1;
    assert!(written > 0 && written < of, "{}: {written} sectors", rig.height);
    oracle::holds(&rig.sim, &JobSource { bytes: u64::from(written) * 2048, ..source(of) }, 0).unwrap();
    assert_eq!(rig.closed(), (1, false), "{}", rig.height);
    assert!(oracle::is_unlocked(&rig.sim), "{}", rig.height);
}

/// CancelWrite from within: E_IMAPI_REQUEST_CANCELLED; what was written stays, and more can follow.
#[test]
fn seed_s4_16_cancel_from_within() {
    both("bd-r", |rig| {
        let result = midway(rig, |data, _| data.cancel_write().expect("a write is in progress"));
        assert_eq!(result.map(|_| ()).map_err(|error| error.hresult.0), Err(0xC0AA_0002), "{}", rig.height);
        holds_a_part(rig, 1000);
        let idle = rig.writer(vec![]).cancel_write();
        assert_eq!(idle.map_err(|error| error.hresult.0), Err(0xC0AA_0401), "{}", rig.height);
    });
}

/// Asks a CD-RW for a speed. The drive lists 1800, 750 and 300 sectors a second, none of them CAV.
fn wish(sectors_per_second: u32, pure_cav: bool, number: u32, kilobytes: u16) {
    both("cd-rw", |rig| {
        let data = rig.writer(vec![]);
        let wish = SpeedWish { sectors_per_second, pure_cav };
        let set = pollster::block_on(data.set_write_speed(Some(wish)));
        assert_eq!(set.map(|hresult| hresult.0).ok(), Some(number), "{}", rig.height);
        let asked = (i32::try_from(sectors_per_second).unwrap(), pure_cav);
        assert_eq!(data.requested_write_speed(), asked, "{}", rig.height);
        let written = pollster::block_on(data.write(Some(&mut source(300)), &Reporter::silent()));
        assert_eq!(written.map(|hresult| hresult.0).ok(), Some(number), "{}", rig.height);
        let log = rig.tap.log();
        let set: Vec<_> = log.iter().filter(|entry| entry.cdb[0] == 0xBB).map(|entry| &entry.cdb[4..6]).collect();
        assert_eq!(set, [kilobytes.to_be_bytes()], "{}", rig.height);
        let used = pollster::block_on(data.current_write_speed()).ok();
        let nearest = (f64::from(kilobytes) * 1000.0 / 2352.0).round() as u32;
        assert_eq!(used, Some((nearest, false)), "{}", rig.height);
        oracle::holds(&rig.sim, &source(300), 0).unwrap();
    });
}

/// A speed that the drive has not: S_IMAPI_SPEEDADJUSTED, and CurrentWriteSpeed is the nearest.
#[test]
fn seed_s4_17_another_speed() {
    wish(60_000, false, 0x00AA_0004, 4234);
    wish(700, false, 0x00AA_0004, 1764);
    wish(1800, false, 0, 4234);
}

/// Pure CAV of a drive that has none: S_IMAPI_ROTATIONADJUSTED.
#[test]
fn seed_s4_18_another_rotation() {
    wish(1800, true, 0x00AA_0005, 4234);
}

/// Neither: S_IMAPI_BOTHADJUSTED.
#[test]
fn seed_s4_19_another_speed_and_rotation() {
    wish(60_000, true, 0x00AA_0006, 4234);
}

/// 3/0C/00 while writing: E_IMAPI_UNEXPECTED_RESPONSE_FROM_DEVICE; what was written is closed.
#[test]
fn seed_s4_20_a_write_error() {
    both("bd-r", |rig| {
        let sense = webburn_scsi::Sense::fixed(SenseKey::MediumError, 0x0C, 0x00);
        let fault = Fault::at(0x2A, Effect::Sense(sense)).after(3);
        let burnt = rig.write(vec![fault], Options::default(), &mut source(1000));
        assert_eq!(burnt.number(), 0xC0AA_0301, "{}", rig.height);
        let error = burnt.result.expect_err("an error");
        assert!(!error.refused_before_writing && error.after.is_some(), "{}", rig.height);
        assert_eq!(error.lba.map(|lba| lba.0), Some(96), "{}", rig.height);
        holds_a_part(rig, 1000);
    });
}

/// One flipped bit on the way back fails a full verification: E_IMAPI_BURN_VERIFICATION_FAILED.
#[test]
fn seed_s4_27_one_flipped_bit() {
    both("bd-r", |rig| {
        let flip = Fault::at(0x28, Effect::Mangle(Box::new(|bytes| bytes[5000] ^= 4))).after(2);
        let options = Options { verification: BurnVerificationLevel::Full, ..Options::default() };
        let burnt = rig.write(vec![flip], options, &mut source(1000));
        assert_eq!(burnt.number(), 0xC0AA_0007, "{}", rig.height);
        // The third piece of 32 sectors, its third sector.
        let error = burnt.result.expect_err("an error");
        assert_eq!((error.code, error.lba.map(|lba| lba.0)), ("verify-different", Some(66)), "{}", rig.height);
        assert!(burnt.events.contains(&Event::Action(DataWriteAction::Verifying)), "{}", rig.height);
        oracle::holds(&rig.sim, &source(1000), 0).unwrap();
    });
}

/// Two percent or less left: the disc is closed though nobody asked for it.
#[test]
fn seed_s4_28_nearly_full_discs_are_closed() {
    let blocks = 10_000;
    // A CD takes 150 sectors of postgap and two of run-out besides.
    for (kind, added) in [
        (MediumKind::CdR, 152),
        (MediumKind::CdRw, 152),
        (MediumKind::DvdR, 0),
        (MediumKind::BdR, 0),
        (MediumKind::DvdPlusR, 0),
    ] {
        for (left, closes) in [(blocks / 50 + 96, false), (blocks / 50 - 32, true)] {
            both_of(&Personality::bd_burner(), &|| Some(small(kind, blocks)), |rig| {
                let sectors = (blocks - left - added) / 32 * 32;
                let options = Options { disable_consumer_dvd_compatibility_mode: true, ..Options::default() };
                let burnt = rig.write(vec![], options, &mut source(sectors));
                assert_eq!(burnt.number(), 0, "{kind:?} {} {:?}", rig.height, burnt.result);
                assert_eq!(rig.asks_to_close(), closes, "{kind:?} with {left} left, {}", rig.height);
                // A session more may have no room even on a disc that nobody closed.
                assert!(rig.closed() == (1, true) || !closes, "{kind:?} with {left} left, {}", rig.height);
                oracle::holds(&rig.sim, &source(sectors), 0).unwrap();
            });
        }
    }
}

/// DVD+R: closed in compatible mode by default; with DisableConsumerDvdCompatibilityMode only its session is.
#[test]
fn seed_s4_29_dvd_plus_r_is_closed_unless_compatibility_is_off() {
    for (disable, functions, closed) in [(false, [1, 5], true), (true, [1, 2], false)] {
        both("dvd+r", |rig| {
            let options = Options { disable_consumer_dvd_compatibility_mode: disable, ..Options::default() };
            assert_eq!(rig.write(vec![], options, &mut source(300)).number(), 0, "{}", rig.height);
            assert_eq!((rig.closing_functions(), rig.closed()), (functions.to_vec(), (1, closed)), "{}", rig.height);
            oracle::holds(&rig.sim, &source(300), 0).unwrap();
        });
    }
}

/// The call returns when recording has ended: the disc changes no more, nothing is sent and no event follows.
#[test]
fn seed_s4_30_nothing_happens_after_the_return() {
    for medium in ["cd-r", "dvd+r", "dvd+rw", "bd-re"] {
        both(medium, |rig| {
            let data = rig.writer(vec![]);
            let (reporter, mut events) = progress::channel();
            let result = pollster::block_on(data.write(Some(&mut source(400)), &reporter));
            assert_eq!(result.map(|hresult| hresult.0).ok(), Some(0), "{medium} {}", rig.height);
            let told: Vec<_> = std::iter::from_fn(|| events.try_next()).collect();
            assert_eq!(told.last(), Some(&Event::Action(DataWriteAction::Completed)), "{medium} {}", rig.height);
            let (disc, sent) = (oracle::text(&rig.sim), rig.tap.log().len());
            rig.sim.with(|drive| drive.advance_to(drive.now() + Duration::from_secs(3600)));
            assert_eq!((oracle::text(&rig.sim), rig.tap.log().len()), (disc, sent), "{medium} {}", rig.height);
            assert_eq!(events.try_next(), None, "{medium} {}", rig.height);
        });
    }
}

/// A drive that calibrates on request and lists no values for this disc is asked to, and told of before writing.
#[test]
fn events_come_in_the_order_of_the_work() {
    both_in(&Personality::cd_burner(), "cd-r", |rig| {
        let burnt = rig.write(vec![], Options::default(), &mut source(3000));
        let writing = burnt.events.iter().position(|e| *e == Event::Action(DataWriteAction::WritingData)).unwrap();
        let gauges: Vec<_> = burnt.events.iter().enumerate().filter(|(_, e)| matches!(e, Event::Progress(_))).collect();
        assert!(gauges.iter().any(|(at, _)| *at > writing), "{}", rig.height);
        for (_, event) in gauges {
            let Event::Progress(p) = event else { continue };
            assert!(p.last_written_lba <= p.last_read_lba && p.host_buffer.used <= p.host_buffer.total, "{p:?}");
            assert_eq!(p.total.map(|total| total.as_secs()), p.remaining.map(|left| (left + p.elapsed).as_secs()));
        }
    });
}
