//! `IMultisessionSequential2` and `IMultisessionRandomWrite`, with `IMultisession`.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use webburn_imapi::multisession;

use super::arg::shared;
use super::failure::{another, nothing, thrown};
use super::recorder::DiscRecorder2;
use super::way::{Way, WayClock};

/// Where a session goes on a disc that is written from the inside out.
#[wasm_bindgen]
pub struct MultisessionSequential(pub(super) multisession::MultisessionSequential<Way, WayClock>);

/// Where data goes on a disc that can be overwritten.
#[wasm_bindgen]
pub struct MultisessionRandomWrite(pub(super) multisession::MultisessionRandomWrite<Way, WayClock>);

macro_rules! asked {
    ($object:ident: $($(#[$meta:meta])* $name:ident as $js:ident -> $type:ty = $told:expr;)*) => {
        #[wasm_bindgen]
        impl $object {
            /// `IsSupportedOnCurrentMediaState`.
            ///
            /// # Errors
            /// What asking the drive meets.
            #[wasm_bindgen(js_name = isSupportedOnCurrentMediaState)]
            pub async fn is_supported_on_current_media_state(&self) -> Result<bool, JsValue> {
                self.0.is_supported_on_current_media_state().await.map_err(|error| thrown(&error))
            }

            /// `InUse`.
            #[wasm_bindgen(getter, js_name = inUse)]
            pub fn in_use(&self) -> bool {
                self.0.in_use()
            }

            /// `InUse`.
            #[wasm_bindgen(setter, js_name = inUse)]
            pub fn set_in_use(&self, on: bool) {
                self.0.set_in_use(on);
            }

            /// The interfaces that it answers, most derived first.
            #[wasm_bindgen(getter, js_name = interfaceIds)]
            pub fn interface_ids(&self) -> Vec<String> {
                multisession::$object::<Way, WayClock>::INTERFACE_IDS.iter().map(|id| (*id).to_owned()).collect()
            }

            #[doc(hidden)]
            #[wasm_bindgen(js_name = __share, skip_typescript)]
            pub fn share(&self) -> $object {
                $object(self.0.clone())
            }

            /// `ImportRecorder`.
            #[wasm_bindgen(getter, js_name = importRecorder)]
            pub fn import_recorder(&self) -> DiscRecorder2 {
                DiscRecorder2(self.0.import_recorder().clone())
            }

            $(
                $(#[$meta])*
                ///
                /// # Errors
                /// `E_IMAPI_DF2DATA_INVALID_MEDIA_STATE` on another kind of disc, and what asking the drive meets.
                #[wasm_bindgen(js_name = $js)]
                pub async fn $name(&self) -> Result<$type, JsValue> {
                    self.0.$name().await.map($told).map_err(|error| thrown(&error))
                }
            )*
        }
    };
}

asked! {
    MultisessionSequential:
    /// `IsFirstDataSession`.
    is_first_data_session as isFirstDataSession -> bool = |told| told;
    /// `StartAddressOfPreviousSession`; -1 without one.
    start_address_of_previous_session as startAddressOfPreviousSession -> i32 = |told| told;
    /// `LastWrittenAddressOfPreviousSession`; -1 without one.
    last_written_address_of_previous_session as lastWrittenAddressOfPreviousSession -> i32 = |told| told;
    /// `NextWritableAddress`.
    next_writable_address as nextWritableAddress -> i32 = |told| told.0;
    /// `FreeSectorsOnMedia`.
    free_sectors_on_media as freeSectorsOnMedia -> u32 = |told| told.0;
    /// `WriteUnitSize` of `IMultisessionSequential2`.
    write_unit_size as writeUnitSize -> u32 = |told| told.0;
}

asked! {
    MultisessionRandomWrite:
    /// `WriteUnitSize`.
    write_unit_size as writeUnitSize -> u32 = |told| told.0;
    /// `LastWrittenAddress`.
    last_written_address as lastWrittenAddress -> i32 = |told| told.0;
    /// `TotalSectorsOnMedia`.
    total_sectors_on_media as totalSectorsOnMedia -> u32 = |told| told.0;
}

/// By the rules of `IFileSystemImage::put_MultisessionInterfaces`: of the objects of `multisessionInterfaces` the one that
/// is in use, if it fits the disc; where none is in use, the first that fits. Writes nothing.
///
/// # Errors
/// `E_POINTER` for nothing among them, `IMAPI_E_INCOMPATIBLE_MULTISESSION_TYPE`, `IMAPI_E_NO_COMPATIBLE_MULTISESSION_TYPE`,
/// `IMAPI_E_BAD_MULTISESSION_PARAMETER`, and what asking the drive meets.
#[wasm_bindgen(
    js_name = chooseMultisession,
    unchecked_return_type = "MultisessionSequential | MultisessionRandomWrite"
)]
pub async fn choose_multisession(
    #[wasm_bindgen(unchecked_param_type = "(MultisessionSequential | MultisessionRandomWrite)[] | null | undefined")]
    interfaces: Option<Vec<JsValue>>,
) -> Result<JsValue, JsValue> {
    use multisession::Multisession as M;
    let given = interfaces.ok_or_else(|| nothing("argument-invalid"))?;
    let object = |one: &JsValue| match shared::<MultisessionSequential>(one.clone()) {
        Ok(Some(one)) => Ok(M::Sequential(one.0)),
        Ok(None) => Err(nothing("argument-invalid")),
        Err(_) => shared::<MultisessionRandomWrite>(one.clone())?.map(|one| M::RandomWrite(one.0)).ok_or_else(another),
    };
    let all = given.iter().map(object).collect::<Result<Vec<_>, _>>()?;
    let chosen = multisession::choose(&all).await.map_err(|error| thrown(&error))?;
    let at = all.iter().position(|one| std::ptr::eq(one, chosen));
    at.and_then(|at| given.into_iter().nth(at)).ok_or_else(another)
}
