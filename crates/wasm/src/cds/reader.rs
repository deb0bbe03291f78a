//! Reading CDs below their user data: tracks, and whole discs as images.

use std::cell::RefCell;

use futures::{StreamExt, future};
use js_sys::{Function, Promise};
use serde::Serialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;
use webburn_cdcode::cdtext::TextKind;
use webburn_extract::{
    Codes, Contents, CopyError, Doubt, ImageFormat, SectorOut, TrackForm, copy, made_sub, read_contents, save_track,
};
use webburn_imapi::hresult::{E_FAIL, E_IMAPI_DF2DATA_INVALID_MEDIA_STATE, E_IMAPI_RECORDER_MEDIA_NO_MEDIA};
use webburn_imapi::outcome::Path;
use webburn_imapi::read_cd::CdForm;
use webburn_imapi::{Cancel, Error, Reporter, SinkError, progress};

use super::writer::{CdWriter, Recorder};
use crate::handle::plain::{thrown, to_js};
use crate::js::JsFailure;
use crate::view::{EventView, FailureView};

#[wasm_bindgen]
extern "C" {
    /// Where a CD is read to (`CdSink` in `web/src/worker/cd-reading.ts`): `sectors` are whole sectors or their user data,
    /// `planes` the sub-channel. Both are views into the engine's memory.
    #[wasm_bindgen(typescript_type = "CdSink")]
    pub type JsCdSink;
    #[wasm_bindgen(method)]
    fn put(this: &JsCdSink, sectors: &[u8], planes: &[u8]) -> Promise;
    #[wasm_bindgen(method, js_name = nextSession)]
    fn next_session(this: &JsCdSink);
}

struct Sink(JsCdSink);

impl SectorOut for Sink {
    async fn put(&mut self, sectors: &[u8], planes: &[u8]) -> Result<(), SinkError> {
        match JsFuture::from(self.0.put(sectors, planes)).await {
            Ok(_) => Ok(()),
            Err(thrown) => Err(SinkError(JsFailure::from(thrown).message)),
        }
    }

    fn next_session(&mut self) {
        self.0.next_session();
    }
}

/// Reads the CD in a drive. One reading at a time.
#[wasm_bindgen]
pub struct CdReader {
    recorder: Recorder,
    stop: RefCell<Cancel>,
}

/// `CdContents` of the page.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ContentsView {
    sessions: usize,
    title: Option<String>,
    performer: Option<String>,
    tracks: Vec<TrackView>,
    sectors: u32,
}

#[derive(Serialize)]
struct TrackView {
    number: u8,
    session: u8,
    audio: bool,
    start: i32,
    sectors: u32,
    title: Option<String>,
    performer: Option<String>,
}

/// `CdRead` of the page, with what belongs into the files beside what was streamed.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ReadView {
    sectors: u32,
    filled: u32,
    uncorrected: Option<u32>,
    first_uncorrected: Option<i32>,
    sub_channel: bool,
    /// What must be written over the start of a track's file, once all is known.
    head: Vec<u8>,
    /// The text of the describing file.
    description: Option<String>,
}

impl ReadView {
    fn new(sectors: u32, filled: u32, doubt: Doubt, form: CdForm) -> Self {
        ReadView {
            sectors,
            filled,
            uncorrected: doubt.told.then_some(doubt.sectors),
            first_uncorrected: doubt.first.map(|at| at.0),
            sub_channel: form != CdForm::Main,
            head: Vec::new(),
            description: None,
        }
    }
}

#[wasm_bindgen]
impl CdWriter {
    /// The same drive for reading.
    pub fn reader(&self) -> CdReader {
        CdReader { recorder: self.recorder.clone(), stop: RefCell::default() }
    }
}

#[wasm_bindgen]
impl CdReader {
    /// What lies on the disc: `CdContents`.
    ///
    /// # Errors
    /// A `BurnFailure`: `no-disc`, `nothing-to-read`.
    #[wasm_bindgen(unchecked_return_type = "unknown")]
    pub async fn contents(&self) -> Result<JsValue, JsValue> {
        let contents = self.asked(Codes::None).await?;
        let tracks = contents.sessions.iter().flat_map(|session| {
            session.tracks.iter().map(|track| TrackView {
                number: track.number,
                session: session.number,
                audio: !track.control.data,
                start: track.start.0,
                sectors: track.sectors().0,
                title: contents.text(TextKind::Title, track.number),
                performer: contents.text(TextKind::Performer, track.number),
            })
        });
        Ok(to_js(&ContentsView {
            sessions: contents.sessions.len(),
            title: contents.text(TextKind::Title, 0),
            performer: contents.text(TextKind::Performer, 0),
            tracks: tracks.collect(),
            sectors: webburn_extract::sectors(&contents).0,
        }))
    }

