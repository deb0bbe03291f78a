//! The properties of the data writer.

use std::sync::Arc;

use webburn_drive::media::Kind;
use webburn_drive::{Clock, Media};
use webburn_scsi::ScsiTransport;
use webburn_sector::{Lba, SectorCount};

use super::DiscFormat2Data;
use crate::enums::{BurnVerificationLevel, MediaPhysicalType, MediaState, WriteProtectState};
use crate::hresult::{
    E_IMAPI_DF2DATA_CLIENT_NAME_IS_NOT_VALID, E_IMAPI_DF2DATA_INVALID_MEDIA_STATE, E_IMAPI_RECORDER_MEDIA_NO_MEDIA,
    E_NOTIMPL, HResult, S_OK,
};
use crate::options::SpeedWish;
use crate::plan::check_drive;
use crate::recorder::DiscRecorder2;
use crate::{BlockRange, Error, Options, multisession, speed, state};

/// One supported way to write (`IWriteSpeedDescriptor`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WriteSpeedDescriptor {
    /// `MediaType`.
    pub media_type: MediaPhysicalType,
    /// `RotationTypeIsPureCAV`.
    pub rotation_type_is_pure_cav: bool,
    /// `WriteSpeed`, sectors a second.
    pub write_speed: u32,
}

/// The speeds that the drive lists for a disc.
pub(in crate::format) fn speed_descriptors(media: &Media) -> Vec<WriteSpeedDescriptor> {
    let media_type = state::physical_type(media.kind);
    let descriptor = |s: &webburn_drive::media::Speed| WriteSpeedDescriptor {
        media_type,
        rotation_type_is_pure_cav: s.pure_cav,
        write_speed: speed::sectors_per_second(s.write_kilobytes, media.kind.family()),
    };
    media.speeds.iter().map(descriptor).collect()
}

impl<T, C> DiscFormat2Data<T, C> {
    /// All settable properties at once.
    #[must_use]
    pub fn options(&self) -> Options {
        self.state().options.clone()
    }

    /// Sets all settable properties at once.
    ///
    /// # Errors
    /// `E_IMAPI_DF2DATA_WRITE_IN_PROGRESS`, as all setters.
    pub fn set_options(&self, options: Options) -> Result<(), Error> {
        self.set(|state| state.options = options)
    }

    /// `Recorder`.
    #[must_use]
    pub fn recorder(&self) -> Option<DiscRecorder2<T, C>> {
        self.state().recorder.clone()
    }

    /// `ClientName`.
    #[must_use]
    pub fn client_name(&self) -> String {
        self.state().client_name.clone()
    }

    /// `ClientName`: the lock owner's name; mandatory before writing.
    ///
    /// # Errors
    /// `E_IMAPI_DF2DATA_CLIENT_NAME_IS_NOT_VALID`, `E_IMAPI_DF2DATA_WRITE_IN_PROGRESS`.
    pub fn set_client_name(&self, name: &str) -> Result<(), Error> {
        if !crate::recorder::valid_client_name(name) {
            return Err(Error::new("client-name-invalid", E_IMAPI_DF2DATA_CLIENT_NAME_IS_NOT_VALID));
        }
        self.set(|state| state.client_name = name.to_owned())
    }

    /// `ForceMediaToBeClosed`.
    ///
    /// # Errors
    /// `E_IMAPI_DF2DATA_WRITE_IN_PROGRESS`.
    pub fn set_force_media_to_be_closed(&self, on: bool) -> Result<(), Error> {
        self.set(|state| state.options.force_media_to_be_closed = on)
    }

    /// `ForceOverwrite`.
    ///
    /// # Errors
    /// `E_IMAPI_DF2DATA_WRITE_IN_PROGRESS`.
    pub fn set_force_overwrite(&self, on: bool) -> Result<(), Error> {
        self.set(|state| state.options.force_overwrite = on)
    }

