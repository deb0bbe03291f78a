//! `MsftWriteEngine2`: sectors to an address, with nothing before or after.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::events::Listener;
use super::failure::{nothing, thrown};
use super::in_common::{done, recorder_and_updates};
use super::source::StreamArg;
use super::way::{Way, WayClock};

/// The engine below the writers.
#[wasm_bindgen]
pub struct WriteEngine2 {
    engine: webburn_imapi::WriteEngine2<Way, WayClock>,
    listener: Listener,
}

#[wasm_bindgen]
impl WriteEngine2 {
    /// An engine without a recorder.
    #[wasm_bindgen(constructor)]
    #[allow(clippy::new_without_default)] // Made from JavaScript alone.
    pub fn new() -> WriteEngine2 {
        let engine = webburn_imapi::WriteEngine2::new();
        WriteEngine2 { engine, listener: Listener::default() }
    }

    /// `UseStreamingWrite12`.
    #[wasm_bindgen(getter, js_name = useStreamingWrite12)]
    pub fn use_streaming_write12(&self) -> bool {
        self.engine.use_streaming_write12()
    }

    /// `UseStreamingWrite12`.
    ///
    /// # Errors
    /// As above.
    #[wasm_bindgen(setter, js_name = useStreamingWrite12)]
    pub fn set_use_streaming_write12(&self, on: bool) -> Result<(), JsValue> {
        done(self.engine.set_use_streaming_write12(on))
    }

    /// `StartingSectorsPerSecond`; -1 when not set.
    #[wasm_bindgen(getter, js_name = startingSectorsPerSecond)]
    pub fn starting_sectors_per_second(&self) -> i32 {
        self.engine.sectors_per_second().0
    }

    /// `StartingSectorsPerSecond`.
    ///
    /// # Errors
    /// As above, `E_INVALIDARG`.
    #[wasm_bindgen(setter, js_name = startingSectorsPerSecond)]
    pub fn set_starting_sectors_per_second(&self, speed: i32) -> Result<(), JsValue> {
        done(self.engine.set_sectors_per_second(speed, self.ending_sectors_per_second()))
    }

    /// `EndingSectorsPerSecond`; -1 when not set.
    #[wasm_bindgen(getter, js_name = endingSectorsPerSecond)]
    pub fn ending_sectors_per_second(&self) -> i32 {
        self.engine.sectors_per_second().1
    }

    /// `EndingSectorsPerSecond`.
    ///
    /// # Errors
    /// As above, `E_INVALIDARG`.
    #[wasm_bindgen(setter, js_name = endingSectorsPerSecond)]
    pub fn set_ending_sectors_per_second(&self, speed: i32) -> Result<(), JsValue> {
        done(self.engine.set_sectors_per_second(self.starting_sectors_per_second(), speed))
    }

    /// `BytesPerSector`; -1 when not set.
    #[wasm_bindgen(getter, js_name = bytesPerSector)]
    pub fn bytes_per_sector(&self) -> i32 {
        self.engine.bytes_per_sector()
    }

    /// `BytesPerSector`.
    ///
    /// # Errors
    /// As above, `E_INVALIDARG`.
    #[wasm_bindgen(setter, js_name = bytesPerSector)]
    pub fn set_bytes_per_sector(&self, bytes: i32) -> Result<(), JsValue> {
        done(self.engine.set_bytes_per_sector(bytes))
    }

    /// `WriteInProgress`.
    #[wasm_bindgen(getter, js_name = writeInProgress)]
    pub fn write_in_progress(&self) -> bool {
        self.engine.write_in_progress()
    }

    /// `WriteSection`: so many blocks of `data` to an address, which may be negative. Resolves with `S_OK`.
    ///
    /// # Errors
    /// `E_POINTER` without data, recorder or sector size, `E_INVALIDARG`, `E_IMAPI_REQUEST_CANCELLED`, and what the drive
    /// answers.
    #[wasm_bindgen(js_name = writeSection, unchecked_return_type = "HRESULT")]
    pub async fn write_section(
        &self,
        data: StreamArg,
        #[wasm_bindgen(js_name = startingBlockAddress)] start: i32,
        #[wasm_bindgen(js_name = numberOfBlocks)] blocks: i32,
    ) -> Result<u32, JsValue> {
        let source = data.optional()?.ok_or_else(|| nothing("no-image"))?;
        let mut source = match usize::try_from(self.bytes_per_sector()) {
            Ok(size) => source.in_sectors_of(size),
            // Refused by the engine itself.
            Err(_) => source,
        };
        let job = |reporter| async move { self.engine.write_section(&mut source, start, blocks, &reporter).await };
        self.listener.while_it_runs(job).await.map(|hresult| hresult.0).map_err(|error| thrown(&error))
    }

    /// `CancelWrite`. Resolves with `S_OK`, or `S_IMAPI_WRITE_NOT_IN_PROGRESS`.
    #[wasm_bindgen(js_name = cancelWrite, unchecked_return_type = "HRESULT")]
    pub async fn cancel_write(&self) -> u32 {
        self.engine.cancel_write().0
    }
}

recorder_and_updates!(WriteEngine2, engine, "((args: DataEventArgs) => void) | null | undefined");
