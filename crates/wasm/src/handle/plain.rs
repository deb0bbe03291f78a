//! Plain data to JavaScript and from it.

use serde::Serialize;
#[cfg(not(feature = "objects"))]
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;

#[cfg(not(feature = "objects"))]
use crate::view::FailureView;

/// Objects, arrays, numbers, `null`: as JSON would have it.
pub fn to_js<T: Serialize + ?Sized>(value: &T) -> JsValue {
    // Our shapes hold nothing that JSON cannot; should one ever, the page gets `undefined` and its own check speaks.
    value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).unwrap_or(JsValue::UNDEFINED)
}

/// The reverse.
///
/// # Errors
/// A `BurnFailure` with code `argument-invalid`.
#[cfg(not(feature = "objects"))]
pub fn from_js<T: DeserializeOwned>(value: JsValue) -> Result<T, JsValue> {
    serde_wasm_bindgen::from_value(value).map_err(|e| thrown("argument-invalid", &e.to_string()))
}

/// A `BurnFailure` that arose at the border.
#[cfg(not(feature = "objects"))]
pub fn thrown(code: &str, message: &str) -> JsValue {
    to_js(&FailureView::at_the_border(code, message))
}
