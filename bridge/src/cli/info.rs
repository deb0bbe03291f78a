//! `webburn info`.

use webburn_cdcode::cdtext::TextKind;
use webburn_extract::{Codes, Contents, read_contents};
use webburn_imapi::outcome::Path;
use webburn_imapi::{Error, StateQuery, speed};

use super::DriveArgs;
use super::drive::{self, Opened};
use super::exit::End;
use super::output::Manner;
use super::{json, watch};
use crate::texts::{self, cd as words};

/// Asks the drive about its disc and says what it knows.
pub fn run(args: &DriveArgs) -> End {
    let manner = Manner::of(args.json);
    let opened = match drive::open(args, manner) {
        Ok(opened) => opened,
        Err(end) => return end,
    };
    let simulated = opened.simulated.clone();
    let state = pollster::block_on(async {
        let recorder = watch::recorder(opened).await?;
        let state = recorder.state_query().await?;
        let mut drive = recorder.drive().await;
        let contents =
            if state.status == "blank" { Ok(None) } else { read_contents(&mut drive, &state.media, Codes::All).await };
        Ok((state, contents.map_err(|error| Error::from_drive(error, Path::Query))?))
    });
    let kept = Opened::keep(simulated.as_ref(), manner);
    match state {
        Ok((state, contents)) => {
            manner.value(&json::info(&state, contents.as_ref()));
            for line in lines(&state, contents.as_ref()) {
                manner.line(line);
            }
            if kept { End::Done } else { End::Failed }
        }
        Err(error) => watch::tell_failure(manner, &error, None),
    }
}

/// The tracks of a CD, with what CD-Text calls them.
fn tracks(contents: &Contents) -> Vec<String> {
    let text = |kind, track| contents.text(kind, track);
    let (title, performer) = (text(TextKind::Title, 0), text(TextKind::Performer, 0));
    let mut all = Vec::new();
    all.extend(words::disc(title.as_deref(), performer.as_deref()));
    all.extend(words::codes(contents.mcn.map(|mcn| mcn.to_string()).as_deref()));
    for track in contents.tracks() {
        let (title, performer) = (text(TextKind::Title, track.number), text(TextKind::Performer, track.number));
        let kind = if track.control.data { words::DATA } else { words::AUDIO };
        let length = track.sectors().0.into();
        let mut line = words::track(track.number, kind, length, 0, title.as_deref(), performer.as_deref());
        if let Some(isrc) = track.isrc {
            line.push_str(&words::isrc(&isrc.dashed()));
        }
        all.push(line);
    }
    all
}

/// The disc in words, then every field of the state query by its IMAPI2 name.
fn lines(state: &StateQuery, contents: Option<&Contents>) -> Vec<String> {
    let mut all = Vec::new();
    if state.present {
        all.push(state.type_name.to_string());
        all.push(texts::disc_now(state.status, state.free_sectors.0.into()));
        let family = state.media.kind.family();
        let written = state.media.sessions.iter().filter(|_| state.status != "blank");
        for session in written {
            let (first, last) = (session.first_track, session.last_track);
            all.push(texts::session(session.number.into(), first.into(), last.into(), session.open));
        }
        all.extend(contents.map(tracks).unwrap_or_default());
        let speeds: Vec<f64> =
            state.media.speeds.iter().map(|offered| speed::times(offered.write_kilobytes, family)).collect();
        if !speeds.is_empty() {
            all.push(texts::speeds(&speeds));
        }
    } else {
        all.push(texts::disc_now("none", 0));
    }
    let width = state.fields.iter().map(|field| field.name.len()).max().unwrap_or(0);
    all.push(String::new());
    for field in &state.fields {
        let detail = field.detail.as_ref().map(|detail| format!("  {detail}")).unwrap_or_default();
        all.push(format!("{:width$}  {}{detail}", field.name, field.value));
    }
    all
}
