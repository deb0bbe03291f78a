//! A drive that burns them, by cue sheet.

use std::cell::RefCell;
use std::rc::Rc;

use futures::{StreamExt, future};
use js_sys::Function;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use webburn_bot::{BotOptions, BotTransport, Subclass};
use webburn_imapi::enums::BurnVerificationLevel;
use webburn_imapi::plan::CdOptions;
use webburn_imapi::verify_cd::{Compared, TrackResult};
use webburn_imapi::{Error, NoDigest, SessionAtOnce, SessionSpec, SpeedWish, StateQuery, progress};
use webburn_mmc::CueSheet;
use webburn_rawimage::CdImage;
use webburn_rawimage::at_once::{BlockStream, NotAtOnce, SessionSheet, SheetOptions};
use webburn_rawimage::layout::{FileId, Limits, check};
use webburn_relay::{Hello, RelayTransport};

use super::disc::{CdDisc, refused, told};
use super::shown::Shown;
use crate::handle::link::Link;
use crate::handle::plain::{from_js, thrown, to_js};
use crate::js::{JsChannel, JsClock, JsFrameChannel, JsPipe, JsUsbPipe, PageClock};
use crate::view::{FailureView, MediumView, ReportView};

type Recorder = webburn_imapi::DiscRecorder2<Link, PageClock>;
type Writer = SessionAtOnce<Link, PageClock>;

/// A drive reached for CDs. The way may be one that the page's engine has open, as long as only one of them uses it at a
/// time.
#[wasm_bindgen]
pub struct CdWriter {
    recorder: Recorder,
    stop: RefCell<Option<Rc<Writer>>>,
}

/// `CdOptions` of the page.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "camelCase")]
struct OptionsView {
    verify: bool,
    speed: Option<f64>,
    test_write: bool,
    overburn: bool,
    /// With the CD-Text that the disc has.
    texts: bool,
}

/// A track, compared.
#[derive(Serialize)]
struct TrackView {
    number: u8,
    audio: bool,
    /// equal, different, unreadable, stopped.
    compared: &'static str,
    first: Option<i32>,
    different: u32,
    offset: i32,
    uncorrected: u32,
}

#[derive(Serialize)]
struct EndView {
    #[serde(flatten)]
    report: ReportView,
    tracks: Vec<TrackView>,
}

impl From<&TrackResult> for TrackView {
    fn from(track: &TrackResult) -> Self {
        let (compared, first, different) = match track.compared {
            Compared::Equal => ("equal", None, 0),
            Compared::Different { first, sectors } => ("different", Some(first.0), sectors),
            Compared::Unreadable { at } => ("unreadable", Some(at.0), 0),
            Compared::Stopped => ("stopped", None, 0),
        };
        let TrackResult { number, audio, offset, uncorrected, .. } = *track;
        TrackView { number, audio, compared, first, different, offset, uncorrected }
    }
}

#[wasm_bindgen]
impl CdWriter {
    /// The drive behind a claimed USB interface. `clock` is for simulated drives.
    ///
    /// # Errors
    /// A `BurnFailure` when it does not answer.
    #[wasm_bindgen(js_name = fromUsb)]
    pub async fn from_usb(id: String, pipe: JsUsbPipe, clock: Option<JsClock>) -> Result<CdWriter, JsValue> {
        let pipe = JsPipe::new(pipe);
        let options = BotOptions { subclass: Subclass::from_byte(pipe.subclass()), ..BotOptions::default() };
        Self::over(&id, Link::Usb(BotTransport::new(pipe, options)), PageClock(clock)).await
    }

    /// A drive behind the bridge, over the channel that the page's engine has open, which received `hello`.
    ///
    /// # Errors
    /// A `BurnFailure`.
    #[wasm_bindgen(js_name = fromChannel)]
    pub async fn from_channel(id: String, channel: JsFrameChannel, hello: &[u8]) -> Result<CdWriter, JsValue> {
        let hello = Hello::decode(hello).map_err(|error| thrown("bridge-gone", &error.to_string()))?;
        let joined = RelayTransport::join(JsChannel::new(channel), &hello);
        let relay = joined.map_err(|error| thrown("bridge-gone", &error.to_string()))?;
        Self::over(&id, Link::Bridge(relay), PageClock(None)).await
    }

    async fn over(id: &str, link: Link, clock: PageClock) -> Result<CdWriter, JsValue> {
        let recorder = Recorder::initialize(id, link, clock).await.map_err(|e| to_js(&FailureView::of(&e, None)))?;
        Ok(CdWriter { recorder, stop: RefCell::new(None) })
    }

