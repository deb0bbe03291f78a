//! The stream helpers. Each is itself a `ByteStream` (a size, and reads at any place), so that one goes into another.

use std::cell::RefCell;

use futures::lock::Mutex;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use webburn_imapi::streams;
use webburn_sector::{SECTOR_SIZE, SectorCount, SectorSource, ZeroSource};

use super::arg::is_nothing;
use super::failure::{invalid, nothing, thrown};
use super::source::{Source, StreamArg};

/// The most that is read at once.
const LARGEST: u32 = 16 * 1024 * 1024;

/// Bytes from any place of a source, cut at its end.
pub async fn bytes<S: SectorSource>(source: &mut S, offset: f64, length: u32) -> Result<Vec<u8>, JsValue> {
    if offset.is_nan() || offset < 0.0 || offset.fract() != 0.0 {
        return Err(invalid());
    }
    let (size, sector) = (source.byte_length(), source.sector_size() as u64);
    let from = (offset as u64).min(size);
    let to = from.saturating_add(u64::from(length.min(LARGEST))).min(size);
    let (first, last) = (from / sector, to.div_ceil(sector));
    let mut whole = vec![0; ((last - first) * sector) as usize];
    let failed = |error| thrown(&webburn_imapi::Error::from_source(error));
    source.read(first, &mut whole).await.map_err(failed)?;
    let skip = (from - first * sector) as usize;
    Ok(whole[skip..skip + (to - from) as usize].to_vec())
}

fn sectors(size: f64) -> Result<SectorCount, JsValue> {
    let whole = size >= 0.0 && size % SECTOR_SIZE as f64 == 0.0 && size / SECTOR_SIZE as f64 <= f64::from(u32::MAX);
    if whole { Ok(SectorCount((size / SECTOR_SIZE as f64) as u32)) } else { Err(invalid()) }
}

fn all(streams: Option<Vec<JsValue>>) -> Result<Vec<Source>, JsValue> {
    let streams = streams.ok_or_else(|| nothing("no-image"))?;
    streams
        .into_iter()
        .map(|one| if is_nothing(&one) { Err(nothing("no-image")) } else { whole_sectors(one) })
        .collect()
}

fn whole_sectors(stream: JsValue) -> Result<Source, JsValue> {
    let source = Source::of(stream)?;
    // Inside a disc's stream a torn sector has no meaning.
    if source.byte_length() % SECTOR_SIZE as u64 == 0 { Ok(source) } else { Err(invalid()) }
}

/// `IStreamConcatenate`: one stream behind the other.
#[wasm_bindgen]
pub struct StreamConcatenate {
    joined: Mutex<streams::StreamConcatenate<Source>>,
    size: RefCell<f64>,
}

#[wasm_bindgen]
impl StreamConcatenate {
    /// `Initialize2`.
    ///
    /// # Errors
    /// `E_POINTER` for nothing among them, `E_INVALIDARG` for none or one that is no whole number of sectors.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "StreamLike[]")] streams: Option<Vec<JsValue>>,
    ) -> Result<StreamConcatenate, JsValue> {
        let sources = all(streams)?;
        let joined = streams::StreamConcatenate::initialize(sources).map_err(|error| thrown(&error))?;
        let size = RefCell::new(joined.byte_length() as f64);
        Ok(StreamConcatenate { joined: Mutex::new(joined), size })
    }

    /// `Append`.
    ///
    /// # Errors
    /// As above; `E_FAIL` while it is being read.
    pub fn append(&self, stream: StreamArg) -> Result<(), JsValue> {
        self.append_all(Some(vec![stream.into()]))
    }

    /// `Append2`: all of them or, when one does not fit, none.
    ///
    /// # Errors
    /// As above.
    #[wasm_bindgen(js_name = append2)]
    pub fn append_all(
        &self,
        #[wasm_bindgen(unchecked_param_type = "StreamLike[]")] streams: Option<Vec<JsValue>>,
    ) -> Result<(), JsValue> {
        let sources = all(streams)?;
        let busy = || super::failure::refused("burn-running", webburn_imapi::hresult::E_FAIL);
        let mut joined = self.joined.try_lock().ok_or_else(busy)?;
        joined.append_all(sources).map_err(|error| thrown(&error))?;
        self.size.replace(joined.byte_length() as f64);
        Ok(())
    }

    /// Bytes in all.
    #[wasm_bindgen(getter)]
    pub fn size(&self) -> f64 {
        *self.size.borrow()
    }

    /// Bytes from `offset` on.
    ///
    /// # Errors
    /// What the streams meet.
    pub async fn read(&self, offset: f64, length: u32) -> Result<Vec<u8>, JsValue> {
        bytes(&mut *self.joined.lock().await, offset, length).await
    }
}

