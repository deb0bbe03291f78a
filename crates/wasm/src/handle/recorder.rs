//! One drive and the disc in it: `DiscRecorder2` with the data writer upon it.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use futures::{StreamExt, future};
use js_sys::Function;
use serde::Serialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use webburn_bot::{BotOptions, BotTransport, Subclass};
use webburn_drive::Media;
use webburn_imapi::enums::BurnVerificationLevel;
use webburn_imapi::{Cancel, DiscFormat2Data, Error, Events, Options, Reporter, SpeedWish, StateQuery, progress};
use webburn_relay::RelayTransport;
use webburn_scsi::{TransportError, TransportErrorKind};

use super::change::{self, Change};
use super::link::Link;
use super::plain::{from_js, thrown, to_js};
use crate::js::{
    JsChannel, JsClock, JsDigest, JsFile, JsFrameChannel, JsHasher, JsPipe, JsSectorSink, JsSink, JsUsbPipe, PageClock,
    PageSource,
};
use crate::view::{ChangedView, EventView, FailureView, MediumView, OptionsView, PlanView, ReportView};

pub(super) type Recorder = webburn_imapi::DiscRecorder2<Link, PageClock>;
type Writer = DiscFormat2Data<Link, PageClock>;

/// How long the bridge may take to say who it is.
const HELLO_LIMIT: Duration = Duration::from_secs(10);

/// A drive that has been reached. Dropping it ends nothing that runs; JavaScript closes the pipe or channel.
#[wasm_bindgen]
pub struct DiscRecorder2 {
    recorder: Recorder,
    /// Stops the job under way.
    stop: RefCell<Option<Box<dyn Fn()>>>,
}

#[derive(Serialize)]
struct Identity {
    vendor: String,
    product: String,
    revision: String,
}

#[wasm_bindgen]
impl DiscRecorder2 {
    /// The drive behind a claimed USB interface. `clock` is for simulated drives.
    ///
    /// # Errors
    /// A `BurnFailure` when it does not answer.
    #[wasm_bindgen(js_name = fromUsb)]
    pub async fn from_usb(id: String, pipe: JsUsbPipe, clock: Option<JsClock>) -> Result<DiscRecorder2, JsValue> {
        let pipe = JsPipe::new(pipe);
        let options = BotOptions { subclass: Subclass::from_byte(pipe.subclass()), ..BotOptions::default() };
        Self::over(&id, Link::Usb(BotTransport::new(pipe, options)), PageClock(clock)).await
    }

    /// A drive behind the bridge. The far end leases it to this channel.
    ///
    /// # Errors
    /// A `BurnFailure`: `drive-held` with the holder when another client has it, and what [`DiscRecorder2::from_usb`]
    /// says.
    #[wasm_bindgen(js_name = fromChannel)]
    pub async fn from_channel(id: String, channel: JsFrameChannel) -> Result<DiscRecorder2, JsValue> {
        let connected = RelayTransport::connect(JsChannel::new(channel), HELLO_LIMIT).await;
        let (relay, _hello) = connected.map_err(|error| refused(&error))?;
        Self::over(&id, Link::Bridge(relay), PageClock(None)).await
    }

    async fn over(id: &str, link: Link, clock: PageClock) -> Result<DiscRecorder2, JsValue> {
        let recorder = Recorder::initialize(id, link, clock).await.map_err(|e| to_js(&FailureView::of(&e, None)))?;
        Ok(DiscRecorder2 { recorder, stop: RefCell::new(None) })
    }

    /// Vendor, product and revision, as INQUIRY told them.
    #[wasm_bindgen(unchecked_return_type = "{ vendor: string; product: string; revision: string }")]
    pub fn identity(&self) -> JsValue {
        to_js(&Identity {
            vendor: self.recorder.vendor_id().trim().to_owned(),
            product: self.recorder.product_id().trim().to_owned(),
            revision: self.recorder.product_revision().trim().to_owned(),
        })
    }