    /// `DisableConsumerDvdCompatibilityMode`.
    ///
    /// # Errors
    /// `E_IMAPI_DF2DATA_WRITE_IN_PROGRESS`.
    pub fn set_disable_consumer_dvd_compatibility_mode(&self, on: bool) -> Result<(), Error> {
        self.set(|state| state.options.disable_consumer_dvd_compatibility_mode = on)
    }

    /// `BufferUnderrunFreeDisabled`.
    ///
    /// # Errors
    /// `E_IMAPI_DF2DATA_WRITE_IN_PROGRESS`.
    pub fn set_buffer_underrun_free_disabled(&self, on: bool) -> Result<(), Error> {
        self.set(|state| state.options.buffer_underrun_free_disabled = on)
    }

    /// `PostgapAlreadyInImage`.
    ///
    /// # Errors
    /// `E_IMAPI_DF2DATA_WRITE_IN_PROGRESS`.
    pub fn set_postgap_already_in_image(&self, on: bool) -> Result<(), Error> {
        self.set(|state| state.options.postgap_already_in_image = on)
    }

    /// `IBurnVerification::BurnVerificationLevel`.
    #[must_use]
    pub fn burn_verification_level(&self) -> BurnVerificationLevel {
        self.options().verification
    }

    /// `IBurnVerification::BurnVerificationLevel`.
    ///
    /// # Errors
    /// `E_IMAPI_DF2DATA_WRITE_IN_PROGRESS`.
    pub fn set_burn_verification_level(&self, level: BurnVerificationLevel) -> Result<(), Error> {
        self.set(|state| state.options.verification = level)
    }

    /// The ranges of an image that answers `IBlockRangeList`, where the stream itself does not say; `None` for all of it.
    ///
    /// # Errors
    /// `E_IMAPI_DF2DATA_WRITE_IN_PROGRESS`.
    pub fn set_block_ranges(&self, ranges: Option<Vec<BlockRange>>) -> Result<(), Error> {
        self.set(|state| state.options.block_ranges = ranges)
    }

    /// `RequestedWriteSpeed`, −1 for the fastest, and `RequestedRotationTypeIsPureCAV`.
    #[must_use]
    pub fn requested_write_speed(&self) -> (i32, bool) {
        self.state()
            .options
            .speed
            .map_or((-1, false), |wish| (i32::try_from(wish.sectors_per_second).unwrap_or(i32::MAX), wish.pure_cav))
    }
}

impl<T: ScsiTransport, C: Clock> DiscFormat2Data<T, C> {
    /// `Recorder`. `None` takes it away.
    ///
    /// # Errors
    /// `E_IMAPI_DF2DATA_WRITE_IN_PROGRESS`. IMAPI2 lists `E_IMAPI_DF2DATA_RECORDER_NOT_SUPPORTED` here as well; setting a
    /// recorder sends nothing, and so it comes from [`DiscFormat2Data::plan`], `write` and `burn`, before anything is
    /// written. [`DiscFormat2Data::is_recorder_supported`] asks beforehand.
    pub fn set_recorder(&self, recorder: Option<DiscRecorder2<T, C>>) -> Result<(), Error> {
        self.set(|state| state.recorder = recorder)
    }

    /// `IsRecorderSupported`.
    ///
    /// # Errors
    /// The drive cannot be asked.
    pub async fn is_recorder_supported(&self, recorder: &DiscRecorder2<T, C>) -> Result<bool, Error> {
        Ok(check_drive(&*recorder.media().await?).is_ok())
    }

    /// `IsCurrentMediaSupported`: true implies that the recorder is supported.
    ///
    /// # Errors
    /// `E_IMAPI_RECORDER_MEDIA_NO_MEDIA` for an empty drive, as Windows 7 has it.
    pub async fn is_current_media_supported(&self, recorder: &DiscRecorder2<T, C>) -> Result<bool, Error> {
        let media = recorder.media().await?;
        if !media.kind.present() {
            return Err(Error::new("no-disc", E_IMAPI_RECORDER_MEDIA_NO_MEDIA));
        }
        let supported = check_drive(&media).is_ok();
        Ok(supported && !state::media_status(&media).intersects(MediaState::UNSUPPORTED_MASK))
    }

