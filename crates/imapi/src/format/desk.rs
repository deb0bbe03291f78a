//! What the two writers that are prepared first, `DiscFormat2RawCD` and `DiscFormat2TrackAtOnce`, have in common: recorder,
//! name, speed, the state between `PrepareMedia` and `ReleaseMedia`, and who may change what when.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use webburn_drive::media::{DiscStatus, Recording, SessionStatus};
use webburn_drive::{Clock, Doing, Drive, Media};
use webburn_scsi::ScsiTransport;
use webburn_scsi::spc::PreventAllowMediumRemoval;
use webburn_sector::{SectorCount, ZeroSource};

use super::data::disc_to_write;
use crate::enums::{DataWriteAction, MediaPhysicalType};
use crate::events::{Event, Phase};
use crate::hresult::{
    E_IMAPI_RECORDER_MEDIA_NO_MEDIA, E_IMAPI_RECORDER_MEDIA_WRITE_PROTECTED, E_IMAPI_RECORDER_REQUIRED,
    E_IMAPI_UNEXPECTED_RESPONSE_FROM_DEVICE, HResult, S_OK,
};
use crate::options::SpeedWish;
use crate::plan::{CdOptions, is_recordable_cd, plan_prepare};
use crate::recorder::{DiscRecorder2, Lease, unlooked, valid_client_name};
use crate::{Cancel, Error, NoDigest, Reporter, WriteSpeedDescriptor, carry_out, speed, state};

/// The numbers under which a writer says what all of them say.
#[derive(Debug)]
pub(super) struct Numbers {
    pub write_in_progress: HResult,
    pub write_not_in_progress: HResult,
    pub not_prepared: HResult,
    pub prepared: HResult,
    pub no_recorder: HResult,
    pub client_name: HResult,
    pub not_blank: HResult,
    pub not_supported: HResult,
    pub recorder_not_supported: HResult,
}

/// A disc made ready, and what the writer keeps about it.
pub(super) struct Prepared<T, C, P> {
    lease: Lease<T, C>,
    recorder: DiscRecorder2<T, C>,
    /// The disc as it was then.
    pub media: Arc<Media>,
    pub own: P,
}

struct State<T, C, P> {
    recorder: Option<DiscRecorder2<T, C>>,
    client_name: String,
    options: CdOptions,
    preparing: bool,
    prepared: Option<Prepared<T, C, P>>,
    writing: Option<Cancel>,
}

pub(super) struct Desk<T, C, P> {
    numbers: &'static Numbers,
    state: Mutex<State<T, C, P>>,
}

impl<T, C, P> std::fmt::Debug for Desk<T, C, P> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let state = self.state();
        f.debug_struct("Desk")
            .field("client_name", &state.client_name)
            .field("options", &state.options)
            .field("prepared", &state.prepared.is_some())
            .field("writing", &state.writing.is_some())
            .finish_non_exhaustive()
    }
}

/// Marks the writer as writing for as long as it lives.
pub(super) struct Running<'a, T, C, P>(&'a Desk<T, C, P>);

impl<T, C, P> Drop for Running<'_, T, C, P> {
    fn drop(&mut self) {
        self.0.state().writing = None;
    }
}

/// Marks the writer as preparing for as long as it lives.
struct Preparing<'a, T, C, P>(&'a Desk<T, C, P>);

impl<T, C, P> Drop for Preparing<'_, T, C, P> {
    fn drop(&mut self) {
        self.0.state().preparing = false;
    }
}

/// What a write begins with.
pub(super) struct Begun<'a, T, C, P> {
    pub running: Running<'a, T, C, P>,
    pub recorder: DiscRecorder2<T, C>,
    pub options: CdOptions,
    pub cancel: Cancel,
}

impl<T, C, P> Desk<T, C, P> {
    pub fn new(numbers: &'static Numbers) -> Self {
        let state = State {
            recorder: None,
            client_name: String::new(),
            options: CdOptions::default(),
            preparing: false,
            prepared: None,
            writing: None,
        };
        Desk { numbers, state: Mutex::new(state) }
    }