    /// The state of the disc, asked anew: `MediumState`.
    ///
    /// # Errors
    /// A `BurnFailure`.
    #[wasm_bindgen(unchecked_return_type = "unknown")]
    pub async fn medium(&self) -> Result<JsValue, JsValue> {
        match self.recorder.state_query().await {
            Ok(state) => Ok(to_js(&MediumView::from(&state))),
            Err(error) => Err(self.failure(&error)),
        }
    }

    /// Opens the tray.
    ///
    /// # Errors
    /// A `BurnFailure`.
    pub async fn eject(&self) -> Result<(), JsValue> {
        self.recorder.eject_media().await.map_err(|error| self.failure(&error))
    }

    /// What a burn of `bytes` would do: `BurnPlan`. Writes nothing.
    ///
    /// # Errors
    /// The refusal that a burn would meet.
    #[wasm_bindgen(unchecked_return_type = "unknown")]
    pub async fn plan(&self, bytes: f64, options: JsValue) -> Result<JsValue, JsValue> {
        let writer = self.writer(options)?;
        match writer.plan(bytes.max(0.0) as u64).await {
            Ok(plan) => Ok(to_js(&PlanView::from(&plan))),
            Err(error) => Err(self.failure(&error)),
        }
    }

    /// Burns `file` and reads it back if asked to: `BurnResult`. `hasher` gets the bytes sent, then those read back.
    ///
    /// # Errors
    /// A `BurnFailure`, with the disc afterwards.
    #[wasm_bindgen(unchecked_return_type = "unknown")]
    pub async fn burn(
        &self,
        file: JsFile,
        options: JsValue,
        hasher: Option<JsHasher>,
        on_event: Function,
    ) -> Result<JsValue, JsValue> {
        let writer = Rc::new(self.writer(options)?);
        let stopper = writer.clone();
        // Not writing yet or not any more: then there is nothing to stop.
        self.stop.replace(Some(Box::new(move || drop(stopper.cancel_write()))));
        let (reporter, events) = progress::channel();
        let job = async move {
            let (mut source, mut digest) = (PageSource::File(file), JsDigest(hasher));
            // The reporter ends with the job, and the events with the reporter.
            writer.burn(&mut source, &mut digest, &reporter).await
        };
        let (ended, ()) = future::join(job, tell(events, on_event)).await;
        self.stop.replace(None);
        match ended {
            Ok(report) => Ok(to_js(&ReportView::of(&report, self.medium_view(&report.medium)))),
            Err(error) => Err(self.failure(&error)),
        }
    }

    /// Asks the job under way to stop between two commands.
    #[wasm_bindgen(js_name = cancelWrite)]
    pub fn cancel_write(&self) {
        if let Some(stop) = self.stop.borrow().as_ref() {
            stop();
        }
    }

    /// What an erase or format would do: `BurnPlan`. Writes nothing.
    ///
    /// # Errors
    /// The refusal that it would meet.
    #[wasm_bindgen(js_name = planChange, unchecked_return_type = "unknown")]
    pub async fn plan_change(&self, change: JsValue) -> Result<JsValue, JsValue> {
        let change = self.wanted(change)?;
        match change.plan().await {
            Ok(plan) => Ok(to_js(&PlanView::from(&plan))),
            Err(error) => Err(self.failure(&error)),
        }
    }

    /// Erases or formats the disc: `ChangeResult`.
    ///
    /// # Errors
    /// A `BurnFailure`, with the disc afterwards.
    #[wasm_bindgen(unchecked_return_type = "unknown")]
    pub async fn change(&self, change: JsValue, on_event: Function) -> Result<JsValue, JsValue> {
        let change = self.wanted(change)?;
        self.stop.replace(Some(change.stopper()));
        let (reporter, events) = progress::channel();
        // The reporter ends with the job, and the events with the reporter.
        let job = async move { change.run(&reporter).await };
        let (ended, ()) = future::join(job, tell(events, on_event)).await;
        self.stop.replace(None);
        let (outcome, media) = match ended {
            Ok(media) => ("done", media),
            Err(Error { code: "cancelled", after: Some(media), .. }) => ("stopped", media),
            Err(error) => return Err(self.failure(&error)),
        };
        // Whether it looks blank now is not known until its ends are read.
        let medium = match self.recorder.state_query().await {
            Ok(state) => MediumView::from(&state),
            Err(_) => self.medium_view(&media),
        };
        Ok(to_js(&ChangedView { outcome, medium }))
    }

