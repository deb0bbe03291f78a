//! `SessionAtOnce`: sessions by cue sheet, with CD-Text. Beyond IMAPI2, under the raw writer's HRESULTs.

mod report;
mod session;

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use webburn_imapi::hresult::E_IMAPI_REQUEST_CANCELLED;
use webburn_imapi::{Error, NoDigest, Outcome};

use self::report::ReportView;
use self::session::{SessionArg, Sessions};
use super::events::Listener;
use super::failure::thrown;
use super::in_common::{burn_verification, client_name, done, recorder_and_updates, switches, wish};
use super::plan::planned;
use super::way::{Way, WayClock};
use crate::handle::plain::to_js;

/// Writes sessions at once: everything by one cue sheet, sent before the laser is on.
#[wasm_bindgen]
pub struct SessionAtOnce {
    writer: webburn_imapi::SessionAtOnce<Way, WayClock>,
    listener: Listener,
}

#[wasm_bindgen]
impl SessionAtOnce {
    /// A writer without a recorder.
    #[wasm_bindgen(constructor)]
    #[allow(clippy::new_without_default)] // Made from JavaScript alone.
    pub fn new() -> SessionAtOnce {
        SessionAtOnce { writer: webburn_imapi::SessionAtOnce::new(), listener: Listener::default() }
    }

    /// The wished-for speed in sectors a second; -1 for the fastest.
    #[wasm_bindgen(getter, js_name = requestedWriteSpeed)]
    pub fn requested_write_speed(&self) -> i32 {
        self.writer.options().speed.map_or(-1, |wish| wish.sectors_per_second as i32)
    }

    /// The wished-for way of turning the disc.
    #[wasm_bindgen(getter, js_name = requestedRotationTypeIsPureCAV)]
    pub fn requested_rotation_type_is_pure_cav(&self) -> bool {
        self.writer.options().speed.is_some_and(|wish| wish.pure_cav)
    }

    /// The nearest supported speed is taken by what is written next, which says so; -1 for the fastest.
    ///
    /// # Errors
    /// `E_INVALIDARG`, `E_IMAPI_DF2RAW_WRITE_IN_PROGRESS`.
    #[wasm_bindgen(js_name = setWriteSpeed)]
    pub async fn set_write_speed(
        &self,
        #[wasm_bindgen(js_name = sectorsPerSecond)] sectors_per_second: i32,
        #[wasm_bindgen(js_name = rotationTypeIsPureCAV)] pure_cav: bool,
    ) -> Result<(), JsValue> {
        let mut options = self.writer.options();
        options.speed = wish(sectors_per_second, pure_cav)?;
        done(self.writer.set_options(options))
    }

    /// What a burn would do to the disc in the drive, or the failure that it would begin with. Writes nothing.
    ///
    /// # Errors
    /// As [`SessionAtOnce::write`].
    #[wasm_bindgen(unchecked_return_type = "JobPlan")]
    pub async fn plan(&self, session: SessionArg) -> Result<JsValue, JsValue> {
        let plans = self.planned(&Sessions::one(session)?).await?;
        Ok(plans.into_iter().next().unwrap_or(JsValue::UNDEFINED))
    }

    /// The same for several sessions, each by itself. Where each but the first begins is foretold.
    ///
    /// # Errors
    /// As [`SessionAtOnce::write_all`].
    #[wasm_bindgen(js_name = planAll, unchecked_return_type = "JobPlan[]")]
    pub async fn plan_all(
        &self,
        #[wasm_bindgen(unchecked_param_type = "readonly Session[]")] sessions: JsValue,
    ) -> Result<Vec<JsValue>, JsValue> {
        self.planned(&Sessions::all(sessions)?).await
    }

