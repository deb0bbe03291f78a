//! `IDiscFormat2RawCD::WriteMedia2`: what is written, what is refused, what happens meanwhile.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use webburn_cdcode::subchannel::Layout;
use webburn_imapi::enums::{RawCdDataSectorType as Type, RawCdWriteAction as Action};
use webburn_imapi::{DiscFormat2RawCD, Error, Event, HResult, Reporter, progress};
use webburn_scsi::wrap::{Effect, Fault};
use webburn_scsi::{Cdb, SenseKey, TransportErrorKind};
use webburn_sim::{Disc, Personality};
use webburn_tests::clock::SimClock;
use webburn_tests::oracle;
use webburn_tests::raw_cd::{RawImage, RawSource, cd_r_from, recorded, recorded_range};
use webburn_tests::rig::{Rig, both, both_of};

pub type Raw = DiscFormat2RawCD<webburn_tests::line::Line, SimClock>;

/// The lead-in of the simulated drive's own CD-R begins here; 97:26:66.
const LEAD_IN: i32 = -11_634;
/// That of a disc for quick tests.
pub const SHORT: i32 = -4_650;

/// A writer whose line breaks as `plan` says, and whose disc is prepared. The tap begins anew behind that.
pub fn prepared(rig: &Rig, plan: Vec<Fault>) -> Arc<Raw> {
    let raw = Raw::new();
    raw.set_recorder(Some(rig.recorder(plan))).expect("idle");
    raw.set_client_name("webburn-tests").expect("a good name");
    let ready = pollster::block_on(raw.prepare_media(&Reporter::silent()));
    assert_eq!(ready.map(|hresult| hresult.0).map_err(|e| e.to_string()), Ok(0), "{}", rig.height);
    rig.tap.restart();
    Arc::new(raw)
}

fn number(result: &Result<HResult, Error>) -> u32 {
    match result {
        Ok(hresult) => hresult.0,
        Err(error) => error.hresult.0,
    }
}

fn write2(raw: &Raw, source: &mut RawSource, lead_in: i32) -> Result<HResult, Error> {
    pollster::block_on(raw.write_media2(Some(source), lead_in, &Reporter::silent()))
}

/// The disc holds the image from the start of its lead-in on, and nothing else.
fn holds(rig: &Rig, image: &RawImage, lead_in: i32) {
    let end = image.first + image.blocks() as i32;
    assert_eq!(recorded_range(&rig.sim), Some((lead_in, end)), "{}", rig.height);
    let held = recorded(&rig.sim, lead_in, (end - lead_in) as u32).expect("all of it");
    assert!(held == image.from(lead_in), "{}: another content", rig.height);
    let sent: u32 = rig.places().iter().map(|(_, blocks)| blocks).sum();
    assert_eq!((rig.places()[0].0, sent), (lead_in, (end - lead_in) as u32), "{}", rig.height);
}

/// Refused with this number: nothing that changes a disc was sent, and it is as it was.
fn refused(rig: &Rig, raw: &Raw, source: Option<&mut RawSource>, lead_in: i32, expected: u32) {
    let before = oracle::text(&rig.sim);
    let result = pollster::block_on(raw.write_media2(source, lead_in, &Reporter::silent()));
    let error = result.expect_err(rig.height);
    assert_eq!(error.hresult.0, expected, "{}: {error}", rig.height);
    assert!(error.refused_before_writing && !rig.changed(), "{}: {error}", rig.height);
    assert_eq!(recorded_range(&rig.sim), None, "{}", rig.height);
    assert_eq!(oracle::text(&rig.sim), before, "{}", rig.height);
}

/// A disc with a short lead-in, at both heights.
pub fn short(what: impl Fn(&Rig)) {
    both_of(&Personality::bd_burner(), &|| Some(cd_r_from(SHORT)), what);
}

fn image(first: i32) -> Arc<RawImage> {
    RawImage::of(first, Layout::Packed)
}

