//! How a session burn ended.

use webburn_drive::{Clock, Drive, Media};
use webburn_scsi::ScsiTransport;
use webburn_sector::SectorSource;

use super::BurnReport;
use crate::cd::SessionLayout;
use crate::enums::{BurnVerificationLevel, DataWriteAction};
use crate::events::{Event, Phase};
use crate::verify::{Reloaded, reload};
use crate::verify_cd::{TrackResult, verify_session};
use crate::{Cancel, Error, Reporter};

/// How a session burn ended, when it did not fail.
#[derive(Clone, Debug)]
pub struct SessionReport {
    /// The burn. `Verified` says that every track was compared and is as it was sent; with `Written` the tracks tell what
    /// differs, and none of them that nothing was compared.
    pub burn: BurnReport,
    /// What comparing found, track by track; empty when nothing was compared.
    pub tracks: Vec<TrackResult>,
}

impl SessionReport {
    /// Everything that was compared is as it was sent.
    #[must_use]
    pub fn all_equal(&self) -> bool {
        self.tracks.iter().all(TrackResult::is_equal)
    }
}

/// Every track of the session was compared and is as it was sent.
pub(super) fn proven(layout: &SessionLayout, tracks: &[TrackResult]) -> bool {
    tracks.len() == layout.tracks.len() && tracks.iter().all(TrackResult::is_equal)
}

/// Reloads the disc and compares it; no tracks when the tray did not come back.
pub(super) async fn verify<T: ScsiTransport, C: Clock, S: SectorSource>(
    drive: &mut Drive<T, C>,
    media: &Media,
    layout: &SessionLayout,
    source: &mut S,
    level: BurnVerificationLevel,
    reporter: &Reporter,
    cancel: &Cancel,
) -> Result<Vec<TrackResult>, Error> {
    reporter.report(Event::Phase(Phase::Verify));
    reporter.report(Event::Action(DataWriteAction::Verifying));
    if reload(drive, media, reporter).await? == Reloaded::StayedOut {
        return Ok(Vec::new());
    }
    verify_session(drive, layout, source, level, reporter, cancel).await
}
