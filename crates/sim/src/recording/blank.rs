//! BLANK: makes CD-RW and sequential DVD-RW new again.

use webburn_scsi::Sense;
use webburn_sector::Lba;

use super::{Change, Work, sequential};
use crate::disc::{Disc, DiscState, Format, TrackState, blank_state};
use crate::sense;
use crate::surface::SurfaceError;
use crate::timing::Family;

/// What a BLANK of `kind` would do, or why not. `minimal_keeps_incremental`: a quick blank of DVD-RW leaves incremental
/// writing possible, which most drives do not.
///
/// # Errors
/// Media that cannot be blanked, and blanking types that the medium does not know.
pub(crate) fn blank(state: &DiscState, kind: u8, from: u32) -> Result<Work, Sense> {
    let family = state.kind.spec().family;
    let blankable = state.is_rewritable()
        && matches!(state.format, Format::Sequential | Format::RestrictedOverwrite { .. })
        && !super::is_plus(state);
    if !blankable {
        return Err(sense::illegal(0x30, 0x00));
    }
    let work = |sectors: u32, ms: u64| Ok(Work::new(Change::Blank(kind, from), sectors, ms));
    match (kind, family) {
        (0, _) => work(state.blocks, 5000),
        (1, Family::Cd) => work(11_634, 5000),
        (1, _) => work(32_768, 8000),
        (4, Family::Cd) => match state.tracks.iter().find(|track| track.session as usize == state.sessions.len()) {
            Some(_) => work(state.blocks.saturating_sub(from), 4000),
            None => Err(sense::SEQUENCE),
        },
        (5, Family::Cd) if state.last_closed_session().is_some() => work(6750, 4000),
        (6, Family::Cd) if state.last_closed_session().is_some() => {
            let start = state.last_closed_session().map_or(0, |session| session.lead_in.max(0));
            work((state.blocks as i32 - start).max(0) as u32, 4000)
        }
        (4..=6, Family::Cd) => Err(sense::SEQUENCE),
        _ => Err(sense::FIELD),
    }
}

pub(super) fn apply(disc: &mut Disc, kind: u8, from: u32) -> Result<(), SurfaceError> {
    match kind {
        0 | 1 => {
            let medium = disc.state.kind.as_sold();
            disc.surface.erase_all()?;
            let defects = std::mem::take(&mut disc.state.defects);
            let lead_in = disc.state.sessions.first().map(|session| session.lead_in);
            disc.state = DiscState { defects, quick_blanked: kind == 1, ..blank_state(medium) };
            // The ATIP is pressed into the disc: the lead-in begins where it began.
            if let (Family::Cd, Some(lead_in), [first, ..]) =
                (disc.state.kind.spec().family, lead_in, &mut disc.state.sessions[..])
            {
                first.lead_in = lead_in;
            }
            disc.state.quick_blanked &= disc.state.kind.spec().family == Family::Dvd;
        }
        4 => {
            let from = from as i32;
            disc.surface.erase(Lba(from), u32::MAX / 4)?;
            disc.state.tracks.retain(|track| track.start < from);
            reopen(&mut disc.state, from);
        }
        5 | 6 => {
            // The open session behind the last closed one is empty; the closed one becomes the open one.
            let state = &mut disc.state;
            state.sessions.retain(|session| session.lead_out.is_some());
            state.tracks.retain(|track| track.state == TrackState::Closed);
            state.finalized = false;
            let Some(session) = state.sessions.last_mut() else { return Ok(()) };
            let (number, end) = (session.number, session.lead_out.take().unwrap_or(0));
            if kind == 6 {
                let start = state.tracks_of(number).map(|track| track.start).min().unwrap_or(0);
                state.tracks.retain(|track| track.session != number);
                disc.surface.erase(Lba(start), u32::MAX / 4)?;
                reopen(&mut disc.state, start);
            } else {
                reopen(state, sequential::align(end + 150, 1));
            }
        }
        _ => {}
    }
    Ok(())
}

fn reopen(state: &mut DiscState, at: i32) {
    let session = state.sessions.last().map_or(1, |session| session.number);
    let number = state.tracks.last().map_or(1, |track| track.number + 1);
    state.tracks.push(crate::disc::Track::empty(number, session, at));
}
