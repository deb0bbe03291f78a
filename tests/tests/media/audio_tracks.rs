//! CDs: audio track by track.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use webburn_imapi::enums::BurnVerificationLevel as Level;
use webburn_imapi::verify_cd::verify_track;
use webburn_imapi::{Cancel, DiscFormat2TrackAtOnce, Error, HResult, Reporter};
use webburn_scsi::Cdb;
use webburn_scsi::wrap::{Effect, Fault};
use webburn_sector::{BytesSource, Lba, Msf};
use webburn_sim::{MediumKind, Personality};
use webburn_tests::clock::SimClock;
use webburn_tests::line::Line;
use webburn_tests::oracle;
use webburn_tests::raw_cd::recorded;
use webburn_tests::rig::quick::{both, both_of};
use webburn_tests::rig::{Rig, small};
use webburn_tests::sound::noise;

type Tao = DiscFormat2TrackAtOnce<Line, SimClock>;

/// Samples that nowhere repeat.
pub fn samples(sectors: u32, salt: u32) -> Vec<u8> {
    noise(salt, sectors as usize * 2352)
}

fn source(sectors: u32, salt: u32) -> BytesSource {
    BytesSource::new(samples(sectors, salt), 2352)
}

/// The number of a failure.
pub fn code<T>(result: Result<T, Error>) -> Result<T, u32> {
    result.map_err(|error| error.hresult.0)
}

fn tao(rig: &Rig, plan: Vec<Fault>) -> Arc<Tao> {
    let tao = Tao::new();
    tao.set_recorder(Some(rig.recorder(plan))).expect("idle");
    tao.set_client_name("webburn-tests").expect("a good name");
    Arc::new(tao)
}

fn prepare(tao: &Tao) -> Result<HResult, Error> {
    pollster::block_on(tao.prepare_media(&Reporter::silent()))
}

fn add(tao: &Tao, source: &mut BytesSource) -> Result<HResult, Error> {
    pollster::block_on(tao.add_audio_track(Some(source), &Reporter::silent()))
}

fn release(tao: &Tao) -> Result<(), Error> {
    pollster::block_on(tao.release_media(&Reporter::silent()))
}

/// A test burn sends everything and leaves the disc blank, the tray free.
#[test]
fn a_test_of_tracks_leaves_the_disc_as_it_was() {
    both("cd-r", |rig| {
        let tao = tao(rig, vec![]);
        tao.set_test_write(true).expect("idle");
        assert_eq!(code(prepare(&tao)).map(|h| h.0), Ok(0), "{}", rig.height);
        assert_eq!(code(add(&tao, &mut source(400, 1))).map(|h| h.0), Ok(0), "{}", rig.height);
        assert_eq!(code(release(&tao)), Ok(()), "{}", rig.height);
        assert!(rig.sent(0x2A) > 0 && rig.closing_functions().is_empty(), "{}", rig.height);
        assert!(oracle::is_untouched(&rig.sim) && oracle::is_unlocked(&rig.sim), "{}", rig.height);
    });
}