    fn wanted(&self, change: JsValue) -> Result<Change, JsValue> {
        let unknown = || thrown("argument-invalid", "no such change");
        let change = change::read(&change).and_then(|view| Change::new(&view)).ok_or_else(unknown)?;
        change.set_up(&self.recorder).map_err(|error| self.failure(&error))?;
        Ok(change)
    }

    /// Reads what a reader would read from the disc into `sink`; how many sectors that were.
    ///
    /// # Errors
    /// A `BurnFailure`.
    #[wasm_bindgen(js_name = readDisc)]
    pub async fn read_disc(&self, sink: JsSectorSink) -> Result<u32, JsValue> {
        let cancel = Cancel::new();
        let stopper = cancel.clone();
        self.stop.replace(Some(Box::new(move || stopper.cancel())));
        let ended = self.recorder.read_disc(&mut JsSink(sink), &Reporter::silent(), &cancel).await;
        self.stop.replace(None);
        ended.map(|sectors| sectors.0).map_err(|error| self.failure(&error))
    }

    /// `SendCommandNoData`: for measuring and for what has no method of its own. Resolves with the sense, 18 bytes;
    /// zeros when the command ended GOOD.
    ///
    /// # Errors
    /// A `BurnFailure` when the wire broke or the block is none.
    #[wasm_bindgen(js_name = sendCommandNoData)]
    pub async fn send_command_no_data(&self, cdb: Vec<u8>, seconds: f64) -> Result<Vec<u8>, JsValue> {
        let limit = Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX);
        let outcome = self.recorder.send_command_no_data(&cdb, limit).await.map_err(|error| self.failure(&error))?;
        Ok(outcome.sense.to_vec())
    }

    fn writer(&self, options: JsValue) -> Result<Writer, JsValue> {
        let options: OptionsView = from_js(options)?;
        let options = Options {
            force_media_to_be_closed: options.close,
            force_overwrite: options.overwrite,
            // One switch for all discs: without this a DVD+R is closed whatever the person chose.
            disable_consumer_dvd_compatibility_mode: true,
            speed: options.speed.map(|speed| SpeedWish { sectors_per_second: speed.max(0.0) as u32, pure_cav: false }),
            verification: if options.verify { BurnVerificationLevel::Full } else { BurnVerificationLevel::None },
            ..Options::default()
        };
        let writer = Writer::new();
        let set = |done: Result<(), Error>| done.map_err(|error| self.failure(&error));
        set(writer.set_recorder(Some(self.recorder.clone())))?;
        set(writer.set_client_name("webburn"))?;
        set(writer.set_options(options))?;
        Ok(writer)
    }

    fn medium_view(&self, media: &Arc<Media>) -> MediumView {
        MediumView::from(&StateQuery::of(media.clone(), self.recorder.inquiry(), self.recorder.active_disc_recorder()))
    }

    fn failure(&self, error: &Error) -> JsValue {
        let medium = error.after.as_ref().map(|media| self.medium_view(media));
        to_js(&FailureView::of(error, medium))
    }
}

/// Hands every event to the listener, until the last reporter is gone.
async fn tell(mut events: Events, on_event: Function) {
    while let Some(event) = events.next().await {
        if let Some(view) = EventView::of(&event) {
            // A listener that throws must not hold the laser.
            let _ = on_event.call1(&JsValue::NULL, &to_js(&view));
        }
    }
}

/// A drive that could not even be leased.
fn refused(error: &TransportError) -> JsValue {
    if error.kind == TransportErrorKind::Locked {
        let locked = Error::new("drive-held", webburn_imapi::hresult::E_IMAPI_RECORDER_LOCKED);
        return to_js(&FailureView::of(&locked.with("holder", error.detail.as_str()), None));
    }
    let (hresult, code) = webburn_imapi::outcome::of_transport(error);
    match code {
        "drive-gone" | "connection-closed" | "drive-timeout" => thrown("bridge-gone", &error.to_string()),
        _ => to_js(&FailureView::of(&Error::new(code, hresult), None)),
    }
}
