//! What the data writer tells of the disc and the drive: every one of these asks.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use webburn_imapi::multisession::Multisession;

use super::DiscFormat2Data;
use crate::objects::failure::thrown;
use crate::objects::multisession::{MultisessionRandomWrite, MultisessionSequential};

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
}

#[wasm_bindgen]
impl DiscFormat2Data {
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