/// A stream from 95:00:00 on and a lead-in at 97:26:66: S_OK. WriteMedia2 with 22,650 and WriteMedia leave the same bytes;
/// the first one written is that of block 11,016.
#[test]
fn seed_s3_1_write_media_2_with_22650_is_write_media() {
    let image = image(-22_650);
    let digests: Mutex<Vec<Vec<u8>>> = Mutex::default();
    for by_two in [true, false] {
        both("cd-r", |rig| {
            let raw = prepared(rig, vec![]);
            assert_eq!(raw.start_of_next_session().map(|lba| lba.0).ok(), Some(LEAD_IN), "{}", rig.height);
            let mut source = RawSource::new(&image);
            let silent = Reporter::silent();
            let result = if by_two {
                pollster::block_on(raw.write_media2(Some(&mut source), 22_650, &silent))
            } else {
                pollster::block_on(raw.write_media(Some(&mut source), &silent))
            };
            assert_eq!(number(&result), 0, "{}: {result:?}", rig.height);
            holds(rig, &image, LEAD_IN);
            let first = recorded(&rig.sim, LEAD_IN, 1).expect("a block");
            assert!(first == image.bytes[11_016 * 2448..11_017 * 2448], "{}", rig.height);
            assert_eq!(rig.closed(), (1, true), "{}", rig.height);
            digests.lock().unwrap().push(first);
        });
    }
    assert_eq!(digests.into_inner().unwrap().len(), 4);
}

/// A stream that begins with the disc's lead-in: S_OK, and nothing is left out.
#[test]
fn seed_s3_2_a_stream_from_the_start_of_the_lead_in() {
    both("cd-r", |rig| {
        let image = image(LEAD_IN);
        let raw = prepared(rig, vec![]);
        let result = write2(&raw, &mut RawSource::new(&image), 11_634);
        assert_eq!(number(&result), 0, "{}: {result:?}", rig.height);
        holds(rig, &image, LEAD_IN);
    });
}

/// A stream that cannot be read from its middle: what is to be left out is read and thrown away.
#[test]
fn seed_s3_3_a_stream_that_cannot_seek() {
    short(|rig| {
        let image = image(-6000);
        let raw = prepared(rig, vec![]);
        let mut source = RawSource { only_forward: true, ..RawSource::new(&image) };
        let result = write2(&raw, &mut source, 6000);
        assert_eq!(number(&result), 0, "{}: {result:?}", rig.height);
        holds(rig, &image, SHORT);
    });
}

/// No stream: E_POINTER.
#[test]
fn seed_s3_4_no_stream() {
    short(|rig| {
        let raw = prepared(rig, vec![]);
        refused(rig, &raw, None, 22_650, 0x8000_4003);
        assert_eq!(rig.tap.log().len(), 0, "{}", rig.height);
    });
}

/// A stream that is no whole number of blocks of the requested type: E_IMAPI_DF2RAW_STREAM_NOT_SUPPORTED.
#[test]
fn seed_s3_5_streams_of_no_whole_blocks() {
    for (more, layout, sector_type) in [
        (1, Layout::Packed, Type::IsCooked),
        (2447, Layout::Raw, Type::IsRaw),
        (16, Layout::Pq, Type::PqOnly),
        // Whole blocks of another type.
        (0, Layout::Pq, Type::IsCooked),
        (0, Layout::Raw, Type::PqOnly),
    ] {
        short(|rig| {
            let raw = prepared(rig, vec![]);
            pollster::block_on(raw.set_requested_sector_type(sector_type)).expect("the drive takes all three");
            rig.tap.restart();
            let mut source = RawSource { more, ..RawSource::new(&RawImage::of(SHORT, layout)) };
            refused(rig, &raw, Some(&mut source), -SHORT, 0xC0AA_060D);
            assert_eq!(rig.tap.log().len(), 0, "{}", rig.height);
        });
    }
    // Nothing at all, and nothing behind the lead-in.
    for (blocks, lead_in) in [(0, 4650), (4650, 4650)] {
        short(|rig| {
            let raw = prepared(rig, vec![]);
            let mut source = RawSource { blocks, ..RawSource::new(&image(SHORT)) };
            refused(rig, &raw, Some(&mut source), lead_in, 0xC0AA_060D);
        });
    }
}

