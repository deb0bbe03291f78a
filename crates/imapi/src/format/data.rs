//! `DiscFormat2Data`: the data writer.

mod properties;

pub use properties::WriteSpeedDescriptor;
pub(super) use properties::speed_descriptors;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use webburn_drive::media::{DiscStatus, Kind};
use webburn_drive::{Clock, Drive, Media};
use webburn_scsi::ScsiTransport;
use webburn_sector::SectorSource;

use super::{BurnReport, Outcome};
use crate::carry_out::close_first;
use crate::enums::{BurnVerificationLevel, DataWriteAction, MediaState};
use crate::events::{Event, Phase};
use crate::hresult::{
    E_IMAPI_DF2DATA_CLIENT_NAME_IS_NOT_VALID, E_IMAPI_DF2DATA_MEDIA_IS_NOT_SUPPORTED,
    E_IMAPI_DF2DATA_WRITE_IN_PROGRESS, E_IMAPI_DF2DATA_WRITE_NOT_IN_PROGRESS, E_IMAPI_RECORDER_REQUIRED,
    E_IMAPI_REQUEST_CANCELLED, E_IMAPI_UNEXPECTED_RESPONSE_FROM_DEVICE,
};
use crate::meter::Meter;
use crate::outcome::Path;
use crate::plan::{Act, BurnPlan, check_stream, plan as plan_of};
use crate::recorder::{DiscRecorder2, speed_mismatch, unlooked};
use crate::verify::{Reloaded, reload, verify};
use crate::{BlockRange, Burned, Cancel, Digest, Error, HResult, NoDigest, Options, Reporter, Written, carry_out};

/// `IDiscFormat2Data` with its base `IDiscFormat2` and `IBurnVerification`.
///
/// Settings may be changed from anywhere while nothing is written; all methods take `&self`.
#[derive(Debug)]
pub struct DiscFormat2Data<T, C> {
    state: Mutex<State<T, C>>,
}

#[derive(Debug)]
struct State<T, C> {
    recorder: Option<DiscRecorder2<T, C>>,
    options: Options,
    client_name: String,
    writing: Option<Cancel>,
}

impl<T, C> Default for DiscFormat2Data<T, C> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T, C> DiscFormat2Data<T, C> {
    /// A writer without a recorder.
    #[must_use]
    pub fn new() -> Self {
        let state = State { recorder: None, options: Options::default(), client_name: String::new(), writing: None };
        DiscFormat2Data { state: Mutex::new(state) }
    }

    fn state(&self) -> MutexGuard<'_, State<T, C>> {
        // Nothing panics while it is held, so a poisoned lock still guards whole data.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes settings, unless something is being written.
    fn set(&self, change: impl FnOnce(&mut State<T, C>)) -> Result<(), Error> {
        let mut state = self.state();
        if state.writing.is_some() {
            return Err(Error::new("burn-running", E_IMAPI_DF2DATA_WRITE_IN_PROGRESS));
        }
        change(&mut state);
        Ok(())
    }

    fn recorder_set(&self) -> Result<DiscRecorder2<T, C>, Error> {
        self.state().recorder.clone().ok_or_else(no_recorder)
    }

    /// `CancelWrite`: seen between two commands; then the plan's own steps leave the disc as usable as it can be.
    ///
    /// # Errors
    /// `E_IMAPI_DF2DATA_WRITE_NOT_IN_PROGRESS`.
    pub fn cancel_write(&self) -> Result<(), Error> {
        match &self.state().writing {
            Some(cancel) => {
                cancel.cancel();
                Ok(())
            }
            None => Err(Error::new("burn-not-running", E_IMAPI_DF2DATA_WRITE_NOT_IN_PROGRESS)),
        }
    }
}

/// None is set, or one that was never initialised.
fn no_recorder() -> Error {
    Error::new("no-recorder", E_IMAPI_RECORDER_REQUIRED)
}

/// Marks the writer as writing for as long as it lives.
struct Running<'a, T, C>(&'a DiscFormat2Data<T, C>);

impl<T, C> Drop for Running<'_, T, C> {
    fn drop(&mut self) {
        self.0.state().writing = None;
    }
}

impl<T: ScsiTransport, C: Clock> DiscFormat2Data<T, C> {
    /// What a burn of a stream of `bytes` would do to the disc that is in the drive, or why it is refused. Asks the
    /// disc; writes nothing.
    ///
    /// # Errors
    /// The refusal that [`DiscFormat2Data::burn`] would begin with.
    pub async fn plan(&self, bytes: u64) -> Result<BurnPlan, Error> {
        check_stream(bytes)?;
        let recorder = self.recorder_set()?;
        if !recorder.is_initialized() {
            return Err(no_recorder());
        }
        let options = self.options();
        let media = disc_to_write(&mut *recorder.drive().await, false).await?;
        plan_of(&media, bytes, &options)
    }

