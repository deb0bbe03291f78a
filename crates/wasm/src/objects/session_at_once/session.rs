//! Sessions as they are handed in.

use js_sys::{Array, Reflect, Uint8Array};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use webburn_imapi::{DiscSession, SessionSources, SessionSpec, hresult};
use webburn_mmc::{CueSheet, TextPack};
use webburn_sector::SectorSource;

use crate::objects::arg::is_nothing;
use crate::objects::failure::{another, invalid, nothing, told};
use crate::objects::source::Source;

/// Bytes of a sector unless told.
const MAIN: usize = 2352;

#[wasm_bindgen]
extern "C" {
    /// A session, or nothing.
    #[wasm_bindgen(typescript_type = "Session | null | undefined")]
    pub type SessionArg;
}

/// `Session`.
struct Session {
    sheet: CueSheet,
    packs: Vec<TextPack>,
    format: u8,
    source: Source,
}

/// Sessions of one disc.
pub struct Sessions(Vec<Session>);

/// Where their sectors come from.
pub struct Sources(Vec<Source>);

impl SessionSources for Sources {
    fn source(&mut self, number: usize) -> impl SectorSource {
        // As many as there are sessions.
        self.0[number].clone()
    }
}

fn given(value: JsValue) -> Result<JsValue, JsValue> {
    if is_nothing(&value) { Err(nothing("argument-invalid")) } else { Ok(value) }
}

fn bytes(value: JsValue) -> Result<Vec<u8>, JsValue> {
    value.dyn_into::<Uint8Array>().map(|bytes| bytes.to_vec()).map_err(|_| another())
}

/// A whole number up to `most`, `None` for nothing.
fn number(value: &JsValue, most: f64) -> Result<Option<f64>, JsValue> {
    if is_nothing(value) {
        return Ok(None);
    }
    let whole = |number: &f64| *number >= 0.0 && *number <= most && number.fract() == 0.0;
    value.as_f64().filter(whole).map(Some).ok_or_else(invalid)
}

impl Session {
    fn of(value: JsValue) -> Result<Self, JsValue> {
        let value = given(value)?;
        if !value.is_object() {
            return Err(another());
        }
        let get = |name: &str| Reflect::get(&value, &name.into());
        let sheet = CueSheet::parse(&bytes(given(get("cueSheet")?)?)?)
            .map_err(|error| told("cue-sheet-invalid", hresult::E_INVALIDARG, &error.to_string()))?;
        let text = get("cdText")?;
        let text = if is_nothing(&text) { Vec::new() } else { bytes(text)? };
        let (packs, []) = text.as_chunks() else { return Err(invalid()) };
        let format = number(&get("sessionFormat")?, f64::from(u8::MAX))?.map_or(0, |format| format as u8);
        let size = number(&get("bytesPerSector")?, f64::from(u16::MAX))?.map_or(MAIN, |size| size as usize);
        if size == 0 {
            return Err(invalid());
        }
        let stream = get("stream")?;
        if is_nothing(&stream) {
            return Err(nothing("no-image"));
        }
        Ok(Session { sheet, packs: packs.to_vec(), format, source: Source::of(stream)?.in_sectors_of(size) })
    }

    fn disc(&self) -> DiscSession<'_> {
        let spec = SessionSpec { sheet: &self.sheet, packs: &self.packs };
        DiscSession { spec, session_format: self.format }
    }
}

impl Sessions {
    /// One.
    pub fn one(session: SessionArg) -> Result<Self, JsValue> {
        Ok(Sessions(vec![Session::of(session.into())?]))
    }

    /// An array of them.
    pub fn all(sessions: JsValue) -> Result<Self, JsValue> {
        let all: Array = given(sessions)?.dyn_into().map_err(|_| another())?;
        all.iter().map(Session::of).collect::<Result<_, _>>().map(Sessions)
    }

    /// As the writer takes them.
    pub fn discs(&self) -> Vec<DiscSession<'_>> {
        self.0.iter().map(Session::disc).collect()
    }

    /// Their sectors.
    pub fn sources(&self) -> Sources {
        Sources(self.0.iter().map(|one| one.source.clone()).collect())
    }
}
