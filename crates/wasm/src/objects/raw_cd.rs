//! `MsftDiscFormat2RawCD`: a whole session with its lead-in, lead-out and sub-channel.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use webburn_imapi::enums::RawCdDataSectorType;

use super::events::{Listener, Of};
use super::failure::{invalid, thrown};
use super::in_common::{client_name, disc_format, done, prepared_first, recorder_and_updates, speeds};
use super::source::{Source, StreamArg};
use super::way::{Way, WayClock};

/// The raw writer: `prepareMedia`, `writeMedia` or `writeMedia2`, `releaseMedia`.
#[wasm_bindgen]
pub struct DiscFormat2RawCD {
    writer: webburn_imapi::DiscFormat2RawCD<Way, WayClock>,
    listener: Listener,
}

#[wasm_bindgen]
impl DiscFormat2RawCD {
    /// A writer without a recorder.
    #[wasm_bindgen(constructor)]
    #[allow(clippy::new_without_default)] // Made from JavaScript alone.
    pub fn new() -> DiscFormat2RawCD {
        DiscFormat2RawCD { writer: webburn_imapi::DiscFormat2RawCD::new(), listener: Listener::default() }
    }

    /// `WriteMedia`: a stream that begins at 95:00:00, as `RawCDImageCreator` makes them, in blocks of the requested sector
    /// type. Resolves with `S_OK` or what was adjusted.
    ///
    /// # Errors
    /// As [`DiscFormat2RawCD::write_media2`].
    #[wasm_bindgen(js_name = writeMedia, unchecked_return_type = "HRESULT")]
    pub async fn write_media(&self, stream: StreamArg) -> Result<u32, JsValue> {
        let mut source = self.source(stream)?;
        let job = |reporter| async move { self.writer.write_media(source.as_mut(), &reporter).await };
        let ended = self.listener.told_as(Of::RawCd, job).await;
        ended.map(|hresult| hresult.0).map_err(|error| thrown(&error))
    }

    /// `WriteMedia2`: a stream whose first sector lies so many sectors before LBA 0; 22,650 are those of `writeMedia`. What
    /// it has before the lead-in of this disc is left out.
    ///
    /// # Errors
    /// `E_POINTER` without a stream, `E_NOINTERFACE` for what is none, then in this order: `…WRITE_IN_PROGRESS`,
    /// `…MEDIA_IS_NOT_PREPARED`, `E_INVALIDARG`, `…STREAM_NOT_SUPPORTED`, what the drive says, `…MEDIA_IS_NOT_BLANK`,
    /// `…STREAM_LEADIN_TOO_SHORT`, `…NOT_ENOUGH_SPACE`; `E_IMAPI_REQUEST_CANCELLED` when it was stopped.
    #[wasm_bindgen(js_name = writeMedia2, unchecked_return_type = "HRESULT")]
    pub async fn write_media2(
        &self,
        stream: StreamArg,
        #[wasm_bindgen(js_name = streamLeadInSectors)] lead_in: i32,
    ) -> Result<u32, JsValue> {
        let mut source = self.source(stream)?;
        let job = |reporter| async move { self.writer.write_media2(source.as_mut(), lead_in, &reporter).await };
        let ended = self.listener.told_as(Of::RawCd, job).await;
        ended.map(|hresult| hresult.0).map_err(|error| thrown(&error))
    }

    /// `CancelWrite`: seen between two commands. The session stays torn; `releaseMedia` is still to be called.
    ///
    /// # Errors
    /// `E_IMAPI_DF2RAW_WRITE_NOT_IN_PROGRESS`.
    #[wasm_bindgen(js_name = cancelWrite)]
    pub async fn cancel_write(&self) -> Result<(), JsValue> {
        done(self.writer.cancel_write())
    }

    /// `ReleaseMedia`: unlocks the tray and gives the drive back.
    ///
    /// # Errors
    /// `E_IMAPI_DF2RAW_MEDIA_IS_NOT_PREPARED`, `E_IMAPI_DF2RAW_WRITE_IN_PROGRESS`.
    #[wasm_bindgen(js_name = releaseMedia)]
    pub async fn release_media(&self) -> Result<(), JsValue> {
        done(self.writer.release_media().await)
    }

