//! A claimed USB interface behind a JavaScript object (`UsbPipe` in `web/src/transport/pipe.ts`).

use std::time::Duration;

use js_sys::{Promise, Uint8Array};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use webburn_bot::{BulkPipe, Endpoint, TransferEnd, Transferred};
use webburn_scsi::{TransportError, TransportErrorKind};

use super::transport_error;

#[wasm_bindgen]
extern "C" {
    /// The JavaScript object.
    #[wasm_bindgen(typescript_type = "UsbPipe")]
    pub type JsUsbPipe;
    #[wasm_bindgen(method, getter, js_name = maxPacket)]
    fn max_packet(this: &JsUsbPipe) -> u32;
    #[wasm_bindgen(method, getter)]
    fn subclass(this: &JsUsbPipe) -> u8;
    #[wasm_bindgen(method, js_name = beginCommand)]
    fn begin_command(this: &JsUsbPipe, limit_ms: f64);
    #[wasm_bindgen(method, js_name = bulkOut)]
    fn bulk_out(this: &JsUsbPipe, data: &[u8]) -> Promise;
    #[wasm_bindgen(method, js_name = bulkIn)]
    fn bulk_in(this: &JsUsbPipe, length: u32) -> Promise;
    #[wasm_bindgen(method, js_name = clearHalt)]
    fn clear_halt(this: &JsUsbPipe, direction: &str) -> Promise;
    #[wasm_bindgen(method, js_name = getMaxLun)]
    fn get_max_lun(this: &JsUsbPipe) -> Promise;
    #[wasm_bindgen(method, js_name = massStorageReset)]
    fn mass_storage_reset(this: &JsUsbPipe) -> Promise;
    #[wasm_bindgen(method, js_name = portReset)]
    fn port_reset(this: &JsUsbPipe) -> Promise;

    type JsTransfer;
    #[wasm_bindgen(method, getter)]
    fn bytes(this: &JsTransfer) -> f64;
    #[wasm_bindgen(method, getter)]
    fn data(this: &JsTransfer) -> Uint8Array;
    #[wasm_bindgen(method, getter)]
    fn end(this: &JsTransfer) -> u32;
}

/// A [`BulkPipe`] over the JavaScript object. The object keeps the watchdog and sees to it that a transfer whose waiter
/// was dropped has ended before the next begins.
pub struct JsPipe(JsUsbPipe);

impl JsPipe {
    /// Takes the object.
    #[must_use]
    pub const fn new(pipe: JsUsbPipe) -> Self {
        JsPipe(pipe)
    }

    /// bInterfaceSubClass of the claimed interface.
    #[must_use]
    pub fn subclass(&self) -> u8 {
        self.0.subclass()
    }
}

async fn settled(promise: Promise) -> Result<JsValue, TransportError> {
    JsFuture::from(promise).await.map_err(transport_error)
}

fn end_of(transfer: &JsTransfer) -> TransferEnd {
    match transfer.end() {
        1 => TransferEnd::Stall,
        2 => TransferEnd::Babble,
        _ => TransferEnd::Complete,
    }
}

impl BulkPipe for JsPipe {
    fn max_packet(&self) -> usize {
        self.0.max_packet() as usize
    }

    fn begin_command(&mut self, limit: Duration) {
        self.0.begin_command(limit.as_secs_f64() * 1000.0);
    }

    async fn bulk_out(&mut self, data: &[u8]) -> Result<Transferred, TransportError> {
        // The slice crosses as a view into our memory; the object reads it before the call returns.
        let transfer: JsTransfer = settled(self.0.bulk_out(data)).await?.unchecked_into();
        Ok(Transferred { bytes: (transfer.bytes() as usize).min(data.len()), end: end_of(&transfer) })
    }

    async fn bulk_in(&mut self, into: &mut [u8]) -> Result<Transferred, TransportError> {
        let length = u32::try_from(into.len())
            .map_err(|_| TransportError::new(TransportErrorKind::Other, "a transfer of 4 GiB or more"))?;
        let transfer: JsTransfer = settled(self.0.bulk_in(length)).await?.unchecked_into();
        let data = transfer.data();
        let kept = data.length().min(length);
        data.subarray(0, kept).copy_to(&mut into[..kept as usize]);
        let end = if data.length() > length { TransferEnd::Babble } else { end_of(&transfer) };
        Ok(Transferred { bytes: kept as usize, end })
    }

    async fn clear_halt(&mut self, endpoint: Endpoint) -> Result<(), TransportError> {
        let direction = match endpoint {
            Endpoint::In => "in",
            Endpoint::Out => "out",
        };
        settled(self.0.clear_halt(direction)).await.map(drop)
    }

    async fn get_max_lun(&mut self) -> Result<Option<u8>, TransportError> {
        let answer = settled(self.0.get_max_lun()).await?;
        Ok(answer.as_f64().filter(|lun| (0.0..=255.0).contains(lun)).map(|lun| lun as u8))
    }

    async fn mass_storage_reset(&mut self) -> Result<(), TransportError> {
        settled(self.0.mass_storage_reset()).await.map(drop)
    }

    async fn port_reset(&mut self) -> Result<(), TransportError> {
        settled(self.0.port_reset()).await.map(drop)
    }
}
