//! An erase or a format, wanted by the page.

use std::rc::Rc;
use std::sync::Arc;

use webburn_drive::Media;
use webburn_imapi::{BurnPlan, DiscFormat2Erase, Error, MediaFormat, Reporter};

use super::link::Link;
use super::recorder::Recorder;
use crate::js::PageClock;
use crate::view::ChangeView;

/// The name under which the drive is held.
const CLIENT: &str = "webburn";

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
            Change::Erase(eraser) => eraser.erase_media(reporter).await,
            Change::Format(formatter) => formatter.format(reporter).await,
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
