//! `IDiscRecorder2Ex`: features, profiles, mode pages, structures, and commands passed through.

use std::time::Duration;

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use webburn_imapi::enums::{FeaturePageType, ModePageRequestType, ReadTrackAddressType};

use super::arg::BytesArg;
use super::failure::{invalid, thrown};
use super::recorder::DiscRecorder2;

/// How a command passed through has ended: `S_OK`, or `S_IMAPI_COMMAND_HAS_SENSE_DATA` and the sense.
#[wasm_bindgen]
pub struct CommandOutcome {
    /// The HRESULT.
    #[wasm_bindgen(readonly)]
    pub hresult: u32,
    /// Sense data, 18 bytes; zeros after GOOD.
    #[wasm_bindgen(getter_with_clone, readonly)]
    pub sense: Vec<u8>,
    /// What the drive returned.
    #[wasm_bindgen(getter_with_clone, readonly)]
    pub data: Vec<u8>,
}

/// The most that is asked of a drive in one command.
const LARGEST: u32 = 16 * 1024 * 1024;

fn seconds(timeout: f64) -> Duration {
    Duration::try_from_secs_f64(timeout).unwrap_or(Duration::MAX)
}

fn outcome(made: webburn_imapi::recorder::CommandOutcome, mut data: Vec<u8>) -> CommandOutcome {
    data.truncate(made.fetched);
    CommandOutcome { hresult: made.hresult.0, sense: made.sense.to_vec(), data }
}

