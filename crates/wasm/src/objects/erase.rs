//! `MsftDiscFormat2Erase`.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::events::Listener;
use super::failure::thrown;
use super::in_common::{client_name, disc_format, recorder_and_updates};
use super::plan::planned;
use super::way::{Way, WayClock};

type Eraser = webburn_imapi::DiscFormat2Erase<Way, WayClock>;

/// The eraser.
#[wasm_bindgen]
pub struct DiscFormat2Erase {
    eraser: Eraser,
    listener: Listener,
}

#[wasm_bindgen]
impl DiscFormat2Erase {
    /// An eraser without a recorder.
    #[wasm_bindgen(constructor)]
    #[allow(clippy::new_without_default)] // Made from JavaScript alone.
    pub fn new() -> DiscFormat2Erase {
        DiscFormat2Erase { eraser: Eraser::new(), listener: Listener::default() }
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
}

recorder_and_updates!(DiscFormat2Erase, eraser, "((args: DataEventArgs) => void) | null | undefined");
client_name!(DiscFormat2Erase, eraser);
disc_format!(DiscFormat2Erase, eraser);
