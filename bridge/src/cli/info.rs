//! `webburn info`.

use webburn_imapi::{StateQuery, speed};

use super::DriveArgs;
use super::drive::{self, Opened};
use super::exit::End;
use super::output::Manner;
use super::{json, watch};
use crate::texts;

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
        recorder.state_query().await
    });
    let kept = Opened::keep(simulated.as_ref(), manner);
    match state {
        Ok(state) => {
            manner.value(&json::info(&state));
            for line in lines(&state) {
                manner.line(line);
            }
            if kept { End::Done } else { End::Failed }
        }
        Err(error) => watch::tell_failure(manner, &error, None),
    }
}

/// The disc in words, then every field of the state query by its IMAPI2 name.
fn lines(state: &StateQuery) -> Vec<String> {
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
