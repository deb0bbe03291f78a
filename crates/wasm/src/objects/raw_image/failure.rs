//! Refusals of the creator as they are thrown.

use wasm_bindgen::JsValue;
use webburn_imapi::HResult;
use webburn_rawimage::creator::CreatorError;

use crate::objects::failure::told;

/// An `ImapiError` in the creator's words.
pub fn refusal(error: &CreatorError) -> JsValue {
    told(code(error), HResult(error.hresult()), &error.to_string())
}

const fn code(error: &CreatorError) -> &'static str {
    match error {
        CreatorError::ReadOnly => "image-read-only",
        CreatorError::TooManyTracks => "disc-tracks-full",
        CreatorError::SectorTypeNotSupported => "sector-type-unsupported",
        CreatorError::NoTracks => "image-empty",
        CreatorError::TracksAlreadyAdded => "tracks-already-added",
        CreatorError::InsufficientSpace => "image-too-large",
        CreatorError::TooManyTrackIndexes => "indexes-full",
        CreatorError::TrackIndexNotFound => "index-not-found",
        CreatorError::TrackIndexOffsetZeroCannotBeCleared => "index-stays",
        CreatorError::TrackIndexTooCloseToOtherIndex => "index-too-close",
        CreatorError::NotWholeSectors { .. } => "stream-not-whole-blocks",
        _ => "argument-invalid",
    }
}
