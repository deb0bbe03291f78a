//! `IRawCDImageTrackInfo`.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use webburn_rawimage::creator::{self, CreatorError, DigitalCopySetting};
use webburn_sector::SectorCount;

use super::{Creator, done};
use crate::objects::failure::invalid;

/// One track of a `RawCDImageCreator`.
#[wasm_bindgen]
pub struct RawCDImageTrackInfo {
    creator: Creator,
    index: u8,
}

impl RawCDImageTrackInfo {
    /// `index` is one that the creator has; tracks are never taken away.
    pub(super) fn new(creator: Creator, index: u8) -> Self {
        RawCDImageTrackInfo { creator, index }
    }

    fn ask<T>(&self, ask: impl FnOnce(&creator::RawCDImageTrackInfo<'_>) -> T) -> Result<T, JsValue> {
        done(self.creator.borrow_mut().track_info(self.index).map(|track| ask(&track)))
    }

    fn put<T>(
        &self,
        put: impl FnOnce(&mut creator::RawCDImageTrackInfo<'_>) -> Result<T, CreatorError>,
    ) -> Result<T, JsValue> {
        done(self.creator.borrow_mut().track_info(self.index).and_then(|mut track| put(&mut track)))
    }
}

#[wasm_bindgen]
impl RawCDImageTrackInfo {
    /// `StartingLba`: the first user sector, after the pre-gap.
    #[wasm_bindgen(getter, js_name = startingLba)]
    pub fn starting_lba(&self) -> Result<i32, JsValue> {
        self.ask(|track| track.starting_lba().0)
    }

    /// `SectorCount`: the sectors of its stream.
    #[wasm_bindgen(getter, js_name = sectorCount)]
    pub fn sector_count(&self) -> Result<u32, JsValue> {
        self.ask(|track| track.sector_count().0)
    }

    /// `TrackNumber`.
    #[wasm_bindgen(getter, js_name = trackNumber)]
    pub fn track_number(&self) -> Result<u8, JsValue> {
        self.ask(|track| track.track_number())
    }

    /// `SectorType`.
    #[wasm_bindgen(getter, js_name = sectorType, unchecked_return_type = "CdSectorType")]
    pub fn sector_type(&self) -> Result<u32, JsValue> {
        self.ask(|track| track.sector_type().value())
    }

    /// `ISRC`: with dashes; empty when there is none.
    #[wasm_bindgen(getter, js_name = ISRC)]
    pub fn isrc(&self) -> Result<String, JsValue> {
        self.ask(|track| track.isrc())
    }

    /// `ISRC`: dashes may be left out; an empty text takes it away.
    ///
    /// # Errors
    /// `E_INVALIDARG`; `E_IMAPI_RAW_IMAGE_IS_READ_ONLY`, as for every setting here.
    #[wasm_bindgen(setter, js_name = ISRC)]
    pub fn put_isrc(&self, value: &str) -> Result<(), JsValue> {
        self.put(|track| track.put_isrc(value))
    }

    /// `DigitalAudioCopySetting`.
    #[wasm_bindgen(getter, js_name = digitalAudioCopySetting, unchecked_return_type = "DigitalCopySetting")]
    pub fn digital_audio_copy_setting(&self) -> Result<u32, JsValue> {
        self.ask(|track| track.digital_audio_copy_setting().value())
    }

    /// `DigitalAudioCopySetting`.
    ///
    /// # Errors
    /// `E_INVALIDARG` for what is none, and for a data track.
    #[wasm_bindgen(setter, js_name = digitalAudioCopySetting)]
    pub fn put_digital_audio_copy_setting(
        &self,
        #[wasm_bindgen(unchecked_param_type = "DigitalCopySetting")] value: u32,
    ) -> Result<(), JsValue> {
        let value = DigitalCopySetting::from_value(value).ok_or_else(invalid)?;
        self.put(|track| track.put_digital_audio_copy_setting(value))
    }

    /// `AudioHasPreemphasis`.
    #[wasm_bindgen(getter, js_name = audioHasPreemphasis)]
    pub fn audio_has_preemphasis(&self) -> Result<bool, JsValue> {
        self.ask(|track| track.audio_has_preemphasis())
    }

    /// `AudioHasPreemphasis`: says so; the samples stay as they are.
    ///
    /// # Errors
    /// `E_INVALIDARG` for a data track.
    #[wasm_bindgen(setter, js_name = audioHasPreemphasis)]
    pub fn put_audio_has_preemphasis(&self, value: bool) -> Result<(), JsValue> {
        self.put(|track| track.put_audio_has_preemphasis(value))
    }

    /// `TrackIndexes`: offsets from the track's start, ascending; the first is index 1, offset 0.
    #[wasm_bindgen(getter, js_name = trackIndexes, unchecked_return_type = "number[]")]
    pub fn track_indexes(&self) -> Result<Vec<JsValue>, JsValue> {
        self.ask(|track| track.track_indexes().into_iter().map(JsValue::from).collect())
    }

    /// `AddTrackIndex`: an index begins so many sectors after the track's start. Gives `S_OK`, or
    /// `S_IMAPI_RAW_IMAGE_TRACK_INDEX_ALREADY_EXISTS`.
    ///
    /// # Errors
    /// `…TOO_MANY_TRACK_INDEXES`; `…TRACK_INDEX_TOO_CLOSE_TO_OTHER_INDEX`; `E_INVALIDARG` behind the track.
    #[wasm_bindgen(js_name = addTrackIndex, unchecked_return_type = "HRESULT")]
    pub fn add_track_index(&self, #[wasm_bindgen(js_name = lbaOffset)] offset: u32) -> Result<u32, JsValue> {
        self.put(|track| track.add_track_index(offset)).map(|added| added.hresult())
    }

    /// `ClearTrackIndex`.
    ///
    /// # Errors
    /// `…TRACK_INDEX_OFFSET_ZERO_CANNOT_BE_CLEARED`; `…TRACK_INDEX_NOT_FOUND`.
    #[wasm_bindgen(js_name = clearTrackIndex)]
    pub fn clear_track_index(&self, #[wasm_bindgen(js_name = lbaOffset)] offset: u32) -> Result<(), JsValue> {
        self.put(|track| track.clear_track_index(offset))
    }

    /// Beyond IMAPI2: sectors of silence before this track; `null` goes by `disableGaplessAudio`.
    #[wasm_bindgen(getter, unchecked_return_type = "number | null")]
    pub fn gap(&self) -> Result<JsValue, JsValue> {
        self.ask(|track| track.gap().map_or(JsValue::NULL, |gap| gap.0.into()))
    }

    /// Beyond IMAPI2: sectors of silence before this track. Between audio and data the standard's minimum stays.
    ///
    /// # Errors
    /// `…INSUFFICIENT_SPACE`.
    #[wasm_bindgen(setter, js_name = gap)]
    pub fn put_gap(
        &self,
        #[wasm_bindgen(unchecked_param_type = "number | null | undefined")] value: Option<u32>,
    ) -> Result<(), JsValue> {
        self.put(|track| track.put_gap(value.map(SectorCount)))
    }
}