/// Not prepared, or released again: E_IMAPI_DF2RAW_MEDIA_IS_NOT_PREPARED.
#[test]
fn seed_s3_6_not_prepared() {
    short(|rig| {
        let raw = Raw::new();
        raw.set_recorder(Some(rig.recorder(vec![]))).expect("idle");
        raw.set_client_name("webburn-tests").expect("a good name");
        refused(rig, &raw, Some(&mut RawSource::new(&image(SHORT))), -SHORT, 0xC0AA_0602);
        let released = pollster::block_on(raw.release_media());
        assert_eq!(released.map_err(|error| error.hresult.0), Err(0xC0AA_0602), "{}", rig.height);
        let raw = prepared(rig, vec![]);
        assert!(!oracle::is_unlocked(&rig.sim), "{}", rig.height);
        pollster::block_on(raw.release_media()).expect("prepared");
        assert!(oracle::is_unlocked(&rig.sim), "{}", rig.height);
        refused(rig, &raw, Some(&mut RawSource::new(&image(SHORT))), -SHORT, 0xC0AA_0602);
    });
}

type Call = Arc<Mutex<Option<Box<dyn Fn() + Send>>>>;

/// Writes and does `what` at the fifth WRITE, once.
fn midway(rig: &Rig, what: impl Fn(&Raw) + Send + 'static) -> (Arc<Raw>, Result<HResult, Error>) {
    let call: Call = Arc::default();
    let (inside, writes) = (call.clone(), AtomicUsize::new(0));
    let look = move |cdb: &Cdb| {
        if cdb.opcode() == 0x2A && writes.fetch_add(1, Ordering::SeqCst) == 4 {
            let call = inside.lock().unwrap().take();
            call.expect("once")();
        }
        false
    };
    let raw = prepared(rig, vec![Fault::new(look, Effect::Status(0))]);
    let same = raw.clone();
    *call.lock().unwrap() = Some(Box::new(move || what(&same)));
    let result = write2(&raw, &mut RawSource::new(&image(SHORT)), -SHORT);
    assert!(call.lock().unwrap().is_none(), "the middle was never reached");
    (raw, result)
}

/// Called again while it writes: E_IMAPI_DF2RAW_WRITE_IN_PROGRESS; the first call is not disturbed. So for all that may
/// only be changed while nothing is written.
#[test]
fn seed_s3_7_called_again_from_within() {
    short(|rig| {
        let (_, result) = midway(rig, |raw| {
            let busy = |result: Result<(), Error>| assert_eq!(result.map_err(|e| e.hresult.0), Err(0xC0AA_0600));
            busy(write2(raw, &mut RawSource::new(&image(SHORT)), -SHORT).map(drop));
            busy(pollster::block_on(raw.release_media()));
            busy(raw.set_recorder(None));
            busy(raw.set_client_name("somebody"));
            busy(raw.set_buffer_underrun_free_disabled(true));
            busy(pollster::block_on(raw.set_requested_sector_type(Type::IsRaw)));
        });
        assert_eq!(number(&result), 0, "{}: {result:?}", rig.height);
        holds(rig, &image(SHORT), SHORT);
    });
}

/// The disc is found not blank: E_IMAPI_DF2RAW_MEDIA_IS_NOT_BLANK.
#[test]
fn seed_s3_8_not_blank_any_more() {
    short(|rig| {
        let raw = prepared(rig, vec![]);
        // Somebody opened the tray by its button.
        rig.sim.with(|drive| {
            drive.eject();
            drive.load(Disc::from_id("cd-r:recorded").unwrap().unwrap());
        });
        let before = oracle::text(&rig.sim);
        let result = write2(&raw, &mut RawSource::new(&image(SHORT)), -SHORT);
        assert_eq!(number(&result), 0xC0AA_0606, "{}: {result:?}", rig.height);
        assert!(!rig.changed() && oracle::text(&rig.sim) == before, "{}", rig.height);
    });
    // Nor is one prepared that is not.
    both("cd-r:recorded", |rig| {
        let raw = Raw::new();
        raw.set_recorder(Some(rig.recorder(vec![]))).expect("idle");
        raw.set_client_name("webburn-tests").expect("a good name");
        let ready = pollster::block_on(raw.prepare_media(&Reporter::silent()));
        assert_eq!(ready.map_err(|error| error.hresult.0), Err(0xC0AA_0606), "{}", rig.height);
        assert!(oracle::is_unlocked(&rig.sim), "{}", rig.height);
    });
}

