//! How a session burn ended.

use webburn_drive::{Clock, Drive, Media};
use webburn_scsi::ScsiTransport;
use webburn_sector::{Lba, SectorCount};

use crate::cd::SessionLayout;
use crate::enums::{BurnVerificationLevel, DataWriteAction};
use crate::events::{Event, Phase};
use crate::hresult::S_OK;
use crate::plan::{Act, BurnPlan, CdOptions, Step};
use crate::verify::{Reloaded, reload};
use crate::verify_cd::TrackResult;
pub(super) use crate::verify_cd::verify_session as verify;
use crate::{BurnReport, Error, Outcome, Reporter};

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

    /// The sessions of a disc as one burn: `Verified` only if all of them are, `Stopped` if one of them is, and `hresult`
    /// the first that is not `S_OK`. Of several there is no SHA-256. `None` for no sessions.
    #[must_use]
    pub fn together(reports: &[SessionReport]) -> Option<SessionReport> {
        let (first, last) = (reports.first()?, reports.last()?);
        let mut all = SessionReport { burn: last.burn.clone(), tracks: Vec::new() };
        let burn = &mut all.burn;
        burn.start = first.burn.start;
        burn.sectors = reports.iter().map(|report| report.burn.sectors).sum();
        burn.duration = reports.iter().map(|report| report.burn.duration).sum();
        // Each weighs as much as the time that it took.
        let seconds = |report: &SessionReport| f64::from(report.burn.sectors.0) / report.burn.average_times.max(1e-9);
        let times = f64::from(burn.sectors.0) / reports.iter().map(seconds).sum::<f64>().max(1e-9);
        if reports.len() > 1 {
            burn.average_bytes_per_second *= times / burn.average_times.max(1e-9);
            burn.average_times = times;
            (burn.sha256, burn.sha256_read_back) = (None, None);
        }
        let of = |outcome: Outcome| reports.iter().any(|report| report.burn.outcome == outcome);
        burn.outcome = if of(Outcome::Stopped) {
            Outcome::Stopped
        } else if of(Outcome::Written) {
            Outcome::Written
        } else {
            Outcome::Verified
        };
        let told = reports.iter().map(|report| report.burn.hresult).find(|hresult| *hresult != S_OK);
        burn.hresult = told.unwrap_or(S_OK);
        all.tracks = reports.iter().flat_map(|report| report.tracks.iter().copied()).collect();
        Some(all)
    }
}

/// What comparing sessions adds to the plan: it is done behind the last of `plans`. Drives read at least as fast as they
/// write.
pub(super) fn add_steps<'a>(
    plans: impl IntoIterator<Item = (&'a mut BurnPlan, &'a SessionLayout)>,
    options: &CdOptions,
    level: BurnVerificationLevel,
) {
    if level == BurnVerificationLevel::None || options.test_write {
        return;
    }
    let program = |step: &&Step| matches!(&step.act, Act::Write { wire, .. } if wire.sector_size > 96);
    let (mut sectors, mut seconds, mut last) = (SectorCount::ZERO, 0.0, None);
    for (plan, layout) in plans {
        let writing = plan.steps.iter().filter(program).filter_map(|step| step.seconds).sum::<f64>();
        seconds += if level == BurnVerificationLevel::Full { writing } else { 5.0 };
        sectors += layout.lead_out.since(layout.first().max(Lba::ZERO));
        last = Some(plan);
    }
    if let Some(last) = last {
        last.steps.push(Step::lasting(Act::Reload, 20.0));
        last.steps.push(Step::lasting(Act::Verify { sectors }, seconds));
    }
}

/// Every track of the session was compared and is as it was sent.
pub(super) fn proven(layout: &SessionLayout, tracks: &[TrackResult]) -> bool {
    tracks.len() == layout.tracks.len() && tracks.iter().all(TrackResult::is_equal)
}

/// Reloads the disc; `false` when the tray did not come back.
pub(super) async fn reloaded<T: ScsiTransport, C: Clock>(
    drive: &mut Drive<T, C>,
    media: &Media,
    reporter: &Reporter,
) -> Result<bool, Error> {
    reporter.report(Event::Phase(Phase::Verify));
    reporter.report(Event::Action(DataWriteAction::Verifying));
    Ok(reload(drive, media, reporter).await? != Reloaded::StayedOut)
}
