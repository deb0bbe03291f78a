//! `DiscFormat2Erase` and the multisession objects.

use webburn_imapi::multisession::{Multisession, MultisessionRandomWrite, MultisessionSequential};
use webburn_imapi::{DiscFormat2Data, DiscFormat2Erase, DiscRecorder2, Error, Options, Reporter, hresult as h};
use webburn_scsi::wrap::{Effect, Fault};
use webburn_scsi::{Sense, SenseKey};
use webburn_sim::{Disc, Loopback, Personality, SharedSim, SimDrive};
use webburn_tests::clock::SimClock;
use webburn_tests::job::{Job, JobSource};
use webburn_tests::line::{Line, Wire};
use webburn_tests::oracle;
use webburn_tests::tap::Tap;

type Recorder = DiscRecorder2<Line, SimClock>;

fn sim(medium: &str) -> SharedSim {
    let mut drive = SimDrive::new(Personality::bd_burner());
    drive.load(Disc::from_id(medium).expect("a known medium").expect("a disc"));
    SharedSim::new(drive)
}

async fn recorder(sim: &SharedSim, plan: Vec<Fault>) -> Recorder {
    let line = Wire::Loopback(Loopback::new(sim.clone())).line_with(plan, &Tap::new());
    DiscRecorder2::initialize("sim", line, SimClock(sim.time())).await.expect("a drive")
}

fn eraser(recorder: &Recorder, full: bool) -> DiscFormat2Erase<Line, SimClock> {
    let erase = DiscFormat2Erase::new();
    erase.set_recorder(Some(recorder.clone())).unwrap();
    erase.set_client_name("webburn-tests").unwrap();
    erase.set_full_erase(full);
    erase
}

fn writer(recorder: &Recorder, options: Options) -> DiscFormat2Data<Line, SimClock> {
    let data = DiscFormat2Data::new();
    data.set_recorder(Some(recorder.clone())).unwrap();
    data.set_client_name("webburn-tests").unwrap();
    data.set_options(options).unwrap();
    data
}

#[test]
fn every_rewritable_disc_takes_a_new_stream_after_a_quick_erase() {
    for medium in ["cd-rw", "dvd-rw", "dvd-rw-ro", "dvd+rw", "dvd-ram", "bd-re"] {
        let sim = sim(&format!("{medium}:recorded"));
        let job = JobSource::new(&Job::of(500), 3);
        pollster::block_on(async {
            let recorder = recorder(&sim, vec![]).await;
            let erase = eraser(&recorder, false);
            erase.erase_media(&Reporter::silent()).await.unwrap_or_else(|error| panic!("{medium}: {error}"));
            let data = writer(&recorder, Options::default());
            assert!(data.media_heuristically_blank().await.unwrap(), "{medium}");
            let result = data.write(Some(&mut { job }), &Reporter::silent()).await;
            assert_eq!(result.map_err(|error| error.to_string()), Ok(h::S_OK), "{medium}");
        });
        oracle::holds(&sim, &job, 0).unwrap_or_else(|error| panic!("{medium}: {error}"));
        assert!(oracle::is_unlocked(&sim), "{medium}");
    }
}

