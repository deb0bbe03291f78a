//! `MsftRawCDImageCreator`: an audio CD put together track by track, and beyond IMAPI2 any CD.

mod failure;
mod result;
mod text;
mod track_info;

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Object, Reflect, Uint8Array};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use webburn_rawimage::at_once::{BlockStream, SheetOptions};
use webburn_rawimage::creator::{self, CreatorError, DataSectorType, SectorType};
use webburn_sector::{Lba, SectorSource};

use self::failure::refusal;
use self::result::{Made, ResultStream};
use self::text::TextArg;
use self::track_info::RawCDImageTrackInfo;
use super::failure::invalid;
use super::source::StreamArg;

/// The object model's own, which the objects of its tracks speak of, too.
type Creator = Rc<RefCell<creator::RawCDImageCreator>>;

/// `IRawCDImageCreator`.
#[wasm_bindgen]
pub struct RawCDImageCreator(Creator);

fn done<T>(result: Result<T, CreatorError>) -> Result<T, JsValue> {
    result.map_err(|error| refusal(&error))
}

/// What is not in the range of a member is in that of none.
fn small(number: u32) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}

#[wasm_bindgen]
impl RawCDImageCreator {
    /// An image without tracks.
    #[wasm_bindgen(constructor)]
    #[allow(clippy::new_without_default)] // Made from JavaScript alone.
    pub fn new() -> RawCDImageCreator {
        RawCDImageCreator(Rc::default())
    }

    /// `CreateResultImage`: the stream that `DiscFormat2RawCD` writes, from 95:00:00 on, made while it is read. Once only;
    /// afterwards the object can be asked, but not changed.
    ///
    /// # Errors
    /// `E_IMAPI_RAW_IMAGE_IS_READ_ONLY` the second time; `…NO_TRACKS`; `E_INVALIDARG` when R to W are shorter than the
    /// image, or CD-Text does not fit.
    #[wasm_bindgen(js_name = createResultImage)]
    pub fn create_result_image(&self) -> Result<ResultStream, JsValue> {
        done(self.0.borrow_mut().create_result_image()).map(|stream| ResultStream::of(Made::Raw(stream)))
    }

    /// Beyond IMAPI2: the same disc for `SessionAtOnce`. In place of `createResultImage`, and like it once only.
    ///
    /// # Errors
    /// `E_IMAPI_RAW_IMAGE_IS_READ_ONLY` the second time; `…NO_TRACKS`; `E_INVALIDARG` with R to W of a generator, with a
    /// track of mode 0, or when CD-Text does not fit.
    #[wasm_bindgen(js_name = createSession, unchecked_return_type = "Session")]
    pub fn create_session(&self) -> Result<JsValue, JsValue> {
        let (sheet, image) = done(self.0.borrow_mut().create_session(SheetOptions::default()))?;
        let stream = BlockStream::session(image, &sheet);
        let bytes_per_sector = stream.sector_size() as u32;
        let made = Object::new();
        let set = |name: &str, value: JsValue| Reflect::set(&made, &name.into(), &value).map(drop);
        set("cueSheet", Uint8Array::from(&sheet.to_bytes()[..]).into())?;
        set("cdText", Uint8Array::from(sheet.packs.as_flattened()).into())?;
        set("sessionFormat", sheet.disc_type.code().into())?;
        set("bytesPerSector", bytes_per_sector.into())?;
        set("stream", ResultStream::of(Made::Session(stream)).into())?;
        Ok(made.into())
    }

    /// `AddTrack`: a track whose sectors the stream holds. Gives its index, from 1.
    ///
    /// # Errors
    /// `E_POINTER`, `E_NOINTERFACE`; `…IS_READ_ONLY`; `…SECTOR_TYPE_NOT_SUPPORTED` for anything but audio unless
    /// `dataTracksAllowed`; `…TOO_MANY_TRACKS`; `…INSUFFICIENT_SPACE`; `E_INVALIDARG` for fewer than 300 sectors or a part
    /// of one.
    #[wasm_bindgen(js_name = addTrack)]
    pub fn add_track(
        &self,
        #[wasm_bindgen(js_name = dataType, unchecked_param_type = "CdSectorType")] kind: u32,
        data: StreamArg,
    ) -> Result<u8, JsValue> {
        let kind = SectorType::from_value(kind).ok_or_else(invalid)?;
        let data = Box::new(data.required()?);
        done(self.0.borrow_mut().add_track(kind, data))
    }

