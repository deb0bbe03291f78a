//! `SessionRaw`: a session raw, lead-in to lead-out, in one call. Beyond IMAPI2, by its raw writer.

use std::sync::{Mutex, MutexGuard, PoisonError};

use webburn_drive::{Clock, Drive};
use webburn_scsi::ScsiTransport;
use webburn_sector::{Lba, SectorSource};

use super::super::data::disc_to_write;
use super::super::desk::look_again;
use super::{DiscFormat2RawCD, NUMBERS, check_stream, lay, ready};
use crate::enums::{BurnVerificationLevel, DataWriteAction, RawCdDataSectorType};
use crate::events::{Event, Phase};
use crate::hresult::E_IMAPI_BURN_VERIFICATION_FAILED;
use crate::plan::{Act, BurnPlan, CdOptions, Step};
use crate::recorder::DiscRecorder2;
use crate::verify::{Reloaded, reload};
use crate::verify_cd::{RawResult, RawSession, verify_raw};
use crate::{BurnReport, Cancel, Digest, Error, Outcome, Reporter, SpeedWish};

/// The blocks it writes: 2352 bytes and 96 of sub-channel as they lie on the disc.
const BLOCKS: RawCdDataSectorType = RawCdDataSectorType::IsRaw;

/// Writes sessions raw: prepares the disc, writes, releases it, reloads it and compares main channel and sub-channel. The
/// counterpart of [`SessionAtOnce`](crate::SessionAtOnce). All methods take `&self`.
///
/// # Drop
/// A burn that is dropped gives the drive to others again, as it does at its end; its tray may stay locked until the next
/// conversation with it.
#[derive(Debug)]
pub struct SessionRaw<T, C> {
    writer: DiscFormat2RawCD<T, C>,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    options: CdOptions,
    level: BurnVerificationLevel,
    running: Option<Cancel>,
}

/// How a raw burn ended, when it did not fail.
#[derive(Clone, Debug)]
pub struct RawReport {
    /// The burn. `Verified` says that what was compared is as it was sent; with `Written` `compared` tells what differs.
    pub burn: BurnReport,
    /// What comparing found; `None` when nothing was compared.
    pub compared: Option<RawResult>,
}

impl<T, C> Default for SessionRaw<T, C> {
    fn default() -> Self {
        Self::new()
    }
}

/// Marks the writer as at work for as long as it lives. A burn that is dropped midway has prepared a disc that nobody could
/// release any more.
struct Running<'a, T, C>(&'a SessionRaw<T, C>);

impl<T, C> Drop for Running<'_, T, C> {
    fn drop(&mut self) {
        self.0.writer.desk.forget();
        self.0.state().running = None;
    }
}

impl<T, C> SessionRaw<T, C> {
    /// A writer without a recorder.
    #[must_use]
    pub fn new() -> Self {
        let state = State { options: CdOptions::default(), level: BurnVerificationLevel::None, running: None };
        SessionRaw { writer: DiscFormat2RawCD::new(), state: Mutex::new(state) }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing panics while it is held, so a poisoned lock still guards whole data.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, change: impl FnOnce(&mut State)) -> Result<(), Error> {
        let mut state = self.state();
        if state.running.is_some() {
            return Err(Error::new("burn-running", NUMBERS.write_in_progress));
        }
        change(&mut state);
        Ok(())
    }

    /// The recorder; `None` takes it away. Sends nothing.
    ///
    /// # Errors
    /// As [`DiscFormat2RawCD::set_recorder`].
    pub fn set_recorder(&self, recorder: Option<DiscRecorder2<T, C>>) -> Result<(), Error> {
        self.writer.set_recorder(recorder)
    }

    /// The lock owner's name; mandatory before writing.
    ///
    /// # Errors
    /// As [`DiscFormat2RawCD::set_client_name`].
    pub fn set_client_name(&self, name: &str) -> Result<(), Error> {
        self.writer.set_client_name(name)
    }

    /// The speed; `None` for the fastest.
    ///
    /// # Errors
    /// `E_IMAPI_DF2RAW_WRITE_IN_PROGRESS`.
    pub fn set_speed(&self, speed: Option<SpeedWish>) -> Result<(), Error> {
        self.set(|state| state.options.speed = speed)
    }

    /// Whether what was written is read back: by any level but none, all of it.
    ///
    /// # Errors
    /// `E_IMAPI_DF2RAW_WRITE_IN_PROGRESS`.
    pub fn set_burn_verification_level(&self, level: BurnVerificationLevel) -> Result<(), Error> {
        self.set(|state| state.level = level)
    }

    /// Asks the burn, or the comparing behind it, to stop between two commands. What a stop leaves is told by
    /// [`DiscFormat2RawCD::cancel_write`].
    ///
    /// # Errors
    /// `E_IMAPI_DF2RAW_WRITE_NOT_IN_PROGRESS`.
    pub fn cancel_write(&self) -> Result<(), Error> {
        let Some(cancel) = self.state().running.clone() else {
            return Err(Error::new("burn-not-running", NUMBERS.write_not_in_progress));
        };
        cancel.cancel();
        // The disc is being prepared, or compared: then there is nothing of it to cancel.
        drop(self.writer.cancel_write());
        Ok(())
    }
}

/// Sectors before LBA 0 with which the stream of `session` begins.
fn lead_in(session: RawSession) -> i32 {
    -session.first.0
}