    /// What a burn of `disc` would do: `BurnPlan`. Writes nothing.
    ///
    /// # Errors
    /// The refusal that a burn would meet.
    #[wasm_bindgen(unchecked_return_type = "unknown")]
    pub async fn plan(&self, disc: &CdDisc, options: JsValue) -> Result<JsValue, JsValue> {
        let options: OptionsView = from_js(options)?;
        let sheet = sheet(&*disc.idle()?, options)?;
        let (writer, lines) = self.writer(&sheet, options)?;
        match writer.plan(SessionSpec { sheet: &lines, packs: &sheet.packs }).await {
            Ok(plan) => Ok(to_js(&Shown::of(plan.start).plan(&plan))),
            Err(error) => Err(self.failure(&error)),
        }
    }

    /// Burns `disc`, and compares it track by track if asked to: a `BurnResult` with `tracks`.
    ///
    /// # Errors
    /// A `BurnFailure`, with the disc afterwards.
    #[wasm_bindgen(unchecked_return_type = "unknown")]
    pub async fn burn(&self, disc: &CdDisc, options: JsValue, on_event: Function) -> Result<JsValue, JsValue> {
        let options: OptionsView = from_js(options)?;
        let sheet = sheet(&*disc.idle()?, options)?;
        let (writer, lines) = self.writer(&sheet, options)?;
        let spec = SessionSpec { sheet: &lines, packs: &sheet.packs };
        let plan = writer.plan(spec).await.map_err(|error| self.failure(&error))?;
        let shown = Shown::of(plan.start);
        let place = disc.image.clone();
        // Away for all of the burn: whoever asks the disc meanwhile is told so.
        let image = place.take().ok_or_else(|| thrown("burn-running", "the disc is being burnt"))?;
        self.stop.replace(Some(writer.clone()));
        let (reporter, mut events) = progress::channel();
        let job = async {
            let mut source = BlockStream::session(image, &sheet);
            let ended = writer.burn(spec, &mut source, &mut NoDigest, &reporter).await;
            place.replace(Some(source.into_image()));
            drop(reporter);
            ended
        };
        let tell = async {
            while let Some(event) = events.next().await {
                if let Some(view) = shown.event(&event) {
                    // A listener that throws must not hold the laser.
                    let _ = on_event.call1(&JsValue::NULL, &to_js(&view));
                }
            }
        };
        let (ended, ()) = future::join(job, tell).await;
        self.stop.replace(None);
        match ended {
            Ok(ended) => {
                let report = shown.report(&ended.burn, self.medium(&ended.burn.medium));
                Ok(to_js(&EndView { report, tracks: ended.tracks.iter().map(TrackView::from).collect() }))
            }
            Err(error) => Err(self.failure(&error)),
        }
    }

    /// Asks the burn under way to stop between two commands.
    #[wasm_bindgen(js_name = cancelWrite)]
    pub fn cancel_write(&self) {
        if let Some(writer) = self.stop.borrow().as_ref() {
            // Not writing yet or not any more: then there is nothing to stop.
            drop(writer.cancel_write());
        }
    }

    fn writer(&self, sheet: &SessionSheet, options: OptionsView) -> Result<(Rc<Writer>, CueSheet), JsValue> {
        let writer = Writer::new();
        let speed = options.speed.map(|speed| SpeedWish { sectors_per_second: speed.max(0.0) as u32, pure_cav: false });
        let set = |done: Result<(), Error>| done.map_err(|error| self.failure(&error));
        set(writer.set_recorder(Some(self.recorder.clone())))?;
        set(writer.set_client_name("webburn"))?;
        set(writer.set_options(CdOptions {
            speed,
            test_write: options.test_write,
            overburn: options.overburn,
            session_format: sheet.disc_type.code(),
            ..CdOptions::default()
        }))?;
        let level = if options.verify { BurnVerificationLevel::Full } else { BurnVerificationLevel::None };
        set(writer.set_burn_verification_level(level))?;
        let lines = CueSheet::parse(&sheet.to_bytes()).map_err(|e| thrown("cue-sheet-invalid", &e.to_string()))?;
        Ok((Rc::new(writer), lines))
    }

    fn medium(&self, media: &std::sync::Arc<webburn_drive::Media>) -> MediumView {
        MediumView::from(&StateQuery::of(media.clone(), self.recorder.inquiry(), self.recorder.active_disc_recorder()))
    }

    fn failure(&self, error: &Error) -> JsValue {
        to_js(&FailureView::of(error, error.after.as_ref().map(|media| self.medium(media))))
    }
}

/// The sheet of a disc of one session.
fn sheet(image: &CdImage, options: OptionsView) -> Result<SessionSheet, JsValue> {
    if image.layout.sessions.len() > 1 {
        return Err(told("image-not-supported", "the image has more than one session, and one can be written"));
    }
    let name = image.file_name(FileId(0));
    check(&image.layout, Limits::ADDRESSABLE, name).map_err(|error| refused(&error))?;
    let sheet = SheetOptions { text: options.texts, ..SheetOptions::default() };
    SessionSheet::new(&image.layout, 0, sheet).map_err(|error| match error {
        NotAtOnce::Text(_) => told("image-text-too-large", &error.to_string()),
        _ => told("image-not-supported", &error.to_string()),
    })
}