    /// `AddSpecialPregap`: audio that is heard by going back from the start of track 1.
    ///
    /// # Errors
    /// `E_POINTER`, `E_NOINTERFACE`; `…IS_READ_ONLY`; `…TRACKS_ALREADY_ADDED`; `…INSUFFICIENT_SPACE`; `E_INVALIDARG` for
    /// fewer than 150 sectors or a part of one.
    #[wasm_bindgen(js_name = addSpecialPregap)]
    pub fn add_special_pregap(&self, data: StreamArg) -> Result<(), JsValue> {
        let data = Box::new(data.required()?);
        done(self.0.borrow_mut().add_special_pregap(data))
    }

    /// `AddSubcodeRWGenerator`: 96 bytes for every sector of the image from 95:00:00 on, a channel in each bit, P and Q not
    /// looked at. Several are laid over each other.
    ///
    /// # Errors
    /// `E_POINTER`, `E_NOINTERFACE`; `…IS_READ_ONLY`; `E_INVALIDARG` while the result has P and Q only.
    #[wasm_bindgen(js_name = addSubcodeRWGenerator)]
    pub fn add_subcode_rw_generator(&self, subcode: StreamArg) -> Result<(), JsValue> {
        let subcode = Box::new(subcode.required()?);
        done(self.0.borrow_mut().add_subcode_rw_generator(subcode))
    }

    /// `TrackInfo`: `index` from 1 to the number of tracks.
    ///
    /// # Errors
    /// `E_INVALIDARG`.
    #[wasm_bindgen(js_name = trackInfo)]
    pub fn track_info(&self, index: u32) -> Result<RawCDImageTrackInfo, JsValue> {
        let index = small(index);
        done(self.0.borrow_mut().track_info(index).map(drop))?;
        Ok(RawCDImageTrackInfo::new(self.0.clone(), index))
    }

    /// `ResultingImageType`.
    #[wasm_bindgen(getter, js_name = resultingImageType, unchecked_return_type = "RawCdDataSectorType")]
    pub fn resulting_image_type(&self) -> u32 {
        self.0.borrow().resulting_image_type().value()
    }

    /// `ResultingImageType`.
    ///
    /// # Errors
    /// `E_INVALIDARG` for what is none, and for P and Q only once there are R to W; `…IS_READ_ONLY`.
    #[wasm_bindgen(setter, js_name = resultingImageType)]
    pub fn put_resulting_image_type(
        &self,
        #[wasm_bindgen(unchecked_param_type = "RawCdDataSectorType")] value: u32,
    ) -> Result<(), JsValue> {
        let value = DataSectorType::from_value(value).ok_or_else(invalid)?;
        done(self.0.borrow_mut().put_resulting_image_type(value))
    }

    /// `StartOfLeadout`: the address after the last user sector.
    ///
    /// # Errors
    /// `E_IMAPI_RAW_IMAGE_NO_TRACKS`.
    #[wasm_bindgen(getter, js_name = startOfLeadout)]
    pub fn start_of_leadout(&self) -> Result<i32, JsValue> {
        done(self.0.borrow().start_of_leadout()).map(|lba| lba.0)
    }

    /// `StartOfLeadoutLimit`.
    #[wasm_bindgen(getter, js_name = startOfLeadoutLimit)]
    pub fn start_of_leadout_limit(&self) -> i32 {
        self.0.borrow().start_of_leadout_limit().0
    }

    /// `StartOfLeadoutLimit`: the image must fit a disc whose lead-out may start there.
    ///
    /// # Errors
    /// `E_INVALIDARG` over 398,099 or below zero; `…INSUFFICIENT_SPACE`; `…IS_READ_ONLY`.
    #[wasm_bindgen(setter, js_name = startOfLeadoutLimit)]
    pub fn put_start_of_leadout_limit(&self, value: i32) -> Result<(), JsValue> {
        done(self.0.borrow_mut().put_start_of_leadout_limit(Lba(value)))
    }

    /// `DisableGaplessAudio`: `true` puts 150 silent sectors between tracks.
    #[wasm_bindgen(getter, js_name = disableGaplessAudio)]
    pub fn disable_gapless_audio(&self) -> bool {
        self.0.borrow().disable_gapless_audio()
    }

    /// `DisableGaplessAudio`.
    ///
    /// # Errors
    /// `…TRACKS_ALREADY_ADDED`; `…IS_READ_ONLY`.
    #[wasm_bindgen(setter, js_name = disableGaplessAudio)]
    pub fn put_disable_gapless_audio(&self, value: bool) -> Result<(), JsValue> {
        done(self.0.borrow_mut().put_disable_gapless_audio(value))
    }

    /// `MediaCatalogNumber`: thirteen digits; empty when there is none.
    #[wasm_bindgen(getter, js_name = mediaCatalogNumber)]
    pub fn media_catalog_number(&self) -> String {
        self.0.borrow().media_catalog_number().unwrap_or_default()
    }