    /// `StartOfNextSession`: where the lead-in begins.
    ///
    /// # Errors
    /// `E_IMAPI_DF2RAW_MEDIA_IS_NOT_PREPARED`.
    #[wasm_bindgen(getter, js_name = startOfNextSession)]
    pub fn start_of_next_session(&self) -> Result<i32, JsValue> {
        self.writer.start_of_next_session().map(|lba| lba.0).map_err(|error| thrown(&error))
    }

    /// `LastPossibleStartOfLeadout`.
    ///
    /// # Errors
    /// `E_IMAPI_DF2RAW_MEDIA_IS_NOT_PREPARED`.
    #[wasm_bindgen(getter, js_name = lastPossibleStartOfLeadout)]
    pub fn last_possible_start_of_leadout(&self) -> Result<i32, JsValue> {
        self.writer.last_possible_start_of_leadout().map(|lba| lba.0).map_err(|error| thrown(&error))
    }

    /// `RequestedSectorType`.
    ///
    /// # Errors
    /// `E_IMAPI_DF2RAW_MEDIA_IS_NOT_PREPARED`.
    #[wasm_bindgen(getter, js_name = requestedSectorType, unchecked_return_type = "RawCdDataSectorType")]
    pub fn requested_sector_type(&self) -> Result<u32, JsValue> {
        self.writer.requested_sector_type().map(|one| one.value()).map_err(|error| thrown(&error))
    }

    /// `RequestedSectorType`, between `prepareMedia` and `releaseMedia`; a method, as the drive is asked whether it takes it.
    ///
    /// # Errors
    /// `E_INVALIDARG` for what is none; `E_IMAPI_DF2RAW_WRITE_IN_PROGRESS`, `…MEDIA_IS_NOT_PREPARED`,
    /// `…DATA_BLOCK_TYPE_NOT_SUPPORTED`.
    #[wasm_bindgen(js_name = setRequestedSectorType)]
    pub async fn set_requested_sector_type(
        &self,
        #[wasm_bindgen(js_name = sectorType, unchecked_param_type = "RawCdDataSectorType")] sector_type: u32,
    ) -> Result<(), JsValue> {
        let sector_type = RawCdDataSectorType::from_value(sector_type).ok_or_else(invalid)?;
        done(self.writer.set_requested_sector_type(sector_type).await)
    }

    /// `SupportedSectorTypes`: those that the drive takes.
    ///
    /// # Errors
    /// `E_POINTER` without a recorder, `E_IMAPI_DF2RAW_MEDIA_IS_NOT_PREPARED`, `…WRITE_IN_PROGRESS`, what the drive says.
    #[wasm_bindgen(js_name = supportedSectorTypes, unchecked_return_type = "RawCdDataSectorType[]")]
    pub async fn supported_sector_types(&self) -> Result<Vec<JsValue>, JsValue> {
        let types = self.writer.supported_sector_types().await.map_err(|error| thrown(&error))?;
        Ok(types.into_iter().map(|one| one.value().into()).collect())
    }

    /// The stream in blocks of the type that was asked for.
    fn source(&self, stream: StreamArg) -> Result<Option<Source>, JsValue> {
        let source = stream.optional()?;
        Ok(match self.writer.requested_sector_type() {
            Ok(sector_type) => source.map(|source| source.in_sectors_of(sector_type.block_size())),
            // Refused by the writer itself.
            Err(_) => source,
        })
    }
}

recorder_and_updates!(DiscFormat2RawCD, writer, "((args: RawCDEventArgs) => void) | null | undefined");
client_name!(DiscFormat2RawCD, writer);
disc_format!(DiscFormat2RawCD, writer);
speeds!(DiscFormat2RawCD, writer);
prepared_first!(DiscFormat2RawCD, writer);
