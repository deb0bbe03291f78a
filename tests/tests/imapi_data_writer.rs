//! `DiscFormat2Data.Write`, row by row: the HRESULT value, what reached the disc, what the disc holds afterwards.
//!
//! Over 400 lines because it is one page of documentation, statement by statement.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use webburn_imapi::enums::{BurnVerificationLevel, DataWriteAction};
use webburn_imapi::{
    BlockRange, DiscFormat2Data, DiscRecorder2, Error, Event, HResult, Options, Reporter, SpeedWish, hresult as h,
    progress,
};
use webburn_scsi::wrap::{Effect, Fault, Faulty};
use webburn_scsi::{Caps, Cdb, Completion, Data, ScsiTransport, Sense, SenseKey, TransportError, TransportErrorKind};
use webburn_sector::{Lba, SectorCount, SectorSource};
use webburn_sim::{Disc, Loopback, Personality, SharedSim, SimDrive};
use webburn_tests::clock::SimClock;
use webburn_tests::job::{Job, JobSource};
use webburn_tests::oracle;

type Recorder<T> = DiscRecorder2<T, SimClock>;
type Writer<T> = DiscFormat2Data<T, SimClock>;

fn sim(medium: &str) -> SharedSim {
    sim_in(Personality::bd_burner(), medium)
}

fn sim_in(personality: Personality, medium: &str) -> SharedSim {
    let mut drive = SimDrive::new(personality);
    if let Some(disc) = Disc::from_id(medium).expect("a known medium") {
        drive.load(disc);
    }
    SharedSim::new(drive)
}

fn source(sectors: u32) -> JobSource {
    JobSource::new(&Job::of(sectors), 0)
}

async fn recorder<T: ScsiTransport>(sim: &SharedSim, transport: T) -> Recorder<T> {
    DiscRecorder2::initialize("sim", transport, SimClock(sim.time())).await.expect("a drive")
}

fn writer<T: ScsiTransport>(recorder: &Recorder<T>) -> Writer<T> {
    let data = DiscFormat2Data::new();
    data.set_recorder(Some(recorder.clone())).expect("idle");
    data.set_client_name("webburn-tests").expect("a good name");
    data
}

/// Writes `sectors` with `options`, and returns what `Write` returns.
fn write(sim: &SharedSim, sectors: u32, options: Options) -> Result<HResult, Error> {
    write_through(sim, Loopback::new(sim.clone()), &mut source(sectors), options)
}

fn write_through<T: ScsiTransport, S: SectorSource>(
    sim: &SharedSim,
    transport: T,
    source: &mut S,
    options: Options,
) -> Result<HResult, Error> {
    pollster::block_on(async {
        let data = writer(&recorder(sim, transport).await);
        data.set_options(options).expect("idle");
        data.write(Some(source), &Reporter::silent()).await
    })
}

fn failure(result: Result<HResult, Error>) -> HResult {
    result.expect_err("to be refused").hresult
}

#[test]
fn seed_s4_1_a_short_stream_becomes_a_session_with_a_postgap() {
    let sim = sim("cd-r");
    let events = pollster::block_on(async {
        let data = writer(&recorder(&sim, Loopback::new(sim.clone())).await);
        let (reporter, mut events) = progress::channel();
        assert_eq!(data.write(Some(&mut source(10)), &reporter).await.unwrap(), h::S_OK);
        std::iter::from_fn(move || events.try_next()).collect::<Vec<_>>()
    });
    let actions: Vec<_> = events
        .iter()
        .filter_map(|event| match event {
            Event::Action(action) => Some(*action),
            _ => None,
        })
        .collect();
    assert_eq!(
        actions,
        [
            DataWriteAction::ValidatingMedia,
            DataWriteAction::InitializingHardware,
            DataWriteAction::CalibratingPower,
            DataWriteAction::WritingData,
            DataWriteAction::Finalization,
            DataWriteAction::Completed,
        ]
    );
    assert_eq!(events.last(), Some(&Event::Action(DataWriteAction::Completed)));
    oracle::holds(&sim, &source(10), 0).unwrap();
    // Ten sectors, and zeros to the shortest track of 300, which has room for the 150 of postgap.
    let zeros = oracle::sectors(&sim, 10, 290).expect("a track of 300");
    assert!(zeros.iter().all(|byte| *byte == 0));
    assert_eq!(tracks(&sim), [(0, 300)]);
}