/// `IStreamInterleave`: so many bytes of each in turn.
#[wasm_bindgen]
pub struct StreamInterleave {
    woven: Mutex<streams::StreamInterleave<Source>>,
    size: f64,
}

#[wasm_bindgen]
impl StreamInterleave {
    /// `Initialize`: streams and the bytes taken of each in one round, whole sectors.
    ///
    /// # Errors
    /// As [`StreamConcatenate::new`].
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "StreamLike[]")] streams: Option<Vec<JsValue>>,
        #[wasm_bindgen(js_name = interleaveSizes, unchecked_param_type = "number[]")] sizes: Vec<u32>,
    ) -> Result<StreamInterleave, JsValue> {
        let woven = streams::StreamInterleave::initialize(all(streams)?, &sizes).map_err(|error| thrown(&error))?;
        let size = woven.byte_length() as f64;
        Ok(StreamInterleave { woven: Mutex::new(woven), size })
    }

    /// Bytes in all.
    #[wasm_bindgen(getter)]
    pub fn size(&self) -> f64 {
        self.size
    }

    /// Bytes from `offset` on.
    ///
    /// # Errors
    /// What the streams meet.
    pub async fn read(&self, offset: f64, length: u32) -> Result<Vec<u8>, JsValue> {
        bytes(&mut *self.woven.lock().await, offset, length).await
    }
}

/// `IStreamPseudoRandomBased`: the same bytes for the same seed.
#[wasm_bindgen]
pub struct StreamPseudoRandom(streams::StreamPseudoRandom);

#[wasm_bindgen]
impl StreamPseudoRandom {
    /// `put_Seed` and `SetSize`.
    ///
    /// # Errors
    /// `E_INVALIDARG` for a size that is no whole number of sectors.
    #[wasm_bindgen(constructor)]
    pub fn new(seed: u32, size: f64) -> Result<StreamPseudoRandom, JsValue> {
        Ok(StreamPseudoRandom(streams::StreamPseudoRandom::new(seed, sectors(size)?)))
    }

    /// `get_Seed`.
    #[wasm_bindgen(getter)]
    pub fn seed(&self) -> u32 {
        self.0.seed()
    }

    /// `get_ExtendedSeed`.
    ///
    /// # Errors
    /// `E_NOTIMPL`: the generator has one number of state and no use for more.
    #[wasm_bindgen(getter, js_name = extendedSeed)]
    pub fn extended_seed(&self) -> Result<Vec<u32>, JsValue> {
        self.0.extended_seed().map_err(|error| thrown(&error))
    }

    /// `put_ExtendedSeed`.
    ///
    /// # Errors
    /// `E_NOTIMPL`.
    #[wasm_bindgen(setter, js_name = extendedSeed)]
    pub fn set_extended_seed(&self, values: Vec<u32>) -> Result<(), JsValue> {
        let mut stream = self.0;
        stream.set_extended_seed(&values).map_err(|error| thrown(&error))
    }

    /// Bytes in all.
    #[wasm_bindgen(getter)]
    pub fn size(&self) -> f64 {
        self.0.byte_length() as f64
    }

    /// Bytes from `offset` on.
    ///
    /// # Errors
    /// `E_INVALIDARG` for an offset that is none.
    pub async fn read(&self, offset: f64, length: u32) -> Result<Vec<u8>, JsValue> {
        bytes(&mut { self.0 }, offset, length).await
    }
}

/// `MsftStreamZero`.
#[wasm_bindgen]
pub struct StreamZero(ZeroSource);

#[wasm_bindgen]
impl StreamZero {
    /// `SetSize`.
    ///
    /// # Errors
    /// `E_INVALIDARG` for a size that is no whole number of sectors.
    #[wasm_bindgen(constructor)]
    pub fn new(size: f64) -> Result<StreamZero, JsValue> {
        Ok(StreamZero(ZeroSource(sectors(size)?)))
    }

    /// Bytes in all.
    #[wasm_bindgen(getter)]
    pub fn size(&self) -> f64 {
        self.0.byte_length() as f64
    }

    /// Bytes from `offset` on.
    ///
    /// # Errors
    /// `E_INVALIDARG` for an offset that is none.
    pub async fn read(&self, offset: f64, length: u32) -> Result<Vec<u8>, JsValue> {
        bytes(&mut { self.0 }, offset, length).await
    }
}