    /// `SupportedMediaTypes` of this implementation, whatever the drive.
    #[must_use]
    pub fn supported_media_types() -> &'static [MediaPhysicalType] {
        use MediaPhysicalType as M;
        &[
            M::CdR,
            M::CdRw,
            M::DvdRam,
            M::DvdPlusR,
            M::DvdPlusRw,
            M::DvdPlusRDualLayer,
            M::DvdDashR,
            M::DvdDashRw,
            M::DvdDashRDualLayer,
            M::Disk,
            M::DvdPlusRwDualLayer,
            M::BdR,
            M::BdRe,
        ]
    }

    /// The disc; an empty drive is `E_IMAPI_RECORDER_MEDIA_NO_MEDIA` for every property.
    async fn disc(&self) -> Result<Arc<Media>, Error> {
        let media = self.recorder_set()?.media().await?;
        if media.kind.present() { Ok(media) } else { Err(Error::new("no-disc", E_IMAPI_RECORDER_MEDIA_NO_MEDIA)) }
    }

    /// The disc, for properties that only a disc for this writer has.
    async fn usable_disc(&self) -> Result<Arc<Media>, Error> {
        let media = self.disc().await?;
        let status = state::media_status(&media);
        if status.intersects(MediaState::UNSUPPORTED_MASK) {
            return Err(Error::new("disc-state-unsuitable", E_IMAPI_DF2DATA_INVALID_MEDIA_STATE));
        }
        Ok(media)
    }

    /// `MediaPhysicallyBlank`.
    ///
    /// # Errors
    /// The drive cannot be asked, or is empty. So for all properties below.
    pub async fn media_physically_blank(&self) -> Result<bool, Error> {
        Ok(self.disc().await?.physically_blank())
    }

    /// `MediaHeuristicallyBlank`: also an overwritable disc whose first and last two megabytes hold only zeros.
    ///
    /// # Errors
    /// The drive cannot be asked, or is empty.
    pub async fn media_heuristically_blank(&self) -> Result<bool, Error> {
        self.disc().await?;
        Ok(state::looks_blank(&*self.recorder_set()?.media_with_content().await?))
    }

    /// `CurrentPhysicalMediaType`.
    ///
    /// # Errors
    /// The drive cannot be asked, or is empty.
    pub async fn current_physical_media_type(&self) -> Result<MediaPhysicalType, Error> {
        Ok(state::physical_type(self.disc().await?.kind))
    }

    /// `CurrentMediaStatus`.
    ///
    /// # Errors
    /// The drive cannot be asked, or is empty.
    pub async fn current_media_status(&self) -> Result<MediaState, Error> {
        self.disc().await?;
        Ok(state::media_status(&*self.recorder_set()?.media_with_content().await?))
    }

    /// `WriteProtectStatus`.
    ///
    /// # Errors
    /// The drive cannot be asked, or is empty.
    pub async fn write_protect_status(&self) -> Result<WriteProtectState, Error> {
        Ok(state::write_protect_status(&*self.disc().await?))
    }

    /// `TotalSectorsOnMedia`.
    ///
    /// # Errors
    /// The drive cannot be asked, or is empty; `E_IMAPI_DF2DATA_INVALID_MEDIA_STATE` when it does not tell.
    pub async fn total_sectors_on_media(&self) -> Result<SectorCount, Error> {
        state::total_sectors(&*self.disc().await?).ok_or_else(untold)
    }

    /// `FreeSectorsOnMedia`.
    ///
    /// # Errors
    /// As [`DiscFormat2Data::next_writable_address`].
    pub async fn free_sectors_on_media(&self) -> Result<SectorCount, Error> {
        state::free_sectors(&*self.usable_disc().await?).ok_or_else(untold)
    }

    /// `NextWritableAddress`.
    ///
    /// # Errors
    /// `E_IMAPI_DF2DATA_INVALID_MEDIA_STATE` on a disc that this writer cannot write.
    pub async fn next_writable_address(&self) -> Result<Lba, Error> {
        state::next_writable_address(&*self.usable_disc().await?).ok_or_else(untold)
    }

    /// `StartAddressOfPreviousSession`: −1 on a blank disc or one without sessions.
    ///
    /// # Errors
    /// As [`DiscFormat2Data::next_writable_address`].
    pub async fn start_address_of_previous_session(&self) -> Result<i32, Error> {
        Ok(state::start_of_previous_session(&*self.usable_disc().await?).map_or(-1, |lba| lba.0))
    }

    /// `LastWrittenAddressOfPreviousSession`: −1 on a blank disc or one without sessions.
    ///
    /// # Errors
    /// `E_NOTIMPL` where neither disc nor drive tells, and always with the strict option: it is all that Microsoft's
    /// page lists.
    pub async fn last_written_address_of_previous_session(&self) -> Result<i32, Error> {
        let media = self.usable_disc().await?;
        let none = state::start_of_previous_session(&media).is_none();
        match multisession::last_of_previous_session(&media) {
            _ if self.options().strict => Err(Error::new("not-implemented", E_NOTIMPL)),
            Some(lba) => Ok(lba.0),
            None if none => Ok(-1),
            None => Err(Error::new("not-implemented", E_NOTIMPL)),
        }
    }

    /// `MultisessionInterfaces`: never empty, no error on a blank disc.
    ///
    /// # Errors
    /// `E_IMAPI_RECORDER_REQUIRED`.
    pub fn multisession_interfaces(&self) -> Result<Vec<multisession::Multisession<T, C>>, Error> {
        let strict = self.options().strict;
        Ok(multisession::multisession_interfaces(&self.recorder_set()?, strict))
    }

    /// `CurrentWriteSpeed`, sectors a second, and `CurrentRotationTypeIsPureCAV`.
    ///
    /// # Errors
    /// `E_IMAPI_DF2DATA_INVALID_MEDIA_STATE` when the drive tells no speed.
    pub async fn current_write_speed(&self) -> Result<(u32, bool), Error> {
        let media = self.disc().await?;
        let kilobytes = media.current_speed.or_else(|| media.speeds.first().map(|speed| speed.write_kilobytes));
        let kilobytes = kilobytes.ok_or_else(untold)?;
        let cav = media.speeds.iter().find(|s| s.write_kilobytes == kilobytes).is_some_and(|s| s.pure_cav);
        Ok((speed::sectors_per_second(kilobytes, media.kind.family()), cav))
    }

    /// `SupportedWriteSpeedDescriptors`; `SupportedWriteSpeeds` are their speeds.
    ///
    /// # Errors
    /// The drive cannot be asked, or is empty.
    pub async fn supported_write_speed_descriptors(&self) -> Result<Vec<WriteSpeedDescriptor>, Error> {
        Ok(speed_descriptors(&*self.disc().await?))
    }

    /// `SetWriteSpeed`: `None` for the fastest. The nearest supported speed is taken by the next burn.
    ///
    /// # Errors
    /// `E_IMAPI_RECORDER_REQUIRED`, `E_IMAPI_DF2DATA_WRITE_IN_PROGRESS`, and what the drive says.
    pub async fn set_write_speed(&self, wish: Option<SpeedWish>) -> Result<HResult, Error> {
        let recorder = self.recorder_set()?;
        self.set(|state| state.options.speed = wish)?;
        if wish.is_none() {
            return Ok(S_OK);
        }
        let media = recorder.media().await?;
        Ok(if media.kind == Kind::None { S_OK } else { speed::choose(&media, wish).1 })
    }
}

fn untold() -> Error {
    Error::new("disc-state-unsuitable", E_IMAPI_DF2DATA_INVALID_MEDIA_STATE)
}