    fn state(&self) -> MutexGuard<'_, State<T, C, P>> {
        // Nothing panics while it is held, so a poisoned lock still guards whole data.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn running(&self) -> Error {
        Error::new("burn-running", self.numbers.write_in_progress)
    }

    fn not_prepared(&self) -> Error {
        Error::new("not-prepared", self.numbers.not_prepared)
    }

    /// Changes what may be changed only before `PrepareMedia`, or after `ReleaseMedia`.
    pub fn set_idle(&self, change: impl FnOnce(&mut CdOptions)) -> Result<(), Error> {
        let mut state = self.state();
        self.idle(&state)?;
        change(&mut state.options);
        Ok(())
    }

    fn idle(&self, state: &State<T, C, P>) -> Result<(), Error> {
        if state.writing.is_some() {
            return Err(self.running());
        }
        if state.prepared.is_some() || state.preparing {
            return Err(Error::new("already-prepared", self.numbers.prepared));
        }
        Ok(())
    }

    /// Changes what may be changed only between `PrepareMedia` and `ReleaseMedia`.
    pub fn set_prepared<R>(
        &self,
        change: impl FnOnce(&mut CdOptions, &mut Prepared<T, C, P>) -> R,
    ) -> Result<R, Error> {
        let mut state = self.state();
        if state.writing.is_some() {
            return Err(self.running());
        }
        let State { options, prepared, .. } = &mut *state;
        prepared.as_mut().map(|prepared| change(options, prepared)).ok_or_else(|| self.not_prepared())
    }

    /// Looks at what there is only between `PrepareMedia` and `ReleaseMedia`, while writing too.
    pub fn prepared<R>(&self, look: impl FnOnce(&mut Prepared<T, C, P>) -> R) -> Result<R, Error> {
        self.state().prepared.as_mut().map(look).ok_or_else(|| self.not_prepared())
    }

    /// Gives the drive to others again, and sends it nothing. Nothing where nothing is prepared.
    pub fn forget(&self) {
        self.state().prepared = None;
    }

    pub fn options(&self) -> CdOptions {
        self.state().options
    }

    pub fn is_writing(&self) -> bool {
        self.state().writing.is_some()
    }

    pub fn check_not_writing(&self) -> Result<(), Error> {
        if self.is_writing() { Err(self.running()) } else { Ok(()) }
    }

    pub fn recorder(&self) -> Option<DiscRecorder2<T, C>> {
        self.state().recorder.clone()
    }

    pub fn set_recorder(&self, recorder: Option<DiscRecorder2<T, C>>) -> Result<(), Error> {
        let mut state = self.state();
        self.idle(&state)?;
        state.recorder = recorder;
        Ok(())
    }

    pub fn client_name(&self) -> String {
        self.state().client_name.clone()
    }

    pub fn set_client_name(&self, name: &str) -> Result<(), Error> {
        if !valid_client_name(name) {
            return Err(Error::new("client-name-invalid", self.numbers.client_name));
        }
        let mut state = self.state();
        self.idle(&state)?;
        name.clone_into(&mut state.client_name);
        Ok(())
    }

    /// −1 for the fastest.
    pub fn requested_write_speed(&self) -> (i32, bool) {
        let wish = self.state().options.speed;
        wish.map_or((-1, false), |wish| (i32::try_from(wish.sectors_per_second).unwrap_or(i32::MAX), wish.pure_cav))
    }

    pub fn cancel(&self) -> Result<(), Error> {
        match &self.state().writing {
            Some(cancel) => {
                cancel.cancel();
                Ok(())
            }
            None => Err(Error::new("burn-not-running", self.numbers.write_not_in_progress)),
        }
    }

    /// Begins to write: there is a prepared disc, and nothing is being written on it.
    pub fn begin(&self) -> Result<Begun<'_, T, C, P>, Error> {
        let mut state = self.state();
        if state.writing.is_some() {
            return Err(self.running());
        }
        let Some(prepared) = &state.prepared else { return Err(self.not_prepared()) };
        let cancel = Cancel::new();
        let (recorder, options) = (prepared.recorder.clone(), state.options);
        state.writing = Some(cancel.clone());
        Ok(Begun { running: Running(self), recorder, options, cancel })
    }
}

impl<T: ScsiTransport, C: Clock, P> Desk<T, C, P> {
    fn recorder_set(&self) -> Result<DiscRecorder2<T, C>, Error> {
        self.recorder().ok_or_else(|| Error::new("no-recorder", self.numbers.no_recorder))
    }

    /// A disc for this writer: CD-R or CD-RW, blank, writable.
    pub fn check(&self, media: &Media, needs_blank: bool) -> Result<(), Error> {
        check_disc(self.numbers, media, needs_blank)
    }

    /// `PrepareMedia`: takes the drive, looks at the disc, lets `own` judge it, locks the tray, sets the speed and
    /// calibrates. On failure all is given back.
    pub async fn prepare(
        &self,
        own: impl FnOnce(&Media) -> Result<P, Error>,
        reporter: &Reporter,
    ) -> Result<HResult, Error> {
        let (recorder, client_name, options) = {
            let mut state = self.state();
            self.idle(&state)?;
            let recorder = state.recorder.clone().filter(DiscRecorder2::is_initialized);
            let recorder = recorder.ok_or_else(|| Error::new("no-recorder", self.numbers.no_recorder))?;
            if !valid_client_name(&state.client_name) {
                return Err(Error::new("client-name-invalid", self.numbers.client_name));
            }
            state.preparing = true;
            (recorder, state.client_name.clone(), state.options)
        };
        let _preparing = Preparing(self);
        let lease = recorder.lease(&client_name)?;
        let mut drive = recorder.drive().await;
        reporter.report(Event::Phase(Phase::Prepare));
        reporter.report(Event::Action(DataWriteAction::ValidatingMedia));
        let media = disc_to_write(&mut drive, true).await?;
        self.check(&media, true)?;
        let own = own(&media)?;
        let plan = plan_prepare(&media, &options);
        let mut nothing = ZeroSource(SectorCount::ZERO);
        let cancel = Cancel::new();
        let done = carry_out(&mut drive, &media, &plan, &mut nothing, &mut NoDigest, reporter, &cancel).await;
        let done = match done {
            Ok(done) => done,
            Err(error) => {
                unlock(&mut drive).await;
                return Err(error);
            }
        };
        drop(drive);
        recorder.disable_mcn();
        self.state().prepared = Some(Prepared { lease, recorder, media, own });
        Ok(done.adjusted)
    }

