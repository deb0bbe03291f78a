//! Where a disc is read to, behind a JavaScript object (`ContentsSink` in `web/src/worker/contents.ts`).

use js_sys::Promise;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;
use webburn_imapi::{SectorSink, SinkError};
use webburn_sector::Lba;

use super::JsFailure;

#[wasm_bindgen]
extern "C" {
    /// The JavaScript object.
    #[wasm_bindgen(typescript_type = "ContentsSink")]
    pub type JsSectorSink;
    #[wasm_bindgen(method)]
    fn write(this: &JsSectorSink, lba: i32, bytes: &[u8]) -> Promise;
}

/// A [`SectorSink`] over the JavaScript object, which may make the reading wait.
pub struct JsSink(pub JsSectorSink);

impl SectorSink for JsSink {
    async fn write(&mut self, lba: Lba, bytes: &[u8]) -> Result<(), SinkError> {
        match JsFuture::from(self.0.write(lba.0, bytes)).await {
            Ok(_) => Ok(()),
            Err(thrown) => Err(SinkError(JsFailure::from(thrown).message)),
        }
    }
}
