//! `SessionAtOnce`: a session by cue sheet, in one go, with CD-Text. Beyond IMAPI2, under the raw writer's HRESULTs.

mod report;
mod several;

pub use report::SessionReport;
pub use several::{DiscSession, SessionSources};

use std::sync::{Mutex, MutexGuard, PoisonError};

use webburn_drive::media::DiscStatus;
use webburn_drive::{Clock, Media};
use webburn_mmc::{CueSheet, TextPack};
use webburn_scsi::ScsiTransport;
use webburn_sector::SectorSource;

use self::several::One;
use super::data::disc_to_write;
use super::desk::check_disc;
use super::raw_cd::NUMBERS;
use crate::cd::{SessionLayout, SessionStream};
use crate::enums::BurnVerificationLevel;
use crate::hresult::{E_FAIL, E_IMAPI_DF2RAW_MEDIA_IS_NOT_BLANK, E_IMAPI_DF2RAW_STREAM_NOT_SUPPORTED};
use crate::plan::{BurnPlan, CdOptions, plan_session};
use crate::recorder::{DiscRecorder2, valid_client_name};
use crate::{Cancel, Digest, Error, Reporter};

/// What a session is to be: its cue sheet, and the CD-Text of its lead-in.
#[derive(Clone, Copy, Debug)]
pub struct SessionSpec<'a> {
    /// The cue sheet. Its lead-in line is set as CD-Text and drive want it.
    pub sheet: &'a CueSheet,
    /// CD-Text, repeated through the lead-in; empty for none. Only a first session has it.
    pub packs: &'a [TextPack],
}

/// Writes sessions at once. Settings may be changed while nothing is written; all methods take `&self`.
///
/// A drive that takes none of the forms of a cue sheet has written nothing: `cue-sheet-refused`. The same session may then
/// be written raw, by [`DiscFormat2RawCD`](super::DiscFormat2RawCD).
#[derive(Debug)]
pub struct SessionAtOnce<T, C> {
    state: Mutex<State<T, C>>,
}

#[derive(Debug)]
struct State<T, C> {
    recorder: Option<DiscRecorder2<T, C>>,
    client_name: String,
    options: CdOptions,
    level: BurnVerificationLevel,
    writing: Option<Cancel>,
}

impl<T, C> Default for SessionAtOnce<T, C> {
    fn default() -> Self {
        Self::new()
    }
}

/// Marks the writer as writing for as long as it lives.
struct Running<'a, T, C>(&'a SessionAtOnce<T, C>);

impl<T, C> Drop for Running<'_, T, C> {
    fn drop(&mut self) {
        self.0.state().writing = None;
    }
}

impl<T, C> SessionAtOnce<T, C> {
    /// A writer without a recorder.
    #[must_use]
    pub fn new() -> Self {
        let state = State {
            recorder: None,
            client_name: String::new(),
            options: CdOptions::default(),
            level: BurnVerificationLevel::None,
            writing: None,
        };
        SessionAtOnce { state: Mutex::new(state) }
    }

    fn state(&self) -> MutexGuard<'_, State<T, C>> {
        // Nothing panics while it is held, so a poisoned lock still guards whole data.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, change: impl FnOnce(&mut State<T, C>)) -> Result<(), Error> {
        let mut state = self.state();
        if state.writing.is_some() {
            return Err(Error::new("burn-running", NUMBERS.write_in_progress));
        }
        change(&mut state);
        Ok(())
    }

    /// The recorder; `None` takes it away. Sends nothing.
    ///
    /// # Errors
    /// `E_IMAPI_DF2RAW_WRITE_IN_PROGRESS`, as all setters.
    pub fn set_recorder(&self, recorder: Option<DiscRecorder2<T, C>>) -> Result<(), Error> {
        self.set(|state| state.recorder = recorder)
    }

    /// The lock owner's name; mandatory before writing.
    ///
    /// # Errors
    /// `E_IMAPI_DF2RAW_CLIENT_NAME_IS_NOT_VALID`, `E_IMAPI_DF2RAW_WRITE_IN_PROGRESS`.
    pub fn set_client_name(&self, name: &str) -> Result<(), Error> {
        if !valid_client_name(name) {
            return Err(Error::new("client-name-invalid", NUMBERS.client_name));
        }
        self.set(|state| name.clone_into(&mut state.client_name))
    }

    /// The recorder.
    #[must_use]
    pub fn recorder(&self) -> Option<DiscRecorder2<T, C>> {
        self.state().recorder.clone()
    }

    /// The lock owner's name.
    #[must_use]
    pub fn client_name(&self) -> String {
        self.state().client_name.clone()
    }

    /// How thoroughly the disc is read back.
    #[must_use]
    pub fn burn_verification_level(&self) -> BurnVerificationLevel {
        self.state().level
    }

    /// All settings.
    #[must_use]
    pub fn options(&self) -> CdOptions {
        self.state().options
    }

    /// Sets all settings at once.
    ///
    /// # Errors
    /// `E_IMAPI_DF2RAW_WRITE_IN_PROGRESS`.
    pub fn set_options(&self, options: CdOptions) -> Result<(), Error> {
        self.set(|state| state.options = options)
    }

    /// How thoroughly the disc is read back. Quick reads the beginning and the end of each track, full everything.
    ///
    /// # Errors
    /// `E_IMAPI_DF2RAW_WRITE_IN_PROGRESS`.
    pub fn set_burn_verification_level(&self, level: BurnVerificationLevel) -> Result<(), Error> {
        self.set(|state| state.level = level)
    }

    /// Asks the burn to stop between two commands. A session that is torn has no lead-out: a CD-RW is to be blanked, a
    /// CD-R is lost.
    ///
    /// # Errors
    /// `E_IMAPI_DF2RAW_WRITE_NOT_IN_PROGRESS`.
    pub fn cancel_write(&self) -> Result<(), Error> {
        match &self.state().writing {
            Some(cancel) => {
                cancel.cancel();
                Ok(())
            }
            None => Err(Error::new("burn-not-running", NUMBERS.write_not_in_progress)),
        }
    }
}

