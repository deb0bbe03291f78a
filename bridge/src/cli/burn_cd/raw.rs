//! A whole disc raw: lead-in to lead-out, with its sub-channel.

use std::sync::Arc;

use serde_json::{Value, json};
use webburn_cdcode::session::Style;
use webburn_cdcode::subchannel::Layout;
use webburn_imapi::enums::RawCdDataSectorType;
use webburn_imapi::verify_cd::{Compared, RawResult, RawSession, verify_raw};
use webburn_imapi::{
    BurnReport, Cancel, DiscFormat2RawCD, Error, Event, Outcome, Phase, Reloaded, Reporter, Sha256, StateQuery,
    progress, reload,
};
use webburn_rawimage::CdImage;
use webburn_rawimage::stream::{RawOptions, RawStream};
use webburn_sector::{Lba, SectorSource};

use super::Job;
use crate::cli::drive::{HostClock, Recorder};
use crate::cli::exit::End;
use crate::cli::output::complain;
use crate::cli::{change, json, watch};
use crate::open::OpenDrive;
use crate::texts::{self, cd as words};

/// Where the stream begins: 95:00:00, 22,650 sectors before LBA 0.
const LEAD_IN: i32 = 22_650;

type Writer = DiscFormat2RawCD<OpenDrive, HostClock>;

struct Sent {
    burnt: Result<(BurnReport, Option<RawResult>), Error>,
    now: Option<StateQuery>,
}

/// Burns it and says how it went.
pub fn burn(job: &Job<'_>, image: CdImage) -> End {
    let options = RawOptions::new(Layout::Raw, Style::default());
    let lead_out = image.layout.lead_out();
    let stream = match RawStream::new(image, 0, options) {
        Ok(stream) => stream,
        Err(error) => return job.manner.refuse("image-not-supported", &words::not_at_once(&error.to_string())),
    };
    let sectors = u64::from(stream.sectors().0);
    if let Some(text) = words::raw_step("write", &vec![("sectors", sectors.into())]) {
        job.manner.line(format!("  {text}"));
    }
    let stopped = if job.media.kind.rewritable() { "disc-reusable" } else { "disc-spent" };
    if let Some(text) = texts::if_stopped(stopped) {
        job.manner.line(text);
    }
    let writer: Arc<Writer> = Arc::new(DiscFormat2RawCD::new());
    let (recorder, speed, verify) = (job.recorder.clone(), job.speed(), job.wish.verify);
    let (reporter, events) = progress::channel();
    let (cancel, work) = (Cancel::new(), Arc::clone(&writer));
    let verifying = cancel.clone();
    let stop = move || {
        cancel.cancel();
        drop(writer.cancel_write());
    };
    let sent = watch::run(job.manner, watch::Kind::BurnCd, events, stop, async move {
        let mut stream = stream;
        let set_up = work.set_recorder(Some(recorder.clone())).and_then(|()| work.set_client_name(change::CLIENT));
        let burnt = match set_up {
            Ok(()) => write(&work, &recorder, &mut stream, (speed, verify, lead_out), &reporter, &verifying).await,
            Err(error) => Err(error),
        };
        drop(reporter);
        // The true state of the disc, asked anew, whatever happened.
        let now = recorder.state_query().await.ok();
        Sent { burnt, now }
    });
    let Some(Sent { burnt, now }) = sent else { return job.lost() };
    match burnt {
        Ok((report, compared)) => tell(job, &report, compared, now.as_ref()),
        Err(error) => job.fail(&error, now.as_ref()),
    }
}

async fn write(
    writer: &Writer,
    recorder: &Recorder,
    stream: &mut RawStream,
    (speed, verify, lead_out): (Option<webburn_imapi::SpeedWish>, bool, Lba),
    reporter: &Reporter,
    cancel: &Cancel,
) -> Result<(BurnReport, Option<RawResult>), Error> {
    writer.set_write_speed(speed).await?;
    writer.prepare_media(reporter).await?;
    let written = match writer.set_requested_sector_type(RawCdDataSectorType::IsRaw).await {
        Ok(()) => writer.burn(stream, LEAD_IN, &mut Sha256::default(), reporter).await,
        Err(error) => Err(error),
    };
    let released = writer.release_media().await;
    let report = written?;
    released.map_err(Error::after_writing)?;
    if !verify || report.outcome != Outcome::Written {
        return Ok((report, None));
    }
    reporter.report(Event::Phase(Phase::Verify));
    let mut drive = recorder.drive().await;
    if reload(&mut drive, &report.medium, reporter).await? == Reloaded::StayedOut {
        return Ok((report, None));
    }
    let session = RawSession { first: Lba(-LEAD_IN), start: Lba::ZERO, end: lead_out };
    let result = verify_raw(&mut drive, session, stream, reporter, cancel).await?;
    let outcome = if result.is_equal() { Outcome::Verified } else { Outcome::Written };
    Ok((BurnReport { outcome, ..report }, Some(result)))
}

fn tell(job: &Job<'_>, report: &BurnReport, compared: Option<RawResult>, now: Option<&StateQuery>) -> End {
    let mut value = json::result(report, now);
    let mut equal = true;
    if let Some(result) = compared {
        let parts = [("Main channel", result.main), ("Sub-channel Q", result.q), ("Sub-channel R to W", result.rw)];
        for (name, compared) in parts {
            match compared {
                Compared::Equal | Compared::Stopped => {}
                Compared::Different { first, sectors } => {
                    equal = false;
                    complain(&words::raw_different(name, first.0, sectors));
                }
                Compared::Unreadable { at } => {
                    equal = false;
                    complain(&words::raw_unreadable(at.0));
                    break;
                }
            }
        }
        if result.is_equal() {
            job.manner.line(words::raw_equal(result.sectors.0.into(), result.offset, result.q_noise));
        }
        value["raw"] = raw_value(&result);
    }
    job.finish((report, report.sectors), value, equal, now)
}

fn raw_value(result: &RawResult) -> Value {
    let part = |compared: Compared| match compared {
        Compared::Equal => json!({ "compared": "equal" }),
        Compared::Different { first, sectors } => {
            json!({ "compared": "different", "first": first.0, "different": sectors })
        }
        Compared::Unreadable { at } => json!({ "compared": "unreadable", "first": at.0 }),
        Compared::Stopped => json!({ "compared": "stopped" }),
    };
    json!({
        "sectors": result.sectors.0, "main": part(result.main), "q": part(result.q), "rToW": part(result.rw),
        "offset": result.offset, "noise": result.q_noise, "uncorrected": result.uncorrected,
    })
}
