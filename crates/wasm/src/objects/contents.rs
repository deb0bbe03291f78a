//! What a CD says of itself, as plain data.

use js_sys::{Reflect, Uint8Array};
use serde::Serialize;
use wasm_bindgen::JsValue;
use webburn_imapi::{ContentSession, ContentTrack, DiscContents};

use crate::handle::plain::to_js;

/// `DiscContents`, without the packs of CD-Text.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ContentsView {
    media_catalog_number: Option<String>,
    sessions: Vec<SessionView>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SessionView {
    number: u8,
    session_format: u8,
    start_of_leadout: i32,
    tracks: Vec<TrackView>,
}

#[derive(Serialize)]
struct TrackView {
    number: u8,
    control: u8,
    start: i32,
    sectors: u32,
    isrc: Option<String>,
}

fn ascii(code: &[u8]) -> String {
    String::from_utf8_lossy(code).into_owned()
}

/// A `DiscContents`.
pub fn view(contents: &DiscContents) -> Result<JsValue, JsValue> {
    let track = |track: &ContentTrack| TrackView {
        number: track.number,
        control: track.control,
        start: track.start.0,
        sectors: track.sectors().0,
        isrc: track.isrc.map(|code| ascii(&code)),
    };
    let session = |session: &ContentSession| SessionView {
        number: session.number,
        session_format: session.disc_type,
        start_of_leadout: session.lead_out.0,
        tracks: session.tracks.iter().map(track).collect(),
    };
    let view = to_js(&ContentsView {
        media_catalog_number: contents.catalog.map(|code| ascii(&code)),
        sessions: contents.sessions.iter().map(session).collect(),
    });
    let packs = Uint8Array::from(contents.text.as_flattened());
    Reflect::set(&view, &"cdText".into(), &packs)?;
    Ok(view)
}
