//! Sessions at once, by cue sheet, one after the other.

use std::sync::Arc;

use serde_json::{Value, json};
use webburn_imapi::enums::BurnVerificationLevel;
use webburn_imapi::plan::CdOptions;
use webburn_imapi::verify_cd::{Compared, TrackResult};
use webburn_imapi::{
    DiscSession, Error, SessionAtOnce, SessionReport, SessionSources, SessionSpec, Sha256, StateQuery, progress,
};
use webburn_mmc::CueSheet;
use webburn_rawimage::CdImage;
use webburn_rawimage::at_once::{BlockStream, NotAtOnce, SessionSheet, SheetOptions};
use webburn_sector::{SectorCount, SectorSource};

use super::{Job, raw, tell_plan};
use crate::cli::exit::End;
use crate::cli::output::{Manner, complain};
use crate::cli::{change, json, watch};
use crate::texts::cd as words;

/// The sheets of the disc's sessions.
///
/// # Errors
/// Told; the end of the command.
pub fn sheets(image: &CdImage, rw: bool, manner: Manner) -> Result<Vec<SessionSheet>, End> {
    let sessions = image.layout.sessions.len();
    let of = |number| {
        let sheet = SessionSheet::new(&image.layout, number, SheetOptions::default())?;
        Ok(if rw { sheet.with_rw() } else { sheet })
    };
    (0..sessions).map(of).collect::<Result<_, _>>().map_err(|error: NotAtOnce| {
        let why = error.to_string();
        match error {
            NotAtOnce::Mode0(_) if sessions > 1 => {
                manner.refuse("image-not-supported", &words::sessions_need_raw(sessions, &why))
            }
            NotAtOnce::Mode0(_) => manner.refuse("image-not-supported", &words::needs_raw(&why)),
            NotAtOnce::Text(_) => manner.refuse("image-text-too-large", &words::not_at_once(&why)),
            _ => manner.refuse("image-not-supported", &words::not_at_once(&why)),
        }
    })
}

/// The sectors of each session.
struct Sessions {
    image: CdImage,
    sheets: Vec<SessionSheet>,
}

impl SessionSources for Sessions {
    fn source(&mut self, number: usize) -> impl SectorSource {
        BlockStream::session(&mut self.image, &self.sheets[number])
    }
}

/// Sessions, written.
struct Sent {
    burnt: Result<Vec<SessionReport>, Error>,
    image: CdImage,
    now: Option<StateQuery>,
}

/// Burns them and says how it went.
pub fn burn(job: &Job<'_>, image: CdImage, sheets: Vec<SessionSheet>) -> End {
    let several = sheets.len() > 1;
    let count = if job.wish.test_write { 1 } else { sheets.len() };
    let length = sheets.iter().take(count).map(|sheet| sheet.lead_out().since(sheet.start())).sum();
    let Sent { burnt, image, now } = match write(job, image, sheets) {
        Ok(sent) => sent,
        Err(end) => return end,
    };
    match burnt.map(|reports| SessionReport::together(&reports)) {
        Ok(Some(report)) => tell(job, &report, length, now.as_ref()),
        Ok(None) => job.lost(),
        Err(error) if may_go_raw(job, &error) && !several => {
            job.manner.line(words::NOW_RAW);
            raw::burn(job, image)
        }
        Err(error) => job.fail(&error, now.as_ref()),
    }
}

/// Some drives take no cue sheet for a disc that they write raw.
fn may_go_raw(job: &Job<'_>, error: &Error) -> bool {
    let plain = !job.wish.test_write && !job.wish.overburn;
    error.code == "cue-sheet-refused" && error.refused_before_writing && job.media.abilities.raw_recording && plain
}

/// What the engine is told of the sessions.
fn parts<'a>(sheets: &'a [SessionSheet], lines: &'a [CueSheet]) -> Vec<DiscSession<'a>> {
    let of = |(sheet, lines): (&'a SessionSheet, &'a CueSheet)| DiscSession {
        spec: SessionSpec { sheet: lines, packs: &sheet.packs },
        session_format: sheet.disc_type.code(),
    };
    sheets.iter().zip(lines).map(of).collect()
}

fn write(job: &Job<'_>, image: CdImage, sheets: Vec<SessionSheet>) -> Result<Sent, End> {
    let writer = Arc::new(SessionAtOnce::new());
    let options = CdOptions {
        speed: job.speed(),
        test_write: job.wish.test_write,
        overburn: job.wish.overburn,
        ..CdOptions::default()
    };
    let level = if job.wish.verify { BurnVerificationLevel::Full } else { BurnVerificationLevel::None };
    let lines: Result<Vec<_>, _> = sheets.iter().map(|sheet| CueSheet::parse(&sheet.to_bytes())).collect();
    // Whole lines of eight bytes always read.
    let lines =
        lines.map_err(|error| job.manner.refuse("cue-sheet-invalid", &words::not_at_once(&error.to_string())))?;
    let set_up = || {
        writer.set_recorder(Some(job.recorder.clone()))?;
        writer.set_client_name(change::CLIENT)?;
        writer.set_options(options)?;
        writer.set_burn_verification_level(level)?;
        pollster::block_on(writer.plan_all(&parts(&sheets, &lines)))
    };
    let plans = set_up().map_err(|error| job.fail(&error, None))?;
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
    // Ctrl+C before the job has begun or after it has ended stops nothing: there is nothing to stop.
    let stop = move || drop(writer.cancel_write());
    let sent = watch::run(job.manner, watch::Kind::BurnCd, events, stop, async move {
        let mut sources = Sessions { image, sheets: sheets.clone() };
        let parts = parts(&sheets, &lines);
        let burnt = work.burn_all(&parts, &mut sources, &mut Sha256::default(), &reporter).await;
        drop(reporter);
        // The true state of the disc, asked anew, whatever happened.
        let now = recorder.state_query().await.ok();
        Sent { burnt, image: sources.image, now }
    });
    sent.ok_or_else(|| job.lost())
}

fn tell(job: &Job<'_>, report: &SessionReport, length: SectorCount, now: Option<&StateQuery>) -> End {
    let mut value = json::result(&report.burn, now);
    value["tracks"] = report.tracks.iter().map(track_value).collect();
    for track in &report.tracks {
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
    let equal = !report.tracks.iter().any(TrackResult::is_wrong);
    job.finish((&report.burn, length), value, equal, now)
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
    let (compared, first, sectors) = match track.compared {
        Compared::Equal => ("equal", None, 0),
        Compared::Different { first, sectors } => ("different", Some(first.0), sectors),
        Compared::Unreadable { at } => ("unreadable", Some(at.0), 0),
        Compared::Stopped => ("stopped", None, 0),
    };
    json!({
        "number": track.number, "audio": track.audio, "sectors": track.sectors.0, "offset": track.offset,
        "uncorrected": track.uncorrected, "compared": compared, "first": first, "different": sectors,
        "rToW": track.rw.map(|rw| rw == Compared::Equal),
    })
}