    /// `MediaCatalogNumber`: leading zeros may be missing; an empty text takes it away.
    ///
    /// # Errors
    /// `E_INVALIDARG` for what is no number or has a wrong check digit; `…IS_READ_ONLY`.
    #[wasm_bindgen(setter, js_name = mediaCatalogNumber)]
    pub fn put_media_catalog_number(&self, value: &str) -> Result<(), JsValue> {
        done(self.0.borrow_mut().put_media_catalog_number(value))
    }

    /// `StartingTrackNumber`.
    #[wasm_bindgen(getter, js_name = startingTrackNumber)]
    pub fn starting_track_number(&self) -> u8 {
        self.0.borrow().starting_track_number()
    }

    /// `StartingTrackNumber`: 1 to 99. Anything but 1 makes the disc one of audio only.
    ///
    /// # Errors
    /// `E_INVALIDARG`; `…TRACKS_ALREADY_ADDED`; `…IS_READ_ONLY`.
    #[wasm_bindgen(setter, js_name = startingTrackNumber)]
    pub fn put_starting_track_number(&self, value: u32) -> Result<(), JsValue> {
        done(self.0.borrow_mut().put_starting_track_number(small(value)))
    }

    /// `NumberOfExistingTracks`.
    #[wasm_bindgen(getter, js_name = numberOfExistingTracks)]
    pub fn number_of_existing_tracks(&self) -> u8 {
        self.0.borrow().number_of_existing_tracks()
    }

    /// `LastUsedUserSectorInImage`.
    ///
    /// # Errors
    /// `E_IMAPI_RAW_IMAGE_NO_TRACKS`.
    #[wasm_bindgen(getter, js_name = lastUsedUserSectorInImage)]
    pub fn last_used_user_sector_in_image(&self) -> Result<i32, JsValue> {
        done(self.0.borrow().last_used_user_sector_in_image()).map(|lba| lba.0)
    }

    /// `ExpectedTableOfContents`: the reply of READ TOC, format 0, with addresses as minute, second, frame.
    ///
    /// # Errors
    /// `E_IMAPI_RAW_IMAGE_NO_TRACKS`.
    #[wasm_bindgen(getter, js_name = expectedTableOfContents)]
    pub fn expected_table_of_contents(&self) -> Result<Vec<u8>, JsValue> {
        done(self.0.borrow().expected_table_of_contents()).map(|toc| toc.to_bytes())
    }

    /// Beyond IMAPI2: the same as the Q frames of the lead-in, twelve bytes each, each once.
    ///
    /// # Errors
    /// `E_IMAPI_RAW_IMAGE_NO_TRACKS`; `E_INVALIDARG` when the parts do not go together.
    #[wasm_bindgen(getter, js_name = expectedLeadIn)]
    pub fn expected_lead_in(&self) -> Result<Vec<Uint8Array>, JsValue> {
        let frames = done(self.0.borrow().expected_lead_in())?;
        Ok(frames.iter().map(|q| Uint8Array::from(&q.to_bytes()[..])).collect())
    }

    /// Beyond IMAPI2: `addTrack` takes data of mode 0, 1 and 2 too, mixed with audio or alone.
    #[wasm_bindgen(getter, js_name = dataTracksAllowed)]
    pub fn data_tracks_allowed(&self) -> bool {
        self.0.borrow().data_tracks_allowed()
    }

    /// Beyond IMAPI2: whether `addTrack` takes data, too.
    ///
    /// # Errors
    /// `…TRACKS_ALREADY_ADDED`; `…IS_READ_ONLY`.
    #[wasm_bindgen(setter, js_name = dataTracksAllowed)]
    pub fn put_data_tracks_allowed(&self, value: bool) -> Result<(), JsValue> {
        done(self.0.borrow_mut().put_data_tracks_allowed(value))
    }

    /// Beyond IMAPI2: CD-Text of the lead-in in its first language; `null` when there is none.
    #[wasm_bindgen(getter, js_name = cdText, unchecked_return_type = "CdText | null")]
    pub fn cd_text(&self) -> JsValue {
        text::view(self.0.borrow().cd_text())
    }

    /// Beyond IMAPI2: CD-Text of the lead-in, in English; or in any languages as packs. Nothing takes it away.
    ///
    /// # Errors
    /// `E_INVALIDARG` for a text that ISO 8859-1 cannot hold, more tracks than 99, packs that are none; `E_NOINTERFACE`;
    /// `…IS_READ_ONLY`.
    #[wasm_bindgen(setter, js_name = cdText)]
    pub fn put_cd_text(&self, value: TextArg) -> Result<(), JsValue> {
        let mut creator = self.0.borrow_mut();
        let tracks = (creator.starting_track_number(), creator.number_of_existing_tracks());
        let text = value.text(tracks)?;
        done(creator.put_cd_text(text))
    }
}
