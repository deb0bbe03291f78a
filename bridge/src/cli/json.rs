//! What programs are told: the same shapes as the page's engine uses (`BurnEvent`, `BurnResult`, `BurnFailure`,
//! `MediumState`, `BurnPlan`), one JSON value a line, each with a `type`.

use serde_json::{Map, Value, json};
use webburn_cdcode::cdtext::TextKind;
use webburn_drive::media::{Family, Media, TrackKind};
use webburn_extract::Contents;
use webburn_imapi::{Arg, Args, BurnPlan, BurnReport, Error, Event, Fill, Outcome, Progress, StateQuery, speed};

fn args(args: &Args) -> Value {
    let value = |arg: &Arg| match arg {
        Arg::Whole(value) => json!(value),
        Arg::Number(value) => json!(value),
        Arg::Text(value) => json!(value),
        Arg::Flag(value) => json!(value),
    };
    Value::Object(args.iter().map(|(name, arg)| ((*name).to_owned(), value(arg))).collect::<Map<_, _>>())
}

fn fill(fill: Fill) -> Value {
    json!({ "used": fill.used, "total": fill.total })
}

/// A digest in hex.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The disc, as the page's `MediumState`.
pub fn medium(state: &StateQuery) -> Value {
    let media: &Media = &state.media;
    let family: Family = media.kind.family();
    let sessions = media.sessions.iter().map(|session| {
        json!({
            "number": session.number, "firstTrack": session.first_track, "lastTrack": session.last_track,
            "start": session.start.0, "end": session.end.0, "open": session.open,
        })
    });
    let tracks = media.tracks.iter().map(|track| {
        let kind = match track.kind {
            TrackKind::Data => "data",
            TrackKind::Audio => "audio",
            TrackKind::Unknown => "unknown",
        };
        json!({
            "number": track.number, "session": track.session, "start": track.start.0, "sectors": track.sectors.0,
            "kind": kind, "blank": track.blank, "nextWritable": track.next_writable.map(|lba| lba.0),
            "lastRecorded": track.last_recorded.map(|lba| lba.0), "freeSectors": track.free.0,
        })
    });
    let speeds = media.speeds.iter().map(|offered| {
        json!({
            "sectorsPerSecond": speed::sectors_per_second(offered.write_kilobytes, family),
            "times": speed::times(offered.write_kilobytes, family), "pureCav": offered.pure_cav,
        })
    });
    let fields = state.fields.iter().map(|field| {
        let mut object = json!({ "name": field.name, "value": field.value });
        if let Some(detail) = &field.detail {
            object["detail"] = json!(detail);
        }
        object
    });
    json!({
        "present": state.present, "typeName": state.type_name, "family": state.family, "layers": state.layers,
        "status": state.status, "writable": state.writable, "rewritable": state.rewritable,
        "writeProtected": state.write_protected, "totalSectors": state.total_sectors.0,
        "freeSectors": state.free_sectors.0, "nextWritableAddress": state.next_writable_address.map(|lba| lba.0),
        "lastWrittenAddress": state.last_written_address.map(|lba| lba.0), "writeUnit": state.write_unit.0,
        "sessions": sessions.collect::<Vec<_>>(), "tracks": tracks.collect::<Vec<_>>(),
        "speeds": speeds.collect::<Vec<_>>(), "manufacturerId": media.manufacturer,
        "fields": fields.collect::<Vec<_>>(),
    })
}

/// The plan, as the page's `BurnPlan`.
pub fn plan(plan: &BurnPlan) -> Value {
    let steps = plan
        .steps
        .iter()
        .map(|step| json!({ "code": step.code(), "args": args(&step.args()), "seconds": step.seconds }));
    json!({
        "type": "plan", "steps": steps.collect::<Vec<_>>(),
        "ifStopped": { "code": plan.if_stopped.code, "args": args(&plan.if_stopped.args) },
        "startAddress": plan.start.0, "sectors": plan.sectors.0, "seconds": plan.seconds(), "closes": plan.closes,
    })
}

/// An event, as the page's `BurnEvent`; `None` for what the page is not told either.
pub fn event(event: &Event) -> Option<Value> {
    match event {
        Event::Phase(phase) => Some(json!({ "type": "phase", "phase": phase.code() })),
        Event::Action(_) => None,
        Event::Progress(progress) => Some(gauge(progress)),
        Event::Note { code, args: figures } => Some(json!({ "type": "note", "code": code, "args": args(figures) })),
    }
}