    /// `Write`, as IMAPI2 has it: `S_OK` or what was adjusted. A stream that is null in other languages is `None`.
    ///
    /// # Errors
    /// In the order of IMAPI2's checks; `E_IMAPI_REQUEST_CANCELLED` when it was stopped.
    pub async fn write<S: SectorSource>(&self, source: Option<&mut S>, reporter: &Reporter) -> Result<HResult, Error> {
        let Some(source) = source else {
            return Err(Error::new("no-image", crate::hresult::E_POINTER));
        };
        let report = self.burn(source, &mut NoDigest, reporter).await?;
        match report.outcome {
            Outcome::Stopped => {
                let mut error = Error::new("cancelled", E_IMAPI_REQUEST_CANCELLED).after_writing();
                error.after = Some(report.medium);
                Err(error)
            }
            _ => Ok(report.hresult),
        }
    }

    /// Plans anew, carries the plan out, closes, reloads, verifies, and tells how it ended. Events go to `reporter`.
    ///
    /// # Errors
    /// The first failure. `after` is the disc asked anew, where it could be asked.
    ///
    /// # Drop
    /// See [`carry_out`]. The recorder's lease is given back; the tray may stay locked until the next job or eject.
    pub async fn burn<S: SectorSource, D: Digest>(
        &self,
        source: &mut S,
        digest: &mut D,
        reporter: &Reporter,
    ) -> Result<BurnReport, Error> {
        let cancel = Cancel::new();
        let (recorder, mut options, client_name) = {
            let mut state = self.state();
            if state.writing.is_some() {
                return Err(Error::new("burn-running", E_IMAPI_DF2DATA_WRITE_IN_PROGRESS));
            }
            let recorder = state.recorder.clone().filter(DiscRecorder2::is_initialized).ok_or_else(no_recorder)?;
            if !crate::recorder::valid_client_name(&state.client_name) {
                return Err(Error::new("client-name-invalid", E_IMAPI_DF2DATA_CLIENT_NAME_IS_NOT_VALID));
            }
            state.writing = Some(cancel.clone());
            (recorder, state.options.clone(), state.client_name.clone())
        };
        let _running = Running(self);
        let bytes = source.byte_length();
        check_stream(bytes)?;
        if options.block_ranges.is_none() {
            let range = |(start, end)| BlockRange { start, end };
            options.block_ranges = source.block_ranges().map(|ranges| ranges.into_iter().map(range).collect());
        }
        let _lease = recorder.lease(&client_name)?;
        let mut drive = recorder.drive().await;
        reporter.report(Event::Phase(Phase::Prepare));
        reporter.report(Event::Action(DataWriteAction::ValidatingMedia));
        let mut media = disc_to_write(&mut drive, true).await?;
        let mut plan = plan_of(&media, bytes, &options)?;
        let mut closed_first = Ok(());
        if plan.closing_first > 0 {
            closed_first = close_first(&mut drive, &media, &plan, reporter).await;
            if closed_first.is_ok() {
                media = disc_to_write(&mut drive, true).await.map_err(Error::after_writing)?;
                plan = plan_of(&media, bytes, &options).map_err(Error::after_writing)?;
                if plan.closing_first > 0 {
                    // The drive closed nothing and said it did.
                    let torn = crate::state::media_status(&media).contains(MediaState::DAMAGED);
                    let code = if torn { "disc-damaged" } else { "disc-session-open" };
                    let again = Error::new(code, E_IMAPI_DF2DATA_MEDIA_IS_NOT_SUPPORTED);
                    return Err(again.after_writing().with("medium", media.kind.name()));
                }
            }
        }
        let began = drive.clock().now();
        let mut outcome = match closed_first {
            Ok(()) => work(&mut drive, &media, &plan, &options, source, digest, reporter, &cancel).await,
            Err(error) => Err(error),
        };
        if let Some(at_once) = outcome.as_ref().err().and_then(|error| not_incremental(error, &media, bytes, &options))
        {
            // What the digest was fed was not taken.
            digest.finish().await;
            reporter.note("retry", vec![("lba", plan.start.0.into())]);
            plan = at_once;
            outcome = work(&mut drive, &media, &plan, &options, source, digest, reporter, &cancel).await;
        }
        // Asked anew whatever happened: nobody is told what the disc should be, only what it is.
        let after = drive.identify().await;
        let duration = drive.clock().now().saturating_sub(began);
        match outcome {
            Ok(done) => {
                let medium = after.map_err(|error| Error::from_drive(error, Path::Query).after_writing())?;
                if done.outcome != Outcome::Stopped && left_open(&plan, &medium) {
                    let mut error = Error::new("close-failed", E_IMAPI_UNEXPECTED_RESPONSE_FROM_DEVICE).after_writing();
                    error.after = Some(medium);
                    return Err(error);
                }
                reporter.report(Event::Action(DataWriteAction::Completed));
                Ok(BurnReport::of(done.written, done.outcome, done.sha256_read_back, &plan, medium, duration))
            }
            Err(error) => {
                let mut error = perhaps_speed_mismatch(&mut drive, error).await;
                error.after = after.ok();
                Err(error)
            }
        }
    }
}

