//! `BurnFailure`.

use serde::Serialize;
use webburn_imapi::Error;

use super::report::hex;
use super::{ArgsView, MediumView};

/// `BurnFailure`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)] // Each field is described in types.ts.
pub struct FailureView {
    pub code: String,
    pub args: ArgsView,
    pub hresult: u32,
    pub hresult_name: String,
    pub message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sense: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sense_text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub command: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lba: Option<i32>,
    pub refused_before_writing: bool,
    pub medium: Option<MediumView>,
}

impl FailureView {
    /// Of an error of the object model and the disc afterwards, where that could be asked.
    #[must_use]
    pub fn of(error: &Error, medium: Option<MediumView>) -> Self {
        FailureView {
            code: error.code.to_owned(),
            args: (&error.args).into(),
            hresult: error.hresult.0,
            hresult_name: error.hresult.name().to_string(),
            message: error.to_string(),
            sense: error.sense().map(|sense| hex(sense.as_bytes())),
            sense_text: error.sense().map(ToString::to_string),
            command: error.command(),
            lba: error.lba.map(|lba| lba.0),
            refused_before_writing: error.refused_before_writing,
            medium,
        }
    }

    /// Of something that went wrong at the border itself: nothing was sent to a disc.
    #[must_use]
    pub fn at_the_border(code: &str, message: &str) -> Self {
        let error = Error::new("internal", webburn_imapi::hresult::E_FAIL);
        FailureView { code: code.to_owned(), message: message.to_owned(), ..Self::of(&error, None) }
    }

    /// The same with one figure more.
    #[cfg(feature = "cds")]
    #[must_use]
    pub fn with(mut self, name: &'static str, words: &str) -> Self {
        self.args.0.insert(name, super::ArgView::Text(words.to_owned()));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use webburn_imapi::hresult;

    #[test]
    fn a_failure_reads_as_types_ts_says() {
        let error = Error::new("image-too-large", hresult::E_IMAPI_DF2DATA_STREAM_TOO_LARGE_FOR_CURRENT_MEDIA)
            .with("sectors", 359_849_u32)
            .with("free", 359_847_u32);
        let view = serde_json::to_value(FailureView::of(&error, None)).unwrap();
        assert_eq!(view["code"], "image-too-large");
        assert_eq!(view["args"], serde_json::json!({ "sectors": 359_849.0, "free": 359_847.0 }));
        assert_eq!(view["hresultName"], "E_IMAPI_DF2DATA_STREAM_TOO_LARGE_FOR_CURRENT_MEDIA");
        assert_eq!(view["refusedBeforeWriting"], true);
        assert_eq!(view["medium"], serde_json::Value::Null);
        assert!(view.get("sense").is_none());
    }
}