/// Start and recorded sectors of each written track, as the disc has them.
fn tracks(sim: &SharedSim) -> Vec<(i32, u32)> {
    sim.with(|drive| {
        let state = drive.disc().expect("a disc").state();
        state.tracks.iter().map(|t| (t.start, (t.next - t.start).max(0) as u32)).filter(|(_, n)| *n > 0).collect()
    })
}

#[test]
fn seed_s4_2_no_postgap_when_the_image_has_one() {
    let sim = sim("cd-r");
    let options = Options { postgap_already_in_image: true, ..Options::default() };
    assert_eq!(write(&sim, 400, options).unwrap(), h::S_OK);
    assert_eq!(tracks(&sim), [(0, 400)]);
}

#[test]
fn seed_s4_3_a_second_stream_becomes_a_second_session() {
    let sim = sim("cd-r:appendable");
    assert_eq!(write(&sim, 400, Options::default()).unwrap(), h::S_OK);
    let second = tracks(&sim)[1];
    assert_eq!(second, (11_702, 550));
    oracle::holds(&sim, &source(400), second.0).unwrap();
}

#[test]
fn seed_s4_4_to_s4_6_overwritable_discs_are_laid_from_sector_zero() {
    let sim = sim("dvd+rw");
    assert_eq!(write(&sim, 400, Options::default()).unwrap(), h::S_OK);
    oracle::holds(&sim, &source(400), 0).unwrap();
    assert_eq!(failure(write(&sim, 300, Options::default())), h::E_IMAPI_DF2DATA_MEDIA_NOT_BLANK);
    oracle::holds(&sim, &source(400), 0).unwrap();
    let other = JobSource::new(&Job::of(300), 1);
    let force = Options { force_overwrite: true, ..Options::default() };
    let result = write_through(&sim, Loopback::new(sim.clone()), &mut { other }, force);
    assert_eq!(result.unwrap(), h::S_OK);
    oracle::holds(&sim, &other, 0).unwrap();
}

/// Remembers the places of all WRITEs.
struct Places {
    inner: Loopback,
    places: Arc<Mutex<Vec<(u32, u32)>>>,
}

impl ScsiTransport for Places {
    fn caps(&self) -> Caps {
        self.inner.caps()
    }
    async fn execute(&mut self, cdb: &Cdb, data: Data<'_>, limit: Duration) -> Result<Completion, TransportError> {
        let bytes = cdb.as_bytes();
        if bytes[0] == 0x2A {
            let lba = u32::from_be_bytes([bytes[2], bytes[3], bytes[4], bytes[5]]);
            self.places.lock().unwrap().push((lba, u32::from(u16::from_be_bytes([bytes[7], bytes[8]]))));
        }
        self.inner.execute(cdb, data, limit).await
    }
}

#[test]
fn seed_s4_7_block_ranges_are_written_in_their_order_and_nothing_else() {
    let sim = sim("dvd+rw:recorded");
    let places: Arc<Mutex<Vec<(u32, u32)>>> = Arc::default();
    let transport = Places { inner: Loopback::new(sim.clone()), places: places.clone() };
    let range = |start, end| BlockRange { start: Lba(start), end: Lba(end) };
    let options = Options { block_ranges: Some(vec![range(100, 115), range(0, 15)]), ..Options::default() };
    assert_eq!(write_through(&sim, transport, &mut source(200), options).unwrap(), h::S_OK);
    assert_eq!(*places.lock().unwrap(), [(100, 16), (0, 16)]);
}

