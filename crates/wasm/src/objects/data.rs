//! `MsftDiscFormat2Data`: the data writer, with `IDiscFormat2`, `IDiscFormat2Data` and `IBurnVerification`.

mod media;

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::events::Listener;
use super::failure::{invalid, thrown};
use super::in_common::{burn_verification, client_name, disc_format, done, recorder_and_updates, speeds, switches};
use super::plan::planned;
use super::ranges::{BlockRange, BlockRangeList, RangesArg};
use super::source::StreamArg;
use super::way::{Way, WayClock};

/// The data writer. Properties that ask the drive are methods and return promises.
#[wasm_bindgen]
pub struct DiscFormat2Data {
    writer: webburn_imapi::DiscFormat2Data<Way, WayClock>,
    listener: Listener,
}

#[wasm_bindgen]
impl DiscFormat2Data {
    /// A writer without a recorder.
    #[wasm_bindgen(constructor)]
    #[allow(clippy::new_without_default)] // Made from JavaScript alone.
    pub fn new() -> DiscFormat2Data {
        DiscFormat2Data { writer: webburn_imapi::DiscFormat2Data::new(), listener: Listener::default() }
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
}

recorder_and_updates!(DiscFormat2Data, writer, "((args: DataEventArgs) => void) | null | undefined");
client_name!(DiscFormat2Data, writer);
disc_format!(DiscFormat2Data, writer);
speeds!(DiscFormat2Data, writer);
burn_verification!(DiscFormat2Data, writer);

switches! {
    DiscFormat2Data, writer;
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
