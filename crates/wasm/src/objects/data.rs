//! `MsftDiscFormat2Data`: the data writer, with `IDiscFormat2`, `IDiscFormat2Data` and `IBurnVerification`.

mod media;

use js_sys::Function;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use webburn_imapi::enums::BurnVerificationLevel;
use webburn_imapi::{Error, Options, SpeedWish};

use super::arg::RecorderArg;
use super::drive::Recorder;
use super::events::Listener;
use super::failure::{invalid, thrown};
use super::plan::planned;
use super::ranges::{BlockRange, BlockRangeList, RangesArg};
use super::recorder::DiscRecorder2;
use super::source::StreamArg;
use super::way::{Way, WayClock};

pub(super) use media::numbers;

/// The data writer. Properties that ask the drive are methods and return promises.
#[wasm_bindgen]
pub struct DiscFormat2Data {
    writer: webburn_imapi::DiscFormat2Data<Way, WayClock>,
    listener: Listener,
}

fn done(result: Result<(), Error>) -> Result<(), JsValue> {
    result.map_err(|error| thrown(&error))
}

#[wasm_bindgen]
impl DiscFormat2Data {
    /// A writer without a recorder.
    #[wasm_bindgen(constructor)]
    #[allow(clippy::new_without_default)] // Made from JavaScript alone.
    pub fn new() -> DiscFormat2Data {
        DiscFormat2Data { writer: webburn_imapi::DiscFormat2Data::new(), listener: Listener::default() }
    }

    /// `Recorder`; nothing takes it away.
    ///
    /// # Errors
    /// `E_IMAPI_DF2DATA_WRITE_IN_PROGRESS`, as every setting here while something is written.
    #[wasm_bindgen(setter)]
    pub fn set_recorder(&self, recorder: RecorderArg) -> Result<(), JsValue> {
        done(self.writer.set_recorder(recorder.optional()?.map(|recorder| recorder.0)))
    }

    /// `Recorder`.
    #[wasm_bindgen(getter)]
    pub fn recorder(&self) -> Option<DiscRecorder2> {
        self.writer.recorder().map(DiscRecorder2)
    }

    /// `ClientName`.
    ///
    /// # Errors
    /// `E_IMAPI_DF2DATA_CLIENT_NAME_IS_NOT_VALID`.
    #[wasm_bindgen(setter, js_name = clientName)]
    pub fn set_client_name(&self, name: &str) -> Result<(), JsValue> {
        done(self.writer.set_client_name(name))
    }

    /// `ClientName`.
    #[wasm_bindgen(getter, js_name = clientName)]
    pub fn client_name(&self) -> String {
        self.writer.client_name()
    }

    /// `BurnVerificationLevel` of `IBurnVerification`.
    ///
    /// # Errors
    /// `E_INVALIDARG`.
    #[wasm_bindgen(setter, js_name = burnVerificationLevel)]
    pub fn set_burn_verification_level(
        &self,
        #[wasm_bindgen(unchecked_param_type = "BurnVerificationLevel")] level: u32,
    ) -> Result<(), JsValue> {
        let level = BurnVerificationLevel::from_value(level).ok_or_else(invalid)?;
        done(self.writer.set_burn_verification_level(level))
    }

    /// `BurnVerificationLevel` of `IBurnVerification`.
    #[wasm_bindgen(getter, js_name = burnVerificationLevel, unchecked_return_type = "BurnVerificationLevel")]
    pub fn burn_verification_level(&self) -> u32 {
        self.writer.options().verification.value()
    }

    /// The ranges of the stream that are written, in this order; nothing for all of it. Overwritable discs only.
    ///
    /// # Errors
    /// `E_NOINTERFACE` for what is no list of ranges.
    #[wasm_bindgen(setter, js_name = blockRanges)]
    pub fn set_block_ranges(&self, ranges: RangesArg) -> Result<(), JsValue> {
        done(self.writer.set_block_ranges(ranges.optional()?))
    }

    /// The ranges of the stream that are written.
    #[wasm_bindgen(getter, js_name = blockRanges)]
    pub fn block_ranges(&self) -> Option<BlockRangeList> {
        let ranges = self.writer.options().block_ranges?;
        Some(BlockRangeList(ranges.iter().map(|range| BlockRange::new(range.start.0, range.end.0)).collect()))
    }

    /// `RequestedWriteSpeed` in sectors a second; -1 for the fastest.
    #[wasm_bindgen(getter, js_name = requestedWriteSpeed)]
    pub fn requested_write_speed(&self) -> i32 {
        self.writer.requested_write_speed().0
    }

    /// `RequestedRotationTypeIsPureCAV`.
    #[wasm_bindgen(getter, js_name = requestedRotationTypeIsPureCAV)]
    pub fn requested_rotation_type_is_pure_cav(&self) -> bool {
        self.writer.requested_write_speed().1
    }

