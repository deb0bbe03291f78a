//! `DiscFormat2Erase`: makes a rewritable disc blank again.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use webburn_drive::{Clock, Doing, Media};
use webburn_scsi::ScsiTransport;
use webburn_sector::{SectorCount, SectorSource, ZeroSource};

use crate::enums::MediaPhysicalType;
use crate::hresult::{
    E_IMAPI_ERASE_CLIENT_NAME_IS_NOT_VALID, E_IMAPI_ERASE_ONLY_ONE_RECORDER_SUPPORTED, E_IMAPI_ERASE_RECORDER_IN_USE,
    E_IMAPI_ERASE_TOOK_LONGER_THAN_ONE_HOUR, E_IMAPI_RECORDER_MEDIA_BUSY, E_IMAPI_RECORDER_MEDIA_FORMAT_IN_PROGRESS,
    E_IMAPI_RECORDER_MEDIA_NO_MEDIA, E_IMAPI_REQUEST_CANCELLED, E_INVALIDARG, E_POINTER,
};
use crate::outcome::Path;
use crate::plan::{BurnPlan, plan_erase};
use crate::recorder::DiscRecorder2;
use crate::{Burned, Cancel, Cause, Digest, Error, NoDigest, Reporter, carry_out, state};

/// `IDiscFormat2Erase` with its base `IDiscFormat2`. All methods take `&self`.
#[derive(Debug)]
pub struct DiscFormat2Erase<T, C> {
    state: Mutex<State<T, C>>,
}

#[derive(Debug)]
struct State<T, C> {
    recorder: Option<DiscRecorder2<T, C>>,
    full_erase: bool,
    client_name: String,
    /// The wish to stop the erase that runs.
    erasing: Option<Cancel>,
}

impl<T, C> Default for DiscFormat2Erase<T, C> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T, C> DiscFormat2Erase<T, C> {
    /// An eraser without a recorder; a quick one.
    #[must_use]
    pub fn new() -> Self {
        let state = State { recorder: None, full_erase: false, client_name: String::new(), erasing: None };
        DiscFormat2Erase { state: Mutex::new(state) }
    }

    fn state(&self) -> MutexGuard<'_, State<T, C>> {
        // Nothing panics while it is held, so a poisoned lock still guards whole data.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// `FullErase`.
    #[must_use]
    pub fn full_erase(&self) -> bool {
        self.state().full_erase
    }

    /// `FullErase`: the whole disc, not only what describes it.
    pub fn set_full_erase(&self, on: bool) {
        self.state().full_erase = on;
    }

    /// `ClientName`.
    #[must_use]
    pub fn client_name(&self) -> String {
        self.state().client_name.clone()
    }

    /// `ClientName`: the lock owner's name; mandatory before erasing.
    ///
    /// # Errors
    /// `E_INVALIDARG`.
    pub fn set_client_name(&self, name: &str) -> Result<(), Error> {
        if !crate::recorder::valid_client_name(name) {
            return Err(Error::new("client-name-invalid", E_INVALIDARG));
        }
        self.state().client_name = name.to_owned();
        Ok(())
    }

    /// `Recorder`.
    ///
    /// # Errors
    /// `E_IMAPI_ERASE_RECORDER_IN_USE` while erasing; `E_IMAPI_ERASE_ONLY_ONE_RECORDER_SUPPORTED` when another one is set:
    /// clear it first.
    pub fn set_recorder(&self, recorder: Option<DiscRecorder2<T, C>>) -> Result<(), Error> {
        let mut state = self.state();
        if state.erasing.is_some() {
            return Err(Error::new("burn-running", E_IMAPI_ERASE_RECORDER_IN_USE));
        }
        if recorder.is_some() && state.recorder.is_some() {
            return Err(Error::new("argument-invalid", E_IMAPI_ERASE_ONLY_ONE_RECORDER_SUPPORTED));
        }
        state.recorder = recorder;
        Ok(())
    }

    /// `Recorder`.
    #[must_use]
    pub fn recorder(&self) -> Option<DiscRecorder2<T, C>> {
        self.state().recorder.clone()
    }

    fn recorder_set(&self) -> Result<DiscRecorder2<T, C>, Error> {
        self.state().recorder.clone().ok_or_else(|| Error::new("no-recorder", E_POINTER))
    }

    /// Beyond IMAPI2: stops an erase that writes zeros, between two commands. BLANK goes on in the drive to its end and is
    /// waited for.
    pub fn cancel_erase(&self) {
        if let Some(cancel) = &self.state().erasing {
            cancel.cancel();
        }
    }

    /// `SupportedMediaTypes`: beyond IMAPI2, which erases CD-RW and DVD-RW, all that can be overwritten.
    #[must_use]
    pub fn supported_media_types() -> &'static [MediaPhysicalType] {
        use MediaPhysicalType as M;
        &[M::CdRw, M::DvdRam, M::DvdPlusRw, M::DvdDashRw, M::Disk, M::DvdPlusRwDualLayer, M::BdRe]
    }
}

fn present(media: Arc<Media>) -> Result<Arc<Media>, Error> {
    if media.kind.present() { Ok(media) } else { Err(Error::new("no-disc", E_IMAPI_RECORDER_MEDIA_NO_MEDIA)) }
}

/// Marks the eraser as erasing for as long as it lives.
struct Running<'a, T, C>(&'a DiscFormat2Erase<T, C>);

impl<T, C> Drop for Running<'_, T, C> {
    fn drop(&mut self) {
        self.0.state().erasing = None;
    }
}

