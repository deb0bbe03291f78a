//! The properties of the raw writer.

use webburn_drive::{Clock, Media};
use webburn_scsi::ScsiTransport;
use webburn_sector::Lba;

use super::{DiscFormat2RawCD, of_drive};
use crate::Error;
use crate::carry_out::set_write_parameters;
use crate::enums::RawCdDataSectorType;
use crate::format::in_common::members_in_common;
use crate::hresult::{
    E_IMAPI_DF2RAW_DATA_BLOCK_TYPE_NOT_SUPPORTED, E_IMAPI_RECORDER_INVALID_MODE_PARAMETERS,
    E_IMAPI_RECORDER_MEDIA_NO_MEDIA, E_POINTER,
};
use crate::plan::WriteParameters;
use crate::recorder::DiscRecorder2;

members_in_common!(DiscFormat2RawCD);

impl<T, C> DiscFormat2RawCD<T, C> {
    /// `StartOfNextSession`: where the lead-in begins; negative, as only blank discs can be prepared.
    ///
    /// # Errors
    /// `E_IMAPI_DF2RAW_MEDIA_IS_NOT_PREPARED`.
    pub fn start_of_next_session(&self) -> Result<Lba, Error> {
        self.desk.prepared(|ready| ready.own.start)
    }

    /// `LastPossibleStartOfLeadout`.
    ///
    /// # Errors
    /// `E_IMAPI_DF2RAW_MEDIA_IS_NOT_PREPARED`.
    pub fn last_possible_start_of_leadout(&self) -> Result<Lba, Error> {
        self.desk.prepared(|ready| ready.own.last_lead_out)
    }

    /// `RequestedSectorType`.
    ///
    /// # Errors
    /// `E_IMAPI_DF2RAW_MEDIA_IS_NOT_PREPARED`.
    pub fn requested_sector_type(&self) -> Result<RawCdDataSectorType, Error> {
        self.desk.prepared(|ready| ready.own.sector_type)
    }
}

impl<T: ScsiTransport, C: Clock> DiscFormat2RawCD<T, C> {
    /// `IsRecorderSupported`. IMAPI2 says no by the failure `E_IMAPI_DF2RAW_MEDIA_IS_NOT_SUPPORTED`, to be read as this.
    ///
    /// # Errors
    /// The drive cannot be asked.
    pub async fn is_recorder_supported(&self, recorder: &DiscRecorder2<T, C>) -> Result<bool, Error> {
        const CD_MASTERING: u16 = 0x002E;
        let media = recorder.media().await?;
        let masters = media.features.iter().any(|(code, _)| *code == CD_MASTERING);
        // What the feature says of raw recording is told while a disc for it is in the drive.
        Ok(masters && (media.abilities.raw_recording || !media.abilities.mastering))
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
        Ok(media.abilities.raw_recording && self.desk.check(&media, true).is_ok())
    }

    /// `SupportedSectorTypes`: those that the drive takes in mode page 05h, which is how it is asked (libburn and
    /// cdrecord do the same).
    ///
    /// # Errors
    /// `E_POINTER` without a recorder, `E_IMAPI_DF2RAW_MEDIA_IS_NOT_PREPARED`, `…_WRITE_IN_PROGRESS`, what the drive says.
    pub async fn supported_sector_types(&self) -> Result<Vec<RawCdDataSectorType>, Error> {
        let Some(recorder) = self.recorder() else { return Err(Error::new("no-recorder", E_POINTER)) };
        let known = self.desk.prepared(|ready| ready.own.supported.clone())?;
        if let Some(known) = known {
            return Ok(known);
        }
        self.desk.check_not_writing()?;
        let mut drive = recorder.drive().await;
        drive.wait_ready().await.map_err(of_drive)?;
        let mut supported = Vec::new();
        for sector_type in RawCdDataSectorType::ALL {
            let parameters = WriteParameters::raw(sector_type.value() as u8, false);
            match set_write_parameters(&mut drive, &parameters).await {
                Ok(()) => supported.push(*sector_type),
                Err(error) if error.hresult == E_IMAPI_RECORDER_INVALID_MODE_PARAMETERS => {}
                Err(error) => return Err(error),
            }
        }
        self.desk.prepared(|ready| ready.own.supported = Some(supported.clone()))?;
        Ok(supported)
    }

    /// `RequestedSectorType`, between `PrepareMedia` and `ReleaseMedia`. The drive is asked whether it takes it.
    ///
    /// # Errors
    /// `E_IMAPI_DF2RAW_WRITE_IN_PROGRESS`, `…_MEDIA_IS_NOT_PREPARED`, `…_DATA_BLOCK_TYPE_NOT_SUPPORTED`.
    pub async fn set_requested_sector_type(&self, sector_type: RawCdDataSectorType) -> Result<(), Error> {
        self.desk.check_not_writing()?;
        if !self.supported_sector_types().await?.contains(&sector_type) {
            let refused = Error::new("block-type-unsupported", E_IMAPI_DF2RAW_DATA_BLOCK_TYPE_NOT_SUPPORTED);
            return Err(refused.with("type", sector_type.value()));
        }
        self.desk.set_prepared(|_, ready| ready.own.sector_type = sector_type)
    }

    /// The disc as it was when it was prepared.
    ///
    /// # Errors
    /// `E_IMAPI_DF2RAW_MEDIA_IS_NOT_PREPARED`.
    pub fn prepared_media(&self) -> Result<std::sync::Arc<Media>, Error> {
        self.desk.prepared(|ready| ready.media.clone())
    }
}