fn gauge(progress: &Progress) -> Value {
    json!({
        "type": "progress", "phase": progress.phase.code(), "fraction": progress.fraction,
        "sectorsDone": progress.sectors_done.0, "sectorsTotal": progress.sectors_total.0,
        "bytesPerSecond": progress.bytes_per_second, "times": progress.times,
        "secondsElapsed": progress.elapsed.as_secs_f64(),
        "secondsLeft": progress.remaining.map(|left| left.as_secs_f64()),
        "hostBuffer": fill(progress.host_buffer), "driveBuffer": progress.drive_buffer.map(fill),
        "address": progress.last_written_lba.0,
    })
}

/// How a burn ended, as the page's `BurnResult`.
pub fn result(report: &BurnReport, now: Option<&StateQuery>) -> Value {
    let outcome = match report.outcome {
        Outcome::Verified => "verified",
        Outcome::Written => "written",
        Outcome::Stopped => "stopped",
    };
    json!({
        "type": "result", "outcome": outcome, "startAddress": report.start.0, "sectors": report.sectors.0,
        "sha256": report.sha256.map(|digest| hex(&digest)),
        "sha256ReadBack": report.sha256_read_back.map(|digest| hex(&digest)),
        "averageTimes": report.average_times, "averageBytesPerSecond": report.average_bytes_per_second,
        "seconds": report.duration.as_secs_f64(), "closed": report.closed, "hresult": report.hresult.0, "medium": now.map(medium),
    })
}

/// How an erase or a format ended.
pub fn changed(outcome: &str, now: Option<&StateQuery>) -> Value {
    json!({ "type": "result", "outcome": outcome, "medium": now.map(medium) })
}

/// A failure of the engine, as the page's `BurnFailure`.
pub fn failure(error: &Error, sentence: &str, now: Option<&StateQuery>) -> Value {
    let mut object = json!({
        "type": "failure", "code": error.code, "args": args(&error.args), "hresult": error.hresult.0,
        "hresultName": error.hresult.name(), "message": error.to_string(), "sentence": sentence,
        "refusedBeforeWriting": error.refused_before_writing, "medium": now.map(medium),
    });
    if let Some(sense) = error.sense() {
        object["sense"] = json!(hex(sense.as_bytes()));
        object["senseText"] = json!(sense.to_string());
    }
    if let Some(command) = error.command() {
        object["command"] = json!(command);
    }
    if let Some(lba) = error.lba {
        object["lba"] = json!(lba.0);
    }
    object
}

/// Something refused before the engine was asked.
pub fn refusal(code: &str, sentence: &str) -> Value {
    json!({
        "type": "failure", "code": code, "args": {}, "message": sentence, "sentence": sentence,
        "refusedBeforeWriting": true, "medium": null,
    })
}

/// The disc as `webburn info` tells it.
pub fn info(state: &StateQuery, contents: Option<&Contents>) -> Value {
    let mut object = medium(state);
    object["type"] = json!("medium");
    object["cd"] = contents.map_or(Value::Null, cd);
    object
}

/// What lies on a CD.
fn cd(contents: &Contents) -> Value {
    let text = |kind, track| contents.text(kind, track);
    let tracks = contents.sessions.iter().flat_map(|session| {
        session.tracks.iter().map(|track| {
            json!({
                "number": track.number, "session": session.number, "audio": !track.control.data,
                "start": track.start.0, "sectors": track.sectors().0, "control": track.control.to_nibble(),
                "isrc": track.isrc.map(|isrc| isrc.to_string()), "title": text(TextKind::Title, track.number),
                "performer": text(TextKind::Performer, track.number),
            })
        })
    });
    json!({
        "mcn": contents.mcn.map(|mcn| mcn.to_string()), "title": text(TextKind::Title, 0),
        "performer": text(TextKind::Performer, 0), "tracks": tracks.collect::<Vec<_>>(),
    })
}

/// The end of `webburn read`.
pub fn read(sectors: u64, sha256: Option<&str>) -> Value {
    json!({ "type": "result", "outcome": "read", "sectors": sectors, "sha256": sha256 })
}