/// One sector short of the disc's lead-in: E_IMAPI_DF2RAW_STREAM_LEADIN_TOO_SHORT, nothing written.
#[test]
fn seed_s3_9_one_sector_short() {
    both("cd-r", |rig| {
        let raw = prepared(rig, vec![]);
        let mut source = RawSource::new(&image(SHORT));
        source.blocks = 12_000;
        refused(rig, &raw, Some(&mut source), 11_633, 0xC0AA_060F);
    });
}

/// A number of sectors that is none: E_INVALIDARG.
#[test]
fn seed_s3_10_no_number_of_sectors() {
    for lead_in in [0, -1, -22_650, i32::MIN, 30_000, i32::MAX] {
        short(|rig| {
            let raw = prepared(rig, vec![]);
            refused(rig, &raw, Some(&mut RawSource::new(&image(SHORT))), lead_in, 0x8007_0057);
        });
    }
}

/// A lead-out that would begin behind the last possible place: E_IMAPI_DF2RAW_NOT_ENOUGH_SPACE, nothing written.
#[test]
fn seed_s3_11_not_enough_space() {
    for (blocks, expected) in [(749, Some(0xC0AA_0609)), (750, None)] {
        let disc = || {
            let state = webburn_sim::DiscState { blocks, ..cd_r_from(SHORT).to_state() };
            Some(Disc::from_state(state, Box::new(webburn_sim::surface::MemoryStore::new())).expect("a good state"))
        };
        both_of(&Personality::bd_burner(), &disc, |rig| {
            let raw = prepared(rig, vec![]);
            let last = raw.last_possible_start_of_leadout().map(|lba| lba.0);
            assert_eq!(last.ok(), Some(blocks as i32), "{}", rig.height);
            let mut source = RawSource::new(&image(SHORT));
            match expected {
                Some(expected) => refused(rig, &raw, Some(&mut source), -SHORT, expected),
                None => assert_eq!(number(&write2(&raw, &mut source, -SHORT)), 0, "{}", rig.height),
            }
        });
    }
    // The table of contents may say less than what follows it.
    both("cd-r", |rig| {
        let raw = prepared(rig, vec![]);
        let mut source = RawSource { blocks: 400_000, ..RawSource::new(&image(-22_650)) };
        refused(rig, &raw, Some(&mut source), 22_650, 0xC0AA_0609);
    });
}

/// Faults of the command `opcode` once the disc is prepared.
pub fn later(opcode: u8, effect: Effect) -> (Fault, Arc<AtomicBool>) {
    let armed = Arc::new(AtomicBool::new(false));
    let switch = armed.clone();
    let look = move |cdb: &Cdb| switch.load(Ordering::SeqCst) && cdb.opcode() == opcode;
    (Fault::new(look, effect).always(), armed)
}

/// Sense without a name of its own, before writing: E_FAIL.
#[test]
fn seed_s3_12_unmapped_sense() {
    short(|rig| {
        let sense = webburn_scsi::Sense::fixed(SenseKey::HardwareError, 0x44, 0x00);
        let (fault, armed) = later(0x51, Effect::Sense(sense));
        let raw = prepared(rig, vec![fault]);
        armed.store(true, Ordering::SeqCst);
        refused(rig, &raw, Some(&mut RawSource::new(&image(SHORT))), -SHORT, 0x8000_4005);
    });
}

/// Memory is refused: E_OUTOFMEMORY.
#[test]
fn seed_s3_13_out_of_memory() {
    short(|rig| {
        let error = webburn_scsi::TransportError::new(TransportErrorKind::OutOfMemory, "injected");
        let (fault, armed) = later(0x51, Effect::Error(error));
        let raw = prepared(rig, vec![fault]);
        armed.store(true, Ordering::SeqCst);
        refused(rig, &raw, Some(&mut RawSource::new(&image(SHORT))), -SHORT, 0x8007_000E);
    });
}