#[test]
fn seed_s4_9_to_s4_15_what_is_refused_before_anything_is_sent() {
    let sim = sim("cd-r");
    for bytes in [2047, 2049, 0] {
        let job = Job { bytes: Some(bytes), ..Job::default() };
        let result = write_through(&sim, Loopback::new(sim.clone()), &mut JobSource::new(&job, 0), Options::default());
        assert_eq!(failure(result), h::E_IMAPI_DF2DATA_STREAM_NOT_SUPPORTED, "{bytes}");
    }
    pollster::block_on(async {
        let recorder = recorder(&sim, Loopback::new(sim.clone())).await;
        let data = writer(&recorder);
        let none: Option<&mut JobSource> = None;
        assert_eq!(failure(data.write(none, &Reporter::silent()).await), h::E_POINTER);
        data.set_recorder(None).unwrap();
        let result = data.write(Some(&mut source(10)), &Reporter::silent()).await;
        assert_eq!(failure(result), h::E_IMAPI_RECORDER_REQUIRED);
        let nameless = DiscFormat2Data::new();
        nameless.set_recorder(Some(recorder.clone())).unwrap();
        let result = nameless.write(Some(&mut source(10)), &Reporter::silent()).await;
        assert_eq!(failure(result), h::E_IMAPI_DF2DATA_CLIENT_NAME_IS_NOT_VALID);
    });
    assert!(oracle::is_untouched(&sim));
    let reader = sim_in(Personality::reader(), "cd-rom");
    assert_eq!(failure(write(&reader, 10, Options::default())), h::E_IMAPI_DF2DATA_RECORDER_NOT_SUPPORTED);
    for closed in ["dvd-rom", "cd-r:recorded", "bd-r:recorded"] {
        let result = write(&sim_of(closed), 10, Options::default());
        assert_eq!(failure(result), h::E_IMAPI_DF2DATA_MEDIA_IS_NOT_SUPPORTED, "{closed}");
    }
}

fn sim_of(medium: &str) -> SharedSim {
    sim(medium)
}

/// What is called in the middle, once.
type Call = Arc<Mutex<Option<Box<dyn Fn() + Send>>>>;

/// Calls back at the fifth WRITE.
struct Midway {
    inner: Loopback,
    writes: usize,
    call: Call,
}

impl ScsiTransport for Midway {
    fn caps(&self) -> Caps {
        self.inner.caps()
    }
    async fn execute(&mut self, cdb: &Cdb, data: Data<'_>, limit: Duration) -> Result<Completion, TransportError> {
        self.writes += usize::from(cdb.opcode() == 0x2A);
        if self.writes == 5
            && let Some(call) = self.call.lock().unwrap().take()
        {
            call();
        }
        self.inner.execute(cdb, data, limit).await
    }
}

/// Writes 1000 sectors to a BD-R and does `what` in the middle.
fn midway(what: impl Fn(&Writer<Midway>, &Recorder<Midway>) + Send + 'static) -> Result<HResult, Error> {
    let sim = sim("bd-r");
    let call: Call = Arc::default();
    let transport = Midway { inner: Loopback::new(sim.clone()), writes: 0, call: call.clone() };
    pollster::block_on(async {
        let recorder = recorder(&sim, transport).await;
        let data = Arc::new(writer(&recorder));
        let (inside, drive) = (data.clone(), recorder.clone());
        *call.lock().unwrap() = Some(Box::new(move || what(&inside, &drive)));
        let result = data.write(Some(&mut source(1000)), &Reporter::silent()).await;
        assert!(call.lock().unwrap().is_none(), "the middle was never reached");
        result
    })
}

#[test]
fn seed_s4_15_while_writing_a_second_write_and_every_setter_are_refused() {
    let result = midway(|data, _| {
        let busy = h::E_IMAPI_DF2DATA_WRITE_IN_PROGRESS;
        let again = pollster::block_on(data.write(Some(&mut source(10)), &Reporter::silent()));
        assert_eq!(failure(again), busy);
        assert_eq!(data.set_force_overwrite(true).map_err(|e| e.hresult), Err(busy));
        assert_eq!(data.set_client_name("other").map_err(|e| e.hresult), Err(busy));
        assert_eq!(data.set_recorder(None).map_err(|e| e.hresult), Err(busy));
    });
    assert_eq!(result.unwrap(), h::S_OK);
}

#[test]
fn seed_s4_16_cancel_from_within_ends_in_its_own_number() {
    let result = midway(|data, _| data.cancel_write().expect("a write is in progress"));
    assert_eq!(failure(result), h::E_IMAPI_REQUEST_CANCELLED);
    let idle: Writer<Loopback> = DiscFormat2Data::new();
    let nothing = idle.cancel_write().map_err(|error| error.hresult);
    assert_eq!(nothing, Err(h::E_IMAPI_DF2DATA_WRITE_NOT_IN_PROGRESS));
}

#[test]
fn seed_s4_31_meanwhile_the_drive_is_held_under_our_name() {
    let result = midway(|_, recorder| {
        assert_eq!(recorder.exclusive_access_owner(), "webburn-tests");
        let other = DiscFormat2Data::new();
        other.set_recorder(Some(recorder.clone())).unwrap();
        other.set_client_name("somebody-else").unwrap();
        let result = pollster::block_on(other.write(Some(&mut source(10)), &Reporter::silent()));
        assert_eq!(failure(result), h::E_IMAPI_RECORDER_LOCKED);
    });
    assert_eq!(result.unwrap(), h::S_OK);
}