/// What comparing adds to the plan. Drives read at least as fast as they write.
fn add_steps(plan: &mut BurnPlan, session: RawSession) {
    let write = plan.steps.iter().find(|step| matches!(step.act, Act::Write { .. }));
    let sectors = session.end.since(session.start.max(Lba::ZERO));
    let share = f64::from(sectors.0) / f64::from(plan.sectors.0.max(1));
    let seconds = write.and_then(|step| step.seconds).map(|seconds| seconds * share);
    plan.steps.push(Step::lasting(Act::Reload, 20.0));
    plan.steps.push(Step { act: Act::Verify { sectors }, seconds });
}

impl<T: ScsiTransport, C: Clock> SessionRaw<T, C> {
    /// What a burn would do to the disc that is in the drive, or why it is refused. Writes nothing.
    ///
    /// # Errors
    /// The refusal that [`SessionRaw::burn`] would begin with.
    pub async fn plan<S: SectorSource>(&self, source: &mut S, session: RawSession) -> Result<BurnPlan, Error> {
        let (options, level) = {
            let state = self.state();
            (state.options, state.level)
        };
        let recorder = self.writer.recorder().filter(DiscRecorder2::is_initialized);
        let recorder = recorder.ok_or_else(|| Error::new("no-recorder", NUMBERS.no_recorder))?;
        let media = disc_to_write(&mut *recorder.drive().await, false).await?;
        self.writer.desk.check(&media, true)?;
        ready(&media)?;
        let begins = check_stream(source, lead_in(session), BLOCKS.block_size())?;
        let (_, mut plan) = lay(source, begins, &media, BLOCKS, &options).await?;
        if level != BurnVerificationLevel::None {
            add_steps(&mut plan, session);
        }
        Ok(plan)
    }

    /// Burns `source`, blocks of 2448 bytes whose first lies at `session.first`, and compares what can be read with it
    /// where that was asked for. A stop is told by the report.
    ///
    /// # Errors
    /// The first failure, as [`DiscFormat2RawCD::prepare_media`] and [`DiscFormat2RawCD::burn`] have it. What differs
    /// after writing is no error but in the report, which then does not say `Verified`.
    ///
    /// # Drop
    /// As [`SessionRaw`]: the session stays torn, and the next burn begins anew.
    pub async fn burn<S: SectorSource, D: Digest>(
        &self,
        source: &mut S,
        session: RawSession,
        digest: &mut D,
        reporter: &Reporter,
    ) -> Result<RawReport, Error> {
        let cancel = Cancel::new();
        let (speed, level) = {
            let mut state = self.state();
            if state.running.is_some() {
                return Err(Error::new("burn-running", NUMBERS.write_in_progress));
            }
            state.running = Some(cancel.clone());
            (state.options.speed, state.level)
        };
        let _running = Running(self);
        self.writer.set_write_speed(speed).await?;
        self.writer.prepare_media(reporter).await?;
        let written = match self.writer.set_requested_sector_type(BLOCKS).await {
            Ok(()) => self.write(source, session, &cancel, digest, reporter).await,
            Err(error) => Err(error),
        };
        let released = self.writer.release_media().await;
        let burn = written?;
        released.map_err(Error::after_writing)?;
        if level == BurnVerificationLevel::None || burn.outcome != Outcome::Written {
            return Ok(RawReport { burn, compared: None });
        }
        let Some(recorder) = self.writer.recorder() else { return Ok(RawReport { burn, compared: None }) };
        let mut drive = recorder.drive().await;
        let report = match verify(&mut drive, burn, source, session, (reporter, &cancel)).await {
            Ok(report) => report,
            Err(mut error) => {
                error.after = drive.identify().await.ok();
                return Err(error);
            }
        };
        reporter.report(Event::Action(DataWriteAction::Completed));
        Ok(report)
    }

    async fn write<S: SectorSource, D: Digest>(
        &self,
        source: &mut S,
        session: RawSession,
        cancel: &Cancel,
        digest: &mut D,
        reporter: &Reporter,
    ) -> Result<BurnReport, Error> {
        let begun = self.writer.desk.begin()?;
        // Somebody wished to stop while the disc was prepared.
        if cancel.is_cancelled() {
            begun.cancel.cancel();
        }
        self.writer.burn_begun(begun, source, lead_in(session), digest, reporter).await
    }
}

/// Reloads the disc and compares it.
async fn verify<T: ScsiTransport, C: Clock, S: SectorSource>(
    drive: &mut Drive<T, C>,
    burn: BurnReport,
    source: &mut S,
    session: RawSession,
    (reporter, cancel): (&Reporter, &Cancel),
) -> Result<RawReport, Error> {
    let began = drive.clock().now();
    reporter.report(Event::Phase(Phase::Verify));
    reporter.report(Event::Action(DataWriteAction::Verifying));
    if reload(drive, &burn.medium, reporter).await? == Reloaded::StayedOut {
        return Ok(RawReport { burn, compared: None });
    }
    let compared = verify_raw(drive, session, source, reporter, cancel).await?;
    let medium = look_again(drive).await?;
    let duration = burn.duration + drive.clock().now().saturating_sub(began);
    let outcome = if compared.is_equal() { Outcome::Verified } else { Outcome::Written };
    let hresult = if compared.is_wrong() { E_IMAPI_BURN_VERIFICATION_FAILED } else { burn.hresult };
    Ok(RawReport { burn: BurnReport { outcome, hresult, medium, duration, ..burn }, compared: Some(compared) })
}
