//! A file of the person's behind a JavaScript object (`ImageFile` in `web/src/worker/image-file.ts`).

use js_sys::{Promise, Uint8Array};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use webburn_sector::{SECTOR_SIZE, SectorCount, SectorSource, SourceError, SourceErrorKind};

use super::JsFailure;

#[wasm_bindgen]
extern "C" {
    /// The JavaScript object. It reads ahead by itself, in slices of some MiB, several under way at once.
    #[wasm_bindgen(typescript_type = "ImageFile")]
    pub type JsFile;
    #[wasm_bindgen(method, getter)]
    fn size(this: &JsFile) -> f64;
    #[wasm_bindgen(method)]
    fn read(this: &JsFile, offset: f64, length: u32) -> Promise;
    #[wasm_bindgen(method, js_name = checkUnchanged)]
    fn check_unchanged(this: &JsFile) -> Promise;
}

/// A [`SectorSource`] of all that the page writes, in sectors of 2048 bytes: one type, so that the loop that writes is
/// loaded once.
pub enum PageSource {
    /// Over the JavaScript object.
    File(JsFile),
    /// So many sectors of zeros, which erase a disc.
    Zeros(SectorCount),
}

fn source_error(thrown: JsValue, at_byte: u64) -> SourceError {
    let failure = JsFailure::from(thrown);
    let kind = match failure.kind.as_str() {
        "shrank" => SourceErrorKind::Shrank,
        "grew" => SourceErrorKind::Grew,
        "changed" => SourceErrorKind::Changed,
        _ => SourceErrorKind::Unreadable,
    };
    SourceError { kind, at_byte, detail: failure.message }
}

impl SectorSource for PageSource {
    fn sectors(&self) -> SectorCount {
        // 8 TiB and more are no disc; the planner refuses them as too large all the same.
        SectorCount(u32::try_from(self.byte_length() / SECTOR_SIZE as u64).unwrap_or(u32::MAX))
    }

    fn byte_length(&self) -> u64 {
        match self {
            // A whole number below 2^53.
            PageSource::File(file) => file.size() as u64,
            PageSource::Zeros(sectors) => sectors.data_bytes(),
        }
    }

    async fn read(&mut self, first: u64, into: &mut [u8]) -> Result<(), SourceError> {
        let PageSource::File(file) = self else {
            into.fill(0);
            return Ok(());
        };
        let mut at = first * SECTOR_SIZE as u64;
        let mut rest = into;
        // The object may give less than asked for, up to the border of one of its slices.
        while !rest.is_empty() {
            let asked = u32::try_from(rest.len()).unwrap_or(u32::MAX);
            let got = JsFuture::from(file.read(at as f64, asked)).await.map_err(|e| source_error(e, at))?;
            let bytes: Uint8Array = got.unchecked_into();
            let length = (bytes.length() as usize).min(rest.len());
            if length == 0 {
                return Err(SourceError { kind: SourceErrorKind::Shrank, at_byte: at, detail: String::new() });
            }
            let (now, later) = rest.split_at_mut(length);
            bytes.subarray(0, length as u32).copy_to(now);
            at += length as u64;
            rest = later;
        }
        Ok(())
    }

    async fn check_unchanged(&mut self) -> Result<(), SourceError> {
        let at = self.byte_length();
        let PageSource::File(file) = self else { return Ok(()) };
        JsFuture::from(file.check_unchanged()).await.map(drop).map_err(|e| source_error(e, at))
    }
}