#[test]
fn audio_track_by_track() {
    for keep_open in [false, true] {
        both("cd-r", |rig| {
            let tao = tao(rig, vec![]);
            tao.set_do_not_finalize_media(keep_open).expect("idle");
            tao.set_burn_verification_level(Level::Quick).expect("idle");
            assert_eq!(code(tao.tracks()), Err(0xC0AA_0502));
            assert_eq!(code(prepare(&tao)).map(|h| h.0), Ok(0), "{}", rig.height);
            assert!(!oracle::is_unlocked(&rig.sim), "{}", rig.height);
            assert_eq!(code(tao.expected_table_of_contents()), Err(0xC0AA_0505));
            let free = tao.free_sectors_on_media().expect("prepared");
            // The second is too short, and filled up with silence.
            for (sectors, salt) in [(400, 1), (100, 2), (300, 3)] {
                assert_eq!(code(add(&tao, &mut source(sectors, salt))).map(|h| h.0), Ok(0), "{}", rig.height);
            }
            assert_eq!(tao.number_of_existing_tracks(), 3, "{}", rig.height);
            let tracks: Vec<_> = tao.tracks().unwrap().iter().map(|t| (t.number, t.start.0, t.sectors.0)).collect();
            assert_eq!(tracks, [(1, 0, 400), (2, 552, 300), (3, 1004, 300)], "{}", rig.height);
            assert_eq!(tao.used_sectors_on_media().map(|n| n.0).ok(), Some(1456), "{}", rig.height);
            assert_eq!(tao.free_sectors_on_media().map(|n| n.0).ok(), Some(free.0 - 1456), "{}", rig.height);
            let expected = tao.expected_table_of_contents().expect("tracks");
            assert_eq!(code(tao.set_do_not_finalize_media(false)), Err(0xC0AA_0504), "{}", rig.height);
            assert_eq!(code(release(&tao)), Ok(()), "{}", rig.height);
            assert_eq!(rig.closed(), (1, !keep_open), "{}", rig.height);
            assert!(oracle::is_unlocked(&rig.sim) && tao.recorder().unwrap().mcn_enabled(), "{}", rig.height);
            assert_eq!(rig.closing_functions(), [2], "{}: no CLOSE TRACK", rig.height);
            // First and last track, and 1304 + 2 sectors of run-out + 150: 19 seconds and 31 frames.
            let about: Vec<_> = expected[..3].iter().map(|e| (e[3], e[8], e[9], e[10])).collect();
            assert_eq!(about, [(0xA0, 1, 0, 0), (0xA1, 3, 0, 0), (0xA2, 0, 19, 31)], "{}", rig.height);
            // What the lead-in says is what was expected.
            let recorder = rig.recorder(vec![]);
            let media = pollster::block_on(recorder.media()).expect("a disc");
            let starts: Vec<_> = media.tracks.iter().filter(|t| !t.blank).map(|t| (t.number as u8, t.start)).collect();
            let said: Vec<_> =
                expected[3..].iter().map(|e| (e[3], Msf::new(e[8], e[9], e[10]).to_lba().unwrap())).collect();
            assert_eq!(starts, said, "{}", rig.height);
            for (start, sectors, salt) in [(0, 400, 1), (552, 100, 2), (1004, 300, 3)] {
                let held = recorded(&rig.sim, start, sectors).expect("recorded");
                assert!(held == samples(sectors, salt), "{} track at {start}", rig.height);
            }
            // Read back and compared, each against what was sent for it, and against something else.
            let mut drive = pollster::block_on(recorder.drive());
            for (number, start, sectors, salt) in
                [(1, 0, 400, 1), (2, 552, 100, 2), (3, 1004, 300, 3), (3, 1004, 300, 4)]
            {
                let (mut sent, cancel) = (source(sectors, salt), Cancel::new());
                let place = (number, Lba(start));
                let found = verify_track(&mut drive, place, &mut sent, Level::Full, &cancel);
                let found = pollster::block_on(found).expect(rig.height);
                assert_eq!(found.is_equal(), salt == u32::from(number), "{}: {found:?}", rig.height);
                assert_eq!((found.sectors.0, found.offset), (sectors, 0), "{}", rig.height);
            }
            // A drive that reads twelve samples late is one for which what was sent lies twelve samples further on.
            for late in [12_i32, -700] {
                let written = samples(400, 1);
                let mut sent = vec![0; written.len()];
                let (from, to) = (late.max(0) as usize * 4, (-late).max(0) as usize * 4);
                let length = written.len() - from - to;
                sent[to..to + length].copy_from_slice(&written[from..from + length]);
                let (mut sent, cancel) = (BytesSource::new(sent, 2352), Cancel::new());
                let found = verify_track(&mut drive, (1, Lba(0)), &mut sent, Level::Full, &cancel);
                let found = pollster::block_on(found).expect(rig.height);
                assert!(found.is_equal() && found.offset == late, "{}: {found:?}", rig.height);
            }
            drop(drive);
            let silence = recorded(&rig.sim, 652, 200).expect("recorded");
            assert!(silence.iter().all(|byte| *byte == 0), "{}", rig.height);
        });
    }
}

