//! A disc made of the person's files.

use std::cell::{RefCell, RefMut};

use js_sys::Array;
use serde::Serialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use webburn_cdcode::cdtext::TextKind;
use webburn_imapi::Error;
use webburn_rawimage::layout::TrackMode;
use webburn_rawimage::{CdImage, ImageError};
use webburn_record::Refusal;

use super::arrange::{AudioFiles, Wish};
use super::files::Folder;
use crate::handle::plain::{from_js, to_js};
use crate::view::FailureView;

/// What a disc is to hold: read from an image, or put together of audio files.
#[wasm_bindgen]
pub struct CdDisc {
    /// Not there while it is being burnt.
    image: RefCell<Option<CdImage>>,
    /// The file that describes it, for faults.
    pub(super) name: String,
    /// It holds R–W: graphics or text beside the sound.
    pub(super) rw: bool,
    /// Of which the image is made, unless it was read from one file that describes it.
    audio: Option<AudioFiles>,
    _folder: Folder,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DiscView {
    sessions: usize,
    /// It holds graphics or text beside the sound.
    graphics: bool,
    lead_out: i32,
    mcn: Option<String>,
    title: Option<String>,
    performer: Option<String>,
    tracks: Vec<TrackView>,
    notes: Vec<String>,
}

#[derive(Serialize)]
struct TrackView {
    session: usize,
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
fn told(code: &str, words: &str) -> JsValue {
    to_js(&FailureView::at_the_border(code, words).with("told", words))
}

/// Why it is not put onto the disc in the drive: a `BurnFailure`.
pub(super) fn unsuited(refusal: &Refusal) -> JsValue {
    let words = refusal.to_string();
    let error = Error::new(refusal.code(), refusal.hresult());
    let error = match refusal.reason() {
        Some(reason) => error.with("reason", reason),
        None => error,
    };
    let error = match refusal {
        Refusal::Image(error) => return refused(error),
        Refusal::NotACd(medium) => error.with("medium", *medium),
        Refusal::SessionsNotRaw(sessions) => error.with("sessions", *sessions as u64),
        Refusal::NotAtOnce { .. } if refusal.needs_raw() => error.with("why", words.as_str()),
        Refusal::NotAtOnce { .. } | Refusal::NotRaw(_) => return told(refusal.code(), &words),
        Refusal::RawAsItIs | Refusal::EraseRequired | Refusal::NotBlank => error,
    };
    to_js(&FailureView { message: words, ..FailureView::of(&error, None) })
}

#[wasm_bindgen]
impl CdDisc {
    /// The image `name` among `files` (an array of `SyncFile`), which may name others of them.
    ///
    /// # Errors
    /// A `BurnFailure` whose message names file and place.
    pub async fn open(name: String, files: Array) -> Result<CdDisc, JsValue> {
        let folder = Folder::new(&files);
        let opened = webburn_rawimage::format::open(&name, &mut folder.port()).await;
        let mut image = opened.map_err(|error| refused(&error))?;
        let unreadable = |error| to_js(&FailureView::of(&Error::from_source(error), None));
        let rw = image.has_rw().await.map_err(unreadable)?;
        Ok(CdDisc { image: RefCell::new(Some(image)), name, rw, audio: None, _folder: folder })
    }

    /// Audio files (an array of `SyncFile`), which become a disc as they are wished for. A file that is no track is told
    /// of by [`CdDisc::arranged`], and refused by [`CdDisc::arrange`].
    pub async fn audio(files: Array) -> CdDisc {
        let folder = Folder::new(&files);
        let mut image = CdImage::default();
        let audio = AudioFiles::open(&files, &folder, &mut image).await;
        let (image, name) = (RefCell::new(Some(image)), String::new());
        CdDisc { image, name, rw: false, audio: Some(audio), _folder: folder }
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
        let sessions = (1..).zip(&layout.sessions);
        let placed = sessions.flat_map(|(number, session)| session.placed().map(move |placed| (number, placed)));
        let tracks = placed.map(|(session, placed)| {
            let number = placed.track.number.get();
            TrackView {
                session,
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
            graphics: self.rw,
            lead_out: layout.lead_out().0,
            mcn: layout.mcn.map(|mcn| mcn.to_string()),
            title: text(TextKind::Title, 0),
            performer: text(TextKind::Performer, 0),
            tracks: tracks.collect(),
            notes: image.notes.iter().map(ToString::to_string).collect(),
        }))
    }

    fn idle(&self) -> Result<RefMut<'_, CdImage>, JsValue> {
        let image = self.image.try_borrow_mut().map_err(|_| running())?;
        RefMut::filter_map(image, Option::as_mut).map_err(|_| running())
    }

    /// The image, for as long as it is worked on.
    pub(super) fn take(&self) -> Result<CdImage, JsValue> {
        self.image.take().ok_or_else(running)
    }

    pub(super) fn give_back(&self, image: CdImage) {
        self.image.replace(Some(image));
    }
}

fn running() -> JsValue {
    crate::handle::plain::thrown("burn-running", "the disc is being burnt")
}
