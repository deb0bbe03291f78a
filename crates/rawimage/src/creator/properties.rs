//! The properties of `IRawCDImageCreator`, and those beyond it.

use webburn_cdcode::Mcn;
use webburn_cdcode::cdtext::CdText;
use webburn_cdcode::session::Style;
use webburn_sector::{Lba, SectorCount};

use super::{CreatorError, DataSectorType, LAST_USER_SECTOR, RawCDImageCreator};

impl RawCDImageCreator {
    /// `get_ResultingImageType`.
    #[must_use]
    pub const fn resulting_image_type(&self) -> DataSectorType {
        self.resulting_image_type
    }

    /// `put_ResultingImageType`.
    ///
    /// # Errors
    /// `E_INVALIDARG` for P and Q only once there are R–W channels.
    pub fn put_resulting_image_type(&mut self, value: DataSectorType) -> Result<(), CreatorError> {
        self.writable()?;
        if value == DataSectorType::SubcodePqOnly && !self.generators.is_empty() {
            return Err(CreatorError::NoRoomForRw);
        }
        self.resulting_image_type = value;
        Ok(())
    }

    /// `get_StartOfLeadout`: the address after the last user sector.
    ///
    /// # Errors
    /// `…NO_TRACKS`.
    pub fn start_of_leadout(&self) -> Result<Lba, CreatorError> {
        if self.tracks.is_empty() { Err(CreatorError::NoTracks) } else { Ok(self.layout().lead_out()) }
    }

    /// `get_StartOfLeadoutLimit`.
    #[must_use]
    pub const fn start_of_leadout_limit(&self) -> Lba {
        self.lead_out_limit
    }

    /// `put_StartOfLeadoutLimit`: the image must fit a disc whose lead-out may start there.
    ///
    /// # Errors
    /// `E_INVALIDARG` over 398,099 or below zero; `…INSUFFICIENT_SPACE` when the tracks that are there need more.
    pub fn put_start_of_leadout_limit(&mut self, value: Lba) -> Result<(), CreatorError> {
        self.writable()?;
        if value > LAST_USER_SECTOR || value < Lba::ZERO {
            return Err(CreatorError::OutOfRange);
        }
        let before = std::mem::replace(&mut self.lead_out_limit, value);
        if !self.tracks.is_empty() && !self.fits() {
            self.lead_out_limit = before;
            return Err(CreatorError::InsufficientSpace);
        }
        Ok(())
    }

    /// `get_DisableGaplessAudio`.
    #[must_use]
    pub const fn disable_gapless_audio(&self) -> bool {
        self.disable_gapless
    }

    /// `put_DisableGaplessAudio`: `true` puts 150 silent sectors between tracks.
    ///
    /// # Errors
    /// `…TRACKS_ALREADY_ADDED`.
    pub fn put_disable_gapless_audio(&mut self, value: bool) -> Result<(), CreatorError> {
        self.before_tracks()?;
        self.disable_gapless = value;
        Ok(())
    }

    /// The same said without a double negation: `true` lets the music run on from track to track.
    ///
    /// # Errors
    /// `…TRACKS_ALREADY_ADDED`.
    pub fn put_gapless(&mut self, value: bool) -> Result<(), CreatorError> {
        self.put_disable_gapless_audio(!value)
    }

    /// `get_MediaCatalogNumber`: thirteen digits, or nothing.
    #[must_use]
    pub fn media_catalog_number(&self) -> Option<String> {
        self.mcn.map(|mcn| mcn.to_string())
    }

    /// `put_MediaCatalogNumber`: leading zeros may be missing; an empty text takes the number away.
    ///
    /// # Errors
    /// `E_INVALIDARG` when it has other characters than digits, too many, or a wrong check digit.
    pub fn put_media_catalog_number(&mut self, value: &str) -> Result<(), CreatorError> {
        self.writable()?;
        self.mcn = if value.is_empty() { None } else { Some(Mcn::parse_checked(value).map_err(CreatorError::Mcn)?) };
        Ok(())
    }

    /// `get_StartingTrackNumber`.
    #[must_use]
    pub const fn starting_track_number(&self) -> u8 {
        self.first_track
    }

    /// `put_StartingTrackNumber`: 1 to 99. Anything but 1 makes the disc one of audio only.
    ///
    /// # Errors
    /// `…TRACKS_ALREADY_ADDED`; `E_INVALIDARG`.
    pub fn put_starting_track_number(&mut self, value: u8) -> Result<(), CreatorError> {
        self.before_tracks()?;
        if value == 0 || value > 99 {
            return Err(CreatorError::OutOfRange);
        }
        self.first_track = value;
        Ok(())
    }

    /// `get_NumberOfExistingTracks`.
    #[must_use]
    pub fn number_of_existing_tracks(&self) -> u8 {
        self.tracks.len() as u8
    }

    /// `get_LastUsedUserSectorInImage`.
    ///
    /// # Errors
    /// `…NO_TRACKS`.
    pub fn last_used_user_sector_in_image(&self) -> Result<Lba, CreatorError> {
        Ok(self.start_of_leadout()? - SectorCount(1))
    }

    /// Beyond IMAPI2: whether `AddTrack` takes data, too.
    #[must_use]
    pub const fn data_tracks_allowed(&self) -> bool {
        self.data_tracks
    }

    /// Beyond IMAPI2: whether `AddTrack` takes data of mode 0, 1 and 2 too, mixed with audio or alone.
    ///
    /// # Errors
    /// `…TRACKS_ALREADY_ADDED`.
    pub fn put_data_tracks_allowed(&mut self, value: bool) -> Result<(), CreatorError> {
        self.before_tracks()?;
        self.data_tracks = value;
        Ok(())
    }

    /// Beyond IMAPI2: CD-Text of the lead-in.
    #[must_use]
    pub const fn cd_text(&self) -> &CdText {
        &self.text
    }

    /// Beyond IMAPI2: CD-Text of the lead-in. Not in a result with P and Q only.
    ///
    /// # Errors
    /// `…IS_READ_ONLY`.
    pub fn put_cd_text(&mut self, value: CdText) -> Result<(), CreatorError> {
        self.writable()?;
        self.text = value;
        Ok(())
    }

    /// Beyond IMAPI2: what the standards leave open in the subcode.
    ///
    /// # Errors
    /// `…IS_READ_ONLY`.
    pub fn put_style(&mut self, value: Style) -> Result<(), CreatorError> {
        self.writable()?;
        self.style = value;
        Ok(())
    }
}
