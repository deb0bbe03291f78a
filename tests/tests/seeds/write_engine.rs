//! `IWriteEngine2` and its event arguments.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use webburn_imapi::enums::ModePageRequestType;
use webburn_imapi::{Event, Progress, Reporter, WriteEngine2, progress};
use webburn_scsi::wrap::{Effect, Fault};
use webburn_tests::clock::SimClock;
use webburn_tests::job::JobSource;
use webburn_tests::line::Line;
use webburn_tests::oracle;
use webburn_tests::rig::{Recorder, Rig, both};

use crate::s4_writes::source;

const LIMIT: Duration = Duration::from_secs(200);

fn engine(recorder: Recorder) -> WriteEngine2<Line, SimClock> {
    let engine = WriteEngine2::new();
    engine.set_recorder(Some(recorder)).expect("idle");
    engine.set_bytes_per_sector(2048).expect("a size");
    engine
}

async fn flush(recorder: &Recorder) {
    let done = recorder.send_command_no_data(&[0x35, 0, 0, 0, 0, 0, 0, 0, 0, 0], LIMIT).await;
    assert_eq!(done.expect("flushed").hresult.0, 0);
}

#[test]
fn a_section_by_write_10_and_by_streaming_write_12() {
    for streaming in [false, true] {
        both("bd-re:recorded", |rig| {
            let recorder = rig.recorder(vec![]);
            let engine = engine(recorder.clone());
            assert!(!engine.use_streaming_write12());
            engine.set_use_streaming_write12(streaming).unwrap();
            let written = pollster::block_on(engine.write_section(&mut source(100), 320, 64, &Reporter::silent()));
            assert_eq!(written.map(|hresult| hresult.0).ok(), Some(0), "{}", rig.height);
            pollster::block_on(flush(&recorder));
            oracle::holds(&rig.sim, &JobSource { bytes: 64 * 2048, ..source(100) }, 320).unwrap();
            assert_eq!(rig.places(), [(320, 32), (352, 32)], "{}", rig.height);
            assert_eq!((rig.sent(0x2A), rig.sent(0xAA)), if streaming { (0, 2) } else { (2, 0) });
            let log = rig.tap.log();
            for entry in log.iter().filter(|entry| entry.cdb[0] == 0xAA) {
                assert_eq!(entry.cdb[10] & 0x80, 0x80, "the streaming bit");
            }
        });
    }
}

/// Session at once, data, one track from 00:02:00 to 00:08:00.
const CUE: [u8; 32] = [
    0x41, 0, 0, 0x14, 0, 0, 0, 0, 0x41, 1, 0, 0x10, 0, 0, 0, 0, 0x41, 1, 1, 0x10, 0, 0, 2, 0, 0x41, 0xAA, 1, 0x14, 0,
    0, 8, 0,
];

fn gauge(event: &Event) -> Option<Progress> {
    if let Event::Progress(progress) = event { Some((**progress).clone()) } else { None }
}

/// Takes what was told when the first WRITE is sent.
fn at_the_first_write(events: Arc<Mutex<progress::Events>>, seen: Arc<Mutex<Vec<Event>>>) -> Fault {
    let look = move |cdb: &webburn_scsi::Cdb| {
        let mut seen = seen.lock().unwrap();
        if cdb.opcode() == 0x2A && seen.is_empty() {
            let mut events = events.lock().unwrap();
            seen.extend(std::iter::from_fn(|| events.try_next()));
        }
        false
    };
    Fault::new(look, Effect::Status(0))
}

#[test]
fn a_negative_start_is_the_gap_before_a_track() {
    both("cd-r", |rig| {
        let (reporter, events) = progress::channel();
        let events = Arc::new(Mutex::new(events));
        let seen: Arc<Mutex<Vec<Event>>> = Arc::default();
        let recorder = rig.recorder(vec![at_the_first_write(events.clone(), seen.clone())]);
        // 150 sectors of gap, then 450 of track.
        let mut stream = source(600);
        pollster::block_on(async {
            recorder.media().await.unwrap();
            let mut page = recorder.get_mode_page(0x05, ModePageRequestType::CurrentValues).await.unwrap();
            (page[0], page[2], page[3], page[4]) = (0x05, 0x42, 0x04, 0x08);
            recorder.set_mode_page(ModePageRequestType::CurrentValues, &page).await.unwrap();
            let send = [0x5D, 0, 0, 0, 0, 0, 0, 0, 32, 0];
            let sheet = recorder.send_command_send_data_to_device(&send, &CUE, LIMIT).await.unwrap();
            assert_eq!(sheet.hresult.0, 0, "{}", rig.height);
            let engine = engine(recorder.clone());
            let written = engine.write_section(&mut stream, -150, 600, &reporter).await;
            assert_eq!(written.map(|hresult| hresult.0).map_err(|error| error.to_string()), Ok(0), "{}", rig.height);
            flush(&recorder).await;
        });
        assert_eq!(rig.places()[0].0, -150, "{}", rig.height);
        let track: Vec<u8> = (150..600).flat_map(|k| source(600).sector(k)).collect();
        assert!(oracle::sectors(&rig.sim, 0, 450) == Some(track), "{}", rig.height);
        // Told once before the first WRITE, and once behind the last.
        let before = seen.lock().unwrap().iter().find_map(gauge).expect("told before");
        let after = std::iter::from_fn(|| events.lock().unwrap().try_next()).filter_map(|e| gauge(&e)).last();
        let after = after.expect("told after");
        for told in [&before, &after] {
            assert_eq!((told.start_lba.0, told.sector_count.0), (-150, 600), "{}", rig.height);
            assert!(told.host_buffer.used + told.host_buffer.free() == told.host_buffer.total);
        }
        assert_eq!((before.last_read_lba.0, before.last_written_lba.0), (-151, -151), "{}", rig.height);
        assert_eq!((after.last_read_lba.0, after.last_written_lba.0), (449, 449), "{}", rig.height);
        assert_eq!((after.host_buffer.used, after.host_buffer.total > 0), (0, true), "{}", rig.height);
    });
}

