//! A last session that was begun and never closed: a burn that lost its drive, a program that ended, a power cut. IMAPI2
//! calls such a disc NON_EMPTY_SESSION or DAMAGED and leaves it at that; here it is closed first, so that it takes the next
//! session. A damaged track that takes no more data can still be closed: on CD by CLOSE SESSION alone, elsewhere track
//! and session (libburn, observed behaviour). A drive that cannot do it says so, and nothing was made worse.

use webburn_drive::Media;
use webburn_drive::media::{DiscStatus, Family, Kind, SessionStatus, Track};
use webburn_sector::SectorCount;

use super::{Act, WriteParameters};
use crate::enums::MediaState;
use crate::options::Options;
use crate::state::{self, RUN_OUT, SHORTEST_CD_TRACK};

/// From the end of a session to the first sector of the next on a CD: lead-out, lead-in and pre-gap (MMC-6, 4.2.3).
const CD_FIRST_GAP: SectorCount = SectorCount(11_400);
const CD_LATER_GAP: SectorCount = SectorCount(6_900);

/// A session was left open, and a burn would close it first.
#[must_use]
pub(crate) fn can_be_closed(media: &Media) -> bool {
    close_first(media, &Options::default()).is_some()
}

/// What closes the session left open, and the disc as it will presumably be then; `None` when none was left open, when it
/// will be blanked anyway, or when only the documented is wanted.
pub(super) fn close_first(media: &Media, options: &Options) -> Option<(Vec<Act>, Media)> {
    let status = state::media_status(media);
    let (damaged, half_written) = (status == MediaState::DAMAGED, status == MediaState::NON_EMPTY_SESSION);
    let blanked = options.force_overwrite && media.kind.rewritable();
    let useless = state::takes_one_session(media.kind);
    if !(half_written || damaged) || useless || blanked || options.strict || media.protection.any() {
        return None;
    }
    let torn = || media.tracks.iter().rev().find(|track| damaged && track.damaged);
    // An empty track has nothing to close: what is damaged then is a blanking or formatting that broke off.
    let open = media.open_track().or_else(torn).filter(|track| half_written || !track.blank)?;
    // Recorded at once and broken off: one track of a fixed length, and nothing behind it. No drive closes it before the rest
    // of it is written (5/72/04), which nobody has any more.
    let last = media.tracks.iter().all(|track| track.number <= open.number);
    if open.reserved && last && matches!(media.kind, Kind::DvdR | Kind::DvdRwSequential) {
        return None;
    }
    let next = open.next_writable.unwrap_or(open.end() - open.free);
    let cd = media.kind.family() == Family::Cd;
    let keep_open = if cd {
        Some(WriteParameters::track_at_once(true, media.abilities.underrun_free))
    } else if media.abilities.incremental && media.abilities.dvd_dash_write {
        let link = media.abilities.link_size.unwrap_or(16);
        Some(WriteParameters::incremental(true, link, media.abilities.underrun_free))
    } else {
        None
    };
    let mut acts = Vec::new();
    if cd && open.next_writable.is_some() {
        acts.push(Act::FillUp(SHORTEST_CD_TRACK));
    }
    acts.push(Act::Flush);
    if !cd {
        acts.push(Act::CloseTrack(open.number));
    }
    // Drives take no new parameters while a track is open, and read the multi-session bits when they close the session.
    acts.extend(keep_open.map(Act::WriteParameters));
    acts.push(Act::CloseSession);

    let closed = media.sessions.iter().any(|session| !session.open);
    let gap = match (cd, closed) {
        (false, _) => SectorCount::ZERO,
        (true, false) => RUN_OUT + CD_FIRST_GAP,
        (true, true) => RUN_OUT + CD_LATER_GAP,
    };
    let start = next.align_up(media.write_unit) + gap;
    let free = open.free - gap;
    let mut after = media.clone();
    after.status = DiscStatus::Appendable;
    after.last_session = SessionStatus::Empty;
    after.track_count = open.number + 1;
    after.next_writable = Some(start);
    after.free = Some(free);
    after.tracks = vec![Track {
        number: open.number + 1,
        session: open.session + 1,
        start,
        sectors: free,
        blank: true,
        reserved: false,
        damaged: false,
        last_recorded: None,
        next_writable: Some(start),
        free,
        ..open.clone()
    }];
    Some((acts, after))
}
