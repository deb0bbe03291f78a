//! The sessions of a disc, one after the other: all of them planned first, then each written, then all compared.

use std::sync::Arc;
use std::time::Duration;

use webburn_drive::media::DiscStatus;
use webburn_drive::{Clock, Drive, Media};
use webburn_scsi::ScsiTransport;
use webburn_sector::{MaybeSend, SectorCount, SectorSource, SourceError};

use super::report::{self, SessionReport};
use super::{Running, SessionAtOnce, SessionSpec, check, check_source};
use crate::cd::{SessionLayout, SessionStream};
use crate::enums::{BurnVerificationLevel, DataWriteAction};
use crate::events::{Event, Phase};
use crate::format::data::{disc_to_write, perhaps_speed_mismatch};
use crate::format::desk::{check_ended, look_again};
use crate::format::raw_cd::NUMBERS;
use crate::format::{BurnReport, Outcome};
use crate::hresult::{E_IMAPI_BURN_VERIFICATION_FAILED, E_INVALIDARG};
use crate::plan::{BurnPlan, CdOptions, plan_session};
use crate::recorder::valid_client_name;
use crate::verify_cd::TrackResult;
use crate::{Burned, Cancel, Digest, Error, Reporter, Written, carry_out};

/// From the lead-out of a first session to index 1 of the next one's first track: 90 seconds of lead-out, 60 of lead-in,
/// two of pre-gap (ECMA-130, 20; Orange Book as drives do it).
const BEHIND_FIRST: SectorCount = SectorCount(6750 + 4500 + 150);
/// The same between later sessions, whose lead-out has 30 seconds.
const BEHIND_LATER: SectorCount = SectorCount(2250 + 4500 + 150);

/// A session of a disc.
#[derive(Clone, Copy, Debug)]
pub struct DiscSession<'a> {
    /// What it is to be.
    pub spec: SessionSpec<'a>,
    /// Disc type in its table of contents, in place of that of [`CdOptions`].
    pub session_format: u8,
}

/// Where the sectors of sessions come from. Each is asked for when it is written, and again when it is compared.
pub trait SessionSources: MaybeSend {
    /// What [`SessionAtOnce::burn`] takes for session `number` (from 0).
    fn source(&mut self, number: usize) -> impl SectorSource;
}

/// The one session there is.
pub(super) struct One<'a, S>(pub &'a mut S);

impl<S: SectorSource> SessionSources for One<'_, S> {
    fn source(&mut self, _number: usize) -> impl SectorSource {
        Borrowed(&mut *self.0)
    }
}

struct Borrowed<'a, S>(&'a mut S);

impl<S: SectorSource> SectorSource for Borrowed<'_, S> {
    fn sector_size(&self) -> usize {
        self.0.sector_size()
    }
    fn sectors(&self) -> SectorCount {
        self.0.sectors()
    }
    fn byte_length(&self) -> u64 {
        self.0.byte_length()
    }
    async fn read(&mut self, first: u64, into: &mut [u8]) -> Result<(), SourceError> {
        self.0.read(first, into).await
    }
    async fn check_unchanged(&mut self) -> Result<(), SourceError> {
        self.0.check_unchanged().await
    }
}

/// A session that was written.
struct Done {
    written: Written,
    plan: BurnPlan,
    layout: SessionLayout,
    medium: Arc<Media>,
    duration: Duration,
}

