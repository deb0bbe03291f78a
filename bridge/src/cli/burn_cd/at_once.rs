//! Session by session, by cue sheet.

use std::sync::Arc;

use serde_json::{Value, json};
use webburn_imapi::enums::BurnVerificationLevel;
use webburn_imapi::plan::CdOptions;
use webburn_imapi::verify_cd::{Compared, TrackResult};
use webburn_imapi::{Error, Outcome, SessionAtOnce, SessionReport, SessionSpec, Sha256, StateQuery, progress};
use webburn_mmc::CueSheet;
use webburn_rawimage::CdImage;
use webburn_rawimage::at_once::{BlockStream, NotAtOnce, SessionSheet, SheetOptions};
use webburn_sector::SectorCount;

use super::{Job, raw, tell_plan};
use crate::cli::exit::End;
use crate::cli::output::{Manner, complain};
use crate::cli::{change, json, watch};
use crate::texts::cd as words;

/// The sheets of all sessions.
///
/// # Errors
/// Told; the end of the command.
pub fn sheets(image: &CdImage, manner: Manner) -> Result<Vec<SessionSheet>, End> {
    let sessions = 0..image.layout.sessions.len();
    let sheet = |number| SessionSheet::new(&image.layout, number, SheetOptions::default());
    sessions.map(sheet).collect::<Result<_, _>>().map_err(|error| {
        let why = error.to_string();
        match error {
            NotAtOnce::Mode0(_) => manner.refuse("image-not-supported", &words::needs_raw(&why)),
            NotAtOnce::Text(_) => manner.refuse("image-text-too-large", &words::not_at_once(&why)),
            _ => manner.refuse("image-not-supported", &words::not_at_once(&why)),
        }
    })
}

/// A session, written.
struct Sent {
    burnt: Result<SessionReport, Error>,
    image: CdImage,
    now: Option<StateQuery>,
}

/// Burns all sessions; the end of the first that fails is the end of all.
pub fn burn(job: &mut Job<'_>, mut image: CdImage, sheets: &[SessionSheet]) -> End {
    let mut end = End::Done;
    for number in 0..sheets.len() {
        if sheets.len() > 1 {
            job.manner.line(words::session_begins(number + 1, sheets.len()));
        }
        // A further session begins where the drive wants it.
        let moved = if number == 0 { Ok(()) } else { place(job, &mut image, number) };
        if let Err(error) = moved {
            return job.fail(&error.after_writing(), None);
        }
        let sheet = match SessionSheet::new(&image.layout, number, SheetOptions::default()) {
            Ok(sheet) => sheet,
            Err(error) => return job.manner.refuse("image-not-supported", &words::not_at_once(&error.to_string())),
        };
        let length = sheet.lead_out().since(sheet.start());
        let Sent { burnt, image: back, now } = match session(job, image, sheet, number + 1 < sheets.len()) {
            Ok(sent) => sent,
            Err(end) => return end,
        };
        image = back;
        end = match burnt {
            Ok(report) => tell(job, &report, length, now.as_ref()),
            Err(error) if retry_raw(job, &error, sheets.len()) => {
                job.manner.line(words::NOW_RAW);
                return raw::burn(job, image);
            }
            Err(error) => return job.fail(&error, now.as_ref()),
        };
        if end != End::Done {
            break;
        }
    }
    end
}

/// Some drives take no cue sheet for a disc that they write raw.
fn retry_raw(job: &Job<'_>, error: &Error, sessions: usize) -> bool {
    let plain = !job.wish.test_write && !job.wish.overburn && sessions == 1;
    error.code == "cue-sheet-refused" && error.refused_before_writing && job.media.abilities.raw_recording && plain
}

/// Moves a session to the next writable address.
fn place(job: &mut Job<'_>, image: &mut CdImage, number: usize) -> Result<(), Error> {
    job.media = pollster::block_on(job.recorder.media())?;
    if let (Some(next), Some(session)) = (job.media.next_writable, image.layout.sessions.get_mut(number)) {
        session.start = next;
    }
    Ok(())
}

fn session(job: &Job<'_>, image: CdImage, sheet: SessionSheet, keep_open: bool) -> Result<Sent, End> {
    let writer = Arc::new(SessionAtOnce::new());
    let options = CdOptions {
        speed: job.speed(),
        test_write: job.wish.test_write,
        overburn: job.wish.overburn,
        keep_open,
        session_format: sheet.disc_type.code(),
        ..CdOptions::default()
    };
    let level = if job.wish.verify { BurnVerificationLevel::Full } else { BurnVerificationLevel::None };
    let lines = CueSheet::parse(&sheet.to_bytes());
    // Whole lines of eight bytes always read.
    let lines =
        lines.map_err(|error| job.manner.refuse("cue-sheet-invalid", &words::not_at_once(&error.to_string())))?;
    let packs = sheet.packs.clone();
    let set_up = || {
        writer.set_recorder(Some(job.recorder.clone()))?;
        writer.set_client_name(change::CLIENT)?;
        writer.set_options(options)?;
        writer.set_burn_verification_level(level)?;
        pollster::block_on(writer.plan(SessionSpec { sheet: &lines, packs: &packs }))
    };
    let plan = set_up().map_err(|error| job.fail(&error, None))?;
    tell_plan(job.manner, &plan);

    let (reporter, events) = progress::channel();
    let (work, recorder) = (Arc::clone(&writer), job.recorder.clone());
    // Ctrl+C before the job has begun or after it has ended stops nothing: there is nothing to stop.
    let stop = move || drop(writer.cancel_write());
    let sent = watch::run(job.manner, watch::Kind::Burn, events, stop, async move {
        let mut source = BlockStream::session(image, &sheet);
        let spec = SessionSpec { sheet: &lines, packs: &packs };
        let burnt = work.burn(spec, &mut source, &mut Sha256::default(), &reporter).await;
        drop(reporter);
        // The true state of the disc, asked anew, whatever happened.
        let now = recorder.state_query().await.ok();
        Sent { burnt, image: source.into_image(), now }
    });
    sent.ok_or_else(|| job.lost())
}

fn tell(job: &Job<'_>, report: &SessionReport, length: SectorCount, now: Option<&StateQuery>) -> End {
    let mut value = json::result(&report.burn, now);
    value["tracks"] = report.tracks.iter().map(track_value).collect();
    for track in &report.tracks {
        let (number, line) = (track.number, track_line(track));
        if track.is_equal() {
            job.manner.line(line);
        } else {
            complain(&line);
        }
        if track.uncorrected > 0 {
            complain(&words::uncorrected(number, track.uncorrected));
        }
    }
    let stopped = report.tracks.iter().any(|track| track.compared == Compared::Stopped);
    let different = report.tracks.iter().any(|track| !track.is_equal() && track.compared != Compared::Stopped);
    let mut burn = report.burn.clone();
    if stopped && !different {
        burn.outcome = Outcome::Stopped;
        value["outcome"] = "stopped".into();
    }
    job.finish((&burn, length), value, !different, now)
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
    })
}