#[test]
fn what_cannot_be_erased_is_refused_and_left_alone() {
    for (medium, expected) in [
        ("cd-r:recorded", h::E_IMAPI_ERASE_MEDIA_IS_NOT_SUPPORTED),
        ("dvd-rom", h::E_IMAPI_ERASE_MEDIA_IS_NOT_SUPPORTED),
        ("bd-r", h::E_IMAPI_ERASE_MEDIA_IS_NOT_SUPPORTED),
    ] {
        pollster::block_on(async {
            let recorder = recorder(&sim(medium), vec![]).await;
            let error = eraser(&recorder, false).erase_media(&Reporter::silent()).await.expect_err(medium);
            assert_eq!(error.hresult, expected, "{medium}");
            assert!(error.refused_before_writing);
        });
    }
    pollster::block_on(async {
        let recorder = recorder(&sim("cd-rw"), vec![]).await;
        let erase: DiscFormat2Erase<Line, SimClock> = DiscFormat2Erase::new();
        let number = |result: Result<_, Error>| result.map(|_| ()).map_err(|error| error.hresult);
        assert_eq!(number(erase.erase_media(&Reporter::silent()).await), Err(h::E_POINTER));
        erase.set_recorder(Some(recorder.clone())).unwrap();
        let again = erase.set_recorder(Some(recorder)).map_err(|error| error.hresult);
        assert_eq!(again, Err(h::E_IMAPI_ERASE_ONLY_ONE_RECORDER_SUPPORTED));
        assert_eq!(
            number(erase.erase_media(&Reporter::silent()).await),
            Err(h::E_IMAPI_ERASE_CLIENT_NAME_IS_NOT_VALID)
        );
    });
}

#[test]
fn an_erase_that_fails_says_why_and_not_that_it_took_too_long() {
    let cases = [
        ((SenseKey::MediumError, 0x51, 0x00), h::E_IMAPI_ERASE_DRIVE_FAILED_ERASE_COMMAND),
        ((SenseKey::IllegalRequest, 0x24, 0x01), h::E_IMAPI_ERASE_MEDIA_IS_NOT_ERASABLE),
        ((SenseKey::DataProtect, 0x27, 0x00), h::E_IMAPI_RECORDER_MEDIA_WRITE_PROTECTED),
        ((SenseKey::IllegalRequest, 0x2C, 0x00), h::E_IMAPI_ERASE_UNEXPECTED_DRIVE_RESPONSE_DURING_ERASE),
    ];
    for ((key, asc, ascq), expected) in cases {
        pollster::block_on(async {
            let fault = Fault::at(0xA1, Effect::Sense(Sense::fixed(key, asc, ascq))).always();
            let recorder = recorder(&sim("cd-rw:recorded"), vec![fault]).await;
            let error = eraser(&recorder, false).erase_media(&Reporter::silent()).await.expect_err("it fails");
            assert_eq!(error.hresult, expected, "{error}");
            assert!(error.after.is_some());
        });
    }
}

/// Both objects of a recorder's data writer.
fn objects(
    recorder: &Recorder,
    options: Options,
) -> (MultisessionSequential<Line, SimClock>, MultisessionRandomWrite<Line, SimClock>) {
    let mut both = (None, None);
    for object in writer(recorder, options).multisession_interfaces().unwrap() {
        match object {
            Multisession::Sequential(object) => both.0 = Some(object),
            Multisession::RandomWrite(object) => both.1 = Some(object),
        }
    }
    (both.0.expect("never empty"), both.1.expect("never empty"))
}

#[test]
fn seed_s1b_one_object_fits_each_disc_blank_or_not() {
    for (medium, sequential) in [
        ("cd-r", true),
        ("cd-r:appendable", true),
        ("dvd-r", true),
        ("dvd+r:appendable", true),
        ("bd-r", true),
        ("dvd+rw", false),
        ("dvd-ram", false),
        ("bd-re:recorded", false),
    ] {
        pollster::block_on(async {
            let recorder = recorder(&sim(medium), vec![]).await;
            let (first, second) = objects(&recorder, Options::default());
            assert_eq!(first.is_supported_on_current_media_state().await.unwrap(), sequential, "{medium}");
            assert_eq!(second.is_supported_on_current_media_state().await.unwrap(), !sequential, "{medium}");
            assert!(!first.in_use());
            first.set_in_use(true);
            assert!(first.in_use());
            let data = writer(&recorder, Options::default());
            if sequential {
                assert_eq!(first.next_writable_address().await.unwrap(), data.next_writable_address().await.unwrap());
                assert_eq!(first.free_sectors_on_media().await.unwrap(), data.free_sectors_on_media().await.unwrap());
                assert!(first.write_unit_size().await.unwrap().0 > 0);
            } else {
                assert_eq!(
                    second.total_sectors_on_media().await.unwrap(),
                    data.total_sectors_on_media().await.unwrap()
                );
                assert!(second.write_unit_size().await.unwrap().0 > 0);
            }
        });
    }
}

