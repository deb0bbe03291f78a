//! DVD-R and DVD-RW: incremental, at once, and in restricted overwrite mode (MMC-6, 4.3.3 to 4.3.6).

use webburn_drive::media::{DiscStatus, FormatState, Kind};

use super::{Act, Builder, BurnPlan, Finish, IfStopped, WriteParameters};
use webburn_sector::SectorCount;

use crate::Error;
use crate::hresult::E_IMAPI_DF2DATA_MEDIA_IS_NOT_SUPPORTED;

/// Link size of DVD-R where feature 0021h names none (MMC-6, 4.3.3.3).
const LINK_SIZE: u8 = 16;
/// A border-out takes about this long. *guess*
const BORDER_SECONDS: f64 = 45.0;

pub(super) fn plan_sequential(b: Builder<'_>) -> Result<BurnPlan, Error> {
    let blank = b.job.erase || b.media.status == DiscStatus::Blank;
    if b.media.kind == Kind::DvdRDlJump {
        return layer_jump(b);
    }
    let single_session = matches!(b.media.kind, Kind::DvdRDlSequential | Kind::DvdRwDl) || b.job.erase;
    // Incremental recording can be stopped and keeps what was written, so it is preferred where the drive has it. After
    // a quick blank many drives offer only disc at once, and two layers take one session (libburn, growisofs).
    if b.media.abilities.incremental && !single_session && !(b.options.disc_at_once && blank) {
        incremental(b)
    } else if blank {
        at_once(b)
    } else {
        Err(Error::new("drive-cannot-write-this", E_IMAPI_DF2DATA_MEDIA_IS_NOT_SUPPORTED)
            .with("medium", b.media.kind.name()))
    }
}

fn incremental(mut b: Builder<'_>) -> Result<BurnPlan, Error> {
    let whole = b.job.sectors.align_up(b.media.write_unit);
    let closes = b.options.force_media_to_be_closed || b.nearly_full_after(whole);
    let link = b.media.abilities.link_size.unwrap_or(LINK_SIZE);
    let underrun_free = b.underrun_free();
    let track = b.track();
    b.set_speed();
    b.push(Act::WriteParameters(WriteParameters::incremental(!closes, link, underrun_free)));
    b.calibrate();
    let fill = whole - b.job.sectors;
    b.write(fill);
    b.push_lasting(Act::Flush, 10.0);
    b.push_lasting(Act::CloseTrack(track), 5.0);
    let close = if closes { Act::CloseDisc(Finish::BySession) } else { Act::CloseSession };
    b.push_lasting(close, BORDER_SECONDS);
    let mut acts = vec![Act::Flush, Act::CloseTrack(track)];
    if closes {
        acts.push(Act::WriteParameters(WriteParameters::incremental(true, link, underrun_free)));
    }
    acts.push(Act::CloseSession);
    let if_stopped = if b.media.kind.rewritable() { IfStopped::reusable(acts) } else { IfStopped::appendable(acts) };
    Ok(b.finish(closes, if_stopped))
}

fn at_once(mut b: Builder<'_>) -> Result<BurnPlan, Error> {
    let whole = b.job.sectors.align_up(b.media.write_unit);
    let underrun_free = b.underrun_free();
    b.blank_first();
    b.set_speed();
    b.push(Act::WriteParameters(WriteParameters::disc_at_once(underrun_free)));
    b.calibrate();
    // The length is announced in whole ECC blocks: an unaligned tail ruins the disc.
    b.push(Act::Reserve(whole));
    let fill = whole - b.job.sectors;
    b.write(fill);
    // The lead-out is written here; up to fifteen minutes have been seen (growisofs).
    b.push_lasting(Act::Flush, 60.0);
    let if_stopped = if b.media.kind.rewritable() {
        IfStopped::reusable(vec![Act::Flush])
    } else {
        IfStopped::spent(vec![Act::Flush])
    };
    Ok(b.finish(true, if_stopped))
}

/// Layer jump on two layers: the middle zone is moved to half of what comes, so that the stream lies at one run of
/// addresses although the laser jumps once (*guess*: no program that does this could be watched). More sessions would
/// need their start to be remapped, so the disc is closed.
fn layer_jump(mut b: Builder<'_>) -> Result<BurnPlan, Error> {
    let unit = b.media.write_unit;
    let half = SectorCount(b.job.sectors.0.div_ceil(2)).align_up(unit);
    let underrun_free = b.underrun_free();
    let track = b.track();
    b.set_speed();
    b.push(Act::WriteParameters(WriteParameters::layer_jump(underrun_free)));
    b.calibrate();
    let movable = !b.media.layer_zero_fixed && b.media.layer_zero.is_none_or(|first| half < first);
    if movable {
        b.push_lasting(Act::LayerBreak(half), 20.0);
    }
    // Both layers are filled to the middle zone; where that stays where it is, the last ECC block is all that is filled.
    let whole = if movable { half + half } else { b.job.sectors.align_up(unit) };
    let fill = whole - b.job.sectors;
    b.write(fill);
    b.push_lasting(Act::Flush, 30.0);
    b.push_lasting(Act::CloseTrack(track), 5.0);
    b.push_lasting(Act::CloseDisc(Finish::BySession), BORDER_SECONDS);
    let acts = vec![Act::Flush, Act::CloseTrack(track), Act::CloseDisc(Finish::BySession)];
    Ok(b.finish(true, IfStopped::spent(acts)))
}

pub(super) fn plan_restricted(mut b: Builder<'_>) -> Result<BurnPlan, Error> {
    let formatted = match b.media.format {
        FormatState::Formatted => b.media.readable.unwrap_or(b.job.room),
        _ => b.job.room,
    };
    let whole = b.job.sectors.align_up(b.media.write_unit);
    b.set_speed();
    let grow = b.media.format == FormatState::Unformatted || whole > formatted;
    if grow {
        // Parts of a stream leave the rest of the disc as it is: then its last border grows. Otherwise all of the disc is
        // laid anew, which every drive has.
        let keeps = b.options.block_ranges.is_some() && b.media.format == FormatState::Formatted;
        let wanted: &[u8] = if keeps { &[0x13] } else { &[0x15, 0x10] };
        let offer = wanted.iter().find_map(|kind| b.media.offers.iter().find(|offer| offer.kind == *kind));
        let Some(offer) = offer else {
            return Err(Error::new("disc-not-formatted", crate::hresult::E_IMAPI_RECORDER_MEDIA_NOT_FORMATTED));
        };
        // Quick formatting takes no number of blocks; the disc is then written from its start and closed.
        let sectors = if offer.kind == 0x10 { offer.sectors.0 } else { 0 };
        b.push_lasting(Act::format(offer.kind, sectors, 0x10), 60.0);
    }
    let ranges = b.overwrite_ranges();
    b.write_ranges(ranges);
    b.push_lasting(Act::Flush, 5.0);
    let mut acts = vec![Act::Flush];
    if grow || b.media.format == FormatState::Intermediate {
        b.push_lasting(Act::CloseSession, BORDER_SECONDS);
        acts.push(Act::CloseSession);
    }
    Ok(b.finish(false, IfStopped::reusable(acts)))
}
