//! What JavaScript throws, as an error of the port it came through.

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use webburn_scsi::{TransportError, TransportErrorKind};

/// The parts of a thrown `PipeError` (or of anything else).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsFailure {
    /// `kind`, empty when there is none.
    pub kind: String,
    /// What it says of itself.
    pub message: String,
}

impl From<JsValue> for JsFailure {
    fn from(thrown: JsValue) -> Self {
        let text = |name: &str| Reflect::get(&thrown, &name.into()).ok().and_then(|value| value.as_string());
        let message = match (text("name"), text("message")) {
            (Some(name), Some(message)) if name != "PipeError" => format!("{name}: {message}"),
            (_, Some(message)) => message,
            _ => thrown.dyn_ref::<js_sys::Object>().map_or_else(
                || thrown.as_string().unwrap_or_else(|| "something that is no error was thrown".to_owned()),
                |object| object.to_string().into(),
            ),
        };
        JsFailure { kind: text("kind").unwrap_or_default(), message }
    }
}

/// The error of a pipe or channel. Kinds are those of `PipeErrorKind` in `web/src/transport/pipe.ts`.
#[must_use]
pub fn transport_error(thrown: JsValue) -> TransportError {
    let failure = JsFailure::from(thrown);
    let kind = match failure.kind.as_str() {
        "timeout" => TransportErrorKind::Timeout,
        "disconnected" => TransportErrorKind::Disconnected,
        "closed" => TransportErrorKind::Closed,
        "locked" => TransportErrorKind::Locked,
        "denied" => TransportErrorKind::Denied,
        "out-of-memory" => TransportErrorKind::OutOfMemory,
        _ => TransportErrorKind::Other,
    };
    TransportError::new(kind, failure.message)
}
