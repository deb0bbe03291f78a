//! `MsftDiscFormat2TrackAtOnce`: audio tracks, one after the other; with `IBurnVerification`.

use js_sys::Uint8Array;
use serde::Serialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::events::{Listener, Of};
use super::failure::thrown;
use super::in_common::{
    burn_verification, client_name, disc_format, done, prepared_first, recorder_and_updates, speeds,
};
use super::source::StreamArg;
use super::way::{Way, WayClock};
use crate::handle::plain::to_js;

/// Bytes of a sector of audio.
const AUDIO: usize = 2352;

/// The audio writer: `prepareMedia`, `addAudioTrack` for each, `releaseMedia`, which closes the session.
#[wasm_bindgen]
pub struct DiscFormat2TrackAtOnce {
    writer: webburn_imapi::DiscFormat2TrackAtOnce<Way, WayClock>,
    listener: Listener,
}

/// `AudioTrack`.
#[derive(Serialize)]
struct TrackView {
    number: u8,
    start: i32,
    sectors: u32,
}

#[wasm_bindgen]
impl DiscFormat2TrackAtOnce {
    /// A writer without a recorder.
    #[wasm_bindgen(constructor)]
    #[allow(clippy::new_without_default)] // Made from JavaScript alone.
    pub fn new() -> DiscFormat2TrackAtOnce {
        DiscFormat2TrackAtOnce { writer: webburn_imapi::DiscFormat2TrackAtOnce::new(), listener: Listener::default() }
    }

    /// `AddAudioTrack`: samples (44.1 kHz, 16 bits, stereo, left first, little-endian) as the next track, in whole sectors
    /// of 2352 bytes; shorter than four seconds, it is filled up with silence. Resolves with `S_OK` or what was adjusted.
    ///
    /// # Errors
    /// `E_POINTER` without a stream, `E_NOINTERFACE` for what is none, then in this order: `…WRITE_IN_PROGRESS`,
    /// `…MEDIA_IS_NOT_PREPARED`, `…STREAM_NOT_SUPPORTED`, `…TRACK_LIMIT_REACHED`, what the drive says,
    /// `…NOT_ENOUGH_SPACE`; `E_IMAPI_REQUEST_CANCELLED` when it was stopped.
    #[wasm_bindgen(js_name = addAudioTrack, unchecked_return_type = "HRESULT")]
    pub async fn add_audio_track(&self, stream: StreamArg) -> Result<u32, JsValue> {
        let mut source = stream.optional()?.map(|source| source.in_sectors_of(AUDIO));
        let of = Of::TrackAtOnce(self.number_of_existing_tracks() + 1);
        let job = |reporter| async move { self.writer.add_audio_track(source.as_mut(), &reporter).await };
        self.listener.told_as(of, job).await.map(|hresult| hresult.0).map_err(|error| thrown(&error))
    }

    /// `CancelAddTrack`: seen between two commands. The track stays, shorter; `releaseMedia` is still to be called.
    ///
    /// # Errors
    /// `E_IMAPI_DF2TAO_WRITE_NOT_IN_PROGRESS`.
    #[wasm_bindgen(js_name = cancelAddTrack)]
    pub async fn cancel_add_track(&self) -> Result<(), JsValue> {
        done(self.writer.cancel_add_track())
    }

    /// `ReleaseMedia`: closes the session, and the disc unless `doNotFinalizeMedia`, unlocks the tray and gives the drive
    /// back. Without a track the disc stays blank.
    ///
    /// # Errors
    /// `E_IMAPI_DF2TAO_MEDIA_IS_NOT_PREPARED`, `…WRITE_IN_PROGRESS`, and what the drive says when it cannot close.
    #[wasm_bindgen(js_name = releaseMedia)]
    pub async fn release_media(&self) -> Result<(), JsValue> {
        // `Update` is for writing alone.
        done(self.writer.release_media(&webburn_imapi::Reporter::silent()).await)
    }

    /// `NumberOfExistingTracks`: finished tracks of this session.
    #[wasm_bindgen(getter, js_name = numberOfExistingTracks)]
    pub fn number_of_existing_tracks(&self) -> u32 {
        self.writer.number_of_existing_tracks()
    }

