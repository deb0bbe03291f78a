//! A disc made of the person's files.

use std::cell::{RefCell, RefMut};
use std::rc::Rc;

use js_sys::Array;
use serde::Serialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use webburn_cdcode::cdtext::TextKind;
use webburn_rawimage::layout::TrackMode;
use webburn_rawimage::{CdImage, ImageError};

use super::arrange::{AudioFiles, Wish};
use super::files::Folder;
use crate::handle::plain::{from_js, to_js};
use crate::view::FailureView;

/// What a disc is to hold: read from an image, or put together of audio files.
#[wasm_bindgen]
pub struct CdDisc {
    /// Not there while it is being burnt.
    pub(super) image: Rc<RefCell<Option<CdImage>>>,
    /// Of which the image is made, unless it was read from one file that describes it.
    audio: Option<AudioFiles>,
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

/// An image that is none: the page says what the importer says, with file and place.
pub(super) fn refused(error: &ImageError) -> JsValue {
    told(error.code.as_str(), &error.to_string())
}

/// A refusal whose words are for the person.
pub(super) fn told(code: &str, words: &str) -> JsValue {
    to_js(&FailureView::at_the_border(code, words).with("told", words))
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
        Ok(CdDisc { image: Rc::new(RefCell::new(Some(image))), audio: None, _folder: folder })
    }

    /// Audio files (an array of `SyncFile`), which become a disc as they are wished for. A file that is no track is told
    /// of by [`CdDisc::arranged`], and refused by [`CdDisc::arrange`].
    pub async fn audio(files: Array) -> CdDisc {
        let folder = Folder::new(&files);
        let mut image = CdImage::default();
        let audio = AudioFiles::open(&files, &folder, &mut image).await;
        CdDisc { image: Rc::new(RefCell::new(Some(image))), audio: Some(audio), _folder: folder }
    }

    /// What is known of the files of `wish` (a `CdWish`): `AudioDescription`.
    ///
    /// # Errors
    /// It is no wish.
    #[wasm_bindgen(unchecked_return_type = "unknown")]
    pub fn arranged(&self, wish: JsValue) -> Result<JsValue, JsValue> {
        let wish: Wish = from_js(wish)?;
        Ok(self.audio.as_ref().map_or(JsValue::NULL, |audio| to_js(&audio.view(&wish))))
    }

    /// Lays audio files out as `wish` (a `CdWish`) has them. Does nothing for an image.
    ///
    /// # Errors
    /// A `BurnFailure` whose message names file and place.
    pub fn arrange(&self, wish: JsValue) -> Result<(), JsValue> {
        let Some(audio) = &self.audio else { return Ok(()) };
        let wish: Wish = from_js(wish)?;
        let (layout, _) = audio.lay_out(&wish).map_err(|error| refused(&error))?;
        self.idle()?.layout = layout;
        Ok(())
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

    pub(super) fn idle(&self) -> Result<RefMut<'_, CdImage>, JsValue> {
        let running = || crate::handle::plain::thrown("burn-running", "the disc is being burnt");
        let image = self.image.try_borrow_mut().map_err(|_| running())?;
        RefMut::filter_map(image, Option::as_mut).map_err(|_| running())
    }
}
