//! `MsftDiscFormat2Erase`.

use std::cell::RefCell;

use js_sys::Function;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::arg::RecorderArg;
use super::data::numbers;
use super::events::Listener;
use super::failure::thrown;
use super::plan::planned;
use super::recorder::DiscRecorder2;
use super::way::{Way, WayClock};

type Eraser = webburn_imapi::DiscFormat2Erase<Way, WayClock>;

/// The eraser.
#[wasm_bindgen]
pub struct DiscFormat2Erase {
    eraser: Eraser,
    recorder: RefCell<Option<DiscRecorder2>>,
    listener: Listener,
}

#[wasm_bindgen]
impl DiscFormat2Erase {
    /// An eraser without a recorder.
    #[wasm_bindgen(constructor)]
    #[allow(clippy::new_without_default)] // Made from JavaScript alone.
    pub fn new() -> DiscFormat2Erase {
        DiscFormat2Erase { eraser: Eraser::new(), recorder: RefCell::default(), listener: Listener::default() }
    }

    /// `Recorder`; nothing takes it away, which must come before another.
    ///
    /// # Errors
    /// `E_IMAPI_ERASE_RECORDER_IN_USE`, `E_IMAPI_ERASE_ONLY_ONE_RECORDER_SUPPORTED`.
    #[wasm_bindgen(setter)]
    pub fn set_recorder(&self, recorder: RecorderArg) -> Result<(), JsValue> {
        let recorder = recorder.optional()?;
        let inner = recorder.as_ref().map(|recorder| recorder.0.clone());
        self.eraser.set_recorder(inner).map_err(|error| thrown(&error))?;
        self.recorder.replace(recorder);
        Ok(())
    }

    /// `Recorder`.
    #[wasm_bindgen(getter)]
    pub fn recorder(&self) -> Option<DiscRecorder2> {
        self.recorder.borrow().as_ref().map(DiscRecorder2::share)
    }

    /// `FullErase`.
    #[wasm_bindgen(getter, js_name = fullErase)]
    pub fn full_erase(&self) -> bool {
        self.eraser.full_erase()
    }

    /// `FullErase`.
    #[wasm_bindgen(setter, js_name = fullErase)]
    pub fn set_full_erase(&self, on: bool) {
        self.eraser.set_full_erase(on);
    }

    /// `ClientName`.
    #[wasm_bindgen(getter, js_name = clientName)]
    pub fn client_name(&self) -> String {
        self.eraser.client_name()
    }

    /// `ClientName`.
    ///
    /// # Errors
    /// `E_INVALIDARG`.
    #[wasm_bindgen(setter, js_name = clientName)]
    pub fn set_client_name(&self, name: &str) -> Result<(), JsValue> {
        self.eraser.set_client_name(name).map_err(|error| thrown(&error))
    }

    /// `SupportedMediaTypes`.
    #[wasm_bindgen(getter, js_name = supportedMediaTypes, unchecked_return_type = "MediaPhysicalType[]")]
    pub fn supported_media_types(&self) -> Vec<JsValue> {
        numbers(Eraser::supported_media_types())
    }

    /// `CurrentPhysicalMediaType`.
    ///
    /// # Errors
    /// `E_POINTER` without a recorder, and what asking the drive meets.
    #[wasm_bindgen(js_name = currentPhysicalMediaType, unchecked_return_type = "MediaPhysicalType")]
    pub async fn current_physical_media_type(&self) -> Result<u32, JsValue> {
        let told = self.eraser.current_physical_media_type().await;
        told.map(|told| told.value()).map_err(|error| thrown(&error))
    }

    /// `IsRecorderSupported`.
    ///
    /// # Errors
    /// `E_POINTER` without a recorder, and what asking it meets.
    #[wasm_bindgen(js_name = isRecorderSupported)]
    pub async fn is_recorder_supported(&self, recorder: RecorderArg) -> Result<bool, JsValue> {
        let recorder = recorder.required()?.0;
        self.eraser.is_recorder_supported(&recorder).await.map_err(|error| thrown(&error))
    }

    /// `IsCurrentMediaSupported`.
    ///
    /// # Errors
    /// As above; `E_IMAPI_RECORDER_MEDIA_NO_MEDIA`.
    #[wasm_bindgen(js_name = isCurrentMediaSupported)]
    pub async fn is_current_media_supported(&self, recorder: RecorderArg) -> Result<bool, JsValue> {
        let recorder = recorder.required()?.0;
        self.eraser.is_current_media_supported(&recorder).await.map_err(|error| thrown(&error))
    }

    /// `MediaPhysicallyBlank`.
    ///
    /// # Errors
    /// As `currentPhysicalMediaType`; `E_IMAPI_RECORDER_MEDIA_NO_MEDIA`.
    #[wasm_bindgen(js_name = mediaPhysicallyBlank)]
    pub async fn media_physically_blank(&self) -> Result<bool, JsValue> {
        self.eraser.media_physically_blank().await.map_err(|error| thrown(&error))
    }

    /// `MediaHeuristicallyBlank`.
    ///
    /// # Errors
    /// As `mediaPhysicallyBlank`.
    #[wasm_bindgen(js_name = mediaHeuristicallyBlank)]
    pub async fn media_heuristically_blank(&self) -> Result<bool, JsValue> {
        self.eraser.media_heuristically_blank().await.map_err(|error| thrown(&error))
    }

    /// Beyond IMAPI2: what an erase would do, or the failure that it would begin with. Writes nothing.
    ///
    /// # Errors
    /// As [`DiscFormat2Erase::erase_media`].
    #[wasm_bindgen(unchecked_return_type = "JobPlan")]
    pub async fn plan(&self) -> Result<JsValue, JsValue> {
        planned(self.eraser.plan().await)
    }

    /// Beyond IMAPI2: stops an erase that writes zeros, between two commands. One that the drive does by itself goes on to
    /// its end.
    #[wasm_bindgen(js_name = cancelErase)]
    pub async fn cancel_erase(&self) {
        self.eraser.cancel_erase();
    }

    /// `EraseMedia`.
    ///
    /// # Errors
    /// `E_POINTER` without a recorder, `E_IMAPI_ERASE_CLIENT_NAME_IS_NOT_VALID`, `E_IMAPI_ERASE_MEDIA_IS_NOT_SUPPORTED` and
    /// the others of its group.
    #[wasm_bindgen(js_name = eraseMedia)]
    pub async fn erase_media(&self) -> Result<(), JsValue> {
        let job = |reporter| async move { self.eraser.erase_media(&reporter).await };
        self.listener.while_it_runs(job).await.map(drop).map_err(|error| thrown(&error))
    }

    /// `DDiscFormat2EraseEvents::Update`: called while the disc is erased, with the seconds gone (`elapsedTime`) and in all
    /// (`totalTime`); nothing to stop listening.
    #[wasm_bindgen(js_name = onUpdate)]
    pub fn on_update(
        &self,
        #[wasm_bindgen(unchecked_param_type = "((args: DataEventArgs) => void) | null | undefined")] listener: Option<
            Function,
        >,
    ) {
        self.listener.set(listener);
    }
}
