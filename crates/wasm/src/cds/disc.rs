//! A disc made of the person's files.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Array;
use serde::Serialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use webburn_cdcode::cdtext::{Block, TextKind};
use webburn_rawimage::format::audio_disc::AudioDisc;
use webburn_rawimage::layout::TrackMode;
use webburn_rawimage::{CdImage, ImageError};
use webburn_sector::SectorCount;

use super::files::Folder;
use crate::handle::plain::{thrown, to_js};

/// What a disc is to hold: read from an image, or put together of audio files.
#[wasm_bindgen]
pub struct CdDisc {
    pub(super) image: Rc<RefCell<CdImage>>,
    _folder: Folder,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DiscView {
    sessions: usize,
    lead_out: i32,
    mcn: Option<String>,
    title: Option<String>,
    performer: Option<String>,
    tracks: Vec<TrackView>,
    notes: Vec<String>,
}

#[derive(Serialize)]
struct TrackView {
    number: u8,
    audio: bool,
    start: i32,
    sectors: u32,
    pregap: u32,
    isrc: Option<String>,
    title: Option<String>,
    performer: Option<String>,
}

fn refused(error: &ImageError) -> JsValue {
    thrown(error.code.as_str(), &error.to_string())
}

#[wasm_bindgen]
impl CdDisc {
    /// The image `name` among `files` (an array of `SyncFile`), which may name others of them.
    ///
    /// # Errors
    /// A `BurnFailure` whose message names file and place.
    pub async fn open(name: String, files: Array) -> Result<CdDisc, JsValue> {
        let folder = Folder::new(&files);
        let image = webburn_rawimage::format::open(&name, &mut folder.port()).await.map_err(|error| refused(&error))?;
        Ok(CdDisc { image: Rc::new(RefCell::new(image)), _folder: folder })
    }

    /// A disc of audio files, in the order of `names`, with `gap` sectors of silence between tracks.
    ///
    /// # Errors
    /// As [`CdDisc::open`].
    pub async fn audio(names: Vec<String>, files: Array, gap: u32, texts: bool) -> Result<CdDisc, JsValue> {
        let folder = Folder::new(&files);
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let disc = AudioDisc { gap: SectorCount(gap), cd_text: texts };
        let image = disc.read(&names, &mut folder.port()).await.map_err(|error| refused(&error))?;
        Ok(CdDisc { image: Rc::new(RefCell::new(image)), _folder: folder })
    }

    /// Sets the title or the performer of a track, or of the disc (track 0), in its CD-Text.
    ///
    /// # Errors
    /// A `BurnFailure`: `image-text-charset`.
    #[wasm_bindgen(js_name = setText)]
    pub fn set_text(&self, track: u8, performer: bool, text: &str) -> Result<(), JsValue> {
        let mut image = self.idle()?;
        let tracks = image.layout.placed().count() as u8;
        let blocks = &mut image.layout.text.blocks;
        if blocks.is_empty() {
            blocks.push(Block::new(1, tracks));
        }
        let kind = if performer { TextKind::Performer } else { TextKind::Title };
        let set = blocks.first_mut().map(|block| block.set(kind, track, text));
        set.transpose().map(drop).map_err(|wrong| thrown("image-text-charset", &wrong.to_string()))
    }

    /// What it holds: `CdDescription`.
    ///
    /// # Errors
    /// It is being burnt.
    #[wasm_bindgen(unchecked_return_type = "unknown")]
    pub fn description(&self) -> Result<JsValue, JsValue> {
        let image = self.idle()?;
        let layout = &image.layout;
        let text = |kind, track| {
            layout.text.blocks.iter().find_map(|block| block.get(kind, track)).filter(|text| !text.is_empty())
        };
        let tracks = layout.placed().map(|placed| {
            let number = placed.track.number.get();
            TrackView {
                number,
                audio: placed.track.mode == TrackMode::Audio,
                start: placed.start.0,
                sectors: placed.track.length().0,
                pregap: placed.track.pregap.0,
                isrc: placed.track.isrc.map(|isrc| isrc.to_string()),
                title: text(TextKind::Title, number),
                performer: text(TextKind::Performer, number),
            }
        });
        Ok(to_js(&DiscView {
            sessions: layout.sessions.len(),
            lead_out: layout.lead_out().0,
            mcn: layout.mcn.map(|mcn| mcn.to_string()),
            title: text(TextKind::Title, 0),
            performer: text(TextKind::Performer, 0),
            tracks: tracks.collect(),
            notes: image.notes.iter().map(ToString::to_string).collect(),
        }))
    }

    pub(super) fn idle(&self) -> Result<std::cell::RefMut<'_, CdImage>, JsValue> {
        self.image.try_borrow_mut().map_err(|_| thrown("burn-running", "the disc is being burnt"))
    }
}
