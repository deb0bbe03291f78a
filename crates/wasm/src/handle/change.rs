//! An erase or a format, wanted by the page.

use std::rc::Rc;
use std::sync::Arc;

use js_sys::Reflect;
use wasm_bindgen::JsValue;
use webburn_drive::Media;
use webburn_imapi::{BurnPlan, DiscFormat2Erase, Error, MediaFormat, Reporter};

use super::link::Link;
use super::recorder::Recorder;
use crate::js::{JsDigest, PageClock, PageSource};
use crate::view::{ChangeView, FormatView, SpareView};

/// The name under which the drive is held.
const CLIENT: &str = "webburn";

/// `Change`, field by field: a reader made by serde for its shape costs more than all else here.
pub fn read(change: &JsValue) -> Option<ChangeView> {
    let field = |name: &str| Reflect::get(change, &name.into()).ok();
    let full = field("full")?.as_bool()?;
    match field("kind")?.as_string()?.as_str() {
        "erase" => Some(ChangeView::Erase { full }),
        "format" => {
            let spare = field("spare")?;
            let spare = match spare.as_f64() {
                // What is no number of sectors becomes one that no drive offers.
                Some(sectors) => SpareView::Sectors(sectors as u32),
                None => SpareView::Word(spare.as_string()?),
            };
            Some(ChangeView::Format(FormatView { goal: field("goal")?.as_string()?, spare, full }))
        }
        _ => None,
    }
}

/// What is to be done to the disc.
pub enum Change {
    Erase(Rc<DiscFormat2Erase<Link, PageClock>>),
    Format(Rc<MediaFormat<Link, PageClock>>),
}

impl Change {
    /// `None`: there is no such format.
    pub fn new(view: &ChangeView) -> Option<Self> {
        match view {
            ChangeView::Erase { full } => {
                let eraser = DiscFormat2Erase::new();
                eraser.set_full_erase(*full);
                Some(Change::Erase(Rc::new(eraser)))
            }
            ChangeView::Format(format) => {
                let formatter = MediaFormat::new();
                formatter.set_options(format.options()?);
                Some(Change::Format(Rc::new(formatter)))
            }
        }
    }

    pub fn set_up(&self, recorder: &Recorder) -> Result<(), Error> {
        match self {
            Change::Erase(eraser) => {
                eraser.set_recorder(Some(recorder.clone()))?;
                eraser.set_client_name(CLIENT)
            }
            Change::Format(formatter) => {
                formatter.set_recorder(Some(recorder.clone()))?;
                formatter.set_client_name(CLIENT)
            }
        }
    }

    pub async fn plan(&self) -> Result<BurnPlan, Error> {
        match self {
            Change::Erase(eraser) => eraser.plan().await,
            Change::Format(formatter) => formatter.plan().await,
        }
    }

    pub async fn run(&self, reporter: &Reporter) -> Result<Arc<Media>, Error> {
        match self {
            Change::Erase(eraser) => eraser.erase_media_with(PageSource::Zeros, &mut JsDigest(None), reporter).await,
            Change::Format(formatter) => formatter.format_with(PageSource::Zeros, &mut JsDigest(None), reporter).await,
        }
    }

    /// Stops it where it can be stopped.
    pub fn stopper(&self) -> Box<dyn Fn()> {
        match self {
            Change::Erase(eraser) => {
                let eraser = eraser.clone();
                Box::new(move || eraser.cancel_erase())
            }
            Change::Format(formatter) => {
                let formatter = formatter.clone();
                Box::new(move || formatter.cancel())
            }
        }
    }
}
