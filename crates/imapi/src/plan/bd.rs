//! BD-R and BD-RE (MMC-6, 4.4).

use webburn_sector::{Lba, SectorCount};

use super::{Act, Builder, BurnPlan, Finish, IfStopped, Range};
use crate::{Error, hresult, state};

/// Closing a BD-R takes about this long; three and four layers take longer. *guess*
const CLOSE_SECONDS: f64 = 30.0;

/// A blank BD-R is left unformatted: it then has all its clusters, and drives write at full speed because they do not
/// read every cluster back (libburn does the same; growisofs formats with spares).
pub(super) fn plan_r(mut b: Builder<'_>) -> Result<BurnPlan, Error> {
    let whole = b.job.sectors.align_up(b.media.write_unit);
    let closes = b.options.force_media_to_be_closed || b.nearly_full_after(whole);
    let track = b.track();
    b.set_speed();
    let fill = whole - b.job.sectors;
    let appends = if b.job.written > SectorCount::ZERO {
        replace(&mut b, fill)
    } else {
        b.write(fill);
        true
    };
    b.push_lasting(Act::Flush, 10.0);
    let mut acts = vec![Act::Flush];
    if appends {
        b.push_lasting(Act::CloseTrack(track), 5.0);
        acts.extend([Act::CloseTrack(track), Act::CloseSession]);
    }
    if closes {
        b.push_lasting(Act::CloseDisc(Finish::Full), CLOSE_SECONDS);
    } else if appends {
        b.push_lasting(Act::CloseSession, CLOSE_SECONDS);
    }
    Ok(b.finish(closes, IfStopped::appendable(acts)))
}

/// Pseudo-overwrite from sector 0. What reaches beyond the written part goes first: replaced clusters go where new ones
/// would, and the next writable address must still be the end of what is written. True when there was such a part.
fn replace(b: &mut Builder<'_>, fill: SectorCount) -> bool {
    let head = b.job.sectors.min(b.job.written);
    let tail = b.job.sectors - head;
    let end = Lba::ZERO + b.job.written;
    let mut ranges = Vec::new();
    if tail > SectorCount::ZERO {
        ranges.push(Range { from: u64::from(head.0), to: end, sectors: tail, fill });
    }
    let fill = if ranges.is_empty() { fill } else { SectorCount::ZERO };
    ranges.push(Range { from: 0, to: Lba::ZERO, sectors: head, fill });
    b.write_ranges(ranges);
    tail > SectorCount::ZERO
}

/// Random recording mode: each cluster once. The stream is laid from sector 0 (or in the parts that are wanted), and what
/// was written in vain stays so.
pub(super) fn plan_rrm(mut b: Builder<'_>) -> Result<BurnPlan, Error> {
    b.set_speed();
    let ranges = b.overwrite_ranges();
    b.write_ranges(ranges);
    b.push_lasting(Act::Flush, 5.0);
    let closes = b.options.force_media_to_be_closed;
    if closes {
        b.push_lasting(Act::CloseDisc(Finish::Full), CLOSE_SECONDS);
    }
    Ok(b.finish(closes, IfStopped::spent(vec![Act::Flush])))
}

pub(super) fn plan_re(mut b: Builder<'_>) -> Result<BurnPlan, Error> {
    b.set_speed();
    if state::needs_format(b.media) {
        // Type 00h is the drive's own choice, spare areas included; without spares one bad cluster spoils the disc.
        let offer = b.media.offers.iter().find(|offer| offer.kind == 0x00);
        let offer = offer.or_else(|| b.media.offers.iter().find(|offer| matches!(offer.kind, 0x30 | 0x31)));
        let Some(offer) = offer.copied() else {
            return Err(Error::new("disc-not-formatted", hresult::E_IMAPI_RECORDER_MEDIA_NOT_FORMATTED));
        };
        b.push_lasting(Act::format(offer.kind, offer.sectors.0, offer.parameter), 60.0);
    }
    let ranges = b.overwrite_ranges();
    b.write_ranges(ranges);
    b.push_lasting(Act::Flush, 5.0);
    Ok(b.finish(false, IfStopped::reusable(vec![Act::Flush])))
}
