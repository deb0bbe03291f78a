//! Lists of what the drive has: features, profiles, mode pages.

use webburn_drive::{Clock, Doing};
use webburn_scsi::ScsiTransport;
use webburn_scsi::spc::{ModeSense10, PageControl};

use super::{DiscRecorder2, of_drive};
use crate::Error;
use crate::enums::{FeaturePageType, ModePageRequestType, ModePageType, ProfileType};
use crate::hresult::E_IMAPI_RECORDER_GET_CONFIGURATION_NOT_SUPPORTED;

impl<T: ScsiTransport, C: Clock> DiscRecorder2<T, C> {
    /// `SupportedFeaturePages` (or `CurrentFeaturePages`), and `GetSupportedFeaturePages`.
    ///
    /// # Errors
    /// `E_IMAPI_RECORDER_GET_CONFIGURATION_NOT_SUPPORTED` and what any command may meet.
    pub async fn feature_pages(&self, current_only: bool) -> Result<Vec<FeaturePageType>, Error> {
        let media = self.media().await?;
        if media.features.is_empty() {
            return Err(Error::new("configuration-unsupported", E_IMAPI_RECORDER_GET_CONFIGURATION_NOT_SUPPORTED));
        }
        let wanted = media.features.iter().filter(|(_, current)| *current || !current_only);
        Ok(wanted.map(|(code, _)| FeaturePageType(*code)).collect())
    }

    /// `SupportedProfiles` (or `CurrentProfiles`), and `GetSupportedProfiles`.
    ///
    /// # Errors
    /// As [`DiscRecorder2::feature_pages`].
    pub async fn profiles(&self, current_only: bool) -> Result<Vec<ProfileType>, Error> {
        let media = self.media().await?;
        if media.features.is_empty() {
            return Err(Error::new("configuration-unsupported", E_IMAPI_RECORDER_GET_CONFIGURATION_NOT_SUPPORTED));
        }
        let wanted = media.profiles.iter().filter(|(_, current)| *current || !current_only);
        Ok(wanted.map(|(code, _)| ProfileType(*code)).collect())
    }

    /// `SupportedModePages`, and `GetSupportedModePages`.
    ///
    /// # Errors
    /// What any command may meet.
    pub async fn supported_mode_pages(&self, request: ModePageRequestType) -> Result<Vec<ModePageType>, Error> {
        let control = PageControl(request.value());
        let ask = |length| ModeSense10::page(ModeSense10::ALL_PAGES, control, length);
        let mut drive = self.bound_drive().await?;
        let head = drive.send(Doing::Querying, &ask(8)).await.map_err(of_drive)?;
        let length = head.announced.saturating_add(2).max(8);
        let reply = drive.send(Doing::Querying, &ask(length)).await.map_err(of_drive)?;
        Ok(reply.iter().map(|page| ModePageType(u16::from(page[0] & 0x3F))).collect())
    }
}