    /// Reads a track into `sink`: as `wav` or `flac`, whose head comes again with the answer, and is as long as the bytes
    /// that come first; as `iso`, 2048 bytes a sector; as `bin`, 2352.
    ///
    /// # Errors
    /// A `BurnFailure`: `cancelled`; `read-failed` with the sector; `not-user-data` for an `iso` of other sectors.
    #[wasm_bindgen(js_name = readTrack, unchecked_return_type = "unknown")]
    pub async fn read_track(
        &self,
        number: u8,
        form: &str,
        sink: JsCdSink,
        on_event: Function,
    ) -> Result<JsValue, JsValue> {
        let stop = self.begin();
        let form = TrackForm::of_ending(form).ok_or_else(|| thrown("argument-invalid", "no such form"))?;
        let tagged = matches!(form, TrackForm::Wav | TrackForm::Flac);
        let contents = self.asked(if tagged { Codes::Of(number) } else { Codes::None }).await?;
        let found = contents.sessions.iter().find_map(|session| {
            let track = session.tracks.iter().find(|track| track.number == number)?;
            Some((session, track))
        });
        let Some(of) = found else {
            return Err(thrown("argument-invalid", "there is no such track"));
        };
        if !form.takes(of.1) {
            return Err(thrown("argument-invalid", "the track is of another kind"));
        }
        let mut sink = Sink(sink);
        let mut drive = self.recorder.drive().await;
        let job =
            async |reporter: Reporter| save_track(&mut drive, &contents, of, form, &mut sink, (&reporter, &stop)).await;
        let (copied, head) = told(job, &on_event).await.map_err(|error| self.failure(error))?;
        let view = ReadView::new(copied.sectors.0, copied.filled, copied.doubt, copied.form);
        Ok(to_js(&ReadView { head, ..view }))
    }

    /// Reads the whole disc into `sink`, as an image `cue`, `toc` or `ccd`; `mains` are the names of the files with the
    /// sectors: one, or for `cue` one for each session.
    ///
    /// # Errors
    /// As [`CdReader::read_track`]; `image-not-supported` when the format has no word for the disc.
    #[wasm_bindgen(js_name = readDisc, unchecked_return_type = "unknown")]
    pub async fn read_disc(
        &self,
        format: &str,
        mains: Vec<String>,
        sink: JsCdSink,
        on_event: Function,
    ) -> Result<JsValue, JsValue> {
        let stop = self.begin();
        let format = ImageFormat::of_ending(format).ok_or_else(|| thrown("argument-invalid", "no such format"))?;
        let contents = self.asked(Codes::All).await?;
        format.can_tell(&contents).map_err(|error| self.failure(error))?;
        let mut sink = Sink(sink);
        let mut drive = self.recorder.drive().await;
        let job = async |reporter: Reporter| {
            let copied = copy(&mut drive, &contents, &mut sink, &reporter, &stop).await?;
            if format.has_sub() && copied.form != CdForm::MainAndSub {
                made_sub(&copied, &mut sink).await?;
            }
            let description = format.description(&copied.layout, &mains)?;
            Ok((copied, description))
        };
        let (copied, description) = told(job, &on_event).await.map_err(|error| self.failure(error))?;
        let mut view = ReadView::new(copied.sectors.0, copied.filled, copied.doubt, copied.form);
        view.description = Some(description);
        Ok(to_js(&view))
    }

    /// Asks the reading under way to stop between two commands.
    pub fn cancel(&self) {
        self.stop.borrow().cancel();
    }

    fn begin(&self) -> Cancel {
        let stop = Cancel::new();
        self.stop.replace(stop.clone());
        stop
    }

    async fn asked(&self, codes: Codes) -> Result<Contents, JsValue> {
        let asked = async {
            let media = self.recorder.media().await?;
            if !media.kind.present() {
                return Err(Error::new("no-disc", E_IMAPI_RECORDER_MEDIA_NO_MEDIA));
            }
            let mut drive = self.recorder.drive().await;
            let contents = read_contents(&mut drive, &media, codes).await;
            let contents = contents.map_err(|error| Error::from_drive(error, Path::Query))?;
            contents.ok_or_else(|| Error::new("nothing-to-read", E_IMAPI_DF2DATA_INVALID_MEDIA_STATE))
        };
        asked.await.map_err(|error| self.failure(error.into()))
    }

    fn failure(&self, error: CopyError) -> JsValue {
        match error {
            CopyError::Engine(error) => to_js(&FailureView::of(&error, None)),
            CopyError::Output(sink) => {
                to_js(&FailureView::of(&Error::new("save-failed", E_FAIL).with("sink", sink.0), None))
            }
            CopyError::Format(why) => thrown("image-not-supported", &why),
        }
    }
}

/// Does `job`, and tells `on_event` of its progress.
async fn told<A>(job: impl AsyncFnOnce(Reporter) -> Result<A, CopyError>, on_event: &Function) -> Result<A, CopyError> {
    let (reporter, mut events) = progress::channel();
    let tell = async {
        while let Some(event) = events.next().await {
            if let Some(view) = EventView::of(&event) {
                // A listener that throws ends nothing.
                let _ = on_event.call1(&JsValue::NULL, &to_js(&view));
            }
        }
    };
    future::join(job(reporter), tell).await.0
}
