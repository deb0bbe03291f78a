//! `WriteEngine2` and the pass-through of `DiscRecorder2Ex`: a disc written by hand, command by command.

use std::time::Duration;

use webburn_imapi::{DiscRecorder2, Reporter, WriteEngine2, hresult as h};
use webburn_sim::{Disc, Loopback, Personality, SharedSim, SimDrive};
use webburn_tests::clock::SimClock;
use webburn_tests::job::{Job, JobSource};
use webburn_tests::oracle;

fn sim(medium: &str) -> SharedSim {
    let mut drive = SimDrive::new(Personality::bd_burner());
    drive.load(Disc::from_id(medium).expect("a known medium").expect("a disc"));
    SharedSim::new(drive)
}

async fn recorder(sim: &SharedSim) -> DiscRecorder2<Loopback, SimClock> {
    DiscRecorder2::initialize("sim", Loopback::new(sim.clone()), SimClock(sim.time())).await.expect("a drive")
}

const LIMIT: Duration = Duration::from_secs(200);

#[test]
fn a_section_is_written_and_the_rest_is_the_callers() {
    let job = JobSource::new(&Job::of(100), 0);
    for streaming in [false, true] {
        let sim = sim("bd-re:recorded");
        pollster::block_on(async {
            let recorder = recorder(&sim).await;
            let engine = WriteEngine2::new();
            engine.set_recorder(Some(recorder.clone())).unwrap();
            engine.set_bytes_per_sector(2048).unwrap();
            engine.set_use_streaming_write12(streaming).unwrap();
            let result = engine.write_section(&mut { job }, 320, 64, &Reporter::silent()).await;
            assert_eq!(result.unwrap(), h::S_OK);
            let flush = [0x35, 0, 0, 0, 0, 0, 0, 0, 0, 0];
            assert_eq!(recorder.send_command_no_data(&flush, LIMIT).await.unwrap().hresult, h::S_OK);
        });
        let first = JobSource { bytes: 64 * 2048, ..job };
        oracle::holds(&sim, &first, 320).unwrap();
    }
}

#[test]
fn an_engine_that_is_not_set_up_writes_nothing() {
    let job = JobSource::new(&Job::of(100), 0);
    let sim = sim("bd-r");
    pollster::block_on(async {
        let engine = WriteEngine2::new();
        let write = async |count| engine.write_section(&mut { job }, 0, count, &Reporter::silent()).await;
        let number = |result: Result<_, webburn_imapi::Error>| result.map_err(|error| error.hresult);
        assert_eq!(number(write(10).await), Err(h::E_POINTER), "no recorder");
        engine.set_recorder(Some(recorder(&sim).await)).unwrap();
        assert_eq!(number(write(10).await), Err(h::E_POINTER), "no sector size");
        assert_eq!(number(engine.set_bytes_per_sector(0).map(|()| h::S_OK)), Err(h::E_INVALIDARG));
        engine.set_bytes_per_sector(2352).unwrap();
        assert_eq!(number(write(10).await), Err(h::E_INVALIDARG), "the stream has other sectors");
        engine.set_bytes_per_sector(2048).unwrap();
        for count in [0, -1, 101] {
            assert_eq!(number(write(count).await), Err(h::E_INVALIDARG), "{count}");
        }
        assert_eq!(engine.cancel_write(), h::S_IMAPI_WRITE_NOT_IN_PROGRESS);
        assert_eq!((engine.bytes_per_sector(), engine.sectors_per_second()), (2048, (-1, -1)));
        assert!(!engine.write_in_progress());
    });
    assert!(oracle::is_untouched(&sim));
}

#[test]
fn what_the_drive_refuses_in_a_pass_through_is_a_success_with_sense() {
    let sim = sim("bd-r");
    pollster::block_on(async {
        let recorder = recorder(&sim).await;
        recorder.media().await.unwrap();
        let mut buffer = [0; 36];
        let inquiry = [0x12, 0, 0, 0, 36, 0];
        let good = recorder.send_command_get_data_from_device(&inquiry, &mut buffer, LIMIT).await.unwrap();
        assert_eq!((good.hresult, good.sense, good.fetched), (h::S_OK, [0; 18], 36));
        let beyond = [0x28, 0, 0x7F, 0, 0, 0, 0, 0, 1, 0];
        let mut sector = [0; 2048];
        let refused = recorder.send_command_get_data_from_device(&beyond, &mut sector, LIMIT).await.unwrap();
        assert_eq!(refused.hresult, h::S_IMAPI_COMMAND_HAS_SENSE_DATA);
        assert_eq!((refused.sense[0] & 0x7F, refused.sense[2] & 0x0F), (0x70, 5));
        // A CDB of the wrong length never reaches the drive.
        let short = recorder.send_command_no_data(&[0x35, 0, 0, 0, 0, 0], LIMIT).await;
        assert_eq!(short.map(|_| ()).map_err(|error| error.hresult), Err(h::E_INVALIDARG));
        assert_eq!(recorder.get_disc_information().await.unwrap().len(), 34);
        assert_eq!(recorder.profiles(true).await.unwrap().len(), 1);
    });
}
