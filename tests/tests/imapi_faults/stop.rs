//! What a person who stops a burn gets.

use super::*;

/// Cancels when so many sectors are written.
fn stopped_at(medium: &str, sectors: u32, after: usize) -> (SharedSim, BurnReport) {
    let sim = sim(medium);
    pollster::block_on(async {
        let stop: Stop = Arc::default();
        let transport = StopAt { inner: Loopback::new(sim.clone()), writes: 0, after, stop: stop.clone() };
        let recorder = DiscRecorder2::initialize("sim", transport, SimClock(sim.time())).await.unwrap();
        let data = Arc::new(writer(&recorder));
        let (reporter, mut events) = progress::channel();
        let canceller = data.clone();
        *stop.lock().unwrap() = Some(Box::new(move || canceller.cancel_write().expect("a burn is running")));
        let report = data.burn(&mut source(sectors), &mut Sha256::default(), &reporter).await.unwrap();
        let mut phases = Vec::new();
        while let Some(event) = events.try_next() {
            if let Event::Phase(phase) = event {
                phases.push(phase);
            }
        }
        assert!(!phases.contains(&Phase::Verify));
        (sim.clone(), report)
    })
}

/// What is called when it is time to stop.
type Stop = Arc<Mutex<Option<Box<dyn Fn() + Send>>>>;

struct StopAt {
    inner: Loopback,
    writes: usize,
    after: usize,
    stop: Stop,
}

impl ScsiTransport for StopAt {
    fn caps(&self) -> webburn_scsi::Caps {
        self.inner.caps()
    }
    async fn execute(
        &mut self,
        cdb: &webburn_scsi::Cdb,
        data: webburn_scsi::Data<'_>,
        limit: Duration,
    ) -> Result<webburn_scsi::Completion, TransportError> {
        if cdb.opcode() == WRITE {
            self.writes += 1;
            if self.writes == self.after
                && let Some(stop) = self.stop.lock().unwrap().as_ref()
            {
                stop();
            }
        }
        self.inner.execute(cdb, data, limit).await
    }
}

#[test]
fn a_stop_is_seen_between_two_commands_and_leaves_the_disc_as_promised() {
    for (medium, status) in [
        ("cd-r", "appendable"),
        ("cd-rw", "appendable"),
        ("dvd-r", "appendable"),
        ("dvd+r", "appendable"),
        ("bd-r", "appendable"),
        ("dvd+rw", "overwritable"),
        ("bd-re", "overwritable"),
        ("dvd-ram", "overwritable"),
    ] {
        let (sim, report) = stopped_at(medium, 5000, 7);
        assert_eq!(report.outcome, Outcome::Stopped, "{medium}");
        assert_eq!(report.hresult, webburn_imapi::hresult::E_IMAPI_REQUEST_CANCELLED);
        assert_eq!(report.sectors, SectorCount(7 * 32), "{medium}: the seventh WRITE was the last");
        assert_eq!(report.sha256, None);
        assert!(!report.closed);
        assert!(oracle::is_unlocked(&sim), "{medium}");
        oracle::holds(&sim, &source(7 * 32), report.start.0).unwrap_or_else(|e| panic!("{medium}: {e}"));
        let query = pollster::block_on(async { connect(&sim, vec![]).await.state_query().await.unwrap() });
        assert_eq!(query.status, status, "{medium}");
        if status == "appendable" {
            append(&sim, medium);
        }
    }
}