/// A disc recorded at once is closed by the drive itself, without a command that could fail. One that was reset at the end
/// has forgotten to: the data are there, and no other drive would read them.
fn left_open(plan: &BurnPlan, after: &Media) -> bool {
    let at_once = plan.steps.iter().any(|step| matches!(step.act, Act::Reserve(_)));
    at_once && plan.closes && after.status == DiscStatus::Appendable
}

/// [`Quirk::ClaimsIncrementalAfterQuickBlank`](webburn_drive::quirk::Quirk::ClaimsIncrementalAfterQuickBlank): the first
/// WRITE was refused as the wrong mode and nothing was taken. The plan to record at once instead, where the disc allows it.
fn not_incremental(error: &Error, media: &Media, bytes: u64, options: &Options) -> Option<BurnPlan> {
    let refused = error.drive_error().and_then(webburn_drive::Error::triple) == Some((5, 0x64, 0x00));
    let minus = matches!(media.kind, Kind::DvdRwSequential | Kind::DvdR);
    if !refused || !error.refused_before_writing || !minus || options.disc_at_once {
        return None;
    }
    let at_once = Options { disc_at_once: true, ..options.clone() };
    plan_of(media, bytes, &at_once)
        .ok()
        .filter(|plan| plan.steps.iter().any(|step| matches!(step.act, Act::Reserve(_))))
}

/// No sense says that a disc is too slow or too fast for the drive. It is meant when a disc of a kind that the drive writes
/// is called incompatible, and drive and disc have no speed in common.
pub(super) async fn perhaps_speed_mismatch<T: ScsiTransport, C: Clock>(drive: &mut Drive<T, C>, error: Error) -> Error {
    let incompatible = error.drive_error().and_then(webburn_drive::Error::triple);
    let is_one = matches!(incompatible, Some((5, 0x30, 0x05 | 0x06)));
    if is_one && matches!(drive.has_no_common_speed().await, Ok(true)) { speed_mismatch(error) } else { error }
}

/// The disc to write on, its content looked at where that matters; a burn looks afresh and trusts nothing known before.
pub(super) async fn disc_to_write<T: ScsiTransport, C: Clock>(
    drive: &mut Drive<T, C>,
    afresh: bool,
) -> Result<Arc<Media>, Error> {
    if afresh {
        drive.forget_media();
    }
    match drive.look_for_content().await {
        Ok(media) => Ok(media),
        Err(error) => Err(unlooked(drive, error).await),
    }
}

/// What was done, and the digest of what was read back.
struct Done {
    written: Written,
    outcome: Outcome,
    sha256_read_back: Option<[u8; 32]>,
}

#[allow(clippy::too_many_arguments)] // All that a burn needs comes together here, once.
async fn work<T: ScsiTransport, C: Clock, S: SectorSource, D: Digest>(
    drive: &mut Drive<T, C>,
    media: &Media,
    plan: &BurnPlan,
    options: &Options,
    source: &mut S,
    digest: &mut D,
    reporter: &Reporter,
    cancel: &Cancel,
) -> Result<Done, Error> {
    let written = carry_out(drive, media, plan, source, digest, reporter, cancel).await?;
    if written.burned != Burned::Whole {
        return Ok(Done { written, outcome: Outcome::Stopped, sha256_read_back: None });
    }
    let level = options.verification;
    if level == BurnVerificationLevel::None {
        return Ok(Done { written, outcome: Outcome::Written, sha256_read_back: None });
    }
    reporter.report(Event::Phase(Phase::Verify));
    reporter.report(Event::Action(DataWriteAction::Verifying));
    let reloaded = reload(drive, media, reporter).await?;
    if reloaded == Reloaded::StayedOut {
        // Written and closed; only the tray did not come back, so there is nothing to read.
        return Ok(Done { written, outcome: Outcome::Written, sha256_read_back: None });
    }
    let mut meter = Meter::new(drive.clock().now(), plan);
    meter.set_phase(Phase::Verify);
    meter.set_action(DataWriteAction::Verifying);
    meter.begin_step(plan.steps.len(), drive.clock().now());
    let verified = match verify(drive, &written, level, source, digest, &mut meter, reporter, cancel).await {
        // `Quirk::TellsTheOldStateUntilReloaded`: no command opens and closes this tray, and the drive still tells of the
        // disc as it was. A hand may do it.
        Err(error) if reloaded == Reloaded::BySpindle && still_blank(drive, media, &error) => {
            reporter.note("reload-by-hand", vec![]);
            return Ok(Done { written, outcome: Outcome::Written, sha256_read_back: None });
        }
        verified => verified?,
    };
    let outcome = if verified.stopped { Outcome::Written } else { Outcome::Verified };
    Ok(Done { written, outcome, sha256_read_back: verified.sha256 })
}

/// The disc was blank before, and the drive says it still is.
fn still_blank<T: ScsiTransport, C: Clock>(drive: &Drive<T, C>, before: &Media, error: &Error) -> bool {
    let now = drive.known_media();
    error.code == "verify-wrong-disc"
        && before.physically_blank()
        && now.is_some_and(|now| now.kind == before.kind && now.physically_blank())
}
