//! What JavaScript gives where IMAPI2 takes an `IStream`: a `Blob` or `File`, bytes, or any object with a size that reads.

use js_sys::{Promise, Uint8Array};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use webburn_rawimage::{FileSource, Pending};
use webburn_sector::{Lba, SECTOR_SIZE, SectorCount, SectorSource, SourceError, SourceErrorKind};

use super::arg::is_nothing;
use super::failure::{another, nothing};
use super::ranges::listed;
use crate::js::JsFailure;

#[wasm_bindgen]
extern "C" {
    /// A stream, or nothing.
    #[wasm_bindgen(typescript_type = "StreamLike | null | undefined")]
    pub type StreamArg;

    #[derive(Clone)]
    type Reader;
    #[wasm_bindgen(method, getter)]
    fn size(this: &Reader) -> JsValue;
    /// Of a stream that answers `IBlockRangeList`.
    #[wasm_bindgen(method, getter, js_name = blockRanges)]
    fn block_ranges(this: &Reader) -> JsValue;
    /// Of a `ByteStream`.
    #[wasm_bindgen(method, catch)]
    fn read(this: &Reader, offset: f64, length: u32) -> Result<Promise, JsValue>;
    /// Of a `Blob`.
    #[wasm_bindgen(method, catch)]
    fn slice(this: &Reader, from: f64, to: f64) -> Result<Reader, JsValue>;
    #[wasm_bindgen(method, catch, js_name = arrayBuffer)]
    fn array_buffer(this: &Reader) -> Result<Promise, JsValue>;
}

/// A [`SectorSource`] over such an object.
#[derive(Clone)]
pub struct Source {
    kind: Kind,
    bytes: u64,
    sector_size: usize,
    ranges: Option<Vec<(Lba, Lba)>>,
}

#[derive(Clone)]
enum Kind {
    Bytes(Uint8Array),
    Blob(Reader),
    Stream(Reader),
}

fn has(value: &JsValue, method: &str) -> bool {
    js_sys::Reflect::get(value, &method.into()).is_ok_and(|found| found.is_function())
}

impl StreamArg {
    /// The stream in sectors of 2048 bytes, `None` for nothing.
    pub fn optional(self) -> Result<Option<Source>, JsValue> {
        let value: JsValue = self.into();
        if is_nothing(&value) { Ok(None) } else { Source::of(value).map(Some) }
    }

    /// The stream.
    pub fn required(self) -> Result<Source, JsValue> {
        self.optional()?.ok_or_else(|| nothing("no-image"))
    }
}

impl Source {
    /// Over `value`.
    ///
    /// # Errors
    /// `E_NOINTERFACE` for what is no stream.
    pub fn of(value: JsValue) -> Result<Source, JsValue> {
        let sector_size = SECTOR_SIZE;
        let value = match value.dyn_into::<Uint8Array>() {
            Ok(bytes) => {
                let length = u64::from(bytes.length());
                return Ok(Source { kind: Kind::Bytes(bytes), bytes: length, sector_size, ranges: None });
            }
            Err(value) => value,
        };
        if !value.is_object() {
            return Err(another());
        }
        let (stream, blob) = (has(&value, "read"), has(&value, "slice") && has(&value, "arrayBuffer"));
        let reader: Reader = value.unchecked_into();
        // Whole numbers up to 2^53; what is none is no size.
        let size = reader.size().as_f64().filter(|size| *size >= 0.0 && size.fract() == 0.0);
        let ranges = listed(reader.block_ranges())?;
        let (kind, size) = match (stream, blob, size) {
            (true, _, Some(size)) => (Kind::Stream(reader), size),
            (false, true, Some(size)) => (Kind::Blob(reader), size),
            _ => return Err(another()),
        };
        Ok(Source { kind, bytes: size as u64, sector_size, ranges })
    }

    /// The same in sectors of another size.
    #[must_use]
    pub const fn in_sectors_of(mut self, sector_size: usize) -> Self {
        self.sector_size = sector_size;
        self
    }

    /// Bytes from `at` on.
    async fn fill(&self, mut at: u64, into: &mut [u8]) -> Result<(), SourceError> {
        let mut rest = into;
        // A stream may give less than it was asked for.
        while !rest.is_empty() {
            let asked = u32::try_from(rest.len()).unwrap_or(u32::MAX);
            let got = self.piece(at, asked).await.map_err(|thrown| unreadable(thrown, at))?;
            let length = (got.length() as usize).min(rest.len());
            if length == 0 {
                return Err(SourceError { kind: SourceErrorKind::Shrank, at_byte: at, detail: String::new() });
            }
            let (now, later) = rest.split_at_mut(length);
            got.subarray(0, length as u32).copy_to(now);
            at += length as u64;
            rest = later;
        }
        Ok(())
    }

    async fn piece(&self, at: u64, length: u32) -> Result<Uint8Array, JsValue> {
        match &self.kind {
            Kind::Bytes(bytes) => Ok(bytes.subarray(at as u32, at as u32 + length)),
            Kind::Blob(blob) => {
                let part = blob.slice(at as f64, at as f64 + f64::from(length))?.array_buffer()?;
                Ok(Uint8Array::new(&JsFuture::from(part).await?))
            }
            Kind::Stream(stream) => {
                let got = JsFuture::from(Promise::resolve(&stream.read(at as f64, length)?)).await?;
                got.dyn_into().map_err(|_| "read() gave no Uint8Array".into())
            }
        }
    }
}

fn unreadable(thrown: JsValue, at_byte: u64) -> SourceError {
    let failure = JsFailure::from(thrown);
    let kind = match failure.kind.as_str() {
        "shrank" => SourceErrorKind::Shrank,
        "grew" => SourceErrorKind::Grew,
        "changed" => SourceErrorKind::Changed,
        _ => SourceErrorKind::Unreadable,
    };
    SourceError { kind, at_byte, detail: failure.message }
}

impl SectorSource for Source {
    fn sector_size(&self) -> usize {
        self.sector_size
    }

    fn sectors(&self) -> SectorCount {
        SectorCount(u32::try_from(self.bytes / self.sector_size as u64).unwrap_or(u32::MAX))
    }

    fn byte_length(&self) -> u64 {
        self.bytes
    }

    fn block_ranges(&self) -> Option<Vec<(Lba, Lba)>> {
        self.ranges.clone()
    }

    async fn read(&mut self, first: u64, into: &mut [u8]) -> Result<(), SourceError> {
        self.fill(first * self.sector_size as u64, into).await
    }
}

impl FileSource for Source {
    fn length(&self) -> u64 {
        self.bytes
    }

    fn read_at<'a>(&'a mut self, at: u64, into: &'a mut [u8]) -> Pending<'a, Result<(), SourceError>> {
        Box::pin(async move { self.fill(at, into).await })
    }
}
