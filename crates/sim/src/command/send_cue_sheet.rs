//! SEND CUE SHEET (MMC-6).

use webburn_scsi::{Reply, Sense};

use super::Request;
use crate::drive::SimDrive;
use crate::recording::{self, CueRules, CueSheet};
use crate::sense;
use crate::timing::Family;

pub(super) fn run(drive: &mut SimDrive, request: &Request<'_>, _reply: &mut Reply) -> Result<usize, Sense> {
    drive.may_write()?;
    let list = request.list(request.be24(6) as usize)?;
    let disc = drive.disc().ok_or(sense::NO_MEDIUM)?;
    let state = disc.state();
    let sao = drive.modes.write_parameters().write_type == 2;
    // On a blank CD, or as a further session behind closed ones.
    let open = recording::next_session_start(state)
        .filter(|_| state.sessions.last().is_some_and(|session| state.tracks_of(session.number).count() == 1));
    let begins = if state.is_blank() { Some(0) } else { open };
    let Some(start) = begins.map(|start| start - 150) else { return Err(sense::SEQUENCE) };
    if state.kind.spec().family != Family::Cd || !sao || drive.cache.is_streaming() {
        return Err(sense::SEQUENCE);
    }
    let lead_in = state.sessions.last().map_or(-11_634, |session| session.lead_in);
    let limit = state.blocks as i32 + drive.personality.ways.overburn as i32;
    let first_track = state.tracks.last().filter(|_| !state.is_blank()).map(|track| track.number as u8);
    // A refused sheet leaves none behind.
    drive.cue = None;
    let rules = CueRules { lead_in, start, first_track, limit, quirks: drive.personality.quirks };
    drive.cue = Some(CueSheet::read(list, &rules)?);
    Ok(list.len())
}