    /// Beyond IMAPI2: the finished tracks of this session.
    ///
    /// # Errors
    /// `E_IMAPI_DF2TAO_MEDIA_IS_NOT_PREPARED`.
    #[wasm_bindgen(getter, unchecked_return_type = "AudioTrack[]")]
    pub fn tracks(&self) -> Result<JsValue, JsValue> {
        let tracks = self.writer.tracks().map_err(|error| thrown(&error))?;
        let view = |track: &webburn_imapi::AudioTrack| TrackView {
            number: track.number,
            start: track.start.0,
            sectors: track.sectors.0,
        };
        Ok(to_js(&tracks.iter().map(view).collect::<Vec<_>>()))
    }

    /// `TotalSectorsOnMedia`, as if one track took all.
    ///
    /// # Errors
    /// No recorder, and what asking the drive meets.
    #[wasm_bindgen(js_name = totalSectorsOnMedia)]
    pub async fn total_sectors_on_media(&self) -> Result<u32, JsValue> {
        self.writer.total_sectors_on_media().await.map(|sectors| sectors.0).map_err(|error| thrown(&error))
    }

    /// `FreeSectorsOnMedia`: room for one more track.
    ///
    /// # Errors
    /// `E_IMAPI_DF2TAO_MEDIA_IS_NOT_PREPARED`.
    #[wasm_bindgen(getter, js_name = freeSectorsOnMedia)]
    pub fn free_sectors_on_media(&self) -> Result<u32, JsValue> {
        self.writer.free_sectors_on_media().map(|sectors| sectors.0).map_err(|error| thrown(&error))
    }

    /// `UsedSectorsOnMedia`: the tracks and what lies between them.
    ///
    /// # Errors
    /// `E_IMAPI_DF2TAO_MEDIA_IS_NOT_PREPARED`.
    #[wasm_bindgen(getter, js_name = usedSectorsOnMedia)]
    pub fn used_sectors_on_media(&self) -> Result<u32, JsValue> {
        self.writer.used_sectors_on_media().map(|sectors| sectors.0).map_err(|error| thrown(&error))
    }

    /// `ExpectedTableOfContents`: one entry each of READ TOC, format 2.
    ///
    /// # Errors
    /// `E_IMAPI_DF2TAO_WRITE_IN_PROGRESS`, `…MEDIA_IS_NOT_PREPARED`, `…TABLE_OF_CONTENTS_EMPTY_DISC`.
    #[wasm_bindgen(getter, js_name = expectedTableOfContents)]
    pub fn expected_table_of_contents(&self) -> Result<Vec<Uint8Array>, JsValue> {
        let entries = self.writer.expected_table_of_contents().map_err(|error| thrown(&error))?;
        Ok(entries.iter().map(|entry| Uint8Array::from(&entry[..])).collect())
    }

    /// `DoNotFinalizeMedia`.
    #[wasm_bindgen(getter, js_name = doNotFinalizeMedia)]
    pub fn do_not_finalize_media(&self) -> bool {
        self.writer.do_not_finalize_media()
    }

    /// `DoNotFinalizeMedia`: a session of data may follow the audio. Before `prepareMedia` or after `releaseMedia`.
    ///
    /// # Errors
    /// `E_IMAPI_DF2TAO_WRITE_IN_PROGRESS`, `…MEDIA_IS_PREPARED`, once tracks were added `…PROPERTY_FOR_BLANK_MEDIA_ONLY`.
    #[wasm_bindgen(setter, js_name = doNotFinalizeMedia)]
    pub fn set_do_not_finalize_media(&self, on: bool) -> Result<(), JsValue> {
        done(self.writer.set_do_not_finalize_media(on))
    }

    /// Beyond IMAPI2: everything is done with the laser off.
    #[wasm_bindgen(getter, js_name = testWrite)]
    pub fn test_write(&self) -> bool {
        self.writer.test_write()
    }

    /// Beyond IMAPI2: everything is done with the laser off. Before `prepareMedia` or after `releaseMedia`.
    ///
    /// # Errors
    /// `E_IMAPI_DF2TAO_WRITE_IN_PROGRESS`, `…MEDIA_IS_PREPARED`.
    #[wasm_bindgen(setter, js_name = testWrite)]
    pub fn set_test_write(&self, on: bool) -> Result<(), JsValue> {
        done(self.writer.set_test_write(on))
    }
}

recorder_and_updates!(DiscFormat2TrackAtOnce, writer, "((args: TrackAtOnceEventArgs) => void) | null | undefined");
client_name!(DiscFormat2TrackAtOnce, writer);
disc_format!(DiscFormat2TrackAtOnce, writer);
speeds!(DiscFormat2TrackAtOnce, writer);
prepared_first!(DiscFormat2TrackAtOnce, writer);
burn_verification!(DiscFormat2TrackAtOnce, writer);
