//! READ CAPACITY (MMC-6): last address and block length.

use webburn_scsi::{Reply, Sense};

use super::Request;
use crate::disc::{Format, Way};
use crate::drive::SimDrive;
use crate::sense;
use crate::timing::Family;

pub(super) fn run(drive: &mut SimDrive, _request: &Request<'_>, reply: &mut Reply) -> Result<usize, Sense> {
    let state = drive.reported().ok_or(sense::NO_MEDIUM)?;
    if state.format == Format::Unformatted {
        return Err(sense::NOT_FORMATTED);
    }
    // A blank disc has nothing to read: last address 0, and the host must know better.
    let mut end = state.readable_end().map_or(1, |end| end.0.max(1));
    let last = state.tracks.iter().rfind(|track| track.size.is_some());
    let run_out = last.is_some_and(|track| track.way == Way::TrackAtOnce);
    if drive.personality.ways.capacity_without_run_out && state.kind.spec().family == Family::Cd && run_out {
        end -= 2;
    }
    reply.put(&(end as u32 - 1).to_be_bytes());
    reply.put(&2048u32.to_be_bytes());
    Ok(0)
}