#[test]
fn seed_s4_17_to_s4_19_a_wish_that_is_not_to_be_had_is_adjusted() {
    let wish = |sectors_per_second, pure_cav| Options {
        speed: Some(SpeedWish { sectors_per_second, pure_cav }),
        ..Options::default()
    };
    for (options, expected) in [
        (wish(60_000, false), h::S_IMAPI_SPEEDADJUSTED),
        (wish(1200, true), h::S_IMAPI_ROTATIONADJUSTED),
        (wish(60_000, true), h::S_IMAPI_BOTHADJUSTED),
    ] {
        // 16× is 1200 sectors a second; a CD-RW drive lists CLV speeds only.
        let found = write(&sim("cd-rw"), 300, options.clone());
        let listed = found.unwrap();
        if expected != h::S_IMAPI_ROTATIONADJUSTED {
            assert_eq!(listed, expected, "{options:?}");
        } else {
            assert!([h::S_IMAPI_ROTATIONADJUSTED, h::S_IMAPI_BOTHADJUSTED].contains(&listed), "{listed:?}");
        }
    }
}

#[test]
fn seed_s4_20_a_write_error_is_an_unexpected_response() {
    let sim = sim("bd-r");
    let sense = Sense::fixed(SenseKey::MediumError, 0x0C, 0x00);
    let faulty = Faulty::new(Loopback::new(sim.clone()), vec![Fault::at(0x2A, Effect::Sense(sense)).after(3)]);
    let result = write_through(&sim, faulty, &mut source(1000), Options::default());
    assert_eq!(failure(result), h::E_IMAPI_UNEXPECTED_RESPONSE_FROM_DEVICE);
}

#[test]
fn seed_s4_21_a_bad_block_range_is_an_invalid_argument() {
    let sim = sim("dvd+rw");
    let bad = BlockRange { start: Lba(9), end: Lba(5) };
    let options = Options { block_ranges: Some(vec![bad]), ..Options::default() };
    assert_eq!(failure(write(&sim, 100, options)), h::E_INVALIDARG);
    assert!(oracle::is_untouched(&sim));
}

#[test]
fn seed_s4_26_a_stream_too_large_writes_nothing() {
    let sim = sim("cd-r");
    let too_large = h::E_IMAPI_DF2DATA_STREAM_TOO_LARGE_FOR_CURRENT_MEDIA;
    assert_eq!(failure(write(&sim, 360_000, Options::default())), too_large);
    assert!(oracle::is_untouched(&sim));
}

#[test]
fn seed_s4_27_one_flipped_bit_fails_a_full_verification() {
    let sim = sim("bd-r");
    let flip = Fault::at(0x28, Effect::Mangle(Box::new(|bytes| bytes[5000] ^= 4))).after(2);
    let faulty = Faulty::new(Loopback::new(sim.clone()), vec![flip]);
    let options = Options { verification: BurnVerificationLevel::Full, ..Options::default() };
    let result = write_through(&sim, faulty, &mut source(1000), options);
    assert_eq!(failure(result), h::E_IMAPI_BURN_VERIFICATION_FAILED);
}

#[test]
fn seed_s4_29_dvd_plus_r_is_closed_unless_compatibility_is_off() {
    for (disable, closed) in [(false, true), (true, false)] {
        let sim = sim("dvd+r");
        let options = Options { disable_consumer_dvd_compatibility_mode: disable, ..Options::default() };
        assert_eq!(write(&sim, 300, options).unwrap(), h::S_OK);
        sim.with(|drive| assert_eq!(drive.disc().expect("a disc").state().finalized, closed));
    }
}

