//! The whole engine over the socket, at a hundred times a real drive's pace: burn, verify, and what happens when either
//! end goes away in the middle.

use std::time::{Duration, Instant};

use crate::common::{Channel, TestServer, soon};
use futures::StreamExt;
use webburn_drive::Clock;
use webburn_imapi::{DiscFormat2Data, DiscRecorder2, Error, Event, Outcome, Phase, Reporter, Sha256, progress};
use webburn_relay::RelayTransport;
use webburn_sector::{BytesSource, SECTOR_SIZE, SectorCount, SectorSource};
use webburn_sim::Pace;

const TIMES: u32 = 100;

/// The host's clock, as fast as the drive's.
#[derive(Clone)]
struct Fast(Instant);

impl Clock for Fast {
    fn now(&self) -> Duration {
        self.0.elapsed() * TIMES
    }
    async fn sleep(&self, how_long: Duration) {
        tokio::time::sleep(how_long / TIMES).await;
    }
}

type Writer = DiscFormat2Data<RelayTransport<Channel>, Fast>;

async fn writer(server: &TestServer) -> Writer {
    let channel = server.socket("sim-0", "burner").await.unwrap();
    let (relay, hello) = RelayTransport::connect(channel, Duration::from_secs(10)).await.unwrap();
    let recorder = DiscRecorder2::initialize(hello.id, relay, Fast(Instant::now())).await.unwrap();
    let writer = Writer::new();
    writer.set_recorder(Some(recorder)).unwrap();
    writer.set_client_name("test").unwrap();
    writer.set_disable_consumer_dvd_compatibility_mode(true).unwrap();
    writer
}

async fn server(medium: &str) -> TestServer {
    TestServer::start_at(Pace::Real { factor: f64::from(TIMES) }, &[medium]).await
}

fn image(sectors: usize) -> Vec<u8> {
    (0..sectors * SECTOR_SIZE).map(|i| (i / SECTOR_SIZE * 31 + i * 7) as u8).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_first_medium_is_burnt_and_the_disc_holds_the_image() {
    for medium in ["cd-r", "dvd+r", "dvd+rw", "bd-r"] {
        let server = server(medium).await;
        let writer = writer(&server).await;
        writer.set_burn_verification_level(webburn_imapi::enums::BurnVerificationLevel::Full).unwrap();
        let bytes = image(1000);
        let mut source = BytesSource::new(bytes.clone(), SECTOR_SIZE);
        let report = writer.burn(&mut source, &mut Sha256::default(), &Reporter::silent()).await;
        let report = report.unwrap_or_else(|error| panic!("{medium}: {error}"));
        assert_eq!((report.outcome, report.sectors), (Outcome::Verified, SectorCount(1000)), "{medium}");
        assert_eq!(report.sha256, report.sha256_read_back, "{medium}");
        let drive = server.drives.find("sim-0").unwrap();
        let burnt = drive.simulated().unwrap().sim().with(|drive| {
            let mut export = drive.disc_mut().unwrap().export();
            let mut into = vec![0; bytes.len()];
            export.read(0, &mut into).unwrap();
            into
        });
        assert!(burnt == bytes, "{medium}: the disc holds something else");
        drop(writer);
        server.stop().await;
    }
}

/// An image too long to be burnt before anything else happens.
struct Endless;

impl SectorSource for Endless {
    fn sectors(&self) -> SectorCount {
        SectorCount(2_000_000)
    }
    async fn read(&mut self, _: u64, into: &mut [u8]) -> Result<(), webburn_sector::SourceError> {
        into.fill(0x5A);
        Ok(())
    }
}

/// Begins a burn and waits until sectors are on the disc.
async fn burning(server: &TestServer) -> tokio::task::JoinHandle<Result<(), Error>> {
    let writer = writer(server).await;
    let (reporter, mut events) = progress::channel();
    let job = tokio::spawn(async move {
        let burnt = writer.burn(&mut Endless, &mut Sha256::default(), &reporter).await;
        burnt.map(drop)
    });
    while let Some(event) = events.next().await {
        if matches!(&event, Event::Progress(p) if p.phase == Phase::Write && p.sectors_done.0 > 1000) {
            return job;
        }
    }
    panic!("the burn ended before it wrote: {:?}", job.await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bridge_that_ends_in_the_middle_of_a_burn_is_told_as_such() {
    let server = server("dvd+r").await;
    let drive = server.drives.find("sim-0").unwrap();
    let job = burning(&server).await;
    let locked = || drive.simulated().unwrap().sim().with(|drive| drive.locked());
    assert!(locked(), "a burn holds the tray closed");
    server.stop().await;
    let error = tokio::time::timeout(Duration::from_secs(30), job).await.expect("it ends").unwrap().unwrap_err();
    assert_eq!((error.code, error.refused_before_writing), ("drive-gone", false), "{error}");
    assert!(!locked());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_goes_away_in_the_middle_of_a_burn_leaves_the_drive_to_the_next() {
    let server = server("dvd+r").await;
    let drive = server.drives.find("sim-0").unwrap();
    let job = burning(&server).await;
    assert_eq!(drive.lease.holder().as_deref(), Some("burner"));
    job.abort();
    let _ = job.await;
    soon(|| drive.lease.holder().is_none()).await;
    let sim = drive.simulated().unwrap();
    assert!(!sim.sim().with(|drive| drive.locked()));
    // The next one sees the disc as it is: begun, and no more written than was sent.
    let writer = writer(&server).await;
    let state = writer.recorder().unwrap().state_query().await.unwrap();
    assert_ne!(state.status, "blank");
    let left = state.media.tracks.iter().find_map(|track| track.next_writable).expect("the open track goes on");
    assert!(left.0 >= 1000, "{left}");
    drop((state, writer));
    server.stop().await;
}