fn number(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

fn request_type(number: u8) -> Result<ModePageRequestType, JsValue> {
    ModePageRequestType::from_value(number).ok_or_else(invalid)
}

#[wasm_bindgen]
impl DiscRecorder2 {
    /// `SendCommandNoData`, the time limit in seconds.
    ///
    /// # Errors
    /// `E_POINTER`, `E_INVALIDARG` for a command block whose length does not fit its operation code, and what the way to
    /// the drive meets. A drive that refuses is no failure: see [`CommandOutcome`].
    #[wasm_bindgen(js_name = sendCommandNoData)]
    pub async fn send_command_no_data(&self, cdb: BytesArg, timeout: f64) -> Result<CommandOutcome, JsValue> {
        let made = self.0.send_command_no_data(&cdb.required()?, seconds(timeout)).await;
        made.map(|made| outcome(made, Vec::new())).map_err(|error| thrown(&error))
    }

    /// `SendCommandSendDataToDevice`.
    ///
    /// # Errors
    /// As above; `E_INVALIDARG` for no bytes.
    #[wasm_bindgen(js_name = sendCommandSendDataToDevice)]
    pub async fn send_command_send_data_to_device(
        &self,
        cdb: BytesArg,
        data: BytesArg,
        timeout: f64,
    ) -> Result<CommandOutcome, JsValue> {
        let (cdb, data) = (cdb.required()?, data.required()?);
        let made = self.0.send_command_send_data_to_device(&cdb, &data, seconds(timeout)).await;
        made.map(|made| outcome(made, Vec::new())).map_err(|error| thrown(&error))
    }

    /// `SendCommandGetDataFromDevice`, up to `length` bytes.
    ///
    /// # Errors
    /// As above; `E_INVALIDARG` for no bytes or more than 16 MiB.
    #[wasm_bindgen(js_name = sendCommandGetDataFromDevice)]
    pub async fn send_command_get_data_from_device(
        &self,
        cdb: BytesArg,
        length: u32,
        timeout: f64,
    ) -> Result<CommandOutcome, JsValue> {
        if length > LARGEST {
            return Err(invalid());
        }
        let mut data = vec![0; length as usize];
        let made = self.0.send_command_get_data_from_device(&cdb.required()?, &mut data, seconds(timeout)).await;
        made.map(|made| outcome(made, data)).map_err(|error| thrown(&error))
    }

    /// `ReadDvdStructure`: also of BDs.
    ///
    /// # Errors
    /// What asking the drive meets; so for all below.
    #[wasm_bindgen(js_name = readDvdStructure)]
    pub async fn read_dvd_structure(&self, format: u8, address: u32, layer: u8, agid: u8) -> Result<Vec<u8>, JsValue> {
        self.0.read_dvd_structure(format, address, layer, agid).await.map_err(|error| thrown(&error))
    }

    /// `SendDvdStructure`.
    ///
    /// # Errors
    /// As above, and `E_POINTER`.
    #[wasm_bindgen(js_name = sendDvdStructure)]
    pub async fn send_dvd_structure(&self, format: u8, structure: BytesArg) -> Result<(), JsValue> {
        self.0.send_dvd_structure(format, &structure.required()?).await.map_err(|error| thrown(&error))
    }

    /// `GetDiscInformation`.
    ///
    /// # Errors
    /// As above.
    #[wasm_bindgen(js_name = getDiscInformation)]
    pub async fn get_disc_information(&self) -> Result<Vec<u8>, JsValue> {
        self.0.get_disc_information().await.map_err(|error| thrown(&error))
    }

    /// `GetTrackInformation`.
    ///
    /// # Errors
    /// As above, and `E_INVALIDARG`.
    #[wasm_bindgen(js_name = getTrackInformation)]
    pub async fn get_track_information(
        &self,
        address: u32,
        #[wasm_bindgen(js_name = addressType, unchecked_param_type = "ReadTrackAddressType")] address_type: u8,
    ) -> Result<Vec<u8>, JsValue> {
        let address_type = ReadTrackAddressType::from_value(address_type).ok_or_else(invalid)?;
        self.0.get_track_information(address, address_type).await.map_err(|error| thrown(&error))
    }

    /// `GetFeaturePage`.
    ///
    /// # Errors
    /// As above, `E_IMAPI_RECORDER_NO_SUCH_FEATURE`, `E_IMAPI_RECORDER_FEATURE_IS_NOT_CURRENT`.
    #[wasm_bindgen(js_name = getFeaturePage)]
    pub async fn get_feature_page(
        &self,
        #[wasm_bindgen(unchecked_param_type = "FeaturePageType")] feature: u16,
        #[wasm_bindgen(js_name = currentOnly)] current_only: bool,
    ) -> Result<Vec<u8>, JsValue> {
        self.0.get_feature_page(FeaturePageType(feature), current_only).await.map_err(|error| thrown(&error))
    }

    /// `GetModePage`.
    ///
    /// # Errors
    /// As above, `E_IMAPI_RECORDER_NO_SUCH_MODE_PAGE`.
    #[wasm_bindgen(js_name = getModePage)]
    pub async fn get_mode_page(
        &self,
        #[wasm_bindgen(unchecked_param_type = "ModePageType")] page: u8,
        #[wasm_bindgen(unchecked_param_type = "ModePageRequestType")] request: u8,
    ) -> Result<Vec<u8>, JsValue> {
        self.0.get_mode_page(page, request_type(request)?).await.map_err(|error| thrown(&error))
    }

    /// `SetModePage`: the page with its own two-byte header.
    ///
    /// # Errors
    /// As above, `E_POINTER`, `E_IMAPI_RECORDER_INVALID_MODE_PARAMETERS`.
    #[wasm_bindgen(js_name = setModePage)]
    pub async fn set_mode_page(
        &self,
        #[wasm_bindgen(unchecked_param_type = "ModePageRequestType")] request: u8,
        page: BytesArg,
    ) -> Result<(), JsValue> {
        let page = page.required()?;
        self.0.set_mode_page(request_type(request)?, &page).await.map_err(|error| thrown(&error))
    }

    /// `GetSupportedFeaturePages`.
    ///
    /// # Errors
    /// As above.
    #[wasm_bindgen(js_name = getSupportedFeaturePages, unchecked_return_type = "FeaturePageType[]")]
    pub async fn get_supported_feature_pages(
        &self,
        #[wasm_bindgen(js_name = currentOnly)] current_only: bool,
    ) -> Result<Vec<JsValue>, JsValue> {
        let pages = self.0.feature_pages(current_only).await.map_err(|error| thrown(&error))?;
        Ok(pages.iter().map(|page| page.0.into()).collect())
    }

    /// `GetSupportedProfiles`.
    ///
    /// # Errors
    /// As above.
    #[wasm_bindgen(js_name = getSupportedProfiles, unchecked_return_type = "ProfileType[]")]
    pub async fn get_supported_profiles(
        &self,
        #[wasm_bindgen(js_name = currentOnly)] current_only: bool,
    ) -> Result<Vec<JsValue>, JsValue> {
        let profiles = self.0.profiles(current_only).await.map_err(|error| thrown(&error))?;
        Ok(profiles.iter().map(|profile| profile.0.into()).collect())
    }

    /// `GetSupportedModePages`.
    ///
    /// # Errors
    /// As above.
    #[wasm_bindgen(js_name = getSupportedModePages, unchecked_return_type = "ModePageType[]")]
    pub async fn get_supported_mode_pages(
        &self,
        #[wasm_bindgen(unchecked_param_type = "ModePageRequestType")] request: u8,
    ) -> Result<Vec<JsValue>, JsValue> {
        let pages = self.0.supported_mode_pages(request_type(request)?).await.map_err(|error| thrown(&error))?;
        Ok(pages.iter().map(|page| page.0.into()).collect())
    }

    /// `GetByteAlignmentMask`: one less than the alignment that buffers need.
    #[wasm_bindgen(js_name = getByteAlignmentMask)]
    pub async fn get_byte_alignment_mask(&self) -> u32 {
        number(self.0.get_byte_alignment().await.saturating_sub(1))
    }

    /// `GetMaximumNonPageAlignedTransferSize` in bytes.
    #[wasm_bindgen(js_name = getMaximumNonPageAlignedTransferSize)]
    pub async fn get_maximum_non_page_aligned_transfer_size(&self) -> u32 {
        number(self.0.get_maximum_transfer_size().await)
    }

    /// `GetMaximumPageAlignedTransferSize` in bytes: there are no pages here, so it is the same.
    #[wasm_bindgen(js_name = getMaximumPageAlignedTransferSize)]
    pub async fn get_maximum_page_aligned_transfer_size(&self) -> u32 {
        number(self.0.get_maximum_transfer_size().await)
    }

    /// `GetAdapterDescriptor`: a `STORAGE_ADAPTER_DESCRIPTOR` with the largest transfer and the alignment.
    ///
    /// # Errors
    /// As above.
    #[wasm_bindgen(js_name = getAdapterDescriptor)]
    pub async fn get_adapter_descriptor(&self) -> Result<Vec<u8>, JsValue> {
        self.0.get_adapter_descriptor().await.map_err(|error| thrown(&error))
    }

    /// `GetDeviceDescriptor`: a `STORAGE_DEVICE_DESCRIPTOR` with what INQUIRY told.
    ///
    /// # Errors
    /// As above.
    #[wasm_bindgen(js_name = getDeviceDescriptor)]
    pub async fn get_device_descriptor(&self) -> Result<Vec<u8>, JsValue> {
        self.0.get_device_descriptor().map_err(|error| thrown(&error))
    }
}