#[test]
fn shared_faults_by_their_numbers() {
    use SenseKey::{DataProtect, IllegalRequest, NotReady};
    let sense = |key, asc, ascq| Effect::Sense(Sense::fixed(key, asc, ascq));
    let wire = |kind| Effect::Error(TransportError::new(kind, "injected"));
    let cases: Vec<(&str, u8, Effect, HResult)> = vec![
        ("d1", 0x46, wire(TransportErrorKind::Timeout), h::E_IMAPI_RECORDER_COMMAND_TIMEOUT),
        ("d2", 0x51, Effect::Short(3), h::E_IMAPI_RECORDER_INVALID_RESPONSE_FROM_DEVICE),
        ("d3", 0x00, sense(NotReady, 0x06, 0x00), h::E_IMAPI_RECORDER_MEDIA_UPSIDE_DOWN),
        ("d4", 0x00, sense(NotReady, 0x04, 0x01), h::E_IMAPI_RECORDER_MEDIA_BECOMING_READY),
        ("d5", 0x00, sense(NotReady, 0x3A, 0x00), h::E_IMAPI_RECORDER_MEDIA_NO_MEDIA),
        ("d6", 0x00, sense(NotReady, 0x04, 0x04), h::E_IMAPI_RECORDER_MEDIA_FORMAT_IN_PROGRESS),
        ("d7", 0x00, sense(NotReady, 0x04, 0x07), h::E_IMAPI_RECORDER_MEDIA_BUSY),
        ("d8", 0x2A, sense(SenseKey::MediumError, 0x0C, 0x09), h::E_IMAPI_LOSS_OF_STREAMING),
        ("d9", 0x00, sense(NotReady, 0x30, 0x00), h::E_IMAPI_RECORDER_MEDIA_INCOMPATIBLE),
        ("d12", 0x55, sense(IllegalRequest, 0x26, 0x00), h::E_IMAPI_RECORDER_INVALID_MODE_PARAMETERS),
        ("d13", 0x2A, sense(DataProtect, 0x27, 0x00), h::E_IMAPI_RECORDER_MEDIA_WRITE_PROTECTED),
        ("d15", 0x51, wire(TransportErrorKind::Closed), h::ERROR_INVALID_HANDLE),
        ("d16", 0x51, wire(TransportErrorKind::Disconnected), h::ERROR_DEV_NOT_EXIST),
        ("d17", 0x51, wire(TransportErrorKind::Locked), h::E_IMAPI_RECORDER_LOCKED),
    ];
    for (id, opcode, effect, expected) in cases {
        let sim = sim("cd-r");
        let faulty = Faulty::new(Loopback::new(sim.clone()), vec![Fault::at(opcode, effect).always()]);
        let error = write_through(&sim, faulty, &mut source(300), Options::default()).expect_err(id);
        assert_eq!(error.hresult, expected, "{id}: {error}");
        if opcode != 0x2A {
            assert!(error.refused_before_writing, "{id}");
            assert!(oracle::is_untouched(&sim), "{id}");
        }
        assert!(oracle::is_unlocked(&sim), "{id}");
    }
    // The numbers that the pages print as Win32 ones.
    assert_eq!((h::ERROR_INVALID_HANDLE.0, h::ERROR_DEV_NOT_EXIST.0), (0x8007_0006, 0x8007_0037));
}

#[test]
fn seed_s4_d14_a_disc_without_a_common_speed_is_a_speed_mismatch() {
    let incompatible = || Effect::Sense(Sense::fixed(SenseKey::IllegalRequest, 0x30, 0x05));
    for (listed, expected) in
        [(true, h::E_IMAPI_RECORDER_MEDIA_INCOMPATIBLE), (false, h::E_IMAPI_RECORDER_MEDIA_SPEED_MISMATCH)]
    {
        let sim = sim("cd-rw");
        let mut plan = vec![Fault::at(0x2A, incompatible()).always()];
        if !listed {
            // Neither GET PERFORMANCE nor mode page 2Ah names a speed.
            let unknown = || Effect::Sense(Sense::fixed(SenseKey::IllegalRequest, 0x20, 0x00));
            plan.push(Fault::at(0xAC, unknown()).always());
            plan.push(Fault::new(|cdb| cdb.as_bytes()[0] == 0x5A && cdb.as_bytes()[2] == 0x2A, unknown()).always());
        }
        let faulty = Faulty::new(Loopback::new(sim.clone()), plan);
        let result = write_through(&sim, faulty, &mut source(300), Options::default());
        assert_eq!(failure(result), expected);
    }
}

#[test]
fn a_count_is_told_as_sectors_of_the_stream() {
    let sim = sim("bd-r");
    pollster::block_on(async {
        let data = writer(&recorder(&sim, Loopback::new(sim.clone())).await);
        let report = data.burn(&mut source(33), &mut webburn_imapi::NoDigest, &Reporter::silent()).await.unwrap();
        assert_eq!((report.start, report.sectors), (Lba(0), SectorCount(33)));
        assert_eq!(tracks(&sim)[0], (0, 64));
    });
}
