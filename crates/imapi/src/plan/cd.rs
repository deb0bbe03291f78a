//! CD-R and CD-RW: one data track at once (MMC-6, 4.2).

use webburn_sector::SectorCount;

use super::check::{cd_fill, needed_sectors};
use super::{Act, Builder, BurnPlan, Finish, IfStopped, WriteParameters};
use crate::Error;
use crate::state::SHORTEST_CD_TRACK;

/// Lead-in and lead-out of a first session and of later ones, in sectors (MMC-6, 4.2.3): what closing writes.
const FIRST_CLOSE: SectorCount = SectorCount(11_500 + 6_750);
const LATER_CLOSE: SectorCount = SectorCount(4_500 + 2_250);

pub(super) fn plan(mut b: Builder<'_>) -> Result<BurnPlan, Error> {
    let closes =
        b.options.force_media_to_be_closed || b.nearly_full_after(needed_sectors(b.media, b.job.sectors, b.options));
    let underrun_free = b.underrun_free();
    b.blank_first();
    b.set_speed();
    b.push(Act::WriteParameters(WriteParameters::track_at_once(!closes, underrun_free)));
    b.calibrate();
    let fill = cd_fill(b.job.sectors, b.options);
    b.write(fill);
    // Flushing ends a track at once; CLOSE TRACK is not sent, as LG GH22LS30 fails it (libburn, observed behaviour).
    b.push_lasting(Act::Flush, 10.0);
    let first = b.job.erase || !b.media.sessions.iter().any(|session| !session.open);
    let seconds = b.time_for(if first { FIRST_CLOSE } else { LATER_CLOSE });
    let close = if closes { Act::CloseDisc(Finish::BySession) } else { Act::CloseSession };
    b.steps.push(super::Step { act: close, seconds });
    // Stopped, the session is closed and left open for more, whatever was planned.
    let mut acts = vec![Act::FillUp(SHORTEST_CD_TRACK), Act::Flush];
    if closes {
        acts.push(Act::WriteParameters(WriteParameters::track_at_once(true, underrun_free)));
    }
    acts.push(Act::CloseSession);
    let if_stopped = if b.media.kind.rewritable() { IfStopped::reusable(acts) } else { IfStopped::appendable(acts) };
    Ok(b.finish(closes, if_stopped))
}
