//! Planning an erase: what makes a rewritable disc blank again, or look so. Pure.

use webburn_drive::Media;
use webburn_drive::media::{BackgroundFormat, Kind, Recording};
use webburn_sector::{Lba, SectorCount};

use super::{Act, BurnPlan, IfStopped, Range, Step, Wire};
use crate::enums::MediaState;
use crate::hresult::{
    E_IMAPI_ERASE_MEDIA_IS_NOT_SUPPORTED, E_IMAPI_ERASE_RECORDER_NOT_SUPPORTED, E_IMAPI_RECORDER_MEDIA_NO_MEDIA,
    E_IMAPI_RECORDER_MEDIA_WRITE_PROTECTED, E_NOTIMPL, S_OK,
};
use crate::{Error, speed, state};

/// What `MediaHeuristicallyBlank` looks at: two megabytes at each end.
const EDGE: SectorCount = SectorCount(1024);

/// Plans the erase of the disc of `media`: BLANK for the sequential ones; zeros for those that are overwritten in place,
/// which have no blank state: on both ends, or everywhere when `full`.
///
/// # Errors
/// A refusal, with its HRESULT and stable code.
pub fn plan_erase(media: &Media, full: bool) -> Result<BurnPlan, Error> {
    if !media.drive_writes {
        return Err(Error::new("drive-read-only", E_IMAPI_ERASE_RECORDER_NOT_SUPPORTED));
    }
    if !media.kind.present() {
        return Err(Error::new("no-disc", E_IMAPI_RECORDER_MEDIA_NO_MEDIA));
    }
    if matches!(media.kind, Kind::HdDvd(_)) {
        return Err(Error::new("disc-no-writer", E_NOTIMPL).with("medium", media.kind.name()));
    }
    if !media.kind.rewritable() || media.kind.recording() == Recording::ReadOnly {
        return Err(
            Error::new("disc-not-erasable", E_IMAPI_ERASE_MEDIA_IS_NOT_SUPPORTED).with("medium", media.kind.name())
        );
    }
    if media.protection.any() {
        return Err(Error::new("disc-write-protected", E_IMAPI_RECORDER_MEDIA_WRITE_PROTECTED));
    }
    let (fastest, _) = speed::choose(media, None);
    let rate = fastest.map(|s| f64::from(speed::sectors_per_second(s.write_kilobytes, media.kind.family())));
    let time_for = |sectors: SectorCount| rate.filter(|rate| *rate > 0.0).map(|rate| f64::from(sectors.0) / rate);
    let total = state::total_sectors(media).unwrap_or_default();
    let blanked = media.kind.recording() == Recording::Sequential || media.kind == Kind::DvdRwRestricted;
    let (steps, ranges) = if blanked {
        let seconds = if full { time_for(total) } else { Some(60.0) };
        let mut steps = Vec::new();
        // As before a burn: what a lost one left in the drive's buffer.
        if state::media_status(media).contains(MediaState::NON_EMPTY_SESSION) {
            steps.push(Step::lasting(Act::Flush, 10.0));
        }
        steps.push(Step { act: Act::Blank { full }, seconds });
        (steps, Vec::new())
    } else if state::needs_format(media) {
        // Never formatted: there is nothing on it.
        (Vec::new(), Vec::new())
    } else {
        let zeros = |start, sectors| Range { from: 0, to: start, sectors, fill: SectorCount::ZERO };
        let ranges = if full || total <= EDGE + EDGE {
            vec![zeros(Lba::ZERO, total)]
        } else {
            vec![zeros(Lba::ZERO, EDGE), zeros(Lba::ZERO + (total - EDGE), EDGE)]
        };
        let sectors = ranges.iter().map(|range| range.sectors).sum();
        let kilobytes = fastest.map(|speed| speed.write_kilobytes);
        let act = Act::Write { ranges: ranges.clone(), kilobytes, wire: Wire::DATA };
        let mut steps = Vec::new();
        if media.background == BackgroundFormat::Stopped {
            // Nothing can be written beyond the place where it stopped.
            steps.push(Step::new(Act::format_background(true)));
        }
        steps.extend([Step { act, seconds: time_for(sectors) }, Step::lasting(Act::Flush, 5.0)]);
        if matches!(media.background, BackgroundFormat::Running | BackgroundFormat::Stopped) {
            steps.push(Step::new(Act::StopFormat));
        }
        (steps, ranges)
    };
    Ok(BurnPlan {
        media_type: state::physical_type(media.kind),
        kind: media.kind,
        steps,
        if_stopped: IfStopped::reusable(vec![Act::Flush]),
        start: ranges.first().map_or(Lba::ZERO, |range| range.to),
        sectors: ranges.iter().map(|range| range.sectors).sum(),
        closes: false,
        adjusted: S_OK,
        closing_first: 0,
        stays_locked: false,
    })
}
