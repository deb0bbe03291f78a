//! A WebSocket behind a JavaScript object (`FrameChannel` in `web/src/transport/pipe.ts`).

use std::time::Duration;

use js_sys::{Promise, Uint8Array};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;
use webburn_relay::{FrameChannel, Used};
use webburn_scsi::TransportError;

use super::transport_error;

#[wasm_bindgen]
extern "C" {
    /// The JavaScript object.
    #[wasm_bindgen(typescript_type = "FrameChannel")]
    pub type JsFrameChannel;
    #[wasm_bindgen(method, catch)]
    fn send(this: &JsFrameChannel, frame: &Uint8Array) -> Result<(), JsValue>;
    #[wasm_bindgen(method)]
    fn take(this: &JsFrameChannel) -> Option<Uint8Array>;
    #[wasm_bindgen(method)]
    fn ready(this: &JsFrameChannel, limit_ms: f64) -> Promise;
    #[wasm_bindgen(method, getter)]
    fn tag(this: &JsFrameChannel) -> Option<u32>;
    #[wasm_bindgen(method, setter)]
    fn set_tag(this: &JsFrameChannel, tag: u32);
    #[wasm_bindgen(method, getter)]
    fn epoch(this: &JsFrameChannel) -> Option<u32>;
    #[wasm_bindgen(method, setter)]
    fn set_epoch(this: &JsFrameChannel, epoch: u32);
}

/// A [`FrameChannel`] over the JavaScript object, which keeps frames until they are fetched.
pub struct JsChannel {
    channel: JsFrameChannel,
    /// The frame being put together. `WebSocket.send` copies it, and new memory for each frame costs more than the copy.
    frame: Uint8Array,
    /// Several modules use it, one after the other.
    shared: bool,
}

impl JsChannel {
    /// Takes the object.
    #[must_use]
    pub fn new(channel: JsFrameChannel) -> Self {
        let shared = channel.tag().is_some() && channel.epoch().is_some();
        JsChannel { channel, frame: Uint8Array::new_with_length(0), shared }
    }
}

impl FrameChannel for JsChannel {
    async fn send(&mut self, parts: &[&[u8]]) -> Result<(), TransportError> {
        let length: usize = parts.iter().map(|part| part.len()).sum();
        // A frame is at most a little over 1 MiB.
        let length = length as u32;
        if self.frame.length() < length {
            self.frame = Uint8Array::new_with_length(length);
        }
        let mut at = 0;
        for part in parts {
            let end = at + part.len() as u32;
            self.frame.subarray(at, end).copy_from(part);
            at = end;
        }
        self.channel.send(&self.frame.subarray(0, length)).map_err(transport_error)
    }

    async fn recv(&mut self, into: &mut Vec<u8>, limit: Duration) -> Result<(), TransportError> {
        loop {
            if let Some(frame) = self.channel.take() {
                into.resize(frame.length() as usize, 0);
                frame.copy_to(into);
                return Ok(());
            }
            JsFuture::from(self.channel.ready(limit.as_secs_f64() * 1000.0)).await.map_err(transport_error)?;
        }
    }

    fn packs(&self) -> bool {
        true
    }

    fn used(&self) -> Option<Used> {
        if !self.shared {
            return None;
        }
        Some(Used { tag: self.channel.tag()?, epoch: self.channel.epoch()? })
    }

    fn use_up(&mut self, used: Used) {
        if self.shared {
            self.channel.set_tag(used.tag);
            self.channel.set_epoch(used.epoch);
        }
    }
}