/// The disc takes a session by cue sheet.
fn check(media: &Media) -> Result<(), Error> {
    check_disc(&NUMBERS, media, false)?;
    if !media.abilities.session_at_once {
        let refused = Error::new("drive-cannot-write-this", NUMBERS.recorder_not_supported);
        return Err(refused.with("medium", media.kind.name()));
    }
    let appendable = media.status == DiscStatus::Appendable && media.next_writable.is_some();
    if media.status != DiscStatus::Blank && !appendable {
        let code = if media.kind.rewritable() { "disc-erase-required" } else { "disc-closed" };
        return Err(Error::new(code, E_IMAPI_DF2RAW_MEDIA_IS_NOT_BLANK).with("medium", media.kind.name()));
    }
    Ok(())
}

impl<T: ScsiTransport, C: Clock> SessionAtOnce<T, C> {
    fn recorder_set(&self) -> Result<DiscRecorder2<T, C>, Error> {
        let recorder = self.state().recorder.clone().filter(DiscRecorder2::is_initialized);
        recorder.ok_or_else(|| Error::new("no-recorder", NUMBERS.no_recorder))
    }

    /// What a burn would do to the disc that is in the drive, or why it is refused. Writes nothing.
    ///
    /// # Errors
    /// The refusal that [`SessionAtOnce::burn`] would begin with.
    pub async fn plan(&self, session: SessionSpec<'_>) -> Result<BurnPlan, Error> {
        let recorder = self.recorder_set()?;
        let (options, level) = (self.options(), self.state().level);
        let media = disc_to_write(&mut *recorder.drive().await, false).await?;
        check(&media)?;
        let (mut plan, layout, _) = plan_session(&media, session.sheet, session.packs, &options)?;
        report::add_steps([(&mut plan, &layout)], &options, level);
        Ok(plan)
    }

    /// Plans anew, sends the cue sheet, writes CD-Text and sectors, has the drive write the lead-out, and compares what
    /// can be read with the source where that was asked for.
    ///
    /// `source` begins at the first pre-gap, 00:00:00 on a blank disc. It has whole sectors of 2352 bytes, data with sync
    /// and header and not scrambled, of which each block takes the part that its data form wants; or it has blocks of the
    /// one size that all forms of the sheet want.
    ///
    /// # Errors
    /// The first failure; `cue-sheet-refused` when the drive took none of the sheet's forms, with nothing written. What
    /// differs after writing is no error but in the report, which then does not say `Verified`.
    ///
    /// # Drop
    /// See [`carry_out`](crate::carry_out()). The recorder's lease is given back; the tray may stay locked until the next
    /// job or eject.
    pub async fn burn<S: SectorSource, D: Digest>(
        &self,
        session: SessionSpec<'_>,
        source: &mut S,
        digest: &mut D,
        reporter: &Reporter,
    ) -> Result<SessionReport, Error> {
        let session_format = self.options().session_format;
        let sessions = [DiscSession { spec: session, session_format }];
        let mut burnt = self.burn_all(&sessions, &mut One(source), digest, reporter).await?;
        burnt.pop().ok_or_else(|| Error::new("internal", E_FAIL))
    }
}

/// The source is as long as the session and can give its blocks.
fn check_source<S: SectorSource>(source: &S, layout: &SessionLayout) -> Result<(), Error> {
    let needed = layout.lead_out.since(layout.first());
    let size = source.sector_size();
    let sizes = layout.stretches.iter().all(|stretch| SessionStream::can_give(source, stretch));
    if !sizes || source.sectors() != needed || source.byte_length() != needed.bytes(size) {
        return Err(Error::new("stream-not-whole-blocks", E_IMAPI_DF2RAW_STREAM_NOT_SUPPORTED)
            .with("bytes", source.byte_length())
            .with("block", size as u64)
            .with("needed", needed.0));
    }
    Ok(())
}
