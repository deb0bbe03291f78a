//! A drive that burns them, by cue sheet or raw.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use futures::{StreamExt, future};
use js_sys::Function;
use serde::Deserialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use webburn_bot::{BotOptions, BotTransport, Subclass};
use webburn_drive::Media;
use webburn_imapi::{BurnPlan, Error, NoDigest, SpeedWish, StateQuery, progress};
use webburn_rawimage::CdImage;
use webburn_record::{Recording, Wish};
use webburn_relay::{Hello, RelayTransport};

use super::disc::{CdDisc, unsuited};
use super::shown::{CdPlanView, Shown};
use crate::handle::link::Link;
use crate::handle::plain::{from_js, thrown, to_js};
use crate::js::{JsChannel, JsClock, JsFrameChannel, JsPipe, JsUsbPipe, PageClock};
use crate::view::{FailureView, MediumView};

pub(super) type Recorder = webburn_imapi::DiscRecorder2<Link, PageClock>;
type Writer = webburn_record::CdWriter<Link, PageClock>;

/// Who holds the drive meanwhile.
const CLIENT: &str = "webburn";

/// A drive reached for CDs. The way may be one that the page's engine has open, as long as only one of them uses it at a
/// time.
#[wasm_bindgen]
pub struct CdWriter {
    pub(super) recorder: Recorder,
    stop: RefCell<Option<Rc<Writer>>>,
}

/// `CdOptions` of the page.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "camelCase")]
struct OptionsView {
    verify: bool,
    speed: Option<f64>,
    /// Main channel and sub-channel, sector by sector.
    raw: bool,
    test_write: bool,
    overburn: bool,
    /// With the CD-Text that the disc has.
    texts: bool,
}

impl From<OptionsView> for Wish {
    fn from(options: OptionsView) -> Self {
        let OptionsView { verify, speed, raw, test_write, overburn, texts } = options;
        let speed = speed.map(|speed| SpeedWish { sectors_per_second: speed.max(0.0) as u32, pure_cav: false });
        Wish { verify, speed, raw, test_write, overburn, texts, erases: false }
    }
}

/// What is to be done, as far as it is known before it is done.
struct Ready {
    recording: Recording,
    writer: Writer,
    plans: Vec<BurnPlan>,
    media: Arc<Media>,
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
        let mut image = disc.take()?;
        let ready = self.ready(&mut image, disc, options).await;
        let layout = image.layout.clone();
        disc.give_back(image);
        let Ready { recording, plans, media, .. } = ready?;
        Ok(CdPlanView::of(&plans, &layout, &recording, &media).map_or(JsValue::UNDEFINED, |view| to_js(&view)))
    }

    /// Burns `disc`, session by session or raw, and compares it if asked to: a `BurnResult`.
    ///
    /// # Errors
    /// A `BurnFailure`, with the disc afterwards.
    #[wasm_bindgen(unchecked_return_type = "unknown")]
    pub async fn burn(&self, disc: &CdDisc, options: JsValue, on_event: Function) -> Result<JsValue, JsValue> {
        let options: OptionsView = from_js(options)?;
        // Away for all of the burn: whoever asks the disc meanwhile is told so.
        let mut image = disc.take()?;
        let ended = self.burn_image(&mut image, disc, options, &on_event).await;
        disc.give_back(image);
        ended
    }

    /// Asks the burn under way to stop between two commands.
    #[wasm_bindgen(js_name = cancelWrite)]
    pub fn cancel_write(&self) {
        if let Some(writer) = self.stop.borrow().as_ref() {
            writer.cancel();
        }
    }

    async fn ready(&self, image: &mut CdImage, disc: &CdDisc, options: OptionsView) -> Result<Ready, JsValue> {
        let media = self.recorder.media().await.map_err(|error| self.failure(&error))?;
        let decided = Recording::decide(image, &disc.name, disc.rw, &media, &options.into());
        let recording = decided.map_err(|refusal| unsuited(&refusal))?;
        let writer = Writer::new(&self.recorder, CLIENT, &recording).map_err(|error| self.failure(&error))?;
        let plans = writer.plan(image, &recording).await.map_err(|error| self.failure(&error))?;
        Ok(Ready { recording, writer, plans, media })
    }

    async fn burn_image(
        &self,
        image: &mut CdImage,
        disc: &CdDisc,
        options: OptionsView,
        on_event: &Function,
    ) -> Result<JsValue, JsValue> {
        let Ready { recording, writer, plans, media } = self.ready(image, disc, options).await?;
        let mut shown = Shown::of(&plans, &image.layout, recording.is_raw(), &media);
        let writer = Rc::new(writer);
        self.stop.replace(Some(writer.clone()));
        let (reporter, mut events) = progress::channel();
        let job = async {
            let ended = writer.burn(image, &recording, &mut NoDigest, &reporter).await;
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
        let recorded = ended.map_err(|error| self.failure(&error))?;
        let medium = recorded.sessions.last().map(|session| self.medium(&session.burn.medium));
        let view = medium.and_then(|medium| shown.end(&recorded, medium));
        view.map(|view| to_js(&view)).ok_or_else(|| thrown("internal", "there is no session"))
    }

    fn medium(&self, media: &Arc<Media>) -> MediumView {
        MediumView::from(&StateQuery::of(media.clone(), self.recorder.inquiry(), self.recorder.active_disc_recorder()))
    }

    fn failure(&self, error: &Error) -> JsValue {
        to_js(&FailureView::of(error, error.after.as_ref().map(|media| self.medium(media))))
    }
}
