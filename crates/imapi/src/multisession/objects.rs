//! The multisession objects: what `MultisessionInterfaces` of the data writer hands out.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use webburn_drive::media::{DiscStatus, Recording};
use webburn_drive::{Clock, Media};
use webburn_scsi::ScsiTransport;
use webburn_sector::{Lba, SectorCount};

use super::{is_first_data_session, last_of_previous_session};
use crate::enums::MediaState;
use crate::hresult::{E_IMAPI_DF2DATA_INVALID_MEDIA_STATE, E_IMAPI_RECORDER_MEDIA_NO_MEDIA, E_NOTIMPL};
use crate::recorder::DiscRecorder2;
use crate::{Error, state};

/// `IMultisessionSequential`, with `IMultisessionSequential2` on the same object: session behind session. Clones are the
/// same object.
#[derive(Debug)]
pub struct MultisessionSequential<T, C> {
    recorder: DiscRecorder2<T, C>,
    in_use: Arc<AtomicBool>,
    strict: bool,
}

/// `IMultisessionRandomWrite`: one physical session, written anywhere. Clones are the same object.
#[derive(Debug)]
pub struct MultisessionRandomWrite<T, C> {
    recorder: DiscRecorder2<T, C>,
    in_use: Arc<AtomicBool>,
}

impl<T, C> Clone for MultisessionSequential<T, C> {
    fn clone(&self) -> Self {
        Self { recorder: self.recorder.clone(), in_use: self.in_use.clone(), strict: self.strict }
    }
}

impl<T, C> Clone for MultisessionRandomWrite<T, C> {
    fn clone(&self) -> Self {
        Self { recorder: self.recorder.clone(), in_use: self.in_use.clone() }
    }
}

/// One of the two.
#[derive(Debug)]
pub enum Multisession<T, C> {
    /// For discs that take session after session.
    Sequential(MultisessionSequential<T, C>),
    /// For discs that are overwritten.
    RandomWrite(MultisessionRandomWrite<T, C>),
}

impl<T, C> Multisession<T, C> {
    /// The interfaces that the object answers, most derived first.
    #[must_use]
    pub fn interface_ids(&self) -> &'static [&'static str] {
        match self {
            Multisession::Sequential(_) => MultisessionSequential::<T, C>::INTERFACE_IDS,
            Multisession::RandomWrite(_) => MultisessionRandomWrite::<T, C>::INTERFACE_IDS,
        }
    }
}

impl<T: ScsiTransport, C: Clock> Multisession<T, C> {
    /// `IMultisession::InUse`.
    #[must_use]
    pub fn in_use(&self) -> bool {
        match self {
            Multisession::Sequential(one) => one.in_use(),
            Multisession::RandomWrite(one) => one.in_use(),
        }
    }

    /// `IMultisession::InUse`.
    pub fn set_in_use(&self, on: bool) {
        match self {
            Multisession::Sequential(one) => one.set_in_use(on),
            Multisession::RandomWrite(one) => one.set_in_use(on),
        }
    }

    /// `IMultisession::IsSupportedOnCurrentMediaState`.
    ///
    /// # Errors
    /// The drive cannot be asked.
    pub async fn is_supported_on_current_media_state(&self) -> Result<bool, Error> {
        match self {
            Multisession::Sequential(one) => one.is_supported_on_current_media_state().await,
            Multisession::RandomWrite(one) => one.is_supported_on_current_media_state().await,
        }
    }
}

/// `IMultisession`, which both answer.
const BASE_ID: &str = "27354150-7f64-5b0f-8f00-5d77afbe261e";

impl<T, C> MultisessionSequential<T, C> {
    /// `IMultisessionSequential2`, `IMultisessionSequential` and `IMultisession`.
    pub const INTERFACE_IDS: &'static [&'static str] =
        &["b507ca22-2204-11dd-966a-001aa01bbc58", "27354151-7f64-5b0f-8f00-5d77afbe261e", BASE_ID];
}

impl<T, C> MultisessionRandomWrite<T, C> {
    /// `IMultisessionRandomWrite` and `IMultisession`.
    pub const INTERFACE_IDS: &'static [&'static str] = &["b507ca23-2204-11dd-966a-001aa01bbc58", BASE_ID];
}

fn unsuitable() -> Error {
    Error::new("disc-state-unsuitable", E_IMAPI_DF2DATA_INVALID_MEDIA_STATE)
}

/// The disc, if it is of the right recording and in a state that can be written. An empty drive has its own number.
async fn disc<T: ScsiTransport, C: Clock>(
    recorder: &DiscRecorder2<T, C>,
    recording: Recording,
) -> Result<Arc<Media>, Error> {
    let media = recorder.media().await?;
    if !media.kind.present() {
        return Err(Error::new("no-disc", E_IMAPI_RECORDER_MEDIA_NO_MEDIA));
    }
    let wrong =
        media.kind.recording() != recording || state::media_status(&media).intersects(MediaState::UNSUPPORTED_MASK);
    if wrong { Err(unsuitable()) } else { Ok(media) }
}

/// Both objects for a recorder: never an empty list, whatever disc is in it.
pub fn multisession_interfaces<T, C>(recorder: &DiscRecorder2<T, C>, strict: bool) -> Vec<Multisession<T, C>> {
    vec![
        Multisession::Sequential(MultisessionSequential { recorder: recorder.clone(), in_use: Arc::default(), strict }),
        Multisession::RandomWrite(MultisessionRandomWrite { recorder: recorder.clone(), in_use: Arc::default() }),
    ]
}