/// How each session of a disc is written: all but the last leave it open for the next.
fn options_of(all: &CdOptions, sessions: &[DiscSession<'_>], number: usize) -> CdOptions {
    let keep_open = all.keep_open || number + 1 < sessions.len();
    CdOptions { keep_open, session_format: sessions[number].session_format, ..*all }
}

/// The disc as it will be once a session of `layout` is on it; `number` counts the sessions from 1.
fn behind(media: &Media, layout: &SessionLayout, number: usize) -> Media {
    let distance = if number == 1 { BEHIND_FIRST } else { BEHIND_LATER };
    let mut media = media.clone();
    media.status = DiscStatus::Appendable;
    media.next_writable = Some(layout.lead_out + distance);
    media
}

/// Every session planned, where each begins foretold from the ends of those before it.
fn plan_all(
    media: &Media,
    sessions: &[DiscSession<'_>],
    options: &CdOptions,
) -> Result<Vec<(BurnPlan, SessionLayout)>, Error> {
    if sessions.is_empty() {
        return Err(Error::new("argument-invalid", E_INVALIDARG).with("sessions", 0));
    }
    let before = media.sessions.iter().filter(|session| !session.open).count();
    let (mut plans, mut next) = (Vec::new(), None::<Media>);
    for (number, session) in sessions.iter().enumerate() {
        let media = next.as_ref().unwrap_or(media);
        let spec = session.spec;
        let planned = plan_session(media, spec.sheet, spec.packs, &options_of(options, sessions, number));
        let (plan, layout, _) = planned.map_err(|error| named(error, sessions, number))?;
        next = Some(behind(media, &layout, before + number + 1));
        plans.push((plan, layout));
    }
    Ok(plans)
}

/// Says in which session it was, where there are several.
fn named(error: Error, sessions: &[DiscSession<'_>], number: usize) -> Error {
    if sessions.len() > 1 { error.with("session", number as u64 + 1) } else { error }
}

impl<T: ScsiTransport, C: Clock> SessionAtOnce<T, C> {
    /// What a burn of several sessions would do, session by session. Where each but the first begins is foretold; the
    /// drive may see it otherwise.
    ///
    /// # Errors
    /// The refusal that [`SessionAtOnce::burn_all`] would begin with.
    pub async fn plan_all(&self, sessions: &[DiscSession<'_>]) -> Result<Vec<BurnPlan>, Error> {
        let recorder = self.recorder_set()?;
        let (options, level) = (self.options(), self.state().level);
        let media = disc_to_write(&mut *recorder.drive().await, false).await?;
        check(&media)?;
        let mut plans = plan_all(&media, sessions, &options)?;
        report::add_steps(plans.iter_mut().map(|(plan, layout)| (plan, &*layout)), &options, level);
        Ok(plans.into_iter().map(|(plan, _)| plan).collect())
    }

    /// Burns one session after the other, each as [`SessionAtOnce::burn`] does it, and compares them all at the end. All
    /// but the last leave the disc open. With the laser off there is no disc for a second session: only the first is
    /// tried.
    ///
    /// Nothing is written unless all sessions can be planned and all sources fit. A stop ends with the report of the
    /// session that it tore.
    ///
    /// # Errors
    /// As [`SessionAtOnce::burn`], with the argument `session` (from 1) where there are several. Sessions before it are
    /// on the disc then.
    ///
    /// # Drop
    /// As [`SessionAtOnce::burn`].
    pub async fn burn_all<S: SessionSources, D: Digest>(
        &self,
        sessions: &[DiscSession<'_>],
        sources: &mut S,
        digest: &mut D,
        reporter: &Reporter,
    ) -> Result<Vec<SessionReport>, Error> {
        let recorder = self.recorder_set()?;
        let cancel = Cancel::new();
        let (options, level, client_name) = {
            let mut state = self.state();
            if state.writing.is_some() {
                return Err(Error::new("burn-running", NUMBERS.write_in_progress));
            }
            if !valid_client_name(&state.client_name) {
                return Err(Error::new("client-name-invalid", NUMBERS.client_name));
            }
            state.writing = Some(cancel.clone());
            (state.options, state.level, state.client_name.clone())
        };
        let _running = Running(self);
        let _lease = recorder.lease(&client_name)?;
        let mut drive = recorder.drive().await;
        reporter.report(Event::Phase(Phase::Prepare));
        reporter.report(Event::Action(DataWriteAction::ValidatingMedia));
        let media = disc_to_write(&mut drive, true).await?;
        check(&media)?;
        for (number, (_, layout)) in plan_all(&media, sessions, &options)?.iter().enumerate() {
            check_source(&sources.source(number), layout).map_err(|error| named(error, sessions, number))?;
        }
        let count = if options.test_write { 1 } else { sessions.len() };
        let mut all = Vec::new();
        for number in 0..count {
            if sessions.len() > 1 {
                let args = vec![("number", (number as u64 + 1).into()), ("of", (sessions.len() as u64).into())];
                reporter.note("session-begins", args);
            }
            let mut job = Job { drive: &mut drive, digest: &mut *digest, reporter, cancel: &cancel };
            // All are compared behind the last.
            let compared = if number + 1 == count { level } else { BurnVerificationLevel::None };
            let wanted = (&sessions[number].spec, &options_of(&options, sessions, number), compared);
            // Asked anew: where a further session begins, the drive says.
            let known = (number == 0).then(|| Arc::clone(&media));
            let done = job.write(known, wanted, &mut sources.source(number)).await;
            let done = done.map_err(|error| if number > 0 { error.after_writing() } else { error });
            let done = done.map_err(|error| named(error, sessions, number))?;
            let stopped = done.written.burned != Burned::Whole;
            all.push(done);
            if stopped {
                break;
            }
        }
        let whole = all.len() == sessions.len() && all.iter().all(|done| done.written.burned == Burned::Whole);
        let mut tracks: Vec<Vec<TrackResult>> = vec![Vec::new(); all.len()];
        if whole && level != BurnVerificationLevel::None && !options.test_write {
            let began = drive.clock().now();
            let compared = verify(&mut drive, &media, &all, sources, level, (reporter, &cancel)).await;
            tracks = match compared {
                Ok(compared) => compared,
                Err(mut error) => {
                    error.after = drive.identify().await.ok();
                    return Err(error);
                }
            };
            let medium = look_again(&mut drive).await?;
            let took = drive.clock().now().saturating_sub(began);
            if let Some(last) = all.last_mut() {
                last.medium = check_ended(medium)?;
                last.duration += took;
            }
        }
        reporter.report(Event::Action(DataWriteAction::Completed));
        Ok(all.into_iter().zip(tracks).map(|(done, tracks)| finish(done, tracks)).collect())
    }
}

/// What the writing of a session needs.
struct Job<'a, T, C, D> {
    drive: &'a mut Drive<T, C>,
    digest: &'a mut D,
    reporter: &'a Reporter,
    cancel: &'a Cancel,
}

impl<T: ScsiTransport, C: Clock, D: Digest> Job<'_, T, C, D> {
    async fn write<S: SectorSource>(
        &mut self,
        known: Option<Arc<Media>>,
        (spec, options, compared): (&SessionSpec<'_>, &CdOptions, BurnVerificationLevel),
        source: &mut S,
    ) -> Result<Done, Error> {
        let drive = &mut *self.drive;
        let media = match known {
            Some(media) => media,
            None => disc_to_write(drive, true).await?,
        };
        check(&media)?;
        let (mut plan, layout, lead_in) = plan_session(&media, spec.sheet, spec.packs, options)?;
        report::add_steps([(&mut plan, &layout)], options, compared);
        let began = drive.clock().now();
        let mut stream = SessionStream::new(source, spec.packs, lead_in, layout.first(), &layout.stretches);
        let outcome = carry_out(drive, &media, &plan, &mut stream, self.digest, self.reporter, self.cancel).await;
        let written = match outcome {
            Ok(written) => written,
            Err(error) => {
                let mut error = perhaps_speed_mismatch(drive, error).await;
                error.after = drive.identify().await.ok();
                return Err(error);
            }
        };
        let medium = look_again(drive).await?;
        let ended = written.burned == Burned::Whole && !options.test_write;
        let medium = if ended { check_ended(medium)? } else { medium };
        let duration = drive.clock().now().saturating_sub(began);
        Ok(Done { written, plan, layout, medium, duration })
    }
}

/// Reloads the disc once and compares session after session; no tracks when the tray did not come back, and none behind a
/// stop.
async fn verify<T: ScsiTransport, C: Clock, S: SessionSources>(
    drive: &mut Drive<T, C>,
    media: &Media,
    all: &[Done],
    sources: &mut S,
    level: BurnVerificationLevel,
    (reporter, cancel): (&Reporter, &Cancel),
) -> Result<Vec<Vec<TrackResult>>, Error> {
    let mut tracks = vec![Vec::new(); all.len()];
    if !report::reloaded(drive, media, reporter).await? {
        return Ok(tracks);
    }
    for (number, (done, tracks)) in all.iter().zip(&mut tracks).enumerate() {
        if cancel.is_cancelled() {
            break;
        }
        let mut source = sources.source(number);
        *tracks = report::verify(drive, &done.layout, &mut source, level, reporter, cancel).await?;
    }
    Ok(tracks)
}

fn finish(done: Done, tracks: Vec<TrackResult>) -> SessionReport {
    let outcome = match done.written.burned {
        Burned::Whole if report::proven(&done.layout, &tracks) => Outcome::Verified,
        Burned::Whole => Outcome::Written,
        _ => Outcome::Stopped,
    };
    let mut burn = BurnReport::of(done.written, outcome, None, &done.plan, done.medium, done.duration);
    if tracks.iter().any(TrackResult::is_wrong) {
        burn.hresult = E_IMAPI_BURN_VERIFICATION_FAILED;
    }
    SessionReport { burn, tracks }
}