/// CancelWrite from within: E_IMAPI_REQUEST_CANCELLED; ReleaseMedia then succeeds and the drive is free.
#[test]
fn seed_s3_14_cancel_from_within() {
    short(|rig| {
        let (raw, result) = midway(rig, |raw| raw.cancel_write().expect("a write is in progress"));
        assert_eq!(number(&result), 0xC0AA_0002, "{}: {result:?}", rig.height);
        let (first, end) = recorded_range(&rig.sim).expect("a part");
        assert!(first == SHORT && end < 1000, "{}: {first} to {end}", rig.height);
        assert_eq!(rig.closing_functions(), [2], "{}: closing the torn session is tried", rig.height);
        assert_eq!(raw.cancel_write().map_err(|e| e.hresult.0), Err(0xC0AA_0601), "{}", rig.height);
        assert!(!oracle::is_unlocked(&rig.sim), "{}", rig.height);
        pollster::block_on(raw.release_media()).expect("prepared");
        assert!(oracle::is_unlocked(&rig.sim), "{}", rig.height);
        let recorder = raw.recorder().expect("set");
        assert_eq!((recorder.exclusive_access_owner().as_str(), recorder.mcn_enabled()), ("", true), "{}", rig.height);
    });
}

/// Events: PREPARING, WRITING, FINISHING; StartLba is negative, and SectorCount is what is to be written.
#[test]
fn seed_s3_15_events() {
    short(|rig| {
        let raw = prepared(rig, vec![]);
        let (reporter, mut events) = progress::channel();
        let mut source = RawSource::new(&image(-6000));
        let result = pollster::block_on(raw.write_media2(Some(&mut source), 6000, &reporter));
        assert_eq!(number(&result), 0, "{}: {result:?}", rig.height);
        let (mut actions, mut gauges) = (Vec::new(), 0);
        for event in std::iter::from_fn(|| events.try_next()) {
            match event {
                Event::Action(action) => {
                    let action = Action::from(action);
                    if actions.last() != Some(&action) {
                        actions.push(action);
                    }
                }
                Event::Progress(gauge) if Action::from(gauge.action) == Action::Writing => {
                    assert_eq!((gauge.start_lba.0, gauge.sector_count.0), (SHORT, 4650 + 750 + 300), "{}", rig.height);
                    gauges += 1;
                }
                _ => {}
            }
        }
        assert_eq!(actions, [Action::Preparing, Action::Writing, Action::Finishing], "{}", rig.height);
        assert!(gauges > 0, "{}", rig.height);
    });
}

/// Written, the disc is still prepared until ReleaseMedia: held, locked, and no longer blank.
#[test]
fn seed_s3_16_prepared_until_released() {
    short(|rig| {
        let raw = prepared(rig, vec![]);
        assert_eq!(number(&write2(&raw, &mut RawSource::new(&image(SHORT)), -SHORT)), 0, "{}", rig.height);
        assert_eq!(raw.start_of_next_session().map(|lba| lba.0).ok(), Some(SHORT), "{}", rig.height);
        assert!(!oracle::is_unlocked(&rig.sim), "{}", rig.height);
        assert_eq!(raw.set_recorder(None).map_err(|e| e.hresult.0), Err(0xC0AA_0603), "{}", rig.height);
        let again = pollster::block_on(raw.prepare_media(&Reporter::silent()));
        assert_eq!(again.map_err(|e| e.hresult.0), Err(0xC0AA_0603), "{}", rig.height);
        let again = write2(&raw, &mut RawSource::new(&image(SHORT)), -SHORT);
        assert_eq!(number(&again), 0xC0AA_0606, "{}", rig.height);
        pollster::block_on(raw.release_media()).expect("prepared");
        assert!(oracle::is_unlocked(&rig.sim), "{}", rig.height);
        assert_eq!(raw.recorder().map(|r| r.exclusive_access_owner()), Some(String::new()), "{}", rig.height);
        assert_eq!(raw.start_of_next_session().map_err(|e| e.hresult.0), Err(0xC0AA_0602), "{}", rig.height);
    });
}