/// The members of `IMultisession` that both have.
macro_rules! base {
    ($name:ident, $recording:expr) => {
        impl<T: ScsiTransport, C: Clock> $name<T, C> {
            /// `IsSupportedOnCurrentMediaState`: can this mechanism write the disc as it is now?
            ///
            /// # Errors
            /// The drive cannot be asked.
            pub async fn is_supported_on_current_media_state(&self) -> Result<bool, Error> {
                match disc(&self.recorder, $recording).await {
                    Ok(_) => Ok(true),
                    Err(error) if error.hresult == E_IMAPI_DF2DATA_INVALID_MEDIA_STATE => Ok(false),
                    Err(error) => Err(error),
                }
            }

            /// `InUse`: the application's choice among several; false at first.
            #[must_use]
            pub fn in_use(&self) -> bool {
                self.in_use.load(Ordering::Relaxed)
            }

            /// `InUse`.
            pub fn set_in_use(&self, on: bool) {
                self.in_use.store(on, Ordering::Relaxed);
            }

            /// `ImportRecorder`: the drive that reads the earlier sessions.
            #[must_use]
            pub fn import_recorder(&self) -> &DiscRecorder2<T, C> {
                &self.recorder
            }
        }
    };
}

base!(MultisessionSequential, Recording::Sequential);
base!(MultisessionRandomWrite, Recording::Overwritable);

impl<T: ScsiTransport, C: Clock> MultisessionSequential<T, C> {
    /// `IsFirstDataSession`.
    ///
    /// # Errors
    /// `E_IMAPI_DF2DATA_INVALID_MEDIA_STATE` on a disc of another kind or state; so for all below.
    pub async fn is_first_data_session(&self) -> Result<bool, Error> {
        Ok(is_first_data_session(&*disc(&self.recorder, Recording::Sequential).await?))
    }

    /// `StartAddressOfPreviousSession`, −1 when there is none.
    ///
    /// # Errors
    /// `E_IMAPI_DF2DATA_INVALID_MEDIA_STATE` and what the drive says.
    pub async fn start_address_of_previous_session(&self) -> Result<i32, Error> {
        let media = disc(&self.recorder, Recording::Sequential).await?;
        Ok(state::start_of_previous_session(&media).map_or(-1, |lba| lba.0))
    }

    /// `LastWrittenAddressOfPreviousSession`, −1 when there is none.
    ///
    /// # Errors
    /// `E_NOTIMPL` where nothing tells it, and always when only the documented is wanted.
    pub async fn last_written_address_of_previous_session(&self) -> Result<i32, Error> {
        let media = disc(&self.recorder, Recording::Sequential).await?;
        let blank = media.status == DiscStatus::Blank || state::start_of_previous_session(&media).is_none();
        match last_of_previous_session(&media) {
            _ if self.strict => Err(Error::new("not-implemented", E_NOTIMPL)),
            Some(lba) => Ok(lba.0),
            None if blank => Ok(-1),
            None => Err(Error::new("not-implemented", E_NOTIMPL)),
        }
    }

    /// `NextWritableAddress`.
    ///
    /// # Errors
    /// `E_IMAPI_DF2DATA_INVALID_MEDIA_STATE` and what the drive says.
    pub async fn next_writable_address(&self) -> Result<Lba, Error> {
        let media = disc(&self.recorder, Recording::Sequential).await?;
        state::next_writable_address(&media).ok_or_else(unsuitable)
    }

    /// `FreeSectorsOnMedia`.
    ///
    /// # Errors
    /// `E_IMAPI_DF2DATA_INVALID_MEDIA_STATE` and what the drive says.
    pub async fn free_sectors_on_media(&self) -> Result<SectorCount, Error> {
        let media = disc(&self.recorder, Recording::Sequential).await?;
        state::free_sectors(&media).ok_or_else(unsuitable)
    }

    /// `IMultisessionSequential2::WriteUnitSize`.
    ///
    /// # Errors
    /// `E_IMAPI_DF2DATA_INVALID_MEDIA_STATE` and what the drive says.
    pub async fn write_unit_size(&self) -> Result<SectorCount, Error> {
        Ok(disc(&self.recorder, Recording::Sequential).await?.write_unit)
    }
}

impl<T: ScsiTransport, C: Clock> MultisessionRandomWrite<T, C> {
    /// `WriteUnitSize`: each write starts on a multiple of it and is a multiple long.
    ///
    /// # Errors
    /// `E_IMAPI_DF2DATA_INVALID_MEDIA_STATE` and what the drive says; so for all below.
    pub async fn write_unit_size(&self) -> Result<SectorCount, Error> {
        Ok(disc(&self.recorder, Recording::Overwritable).await?.write_unit)
    }

    /// `LastWrittenAddress`, asked of the drive.
    ///
    /// # Errors
    /// `E_NOTIMPL` when the drive does not give it.
    pub async fn last_written_address(&self) -> Result<Lba, Error> {
        let media = disc(&self.recorder, Recording::Overwritable).await?;
        media.last_written.ok_or_else(|| Error::new("not-implemented", E_NOTIMPL))
    }

    /// `TotalSectorsOnMedia`.
    ///
    /// # Errors
    /// `E_IMAPI_DF2DATA_INVALID_MEDIA_STATE` and what the drive says.
    pub async fn total_sectors_on_media(&self) -> Result<SectorCount, Error> {
        let media = disc(&self.recorder, Recording::Overwritable).await?;
        state::total_sectors(&media).ok_or_else(unsuitable)
    }
}
