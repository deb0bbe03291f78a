//! A worker that hashes, behind a JavaScript object (`Hasher` in `web/src/worker/hasher.ts`).

use js_sys::{Promise, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;
use webburn_imapi::Digest;

#[wasm_bindgen]
extern "C" {
    /// The JavaScript object.
    #[wasm_bindgen(typescript_type = "Hasher")]
    pub type JsHasher;
    #[wasm_bindgen(method)]
    fn add(this: &JsHasher, bytes: &[u8]) -> Promise;
    #[wasm_bindgen(method)]
    fn finish(this: &JsHasher) -> Promise;
}

/// A [`Digest`] computed in another worker, so that writing does not wait for it. Without one nothing is computed. A
/// worker that fails gives no digest; the burn goes on.
pub struct JsDigest(pub Option<JsHasher>);

impl Digest for JsDigest {
    async fn update(&mut self, bytes: &[u8]) {
        let Some(hasher) = &self.0 else { return };
        // The slice crosses as a view into our memory; the object copies it before the call returns.
        if JsFuture::from(hasher.add(bytes)).await.is_err() {
            self.0 = None;
        }
    }

    async fn finish(&mut self) -> Option<[u8; 32]> {
        let digest: Uint8Array = JsFuture::from(self.0.as_ref()?.finish()).await.ok()?.unchecked_into();
        digest.to_vec().try_into().ok()
    }
}