    /// `SetWriteSpeed` in sectors a second, -1 for the fastest. Resolves with `S_OK` or what was adjusted.
    ///
    /// # Errors
    /// `E_IMAPI_RECORDER_REQUIRED`, `E_INVALIDARG`.
    #[wasm_bindgen(js_name = setWriteSpeed, unchecked_return_type = "HRESULT")]
    pub async fn set_write_speed(
        &self,
        #[wasm_bindgen(js_name = sectorsPerSecond)] sectors_per_second: i32,
        #[wasm_bindgen(js_name = rotationTypeIsPureCAV)] pure_cav: bool,
    ) -> Result<u32, JsValue> {
        let wish = match u32::try_from(sectors_per_second) {
            Ok(sectors_per_second) => Some(SpeedWish { sectors_per_second, pure_cav }),
            Err(_) if sectors_per_second == -1 => None,
            Err(_) => return Err(invalid()),
        };
        self.writer.set_write_speed(wish).await.map(|hresult| hresult.0).map_err(|error| thrown(&error))
    }

    /// Beyond IMAPI2: what writing a stream of so many bytes would do to the disc in the drive, or the failure that it would
    /// begin with. Writes nothing.
    ///
    /// # Errors
    /// As [`DiscFormat2Data::write`]; `E_INVALIDARG` for a size that is none.
    #[wasm_bindgen(unchecked_return_type = "JobPlan")]
    pub async fn plan(&self, bytes: f64) -> Result<JsValue, JsValue> {
        if !(bytes >= 0.0 && bytes.fract() == 0.0) {
            return Err(invalid());
        }
        planned(self.writer.plan(bytes as u64).await)
    }

    /// `Write`. Resolves with `S_OK` or what was adjusted.
    ///
    /// # Errors
    /// `E_POINTER` without a stream, `E_NOINTERFACE` for what is none, then in the order of IMAPI2's checks;
    /// `E_IMAPI_REQUEST_CANCELLED` when it was stopped.
    #[wasm_bindgen(unchecked_return_type = "HRESULT")]
    pub async fn write(&self, stream: StreamArg) -> Result<u32, JsValue> {
        let mut source = stream.optional()?;
        let job = |reporter| async move { self.writer.write(source.as_mut(), &reporter).await };
        self.listener.while_it_runs(job).await.map(|hresult| hresult.0).map_err(|error| thrown(&error))
    }

    /// `CancelWrite`: seen between two commands.
    ///
    /// # Errors
    /// `E_IMAPI_DF2DATA_WRITE_NOT_IN_PROGRESS`.
    #[wasm_bindgen(js_name = cancelWrite)]
    pub async fn cancel_write(&self) -> Result<(), JsValue> {
        done(self.writer.cancel_write())
    }

    /// `DDiscFormat2DataEvents::Update`: called while something is written; nothing to stop listening.
    #[wasm_bindgen(js_name = onUpdate)]
    pub fn on_update(
        &self,
        #[wasm_bindgen(unchecked_param_type = "((args: DataEventArgs) => void) | null | undefined")] listener: Option<
            Function,
        >,
    ) {
        self.listener.set(listener);
    }

    fn change(&self, change: impl FnOnce(&mut Options)) -> Result<(), JsValue> {
        let mut options = self.writer.options();
        change(&mut options);
        done(self.writer.set_options(options))
    }
}

impl DiscFormat2Data {
    /// The one that must have been given.
    fn given(recorder: RecorderArg) -> Result<Recorder, JsValue> {
        recorder.required().map(|recorder| recorder.0)
    }
}

/// A switch of the writer as a property.
macro_rules! switches {
    ($($(#[$meta:meta])* $get:ident / $set:ident as $js:ident = $field:ident;)*) => {
        #[wasm_bindgen]
        impl DiscFormat2Data {
            $(
                $(#[$meta])*
                #[wasm_bindgen(getter, js_name = $js)]
                pub fn $get(&self) -> bool {
                    self.writer.options().$field
                }

                $(#[$meta])*
                ///
                /// # Errors
                /// `E_IMAPI_DF2DATA_WRITE_IN_PROGRESS`.
                #[wasm_bindgen(setter, js_name = $js)]
                pub fn $set(&self, on: bool) -> Result<(), JsValue> {
                    self.change(|options| options.$field = on)
                }
            )*
        }
    };
}

switches! {
    /// `BufferUnderrunFreeDisabled`.
    buffer_underrun_free_disabled / set_buffer_underrun_free_disabled as bufferUnderrunFreeDisabled
        = buffer_underrun_free_disabled;
    /// `PostgapAlreadyInImage`.
    postgap_already_in_image / set_postgap_already_in_image as postgapAlreadyInImage = postgap_already_in_image;
    /// `ForceMediaToBeClosed`.
    force_media_to_be_closed / set_force_media_to_be_closed as forceMediaToBeClosed = force_media_to_be_closed;
    /// `DisableConsumerDvdCompatibilityMode`.
    disable_consumer_dvd_compatibility_mode / set_disable_consumer_dvd_compatibility_mode
        as disableConsumerDvdCompatibilityMode = disable_consumer_dvd_compatibility_mode;
    /// `ForceOverwrite`.
    force_overwrite / set_force_overwrite as forceOverwrite = force_overwrite;
    /// Beyond IMAPI2: record a blank DVD-R or DVD-RW at once. Closes the disc.
    disc_at_once / set_disc_at_once as discAtOnce = disc_at_once;
    /// Beyond IMAPI2: only what is documented of it.
    strict / set_strict as strict = strict;
}
