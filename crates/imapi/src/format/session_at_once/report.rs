//! How a session burn ended.

use webburn_drive::{Clock, Drive, Media};
use webburn_scsi::ScsiTransport;
use webburn_sector::{Lba, SectorSource};

use super::BurnReport;
use crate::cd::SessionLayout;
use crate::enums::{BurnVerificationLevel, DataWriteAction};
use crate::events::{Event, Phase};
use crate::plan::{Act, BurnPlan, CdOptions, Step};
use crate::verify::{Reloaded, reload};
use crate::verify_cd::{TrackResult, verify_session};
use crate::{Cancel, Error, Reporter};

/// How a session burn ended, when it did not fail.
#[derive(Clone, Debug)]
pub struct SessionReport {
    /// The burn. `Verified` says that the disc was compared; what differs is told by the tracks.
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

/// What comparing adds to the plan. Drives read at least as fast as they write.
pub(super) fn add_steps(
    plan: &mut BurnPlan,
    layout: &SessionLayout,
    options: &CdOptions,
    level: BurnVerificationLevel,
) {
    if level == BurnVerificationLevel::None || options.test_write {
        return;
    }
    let program = |step: &Step| matches!(&step.act, Act::Write { wire, .. } if wire.sector_size > 96);
    let seconds: f64 = plan.steps.iter().filter(|step| program(step)).filter_map(|step| step.seconds).sum();
    let seconds = if level == BurnVerificationLevel::Full { seconds } else { 5.0 };
    let sectors = layout.lead_out.since(layout.first().max(Lba::ZERO));
    plan.steps.push(Step::lasting(Act::Reload, 20.0));
    plan.steps.push(Step::lasting(Act::Verify { sectors }, seconds));
}

/// Reloads the disc and compares it; `None` when the tray did not come back.
pub(super) async fn verify<T: ScsiTransport, C: Clock, S: SectorSource>(
    drive: &mut Drive<T, C>,
    media: &Media,
    layout: &SessionLayout,
    source: &mut S,
    level: BurnVerificationLevel,
    reporter: &Reporter,
    cancel: &Cancel,
) -> Result<Option<Vec<TrackResult>>, Error> {
    reporter.report(Event::Phase(Phase::Verify));
    reporter.report(Event::Action(DataWriteAction::Verifying));
    if reload(drive, media, reporter).await? == Reloaded::StayedOut {
        return Ok(None);
    }
    verify_session(drive, layout, source, level, reporter, cancel).await.map(Some)
}
