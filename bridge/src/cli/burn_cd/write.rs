//! A CD written, and how it went.

use std::sync::Arc;

use serde_json::{Value, json};
use webburn_imapi::verify_cd::{Compared, RawResult, TrackResult};
use webburn_imapi::{Error, Sha256, StateQuery, progress};
use webburn_rawimage::CdImage;
use webburn_record::{CdWriter, Recorded, Recording};
use webburn_sector::SectorCount;

use super::{Job, tell_plan};
use crate::cli::exit::End;
use crate::cli::output::complain;
use crate::cli::{change, json, watch};
use crate::texts::cd as words;

/// What was written.
struct Sent {
    burnt: Result<Recorded, Error>,
    now: Option<StateQuery>,
}

/// Burns it and says how it went.
pub fn burn(job: &Job<'_>, mut image: CdImage, recording: Recording) -> End {
    let sheets = recording.sheets();
    let count = if job.wish.test_write { 1 } else { sheets.len() };
    let length = sheets.iter().take(count).map(|sheet| sheet.lead_out().since(sheet.start())).sum();
    let mut set_up = || {
        let writer = CdWriter::new(&job.recorder, change::CLIENT, &recording)?;
        let plans = pollster::block_on(writer.plan(&mut image, &recording))?;
        Ok((Arc::new(writer), plans))
    };
    let (writer, plans) = match set_up() {
        Ok(ready) => ready,
        Err(error) => return job.fail(&error, None),
    };
    for (number, plan) in (1..).zip(&plans) {
        if plans.len() > 1 {
            job.manner.line(words::session(number));
        }
        tell_plan(job.manner, plan);
    }
    if plans.len() > 1 && job.wish.test_write {
        job.manner.line(words::tries_first(plans.len()));
    }

    let (reporter, events) = progress::channel();
    let (work, recorder) = (Arc::clone(&writer), job.recorder.clone());
    let stop = move || writer.cancel();
    let sent = watch::run(job.manner, watch::Kind::BurnCd, events, stop, async move {
        let burnt = work.burn(&mut image, &recording, &mut Sha256::default(), &reporter).await;
        drop(reporter);
        // The true state of the disc, asked anew, whatever happened.
        let now = recorder.state_query().await.ok();
        Sent { burnt, now }
    });
    let Some(Sent { burnt, now }) = sent else { return job.lost() };
    match burnt {
        Ok(recorded) => tell(job, &recorded, length, now.as_ref()),
        Err(error) => job.fail(&error, now.as_ref()),
    }
}

fn tell(job: &Job<'_>, recorded: &Recorded, length: SectorCount, now: Option<&StateQuery>) -> End {
    let Some(report) = recorded.together() else { return job.lost() };
    let mut value = json::result(&report.burn, now);
    let length = if recorded.raw { report.burn.sectors } else { length };
    if recorded.raw {
        if let Some(compared) = recorded.compared {
            tell_raw(job, &compared);
            value["raw"] = raw_value(&compared);
        }
    } else {
        value["tracks"] = report.tracks.iter().map(track_value).collect();
        report.tracks.iter().for_each(|track| tell_track(job, track));
    }
    job.finish((&report.burn, length), value, !recorded.is_wrong(), now)
}

fn tell_track(job: &Job<'_>, track: &TrackResult) {
    let (number, line) = (track.number, track_line(track));
    if track.compared == Compared::Equal {
        job.manner.line(line);
    } else {
        complain(&line);
    }
    if let Some(Compared::Different { first, sectors }) = track.rw {
        complain(&words::track_rw_different(number, sectors, first.0));
    }
    if track.uncorrected > 0 {
        complain(&words::uncorrected(number, track.uncorrected));
    }
}

fn track_line(track: &TrackResult) -> String {
    match track.compared {
        Compared::Equal => words::track_equal(track.number, track.offset),
        Compared::Different { first, sectors } => words::track_different(track.number, sectors, first.0),
        Compared::Unreadable { at } => words::track_unreadable(track.number, at.0),
        Compared::Stopped => words::track_stopped(track.number),
    }
}

fn track_value(track: &TrackResult) -> Value {
    let (first, sectors) = place(track.compared);
    json!({
        "number": track.number, "audio": track.audio, "sectors": track.sectors.0, "offset": track.offset,
        "uncorrected": track.uncorrected, "compared": track.compared.code(), "first": first, "different": sectors,
        "rToW": track.rw.map(|rw| rw == Compared::Equal),
    })
}

/// The first sector that is wrong, and how many differ.
fn place(compared: Compared) -> (Option<i32>, u32) {
    match compared {
        Compared::Different { first, sectors } => (Some(first.0), sectors),
        Compared::Unreadable { at } => (Some(at.0), 0),
        Compared::Equal | Compared::Stopped => (None, 0),
    }
}

fn tell_raw(job: &Job<'_>, result: &RawResult) {
    let parts = [("Main channel", result.main), ("Sub-channel Q", result.q), ("Sub-channel R to W", result.rw)];
    for (name, compared) in parts {
        match compared {
            Compared::Equal | Compared::Stopped => {}
            Compared::Different { first, sectors } => complain(&words::raw_different(name, first.0, sectors)),
            Compared::Unreadable { at } => {
                complain(&words::raw_unreadable(at.0));
                break;
            }
        }
    }
    if result.is_equal() {
        job.manner.line(words::raw_equal(result.sectors.0.into(), result.offset, result.q_noise));
    }
}

fn raw_value(result: &RawResult) -> Value {
    let part = |compared: Compared| match place(compared) {
        (None, _) => json!({ "compared": compared.code() }),
        (first, 0) => json!({ "compared": compared.code(), "first": first }),
        (first, sectors) => json!({ "compared": compared.code(), "first": first, "different": sectors }),
    };
    json!({
        "sectors": result.sectors.0, "main": part(result.main), "q": part(result.q), "rToW": part(result.rw),
        "offset": result.offset, "noise": result.q_noise, "uncorrected": result.uncorrected,
    })
}