impl<T: ScsiTransport, C: Clock> DiscFormat2Erase<T, C> {
    /// `CurrentPhysicalMediaType`.
    ///
    /// # Errors
    /// The drive cannot be asked.
    pub async fn current_physical_media_type(&self) -> Result<MediaPhysicalType, Error> {
        Ok(state::physical_type(self.recorder_set()?.media().await?.kind))
    }

    /// `IsRecorderSupported`: the drive writes.
    ///
    /// # Errors
    /// The drive cannot be asked.
    pub async fn is_recorder_supported(&self, recorder: &DiscRecorder2<T, C>) -> Result<bool, Error> {
        Ok(recorder.media().await?.drive_writes)
    }

    /// `IsCurrentMediaSupported`: the disc can be erased; true implies that the recorder is supported.
    ///
    /// # Errors
    /// `E_IMAPI_RECORDER_MEDIA_NO_MEDIA` for an empty drive.
    pub async fn is_current_media_supported(&self, recorder: &DiscRecorder2<T, C>) -> Result<bool, Error> {
        let media = present(recorder.media().await?)?;
        Ok(plan_erase(&media, false).is_ok())
    }

    /// `MediaPhysicallyBlank`.
    ///
    /// # Errors
    /// The drive cannot be asked, or is empty.
    pub async fn media_physically_blank(&self) -> Result<bool, Error> {
        Ok(present(self.recorder_set()?.media().await?)?.physically_blank())
    }

    /// `MediaHeuristicallyBlank`: also an overwritable disc whose first and last two megabytes hold only zeros.
    ///
    /// # Errors
    /// The drive cannot be asked, or is empty.
    pub async fn media_heuristically_blank(&self) -> Result<bool, Error> {
        Ok(state::looks_blank(&*present(self.recorder_set()?.media_with_content().await?)?))
    }

    /// What an erase would do, or why it is refused. Writes nothing.
    ///
    /// # Errors
    /// The refusal that [`DiscFormat2Erase::erase_media`] would begin with.
    pub async fn plan(&self) -> Result<BurnPlan, Error> {
        let full = self.full_erase();
        plan_erase(&*self.recorder_set()?.media().await?, full)
    }

    /// `EraseMedia`: erases, and returns the disc as it then is. Events tell elapsed and expected time.
    ///
    /// # Errors
    /// `E_POINTER` without a recorder, `E_IMAPI_ERASE_CLIENT_NAME_IS_NOT_VALID`, a refusal, or what the drive failed with
    /// under its own name: not, as in IMAPI2, everything as "longer than an hour".
    ///
    /// # Drop
    /// The drive goes on erasing alone; see [`carry_out`].
    pub async fn erase_media(&self, reporter: &Reporter) -> Result<Arc<Media>, Error> {
        self.erase_media_with(ZeroSource, &mut NoDigest, reporter).await
    }

    /// [`DiscFormat2Erase::erase_media`] with the caller's own source of so many zeros, and its own digest: where every
    /// copy of the loop that writes has to be loaded, erasing shares that of the burn.
    ///
    /// # Errors
    /// As [`DiscFormat2Erase::erase_media`].
    ///
    /// # Drop
    /// As [`DiscFormat2Erase::erase_media`].
    pub async fn erase_media_with<S: SectorSource, D: Digest>(
        &self,
        zeros: impl FnOnce(SectorCount) -> S,
        digest: &mut D,
        reporter: &Reporter,
    ) -> Result<Arc<Media>, Error> {
        let recorder = self.recorder_set()?;
        let cancel = Cancel::new();
        let (full, client_name) = {
            let mut state = self.state();
            if state.erasing.is_some() {
                return Err(Error::new("burn-running", E_IMAPI_ERASE_RECORDER_IN_USE));
            }
            if state.client_name.is_empty() {
                return Err(Error::new("client-name-invalid", E_IMAPI_ERASE_CLIENT_NAME_IS_NOT_VALID));
            }
            state.erasing = Some(cancel.clone());
            (state.full_erase, state.client_name.clone())
        };
        let _running = Running(self);
        let _lease = recorder.lease(&client_name)?;
        let mut drive = recorder.bound_drive().await?;
        let media = drive.identify().await.map_err(|error| Error::from_drive(error, Path::Erase))?;
        let plan = plan_erase(&media, full)?;
        let mut zeros = zeros(plan.sectors);
        let result = carry_out(&mut drive, &media, &plan, &mut zeros, digest, reporter, &cancel).await;
        let after = drive.identify().await;
        match result {
            Ok(written) => {
                let after = after.map_err(|error| Error::from_drive(error, Path::Query).after_writing())?;
                if matches!(written.burned, Burned::Stopped { .. }) {
                    let mut error = Error::new("cancelled", E_IMAPI_REQUEST_CANCELLED).after_writing();
                    error.after = Some(after);
                    return Err(error);
                }
                Ok(after)
            }
            Err(error) => {
                let mut error = as_erase(error);
                error.after = after.ok();
                Err(error)
            }
        }
    }
}

/// The same failure by the name it has when erasing.
fn as_erase(error: Error) -> Error {
    let Some(Cause::Drive(cause)) = error.cause.as_deref() else { return error };
    let busy = [E_IMAPI_RECORDER_MEDIA_BUSY, E_IMAPI_RECORDER_MEDIA_FORMAT_IN_PROGRESS];
    let mut renamed = Error::from_drive(cause.clone(), Path::Erase);
    if busy.contains(&renamed.hresult) && matches!(cause.doing, Doing::Blanking | Doing::Formatting) {
        renamed.hresult = E_IMAPI_ERASE_TOOK_LONGER_THAN_ONE_HOUR;
        renamed.code = "erase-timeout";
    }
    renamed.refused_before_writing = error.refused_before_writing;
    renamed
}
