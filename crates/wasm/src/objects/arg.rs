//! Objects of this module as arguments: `null`, `undefined` and strangers are refused with an HRESULT, and what is given
//! stays with the caller.

use js_sys::Uint8Array;
use wasm_bindgen::convert::TryFromJsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use super::drive::{Drive, SimulatedDrive};
use super::failure::{another, nothing};
use super::recorder::DiscRecorder2;

#[wasm_bindgen]
extern "C" {
    /// A recorder, or nothing.
    #[wasm_bindgen(typescript_type = "DiscRecorder2 | null | undefined")]
    pub type RecorderArg;
    /// A drive, or nothing.
    #[wasm_bindgen(typescript_type = "Drive | null | undefined")]
    pub type DriveArg;
    /// A simulated drive, or nothing.
    #[wasm_bindgen(typescript_type = "SimulatedDrive | null | undefined")]
    pub type SimulatedArg;
    /// Bytes, or nothing.
    #[wasm_bindgen(typescript_type = "Uint8Array | null | undefined")]
    pub type BytesArg;

    type Shared;
    /// A second handle to the same object: taking the caller's own would leave it unusable.
    #[wasm_bindgen(method, catch, js_name = __share)]
    fn share(this: &Shared) -> Result<JsValue, JsValue>;
}

/// `null` or `undefined`.
pub fn is_nothing(value: &JsValue) -> bool {
    value.is_null() || value.is_undefined()
}

/// A second handle to an object of this module, `None` for nothing.
pub fn shared<T: TryFromJsValue>(value: JsValue) -> Result<Option<T>, JsValue> {
    if is_nothing(&value) {
        return Ok(None);
    }
    let handle = value.unchecked_into::<Shared>().share().map_err(|_| another())?;
    T::try_from_js_value(handle).map(Some).map_err(|_| another())
}

impl RecorderArg {
    /// The recorder, `None` for nothing.
    pub fn optional(self) -> Result<Option<DiscRecorder2>, JsValue> {
        shared(self.into())
    }

    /// The recorder.
    pub fn required(self) -> Result<DiscRecorder2, JsValue> {
        self.optional()?.ok_or_else(|| nothing("no-recorder"))
    }
}

impl DriveArg {
    /// The drive.
    pub fn required(self) -> Result<Drive, JsValue> {
        shared(self.into())?.ok_or_else(|| nothing("argument-invalid"))
    }
}

impl SimulatedArg {
    /// The drive.
    pub fn required(self) -> Result<SimulatedDrive, JsValue> {
        shared(self.into())?.ok_or_else(|| nothing("argument-invalid"))
    }
}

impl BytesArg {
    /// The bytes.
    pub fn required(self) -> Result<Vec<u8>, JsValue> {
        let value: JsValue = self.into();
        if is_nothing(&value) {
            return Err(nothing("argument-invalid"));
        }
        value.dyn_into::<Uint8Array>().map(|bytes| bytes.to_vec()).map_err(|_| another())
    }
}