fn refused(rig: &Rig, engine: &WriteEngine2<Line, SimClock>, start: i32, count: i32, number: u32) {
    let written = pollster::block_on(engine.write_section(&mut source(100), start, count, &Reporter::silent()));
    assert_eq!(written.map(|_| ()).map_err(|error| error.hresult.0), Err(number), "{}", rig.height);
    assert!(!rig.changed() && !engine.write_in_progress(), "{}", rig.height);
}

#[test]
fn an_engine_that_is_not_set_up_writes_nothing() {
    both("bd-r", |rig| {
        let engine = WriteEngine2::new();
        assert!(engine.recorder().is_none());
        assert_eq!((engine.bytes_per_sector(), engine.sectors_per_second()), (-1, (-1, -1)));
        refused(rig, &engine, 0, 10, 0x8000_4003);
        engine.set_recorder(Some(rig.recorder(vec![]))).unwrap();
        assert!(engine.recorder().is_some());
        refused(rig, &engine, 0, 10, 0x8000_4003);
        for bad in [0, -1, i32::MIN] {
            assert_eq!(engine.set_bytes_per_sector(bad).map_err(|e| e.hresult.0), Err(0x8007_0057), "{bad}");
        }
        for size in [2352, 2448, 2368] {
            // The stream's sectors are others.
            engine.set_bytes_per_sector(size).unwrap();
            refused(rig, &engine, 0, 10, 0x8007_0057);
        }
        engine.set_bytes_per_sector(2048).unwrap();
        for count in [0, -1, 101] {
            refused(rig, &engine, 0, count, 0x8007_0057);
        }
        for (starting, ending) in [(0, 100), (100, -2)] {
            let set = engine.set_sectors_per_second(starting, ending);
            assert_eq!(set.map_err(|e| e.hresult.0), Err(0x8007_0057));
        }
        engine.set_sectors_per_second(2195, 8780).unwrap();
        assert_eq!(engine.sectors_per_second(), (2195, 8780));
        // CancelWrite of nothing is a success that says so.
        assert_eq!(engine.cancel_write().0, 0x00AA_0302);
    });
}

#[test]
fn sectors_longer_than_a_transfer_are_refused() {
    both("bd-r", |rig| {
        let recorder = rig.recorder(vec![]);
        let most = pollster::block_on(recorder.get_maximum_transfer_size());
        let engine = engine(recorder);
        engine.set_bytes_per_sector(i32::try_from(most + 2048).unwrap()).unwrap();
        let mut stream = webburn_sector::BytesSource::new(vec![0; most + 2048], most + 2048);
        let written = pollster::block_on(engine.write_section(&mut stream, 0, 1, &Reporter::silent()));
        assert_eq!(written.map(|_| ()).map_err(|error| error.hresult.0), Err(0x8007_0057), "{}", rig.height);
        assert!(!rig.changed(), "{}", rig.height);
    });
}

/// The engine that a fault is to find at the first WRITE.
type Slot = Arc<Mutex<Option<Arc<WriteEngine2<Line, SimClock>>>>>;

#[test]
fn an_engine_is_stopped_and_guards_its_settings_meanwhile() {
    both("bd-re:recorded", |rig| {
        let slot: Slot = Arc::default();
        let inside = slot.clone();
        let look = move |cdb: &webburn_scsi::Cdb| {
            if cdb.opcode() == 0x2A
                && let Some(engine) = inside.lock().unwrap().take()
            {
                assert!(engine.write_in_progress());
                assert_eq!(engine.set_bytes_per_sector(2352).map_err(|e| e.hresult.0), Err(0x8000_4005));
                assert_eq!(engine.set_recorder(None).map_err(|e| e.hresult.0), Err(0x8000_4005));
                assert_eq!(engine.set_use_streaming_write12(true).map_err(|e| e.hresult.0), Err(0x8000_4005));
                let again = pollster::block_on(engine.write_section(&mut source(10), 0, 1, &Reporter::silent()));
                assert_eq!(again.map(|_| ()).map_err(|e| e.hresult.0), Err(0x8000_4005));
                assert_eq!(engine.cancel_write().0, 0);
            }
            false
        };
        let recorder = rig.recorder(vec![Fault::new(look, Effect::Status(0))]);
        let engine = Arc::new(engine(recorder));
        *slot.lock().unwrap() = Some(engine.clone());
        let written = pollster::block_on(engine.write_section(&mut source(10_000), 0, 10_000, &Reporter::silent()));
        assert_eq!(written.map(|_| ()).map_err(|error| error.hresult.0), Err(0xC0AA_0002), "{}", rig.height);
        let sent: u32 = rig.places().iter().map(|(_, sectors)| sectors).sum();
        assert!(sent < 10_000 && !engine.write_in_progress(), "{sent} {}", rig.height);
    });
}
