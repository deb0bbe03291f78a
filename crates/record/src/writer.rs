//! A drive at work on a CD.

use webburn_drive::Clock;
use webburn_imapi::enums::BurnVerificationLevel;
use webburn_imapi::plan::CdOptions;
use webburn_imapi::verify_cd::{RawResult, RawSession};
use webburn_imapi::{
    BurnPlan, Cancel, Digest, DiscRecorder2, DiscSession, Error, RawReport, Reporter, SessionAtOnce, SessionRaw,
    SessionReport, SessionSources, SessionSpec, hresult,
};
use webburn_mmc::CueSheet;
use webburn_rawimage::CdImage;
use webburn_rawimage::at_once::{BlockStream, SessionSheet};
use webburn_rawimage::stream::RawStream;
use webburn_scsi::ScsiTransport;
use webburn_sector::{Lba, SectorSource};

use crate::Recording;

/// Writes images of CDs the way that was decided. A new one for each burn.
#[derive(Debug)]
pub struct CdWriter<T, C> {
    at_once: SessionAtOnce<T, C>,
    raw: SessionRaw<T, C>,
    stop: Cancel,
}

/// How a burn ended, when it did not fail.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// The sessions that were written, each with its tracks compared; of a raw burn one, without tracks.
    pub sessions: Vec<SessionReport>,
    /// It was written raw.
    pub raw: bool,
    /// What comparing a raw burn found; `None` when nothing was compared.
    pub compared: Option<RawResult>,
}

impl Recorded {
    /// Everything as one burn.
    #[must_use]
    pub fn together(&self) -> Option<SessionReport> {
        SessionReport::together(&self.sessions)
    }

    /// Something reads back otherwise than it was sent, or cannot be read.
    #[must_use]
    pub fn is_wrong(&self) -> bool {
        let mut tracks = self.sessions.iter().flat_map(|session| &session.tracks);
        tracks.any(|track| track.is_wrong()) || self.compared.is_some_and(|compared| compared.is_wrong())
    }
}

/// The sectors of each session.
struct Sessions<'a> {
    image: &'a mut CdImage,
    sheets: &'a [SessionSheet],
}

impl SessionSources for Sessions<'_> {
    fn source(&mut self, number: usize) -> impl SectorSource {
        BlockStream::session(&mut *self.image, &self.sheets[number])
    }
}

/// The lines of each sheet as the engine takes them.
fn lines(sheets: &[SessionSheet]) -> Result<Vec<CueSheet>, Error> {
    // Whole lines of eight bytes always read.
    let invalid = |_| Error::new("cue-sheet-invalid", hresult::E_INVALIDARG);
    sheets.iter().map(|sheet| CueSheet::parse(&sheet.to_bytes()).map_err(invalid)).collect()
}

fn parts<'a>(sheets: &'a [SessionSheet], lines: &'a [CueSheet]) -> Vec<DiscSession<'a>> {
    let of = |(sheet, lines): (&'a SessionSheet, &'a CueSheet)| DiscSession {
        spec: SessionSpec { sheet: lines, packs: &sheet.packs },
        session_format: sheet.disc_type.code(),
    };
    sheets.iter().zip(lines).map(of).collect()
}

/// The stream of a raw burn, and what of it a reader can reach.
fn raw_stream<'a>(
    image: &'a mut CdImage,
    recording: &Recording,
) -> Result<(RawStream<&'a mut CdImage>, RawSession), Error> {
    let (end, options) = (image.layout.lead_out(), recording.raw_options());
    // It could be streamed when that was decided.
    let stream = RawStream::new(image, 0, options).map_err(|_| Error::new("internal", hresult::E_FAIL))?;
    Ok((stream, RawSession { first: options.lead_in, start: Lba::ZERO, end }))
}

impl<T: ScsiTransport, C: Clock> CdWriter<T, C> {
    /// A writer for `recorder`, which `client` holds while it writes.
    ///
    /// # Errors
    /// The name is none.
    pub fn new(recorder: &DiscRecorder2<T, C>, client: &str, recording: &Recording) -> Result<Self, Error> {
        let writer = CdWriter { at_once: SessionAtOnce::new(), raw: SessionRaw::new(), stop: Cancel::new() };
        let wish = &recording.wish;
        let level = if wish.verify { BurnVerificationLevel::Full } else { BurnVerificationLevel::None };
        let (test_write, overburn) = (wish.test_write, wish.overburn);
        writer.at_once.set_recorder(Some(recorder.clone()))?;
        writer.at_once.set_client_name(client)?;
        writer.at_once.set_options(CdOptions { speed: wish.speed, test_write, overburn, ..CdOptions::default() })?;
        writer.at_once.set_burn_verification_level(level)?;
        writer.raw.set_recorder(Some(recorder.clone()))?;
        writer.raw.set_client_name(client)?;
        writer.raw.set_speed(wish.speed)?;
        writer.raw.set_burn_verification_level(level)?;
        Ok(writer)
    }

    /// What a burn would do, session by session; of a raw burn there is one. Writes nothing.
    ///
    /// # Errors
    /// The refusal that [`CdWriter::burn`] would begin with.
    pub async fn plan(&self, image: &mut CdImage, recording: &Recording) -> Result<Vec<BurnPlan>, Error> {
        if let Some(sheets) = &recording.sheets {
            let lines = lines(sheets)?;
            return self.at_once.plan_all(&parts(sheets, &lines)).await;
        }
        let (mut stream, session) = raw_stream(image, recording)?;
        Ok(vec![self.raw.plan(&mut stream, session).await?])
    }

    /// Plans anew, writes, and compares where that was wished. A drive that takes none of the forms of a cue sheet, and
    /// writes raw, is given the disc raw: the note `raw-instead`. Stops are told by the report.
    ///
    /// # Errors
    /// The first failure, with the argument `session` (from 1) where there are several: those before it are on the disc.
    ///
    /// # Drop
    /// As [`SessionAtOnce::burn`].
    pub async fn burn<D: Digest>(
        &self,
        image: &mut CdImage,
        recording: &Recording,
        digest: &mut D,
        reporter: &Reporter,
    ) -> Result<Recorded, Error> {
        if let Some(sheets) = &recording.sheets {
            let lines = lines(sheets)?;
            let mut sources = Sessions { image: &mut *image, sheets };
            match self.at_once.burn_all(&parts(sheets, &lines), &mut sources, digest, reporter).await {
                Ok(sessions) => return Ok(Recorded { sessions, raw: false, compared: None }),
                Err(error) if self.goes_raw(&error, recording) => reporter.note("raw-instead", vec![]),
                Err(error) => return Err(error),
            }
        }
        let (mut stream, session) = raw_stream(image, recording)?;
        let RawReport { burn, compared } = self.raw.burn(&mut stream, session, digest, reporter).await?;
        Ok(Recorded { sessions: vec![SessionReport { burn, tracks: Vec::new() }], raw: true, compared })
    }

    fn goes_raw(&self, error: &Error, recording: &Recording) -> bool {
        let refused = error.code == "cue-sheet-refused" && error.refused_before_writing;
        refused && recording.may_go_raw && !self.stop.is_cancelled()
    }

    /// Asks the burn under way to stop between two commands; nothing when none is.
    pub fn cancel(&self) {
        self.stop.cancel();
        drop(self.at_once.cancel_write());
        drop(self.raw.cancel_write());
    }
}
