//! `MediaFormat`: formats a disc for another way of recording. Beyond IMAPI2, which formats only in passing.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use webburn_drive::media::BackgroundFormat;
use webburn_drive::{Clock, Media};
use webburn_scsi::ScsiTransport;
use webburn_sector::{SectorCount, SectorSource, ZeroSource};

use crate::hresult::{
    E_IMAPI_ERASE_CLIENT_NAME_IS_NOT_VALID, E_IMAPI_ERASE_RECORDER_IN_USE, E_IMAPI_REQUEST_CANCELLED, E_INVALIDARG,
    E_POINTER,
};
use crate::outcome::Path;
use crate::plan::{Act, BurnPlan, FormatOptions, plan_format};
use crate::recorder::DiscRecorder2;
use crate::{Burned, Cancel, Digest, Error, NoDigest, Reporter, carry_out};

/// Formats discs; used like [`DiscFormat2Erase`](super::DiscFormat2Erase). All methods take `&self`.
#[derive(Debug)]
pub struct MediaFormat<T, C> {
    state: Mutex<State<T, C>>,
}

#[derive(Debug)]
struct State<T, C> {
    recorder: Option<DiscRecorder2<T, C>>,
    options: FormatOptions,
    client_name: String,
    /// The wish to stop the format that runs.
    running: Option<Cancel>,
}

impl<T, C> Default for MediaFormat<T, C> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T, C> MediaFormat<T, C> {
    /// Without a recorder; the usual format, done quickly.
    #[must_use]
    pub fn new() -> Self {
        let options = FormatOptions::default();
        MediaFormat { state: Mutex::new(State { recorder: None, options, client_name: String::new(), running: None }) }
    }

    fn state(&self) -> MutexGuard<'_, State<T, C>> {
        // Nothing panics while it is held, so a poisoned lock still guards whole data.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What the disc is to become.
    #[must_use]
    pub fn options(&self) -> FormatOptions {
        self.state().options
    }

    /// What the disc is to become.
    pub fn set_options(&self, options: FormatOptions) {
        self.state().options = options;
    }

    /// The lock owner's name; mandatory before formatting.
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

    /// The recorder to work with.
    ///
    /// # Errors
    /// `E_IMAPI_ERASE_RECORDER_IN_USE` while formatting.
    pub fn set_recorder(&self, recorder: Option<DiscRecorder2<T, C>>) -> Result<(), Error> {
        let mut state = self.state();
        if state.running.is_some() {
            return Err(Error::new("burn-running", E_IMAPI_ERASE_RECORDER_IN_USE));
        }
        state.recorder = recorder;
        Ok(())
    }

    /// The recorder to work with.
    #[must_use]
    pub fn recorder(&self) -> Option<DiscRecorder2<T, C>> {
        self.state().recorder.clone()
    }

    /// The lock owner's name.
    #[must_use]
    pub fn client_name(&self) -> String {
        self.state().client_name.clone()
    }

    fn recorder_set(&self) -> Result<DiscRecorder2<T, C>, Error> {
        self.state().recorder.clone().ok_or_else(|| Error::new("no-recorder", E_POINTER))
    }

    /// Stops what can be stopped: what has not begun, and waiting for a background format, which ends where it is. Any
    /// other format goes on in the drive to its end, and is waited for.
    pub fn cancel(&self) {
        if let Some(cancel) = &self.state().running {
            cancel.cancel();
        }
    }
}

/// Takes the mark "formatting" away again.
struct Running<'a, T, C>(&'a MediaFormat<T, C>);

impl<T, C> Drop for Running<'_, T, C> {
    fn drop(&mut self) {
        self.0.state().running = None;
    }
}

impl<T: ScsiTransport, C: Clock> MediaFormat<T, C> {
    /// What a format would do, or why it is refused. Writes nothing.
    ///
    /// # Errors
    /// The refusal that [`MediaFormat::format`] would begin with.
    pub async fn plan(&self) -> Result<BurnPlan, Error> {
        let options = self.options();
        plan_format(&*self.recorder_set()?.media().await?, &options)
    }

    /// Formats, and returns the disc as it then is.
    ///
    /// # Errors
    /// `E_POINTER` without a recorder, `E_IMAPI_ERASE_CLIENT_NAME_IS_NOT_VALID`, a refusal, what the drive failed with,
    /// or `E_IMAPI_REQUEST_CANCELLED` with the disc as it is then.
    ///
    /// # Drop
    /// The drive goes on formatting alone; see [`carry_out`].
    pub async fn format(&self, reporter: &Reporter) -> Result<Arc<Media>, Error> {
        self.format_with(ZeroSource, &mut NoDigest, reporter).await
    }

    /// [`MediaFormat::format`] with the caller's own source and digest, which a format never uses; see
    /// [`DiscFormat2Erase::erase_media_with`](super::DiscFormat2Erase::erase_media_with).
    ///
    /// # Errors
    /// As [`MediaFormat::format`].
    ///
    /// # Drop
    /// As [`MediaFormat::format`].
    pub async fn format_with<S: SectorSource, D: Digest>(
        &self,
        zeros: impl FnOnce(SectorCount) -> S,
        digest: &mut D,
        reporter: &Reporter,
    ) -> Result<Arc<Media>, Error> {
        let recorder = self.recorder_set()?;
        let cancel = Cancel::new();
        let (options, client_name) = {
            let mut state = self.state();
            if state.running.is_some() {
                return Err(Error::new("burn-running", E_IMAPI_ERASE_RECORDER_IN_USE));
            }
            if state.client_name.is_empty() {
                return Err(Error::new("client-name-invalid", E_IMAPI_ERASE_CLIENT_NAME_IS_NOT_VALID));
            }
            state.running = Some(cancel.clone());
            (state.options, state.client_name.clone())
        };
        let _running = Running(self);
        let _lease = recorder.lease(&client_name)?;
        let mut drive = recorder.bound_drive().await?;
        let media = drive.identify().await.map_err(|error| Error::from_drive(error, Path::Erase))?;
        let plan = plan_format(&media, &options)?;
        let mut nothing = zeros(plan.sectors);
        let result = carry_out(&mut drive, &media, &plan, &mut nothing, digest, reporter, &cancel).await;
        let after = drive.identify().await;
        match result {
            Ok(written) => {
                let after = after.map_err(|error| Error::from_drive(error, Path::Query).after_writing())?;
                // A wish that came too late stopped nothing: the disc is formatted.
                let ended = plan.steps.iter().any(|step| step.act == Act::AwaitFormat)
                    && after.background == BackgroundFormat::Stopped;
                let stopped = matches!(written.burned, Burned::Stopped { .. }) || ended;
                if stopped {
                    let mut error = Error::new("cancelled", E_IMAPI_REQUEST_CANCELLED).after_writing();
                    error.after = Some(after);
                    return Err(error);
                }
                Ok(after)
            }
            Err(mut error) => {
                error.after = after.ok();
                Err(error)
            }
        }
    }
}