    /// Burns a session, and compares what can be read with what was sent, as far as `burnVerificationLevel` asks for it: what
    /// differs is no failure but in the report.
    ///
    /// # Errors
    /// `E_POINTER` without a session, `E_NOINTERFACE` for what is none, `E_INVALIDARG`; `…NO_RECORDER_SPECIFIED`,
    /// `…WRITE_IN_PROGRESS`, `…CLIENT_NAME_IS_NOT_VALID`, `E_IMAPI_RECORDER_LOCKED`, what the drive says,
    /// `…MEDIA_IS_NOT_SUPPORTED`, `…RECORDER_NOT_SUPPORTED`, `…MEDIA_IS_NOT_BLANK`, `…NOT_ENOUGH_SPACE`,
    /// `…STREAM_NOT_SUPPORTED`; code `cue-sheet-refused` when the drive takes none of the forms of the sheet, with nothing
    /// written; `E_IMAPI_REQUEST_CANCELLED` when it was stopped.
    #[wasm_bindgen(unchecked_return_type = "SessionReport")]
    pub async fn write(&self, session: SessionArg) -> Result<JsValue, JsValue> {
        let reports = self.burn(&Sessions::one(session)?).await?;
        Ok(reports.into_iter().next().unwrap_or(JsValue::UNDEFINED))
    }

    /// Burns one session after the other, and compares them all at the end. Nothing is written unless all can be planned.
    ///
    /// # Errors
    /// As above, with `args.session` where there are several: those before it are on the disc then.
    #[wasm_bindgen(js_name = writeAll, unchecked_return_type = "SessionReport[]")]
    pub async fn write_all(
        &self,
        #[wasm_bindgen(unchecked_param_type = "readonly Session[]")] sessions: JsValue,
    ) -> Result<Vec<JsValue>, JsValue> {
        self.burn(&Sessions::all(sessions)?).await
    }

    /// Asks the burn to stop between two commands. The session stays torn: a CD-RW is to be erased, a CD-R is lost.
    ///
    /// # Errors
    /// `E_IMAPI_DF2RAW_WRITE_NOT_IN_PROGRESS`.
    #[wasm_bindgen(js_name = cancelWrite)]
    pub async fn cancel_write(&self) -> Result<(), JsValue> {
        done(self.writer.cancel_write())
    }

    async fn planned(&self, sessions: &Sessions) -> Result<Vec<JsValue>, JsValue> {
        let plans = self.writer.plan_all(&sessions.discs()).await.map_err(|error| thrown(&error))?;
        plans.into_iter().map(|plan| planned(Ok(plan))).collect()
    }

    async fn burn(&self, sessions: &Sessions) -> Result<Vec<JsValue>, JsValue> {
        let (discs, mut sources) = (sessions.discs(), sessions.sources());
        let job = |reporter| async move { self.writer.burn_all(&discs, &mut sources, &mut NoDigest, &reporter).await };
        let reports = self.listener.while_it_runs(job).await.map_err(|error| thrown(&error))?;
        if reports.iter().any(|report| report.burn.outcome == Outcome::Stopped) {
            return Err(thrown(&Error::new("cancelled", E_IMAPI_REQUEST_CANCELLED).after_writing()));
        }
        Ok(reports.iter().map(|report| to_js(&ReportView::of(report))).collect())
    }
}

recorder_and_updates!(SessionAtOnce, writer, "((args: DataEventArgs) => void) | null | undefined");
client_name!(SessionAtOnce, writer);
burn_verification!(SessionAtOnce, writer);

switches! {
    SessionAtOnce, writer;
    /// `BufferUnderrunFreeDisabled`.
    buffer_underrun_free_disabled / set_buffer_underrun_free_disabled as bufferUnderrunFreeDisabled
        = buffer_underrun_free_disabled;
    /// Another session may follow.
    do_not_finalize_media / set_do_not_finalize_media as doNotFinalizeMedia = keep_open;
    /// Everything is done with the laser off.
    test_write / set_test_write as testWrite = test_write;
    /// Beyond the end that the disc gives itself.
    overburn / set_overburn as overburn = overburn;
}
