//! `MediaFormat`: formats a disc for another way of recording. Beyond IMAPI2, which formats only in passing.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use webburn_imapi::{FormatGoal, FormatOptions, Spare};
use webburn_sector::SectorCount;

use super::events::Listener;
use super::failure::{invalid, thrown};
use super::in_common::{client_name, recorder_and_updates};
use super::plan::planned;
use super::way::{Way, WayClock};

/// Formats discs; used like the eraser.
#[wasm_bindgen]
pub struct MediaFormat {
    format: webburn_imapi::MediaFormat<Way, WayClock>,
    listener: Listener,
}

/// Spare areas by their words; numbers are sectors.
const SPARES: [(&str, Spare); 4] =
    [("usual", Spare::Usual), ("none", Spare::None), ("least", Spare::Least), ("most", Spare::Most)];

#[wasm_bindgen]
impl MediaFormat {
    /// Without a recorder; the usual format of the medium, done quickly.
    #[wasm_bindgen(constructor)]
    #[allow(clippy::new_without_default)] // Made from JavaScript alone.
    pub fn new() -> MediaFormat {
        MediaFormat { format: webburn_imapi::MediaFormat::new(), listener: Listener::default() }
    }

    /// What the disc is formatted for.
    #[wasm_bindgen(getter, unchecked_return_type = "FormatGoal")]
    pub fn goal(&self) -> String {
        let goal = self.format.options().goal;
        FormatGoal::ALL.into_iter().find(|(_, one)| *one == goal).map_or("usual", |(word, _)| word).to_owned()
    }

    /// What the disc is formatted for.
    ///
    /// # Errors
    /// `E_INVALIDARG` for a word that is none.
    #[wasm_bindgen(setter)]
    pub fn set_goal(&self, #[wasm_bindgen(unchecked_param_type = "FormatGoal")] goal: &str) -> Result<(), JsValue> {
        let goal = FormatGoal::parse(goal).ok_or_else(invalid)?;
        self.change(|options| options.goal = goal);
        Ok(())
    }

    /// How much is set aside for bad clusters: a word, or sectors.
    #[wasm_bindgen(getter, unchecked_return_type = "FormatSpare")]
    pub fn spare(&self) -> JsValue {
        match self.format.options().spare {
            Spare::Sectors(sectors) => sectors.0.into(),
            spare => SPARES.into_iter().find(|(_, one)| *one == spare).map_or(JsValue::NULL, |(word, _)| word.into()),
        }
    }

    /// How much is set aside for bad clusters: a word, or sectors in whole clusters.
    ///
    /// # Errors
    /// `E_INVALIDARG`.
    #[wasm_bindgen(setter)]
    pub fn set_spare(
        &self,
        #[wasm_bindgen(unchecked_param_type = "FormatSpare")] spare: JsValue,
    ) -> Result<(), JsValue> {
        let sectors = |number: f64| {
            let whole = number >= 0.0 && number.fract() == 0.0 && number <= f64::from(u32::MAX);
            whole.then_some(Spare::Sectors(SectorCount(number as u32)))
        };
        let word = |word: String| SPARES.into_iter().find(|(known, _)| *known == word).map(|(_, spare)| spare);
        let spare =
            spare.as_f64().and_then(sectors).or_else(|| spare.as_string().and_then(word)).ok_or_else(invalid)?;
        self.change(|options| options.spare = spare);
        Ok(())
    }

    /// All of the disc: written, tried, or waited for.
    #[wasm_bindgen(getter)]
    pub fn full(&self) -> bool {
        self.format.options().full
    }

    /// All of the disc: written, tried, or waited for.
    #[wasm_bindgen(setter)]
    pub fn set_full(&self, on: bool) {
        self.change(|options| options.full = on);
    }

    /// What a format would do, or the failure that it would begin with. Writes nothing.
    ///
    /// # Errors
    /// As [`MediaFormat::format`].
    #[wasm_bindgen(unchecked_return_type = "JobPlan")]
    pub async fn plan(&self) -> Result<JsValue, JsValue> {
        planned(self.format.plan().await)
    }

    /// Formats.
    ///
    /// # Errors
    /// `E_POINTER` without a recorder, `E_IMAPI_ERASE_CLIENT_NAME_IS_NOT_VALID`, `E_IMAPI_ERASE_MEDIA_IS_NOT_SUPPORTED` and
    /// other refusals, `E_IMAPI_REQUEST_CANCELLED`, what the drive answers.
    pub async fn format(&self) -> Result<(), JsValue> {
        let job = |reporter| async move { self.format.format(&reporter).await };
        self.listener.while_it_runs(job).await.map(drop).map_err(|error| thrown(&error))
    }

    /// Stops what can be stopped: what has not begun, and waiting for a background format, which ends where it is.
    pub async fn cancel(&self) {
        self.format.cancel();
    }

    fn change(&self, change: impl FnOnce(&mut FormatOptions)) {
        let mut options = self.format.options();
        change(&mut options);
        self.format.set_options(options);
    }
}

recorder_and_updates!(MediaFormat, format, "((args: DataEventArgs) => void) | null | undefined");
client_name!(MediaFormat, format);