#[test]
fn what_is_refused_before_a_track_is_written() {
    both("cd-r", |rig| {
        let tao = tao(rig, vec![]);
        assert_eq!(code(add(&tao, &mut source(300, 1))).map(|h| h.0), Err(0xC0AA_0502), "not prepared");
        assert_eq!(code(release(&tao)), Err(0xC0AA_0502));
        assert_eq!(code(tao.cancel_add_track()), Err(0xC0AA_0501));
        prepare(&tao).expect("a blank disc");
        assert_eq!(code(prepare(&tao)).map(|h| h.0), Err(0xC0AA_0503));
        assert_eq!(code(tao.set_client_name("other")), Err(0xC0AA_0503));
        let none = pollster::block_on(tao.add_audio_track::<BytesSource>(None, &Reporter::silent()));
        assert_eq!(code(none).map(|h| h.0), Err(0x8000_4003));
        for bytes in [0, 2351, 2048 * 300] {
            assert_eq!(code(add(&tao, &mut BytesSource::new(vec![1; bytes], 2352))).map(|h| h.0), Err(0xC0AA_050D));
        }
        assert_eq!(code(add(&tao, &mut BytesSource::new(vec![1; 2048 * 300], 2048))).map(|h| h.0), Err(0xC0AA_050D));
        assert_eq!(code(release(&tao)), Ok(()), "nothing to close");
        assert!(oracle::is_untouched(&rig.sim) && oracle::is_unlocked(&rig.sim), "{}", rig.height);
        assert_eq!((rig.sent(0x2A), rig.sent(0x5B)), (0, 0), "{}", rig.height);
    });
    for (medium, number) in [("cd-r:recorded", 0xC0AA_0506), ("dvd-r", 0xC0AA_0507), ("none", 0xC0AA_0202)] {
        both(medium, |rig| {
            let tao = tao(rig, vec![]);
            assert_eq!(code(prepare(&tao)).map(|h| h.0), Err(number), "{medium} {}", rig.height);
            assert!(oracle::is_unlocked(&rig.sim), "{medium}");
            assert_eq!(tao.recorder().unwrap().exclusive_access_owner(), "", "{medium}");
        });
    }
    // The second track does not fit behind the first.
    both_of(&Personality::bd_burner(), &|| Some(small(MediumKind::CdR, 1000)), |rig| {
        let tao = tao(rig, vec![]);
        prepare(&tao).expect("a blank disc");
        assert_eq!(code(add(&tao, &mut source(1000, 1))).map(|h| h.0), Err(0xC0AA_0509));
        add(&tao, &mut source(400, 1)).expect("room");
        let free = tao.free_sectors_on_media().expect("prepared").0;
        assert_eq!(code(add(&tao, &mut source(free + 1, 2))).map(|h| h.0), Err(0xC0AA_0509));
        assert_eq!(code(add(&tao, &mut source(free, 2))).map(|h| h.0), Ok(0), "{}: {free}", rig.height);
        assert_eq!(code(release(&tao)), Ok(()));
    });
}

/// A stop in the middle of the second track: it stays, shorter, and the session can be closed.
#[test]
fn a_track_that_is_stopped_stays() {
    both("cd-rw", |rig| {
        let writer: Arc<std::sync::Mutex<Option<Arc<Tao>>>> = Arc::default();
        let (inside, writes) = (writer.clone(), AtomicUsize::new(0));
        let look = move |cdb: &Cdb| {
            if cdb.opcode() == 0x2A && writes.fetch_add(1, Ordering::SeqCst) == 25 {
                inside.lock().unwrap().as_ref().unwrap().cancel_add_track().expect("a track is being added");
            }
            false
        };
        let tao = tao(rig, vec![Fault::new(look, Effect::Status(0))]);
        *writer.lock().unwrap() = Some(tao.clone());
        prepare(&tao).expect("a blank disc");
        add(&tao, &mut source(400, 1)).expect("room");
        assert_eq!(code(add(&tao, &mut source(2000, 2))).map(|h| h.0), Err(0xC0AA_0002), "{}", rig.height);
        let tracks = tao.tracks().expect("prepared");
        assert!(tracks.len() == 2 && (300..2000).contains(&tracks[1].sectors.0), "{}: {tracks:?}", rig.height);
        assert_eq!(code(release(&tao)), Ok(()), "{}", rig.height);
        assert_eq!(rig.closed().0, 1, "{}", rig.height);
        let held = recorded(&rig.sim, 552, 200).expect("recorded");
        assert!(held == samples(2000, 2)[..200 * 2352], "{}", rig.height);
        *writer.lock().unwrap() = None;
    });
}
