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
    Contents, CopyError, Doubt, ImageFormat, SectorOut, copy, copy_track, made_sub, read_contents, wave_head,
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
    /// Where a CD is read to (`CdSink` in `web/src/worker/cd-sink.ts`): `sectors` are whole sectors or their user data,
    /// `planes` the sub-channel. Both are views into the engine's memory.
    #[wasm_bindgen(typescript_type = "CdSink")]
    pub type JsCdSink;
    #[wasm_bindgen(method)]
    fn put(this: &JsCdSink, sectors: &[u8], planes: &[u8]) -> Promise;
}

struct Sink(JsCdSink);

impl SectorOut for Sink {
    async fn put(&mut self, sectors: &[u8], planes: &[u8]) -> Result<(), SinkError> {
        match JsFuture::from(self.0.put(sectors, planes)).await {
            Ok(_) => Ok(()),
            Err(thrown) => Err(SinkError(JsFailure::from(thrown).message)),
        }
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
    /// The head of a WAV file, as it is once the length is known.
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
        let contents = self.asked(false).await?;
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

    /// Reads a track into `sink`: `wav`, samples with a head that comes with the answer and is as long as the bytes that
    /// come first; `iso`, 2048 bytes a sector; `bin`, 2352.
    ///
    /// # Errors
    /// A `BurnFailure`: `cancelled`; `read-failed` with the sector.
    #[wasm_bindgen(js_name = readTrack, unchecked_return_type = "unknown")]
    pub async fn read_track(
        &self,
        number: u8,
        form: &str,
        sink: JsCdSink,
        on_event: Function,
    ) -> Result<JsValue, JsValue> {
        let stop = self.begin();
        let contents = self.asked(false).await?;
        let found = contents.sessions.iter().find_map(|session| {
            let track = session.tracks.iter().find(|track| track.number == number)?;
            Some((session, track))
        });
        let Some((session, track)) = found else {
            return Err(thrown("argument-invalid", "there is no such track"));
        };
        if (form == "wav" && track.control.data) || (form == "iso" && !track.control.data) {
            return Err(thrown("argument-invalid", "the track is of another kind"));
        }
        let mut sink = Sink(sink);
        if form == "wav" {
            // Whoever knows no going back has a head that plays to the end of the file.
            self.put(&mut sink, &wave_head(&contents, track, 0)).await?;
        }
        let mut drive = self.recorder.drive().await;
        let job = async |reporter: Reporter| {
            copy_track(&mut drive, session, track, form == "iso", &mut sink, (&reporter, &stop)).await
        };
        let copied = told(job, &on_event).await.map_err(|error| self.failure(error))?;
        let mut view = ReadView::new(copied.sectors.0, copied.filled, copied.doubt, copied.form);
        if form == "wav" {
            view.head = wave_head(&contents, track, copied.sectors.bytes(2352) as u32);
        }
        Ok(to_js(&view))
    }

    /// Reads the whole disc into `sink`, as an image `cue`, `toc` or `ccd`; `main` is the name of the file with the sectors.
    ///
    /// # Errors
    /// As [`CdReader::read_track`]; `image-not-supported` when the format has no word for the disc.
    #[wasm_bindgen(js_name = readDisc, unchecked_return_type = "unknown")]
    pub async fn read_disc(
        &self,
        format: &str,
        main: &str,
        sink: JsCdSink,
        on_event: Function,
    ) -> Result<JsValue, JsValue> {
        let stop = self.begin();
        let format = ImageFormat::of_ending(format).ok_or_else(|| thrown("argument-invalid", "no such format"))?;
        let contents = self.asked(true).await?;
        format.can_tell(&contents).map_err(|error| self.failure(error))?;
        let mut sink = Sink(sink);
        let mut drive = self.recorder.drive().await;
        let job = async |reporter: Reporter| {
            let copied = copy(&mut drive, &contents, &mut sink, &reporter, &stop).await?;
            if format.has_sub() && copied.form != CdForm::MainAndSub {
                made_sub(&copied, &mut sink).await?;
            }
            let description = format.description(&copied.layout, main)?;
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

    async fn put(&self, sink: &mut Sink, bytes: &[u8]) -> Result<(), JsValue> {
        sink.put(bytes, &[]).await.map_err(|error| self.failure(error.into()))
    }

    async fn asked(&self, codes: bool) -> Result<Contents, JsValue> {
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