#[test]
fn seed_s1_the_last_written_address_of_an_overwritable_disc() {
    let number = |result: Result<webburn_sector::Lba, Error>| result.map_err(|error| error.hresult);
    pollster::block_on(async {
        // The drive does not give it: the discs of this drive have no such field.
        let (_, random) = objects(&recorder(&sim("dvd+rw:recorded"), vec![]).await, Options::default());
        assert_eq!(number(random.last_written_address().await), Err(h::E_NOTIMPL));
        // It gives one.
        let mut answer = vec![0; 36];
        answer[..8].copy_from_slice(&[0, 34, 1, 1, 0, 4, 1, 2]);
        answer[24..28].copy_from_slice(&100_000_u32.to_be_bytes());
        answer[28..32].copy_from_slice(&4711_u32.to_be_bytes());
        let fault = Fault::at(0x52, Effect::Answer(answer)).always();
        let (_, random) = objects(&recorder(&sim("dvd+rw:recorded"), vec![fault]).await, Options::default());
        for _ in 0..2 {
            assert_eq!(number(random.last_written_address().await), Ok(webburn_sector::Lba(4711)));
        }
        // Another kind of disc.
        let (_, random) = objects(&recorder(&sim("dvd+r"), vec![]).await, Options::default());
        assert_eq!(number(random.last_written_address().await), Err(h::E_IMAPI_DF2DATA_INVALID_MEDIA_STATE));
        // Sense that nobody has a name for.
        let hardware = Effect::Sense(Sense::fixed(SenseKey::HardwareError, 0x44, 0x00));
        let fault = Fault::at(0x52, hardware).always();
        let (_, random) = objects(&recorder(&sim("dvd+rw:recorded"), vec![fault]).await, Options::default());
        assert_eq!(number(random.last_written_address().await), Err(h::E_FAIL));
    });
}

#[test]
fn seed_s2_the_last_written_address_of_the_previous_session() {
    let number = |result: Result<i32, Error>| result.map_err(|error| error.hresult);
    pollster::block_on(async {
        for medium in ["cd-r", "dvd+r", "bd-r"] {
            let blank = recorder(&sim(medium), vec![]).await;
            let (sequential, _) = objects(&blank, Options::default());
            assert_eq!(number(sequential.last_written_address_of_previous_session().await), Ok(-1), "{medium}");
            assert_eq!(number(sequential.start_address_of_previous_session().await), Ok(-1), "{medium}");
            assert!(sequential.is_first_data_session().await.unwrap());
        }
        for medium in ["cd-r:appendable", "dvd+r:appendable", "bd-r:appendable"] {
            let recorder = recorder(&sim(medium), vec![]).await;
            let (sequential, _) = objects(&recorder, Options::default());
            let start = sequential.start_address_of_previous_session().await.unwrap();
            let last = sequential.last_written_address_of_previous_session().await.unwrap();
            let next = sequential.next_writable_address().await.unwrap().0;
            assert!(start <= last && last < next, "{medium}: {start} {last} {next}");
            let data = writer(&recorder, Options::default());
            assert_eq!(number(data.last_written_address_of_previous_session().await), Ok(last), "{medium}");
            assert!(!sequential.is_first_data_session().await.unwrap());
            let strict = Options { strict: true, ..Options::default() };
            let (sequential, _) = objects(&recorder, strict);
            assert_eq!(number(sequential.last_written_address_of_previous_session().await), Err(h::E_NOTIMPL));
        }
        let (sequential, _) = objects(&recorder(&sim("dvd+rw:recorded"), vec![]).await, Options::default());
        let wrong = number(sequential.start_address_of_previous_session().await);
        assert_eq!(wrong, Err(h::E_IMAPI_DF2DATA_INVALID_MEDIA_STATE));
    });
}
