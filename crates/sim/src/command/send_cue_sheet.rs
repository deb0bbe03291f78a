//! SEND CUE SHEET (MMC-6).

use webburn_scsi::{Reply, Sense};

use super::Request;
use crate::drive::SimDrive;
use crate::recording::{CueRules, CueSheet};
use crate::sense;
use crate::timing::Family;

pub(super) fn run(drive: &mut SimDrive, request: &Request<'_>, _reply: &mut Reply) -> Result<usize, Sense> {
    drive.may_write()?;
    let list = request.list(request.be24(6) as usize)?;
    let disc = drive.disc().ok_or(sense::NO_MEDIUM)?;
    let state = disc.state();
    let sao = drive.modes.write_parameters().write_type == 2;
    // Session at once on a blank CD: appending so is refused, as many drives do.
    if state.kind.spec().family != Family::Cd || !sao || !state.is_blank() || drive.cache.is_streaming() {
        return Err(sense::SEQUENCE);
    }
    let lead_in = state.sessions.first().map_or(-11_634, |session| session.lead_in);
    let limit = state.blocks as i32 + drive.personality.ways.overburn as i32;
    // A refused sheet leaves none behind.
    drive.cue = None;
    drive.cue = Some(CueSheet::read(list, &CueRules { lead_in, limit, quirks: drive.personality.quirks })?);
    Ok(list.len())
}
