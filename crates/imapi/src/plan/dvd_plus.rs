//! DVD+R and DVD+RW, one layer or two (MMC-6, 4.3.7 and 4.3.8).

use webburn_drive::media::{BackgroundFormat, DiscStatus, FormatState, Kind};
use webburn_sector::SectorCount;

use super::{Act, Builder, BurnPlan, Finish, IfStopped};
use crate::Error;

/// Closing a DVD+R takes about this long. *guess*
const CLOSE_SECONDS: f64 = 45.0;
/// Until a DVD+RW whose format has begun takes data. *guess*
const FORMAT_START_SECONDS: f64 = 45.0;

pub(super) fn plan_r(mut b: Builder<'_>) -> Result<BurnPlan, Error> {
    let whole = b.job.sectors.align_up(b.media.write_unit);
    let two_layers = b.media.kind == Kind::DvdPlusRDl;
    // IMAPI2's closing rules: by default every DVD+R is closed so that players read it. With the compatibility mode off,
    // a disc of two layers is closed nevertheless.
    let compatible = !b.options.disable_consumer_dvd_compatibility_mode;
    let closes = compatible || two_layers || b.options.force_media_to_be_closed || b.nearly_full_after(whole);
    let track = b.track();
    b.set_speed();
    break_layers(&mut b, whole);
    let fill = whole - b.job.sectors;
    b.write(fill);
    b.push_lasting(Act::Flush, 10.0);
    b.push_lasting(Act::CloseTrack(track), 5.0);
    // Function 5 keeps the lead-out at the smallest radius; HP dvd520n insists on it for two layers (growisofs).
    let finish = if compatible || two_layers { Finish::Compatible } else { Finish::Full };
    b.push_lasting(if closes { Act::CloseDisc(finish) } else { Act::CloseSession }, CLOSE_SECONDS);
    let acts = vec![Act::Flush, Act::CloseTrack(track), Act::CloseSession];
    Ok(b.finish(closes, IfStopped::appendable(acts)))
}

/// What does not fit on the first layer is spread over both evenly, so that reading does not end at a radius where the
/// second layer was padded. Once set, or once something is written, the boundary stays (growisofs).
fn break_layers(b: &mut Builder<'_>, whole: SectorCount) {
    let blank = b.media.status == DiscStatus::Blank;
    let Some(first) = b.media.layer_zero.filter(|_| blank && b.media.kind == Kind::DvdPlusRDl) else { return };
    let half = SectorCount(whole.0.div_ceil(2)).align_up(b.media.write_unit);
    if !b.media.layer_zero_fixed && whole > first && half < first {
        // Lite-On calibrates here: up to three minutes have been seen (growisofs).
        b.push_lasting(Act::LayerBreak(half), 20.0);
    }
}

pub(super) fn plan_rw(mut b: Builder<'_>) -> Result<BurnPlan, Error> {
    b.set_speed();
    let unformatted = b.media.format == FormatState::Unformatted
        || b.media.background == BackgroundFormat::None && b.media.format != FormatState::Formatted;
    match b.media.background {
        _ if unformatted => b.push_lasting(Act::format_background(false), FORMAT_START_SECONDS),
        BackgroundFormat::Stopped => b.push_lasting(Act::format_background(true), FORMAT_START_SECONDS),
        _ => {}
    }
    let ranges = b.overwrite_ranges();
    b.write_ranges(ranges);
    b.push_lasting(Act::Flush, 5.0);
    let mut acts = vec![Act::Flush];
    if unformatted || b.media.background != BackgroundFormat::Complete {
        // A reader needs the lead-out, so a background format is ended with one; it can be taken up again later.
        b.push_lasting(Act::StopFormat, CLOSE_SECONDS);
        acts.push(Act::StopFormat);
    }
    Ok(b.finish(false, IfStopped::reusable(acts)))
}
