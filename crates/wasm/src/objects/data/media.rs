//! What the data writer tells of the disc and the drive: every one of these asks.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use webburn_imapi::enums::MediaPhysicalType;
use webburn_imapi::multisession::Multisession;

use super::DiscFormat2Data;
use crate::objects::arg::RecorderArg;
use crate::objects::failure::thrown;
use crate::objects::multisession::{MultisessionRandomWrite, MultisessionSequential};

/// `IWriteSpeedDescriptor`.
#[wasm_bindgen]
#[derive(Clone, Copy)]
pub struct WriteSpeedDescriptor(webburn_imapi::format::WriteSpeedDescriptor);

#[wasm_bindgen]
impl WriteSpeedDescriptor {
    /// `MediaType`.
    #[wasm_bindgen(getter, js_name = mediaType, unchecked_return_type = "MediaPhysicalType")]
    pub fn media_type(&self) -> u32 {
        self.0.media_type.value()
    }

    /// `RotationTypeIsPureCAV`.
    #[wasm_bindgen(getter, js_name = rotationTypeIsPureCAV)]
    pub fn rotation_type_is_pure_cav(&self) -> bool {
        self.0.rotation_type_is_pure_cav
    }

    /// `WriteSpeed` in sectors a second.
    #[wasm_bindgen(getter, js_name = writeSpeed)]
    pub fn write_speed(&self) -> u32 {
        self.0.write_speed
    }
}

/// The numbers of physical types as an array.
pub fn numbers(types: &[MediaPhysicalType]) -> Vec<JsValue> {
    types.iter().map(|one| one.value().into()).collect()
}

/// Methods that ask the writer and give what it says, or its failure.
macro_rules! asked {
    ($($(#[$meta:meta])* $name:ident as $js:ident ($ts:literal) -> $type:ty = $told:expr;)*) => {
        #[wasm_bindgen]
        impl DiscFormat2Data {
            $(
                $(#[$meta])*
                ///
                /// # Errors
                /// `E_IMAPI_RECORDER_REQUIRED`, `E_IMAPI_RECORDER_MEDIA_NO_MEDIA`, `E_IMAPI_DF2DATA_INVALID_MEDIA_STATE`
                /// and what asking the drive meets.
                #[wasm_bindgen(js_name = $js, unchecked_return_type = $ts)]
                pub async fn $name(&self) -> Result<$type, JsValue> {
                    self.writer.$name().await.map($told).map_err(|error| thrown(&error))
                }
            )*
        }
    };
}

asked! {
    /// `MediaPhysicallyBlank`.
    media_physically_blank as mediaPhysicallyBlank ("boolean") -> bool = |told| told;
    /// `MediaHeuristicallyBlank`.
    media_heuristically_blank as mediaHeuristicallyBlank ("boolean") -> bool = |told| told;
    /// `CurrentPhysicalMediaType`.
    current_physical_media_type as currentPhysicalMediaType ("MediaPhysicalType") -> u32 = |told| told.value();
    /// `CurrentMediaStatus`: bits of `MediaState`.
    current_media_status as currentMediaStatus ("number") -> u32 = |told| told.0;
    /// `WriteProtectStatus`: bits of `WriteProtectState`.
    write_protect_status as writeProtectStatus ("number") -> u32 = |told| told.0;
    /// `TotalSectorsOnMedia`.
    total_sectors_on_media as totalSectorsOnMedia ("number") -> u32 = |told| told.0;
    /// `FreeSectorsOnMedia`.
    free_sectors_on_media as freeSectorsOnMedia ("number") -> u32 = |told| told.0;
    /// `NextWritableAddress`.
    next_writable_address as nextWritableAddress ("number") -> i32 = |told| told.0;
    /// `StartAddressOfPreviousSession`; -1 without one.
    start_address_of_previous_session as startAddressOfPreviousSession ("number") -> i32 = |told| told;
    /// `LastWrittenAddressOfPreviousSession`; -1 without one. `E_NOTIMPL` where nothing on the disc tells it.
    last_written_address_of_previous_session as lastWrittenAddressOfPreviousSession ("number") -> i32 = |told| told;
    /// `CurrentWriteSpeed` in sectors a second.
    current_write_speed as currentWriteSpeed ("number") -> u32 = |told| told.0;
    /// `SupportedWriteSpeedDescriptors`.
    supported_write_speed_descriptors as supportedWriteSpeedDescriptors ("WriteSpeedDescriptor[]")
        -> Vec<WriteSpeedDescriptor> = |told| told.into_iter().map(WriteSpeedDescriptor).collect();
}

#[wasm_bindgen]
impl DiscFormat2Data {
    /// `IsRecorderSupported`.
    ///
    /// # Errors
    /// `E_POINTER` without a recorder, and what asking it meets.
    #[wasm_bindgen(js_name = isRecorderSupported)]
    pub async fn is_recorder_supported(&self, recorder: RecorderArg) -> Result<bool, JsValue> {
        let recorder = Self::given(recorder)?;
        self.writer.is_recorder_supported(&recorder).await.map_err(|error| thrown(&error))
    }

    /// `IsCurrentMediaSupported`.
    ///
    /// # Errors
    /// As above; `E_IMAPI_RECORDER_MEDIA_NO_MEDIA`.
    #[wasm_bindgen(js_name = isCurrentMediaSupported)]
    pub async fn is_current_media_supported(&self, recorder: RecorderArg) -> Result<bool, JsValue> {
        let recorder = Self::given(recorder)?;
        self.writer.is_current_media_supported(&recorder).await.map_err(|error| thrown(&error))
    }

    /// `SupportedMediaTypes`.
    #[wasm_bindgen(getter, js_name = supportedMediaTypes, unchecked_return_type = "MediaPhysicalType[]")]
    pub fn supported_media_types(&self) -> Vec<JsValue> {
        numbers(webburn_imapi::DiscFormat2Data::<super::Way, super::WayClock>::supported_media_types())
    }

    /// `CurrentRotationTypeIsPureCAV`.
    ///
    /// # Errors
    /// As `currentWriteSpeed`.
    #[wasm_bindgen(js_name = currentRotationTypeIsPureCAV)]
    pub async fn current_rotation_type_is_pure_cav(&self) -> Result<bool, JsValue> {
        self.writer.current_write_speed().await.map(|(_, cav)| cav).map_err(|error| thrown(&error))
    }

    /// `SupportedWriteSpeeds` in sectors a second.
    ///
    /// # Errors
    /// As `supportedWriteSpeedDescriptors`.
    #[wasm_bindgen(js_name = supportedWriteSpeeds, unchecked_return_type = "number[]")]
    pub async fn supported_write_speeds(&self) -> Result<Vec<JsValue>, JsValue> {
        let listed = self.supported_write_speed_descriptors().await?;
        Ok(listed.iter().map(|one| one.write_speed().into()).collect())
    }

    /// `MultisessionInterfaces`.
    ///
    /// # Errors
    /// `E_IMAPI_RECORDER_REQUIRED`.
    #[wasm_bindgen(
        js_name = multisessionInterfaces,
        unchecked_return_type = "(MultisessionSequential | MultisessionRandomWrite)[]"
    )]
    pub async fn multisession_interfaces(&self) -> Result<Vec<JsValue>, JsValue> {
        let all = self.writer.multisession_interfaces().map_err(|error| thrown(&error))?;
        let object = |one| match one {
            Multisession::Sequential(one) => MultisessionSequential(one).into(),
            Multisession::RandomWrite(one) => MultisessionRandomWrite(one).into(),
        };
        Ok(all.into_iter().map(object).collect())
    }
}