    /// `ReleaseMedia`, once nothing is written any more: the tray is free, and the drive is anybody's.
    pub async fn release(&self) -> Result<P, Error> {
        let prepared = {
            let mut state = self.state();
            if state.writing.is_some() {
                return Err(self.running());
            }
            state.prepared.take().ok_or_else(|| self.not_prepared())?
        };
        unlock(&mut *prepared.recorder.drive().await).await;
        prepared.recorder.enable_mcn();
        drop(prepared.lease);
        Ok(prepared.own)
    }

    /// The disc; an empty drive is `E_IMAPI_RECORDER_MEDIA_NO_MEDIA`.
    pub async fn disc(&self) -> Result<Arc<Media>, Error> {
        let media = self.recorder_set()?.media().await?;
        if media.kind.present() { Ok(media) } else { Err(Error::new("no-disc", E_IMAPI_RECORDER_MEDIA_NO_MEDIA)) }
    }

    pub async fn current_write_speed(&self) -> Result<(u32, bool), Error> {
        let media = self.disc().await?;
        let kilobytes = media.current_speed.or_else(|| media.speeds.first().map(|speed| speed.write_kilobytes));
        let kilobytes = kilobytes.ok_or_else(|| Error::new("disc-state-unsuitable", self.numbers.not_supported))?;
        let cav = media.speeds.iter().find(|s| s.write_kilobytes == kilobytes).is_some_and(|s| s.pure_cav);
        Ok((speed::sectors_per_second(kilobytes, media.kind.family()), cav))
    }

    pub async fn speed_descriptors(&self) -> Result<Vec<WriteSpeedDescriptor>, Error> {
        let media = self.disc().await?;
        Ok(super::data::speed_descriptors(&media))
    }

    pub async fn set_write_speed(&self, wish: Option<SpeedWish>) -> Result<HResult, Error> {
        let recorder = self.recorder().ok_or_else(|| Error::new("no-recorder", E_IMAPI_RECORDER_REQUIRED))?;
        {
            let mut state = self.state();
            if state.writing.is_some() {
                return Err(self.running());
            }
            state.options.speed = wish;
        }
        if wish.is_none() {
            return Ok(S_OK);
        }
        let media = recorder.media().await?;
        Ok(if media.kind.present() { speed::choose(&media, wish).1 } else { S_OK })
    }

    pub async fn current_physical_media_type(&self) -> Result<MediaPhysicalType, Error> {
        Ok(state::physical_type(self.disc().await?.kind))
    }
}

/// Bridges are known to refuse this; nothing depends on it.
async fn unlock<T: ScsiTransport, C: Clock>(drive: &mut Drive<T, C>) {
    let _ = drive.send(Doing::Locking, &PreventAllowMediumRemoval::ALLOW).await;
}

/// A disc for a writer of CDs: CD-R or CD-RW, writable, and blank where it has to be.
pub(super) fn check_disc(numbers: &Numbers, media: &Media, needs_blank: bool) -> Result<(), Error> {
    let name = media.kind.name();
    let unsupported = |code| Err(Error::new(code, numbers.not_supported).with("medium", name));
    if !media.kind.present() {
        return Err(Error::new("no-disc", E_IMAPI_RECORDER_MEDIA_NO_MEDIA));
    }
    if !media.drive_writes {
        return Err(Error::new("drive-read-only", numbers.recorder_not_supported));
    }
    if media.kind.recording() == Recording::ReadOnly {
        return unsupported("disc-read-only");
    }
    if !is_recordable_cd(media) {
        return unsupported("disc-unsupported");
    }
    if media.protection.any() {
        return Err(Error::new("disc-write-protected", E_IMAPI_RECORDER_MEDIA_WRITE_PROTECTED));
    }
    if needs_blank && media.status != DiscStatus::Blank {
        return Err(Error::new("disc-not-blank", numbers.not_blank));
    }
    Ok(())
}

/// The disc behind a write, asked anew.
pub(super) async fn look_again<T: ScsiTransport, C: Clock>(drive: &mut Drive<T, C>) -> Result<Arc<Media>, Error> {
    match drive.identify().await {
        Ok(medium) => Ok(medium),
        Err(error) => Err(unlooked(drive, error).await.after_writing()),
    }
}

/// A session that the drive itself ends, without a command that could fail, is looked at afterwards: one that is torn is
/// no finished burn.
pub(super) fn check_ended(medium: Arc<Media>) -> Result<Arc<Media>, Error> {
    if matches!(medium.last_session, SessionStatus::Incomplete | SessionStatus::Damaged) {
        let mut error = Error::new("close-failed", E_IMAPI_UNEXPECTED_RESPONSE_FROM_DEVICE).after_writing();
        error.after = Some(medium);
        return Err(error);
    }
    Ok(medium)
}
