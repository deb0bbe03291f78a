//! Reading CDs below their user data: tracks, and whole discs as images.

use std::cell::RefCell;

use futures::{StreamExt, future};
use js_sys::{Function, Promise};
use serde::Serialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;
use webburn_cdcode::cdtext::TextKind;
use webburn_extract::{
    Codes, Contents, CopyError, Doubt, ImageFormat, SectorOut, TrackForm, copy, made_sub, read_contents, save_track,
};
use webburn_imapi::hresult::{E_FAIL, E_IMAPI_DF2DATA_INVALID_MEDIA_STATE, E_IMAPI_RECORDER_MEDIA_NO_MEDIA};
use webburn_imapi::outcome::Path;
use webburn_imapi::read_cd::CdForm;
use webburn_imapi::{Cancel, Error, Reporter, SinkError, progress};

use super::writer::{CdWriter, Recorder};
use crate::handle::plain::{thrown, to_js};
use crate::js::JsFailure;
use crate::view::{EventView, FailureView};

#[wasm_bindgen]
extern "C" {
    /// Where a CD is read to (`CdSink` in `web/src/worker/cd-reading.ts`): `sectors` are whole sectors or their user data,
    /// `planes` the sub-channel. Both are views into the engine's memory.
    #[wasm_bindgen(typescript_type = "CdSink")]
    pub type JsCdSink;
    #[wasm_bindgen(method)]
    fn put(this: &JsCdSink, sectors: &[u8], planes: &[u8]) -> Promise;
}

struct Sink(JsCdSink);

impl SectorOut for Sink {
    async fn asked(&self, codes: Codes) -> Result<Contents, JsValue> {
        let asked = async {
            let media = self.recorder.media().await?;
            if !media.kind.present() {
                return Err(Error::new("no-disc", E_IMAPI_RECORDER_MEDIA_NO_MEDIA));
            }
            let mut drive = self.recorder.drive().await;
            let contents = read_contents(&mut drive, &media, codes).await;
            let contents = contents.map_err(|error| Error::from_drive(error, Path::Query))?;
            contents.ok_or_else(|| Error::new("nothing-to-read", E_IMAPI_DF2DATA_INVALID_MEDIA_STATE))
        };
        asked.await.map_err(|error| self.failure(error.into()))
    }

    fn failure(&self, error: CopyError) -> JsValue {
        match error {
            CopyError::Engine(error) => to_js(&FailureView::of(&error, None)),
            CopyError::Output(sink) => {
                to_js(&FailureView::of(&Error::new("save-failed", E_FAIL).with("sink", sink.0), None))
            }
            CopyError::Format(why) => thrown("image-not-supported", &why),
            CopyError::NotUserData(at) => {
                let view =
                    FailureView::at_the_border("not-user-data", "the sectors have other user data than 2048 bytes");
                to_js(&FailureView { lba: Some(at.0), ..view })
            }
        }
    }
}

/// Does `job`, and tells `on_event` of its progress.
async fn told<A>(job: impl AsyncFnOnce(Reporter) -> Result<A, CopyError>, on_event: &Function) -> Result<A, CopyError> {
    let (reporter, mut events) = progress::channel();
    let tell = async {
        while let Some(event) = events.next().await {
            if let Some(view) = EventView::of(&event) {
                // A listener that throws ends nothing.
                let _ = on_event.call1(&JsValue::NULL, &to_js(&view));
            }
        }
    };
    future::join(job(reporter), tell).await.0
}
