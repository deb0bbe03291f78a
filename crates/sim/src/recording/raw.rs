//! CD, raw: the host writes everything, from the lead-in with its table of contents to the lead-out.

use webburn_scsi::Sense;

use super::{Change, Context, RawScan, Recording, Work};
use crate::disc::{Disc, DiscState, Track, TrackState, Way};
use crate::sense;
use crate::surface::{BlockForm, SurfaceError};

/// Data block types 1 to 3, from the start of the lead-in by the ATIP to the end of the lead-out, without a hole.
pub(crate) struct Raw;
/// The one instance.
pub(crate) static RAW: Raw = Raw;

/// Sectors of lead-out that fit behind the last possible start of one.
const LEAD_OUT: i32 = 6750;

impl Raw {
    fn next(state: &DiscState) -> Option<i32> {
        let own = state.tracks.last().is_some_and(|track| track.way == Way::Raw);
        match (&state.raw, state.session_next) {
            (Some(_), next) if own => next,
            (None, None) if state.is_blank() => state.sessions.first().map(|session| session.lead_in),
            _ => None,
        }
    }
}

impl Recording for Raw {
    fn form(&self, _state: &DiscState, ctx: Context<'_>, _lba: i32) -> BlockForm {
        ctx.params.form
    }

    fn next_writable(&self, state: &DiscState, _ctx: Context<'_>, track: usize) -> Option<i32> {
        (track + 1 == state.tracks.len())
            .then(|| Self::next(state).or_else(|| super::next_session_start(state)))
            .flatten()
    }

    fn free(&self, state: &DiscState, _ctx: Context<'_>, track: usize) -> u32 {
        match state.tracks.get(track) {
            Some(track) if track.state == TrackState::Empty => (state.blocks as i32 - track.start).max(0) as u32,
            _ => 0,
        }
    }

    fn admit(&self, state: &DiscState, ctx: Context<'_>, lba: i32, count: u32) -> Result<usize, Sense> {
        // Raw recording of later sessions is not offered (feature 002Eh, bit 4).
        let next = Self::next(state).ok_or(sense::ILLEGAL_MODE)?;
        if next != lba {
            return Err(sense::WRONG_WRITE_ADDRESS);
        }
        let end = i64::from(state.blocks) + i64::from(ctx.overburn) + i64::from(LEAD_OUT);
        if i64::from(lba) + i64::from(count) > end {
            return Err(sense::END_OF_USER_AREA);
        }
        Ok(state.tracks.len().saturating_sub(1))
    }

    fn note(&self, state: &mut DiscState, _ctx: Context<'_>, track: usize, lba: i32, count: u32) {
        state.raw.get_or_insert_default();
        let next = lba + count as i32;
        state.session_next = Some(next);
        let track = &mut state.tracks[track];
        (track.state, track.way) = (TrackState::Open, Way::Raw);
        track.next = next.max(track.start);
    }

    fn observe(&self, state: &mut DiscState, lba: i32, form: BlockForm, bytes: &[u8]) {
        let Some(scan) = &mut state.raw else { return };
        for (at, block) in (lba..).zip(bytes.chunks_exact(form.size())) {
            scan.block(at, form, block);
        }
    }

    /// Once the lead-out has begun this ends the session, and the disc: its lead-in has said what it is.
    fn synchronize(&self, disc: &mut Disc, _ctx: Context<'_>) -> Result<u32, SurfaceError> {
        if disc.state.raw.as_ref().is_some_and(|scan| scan.lead_out.is_some())
            && let Some(scan) = disc.state.raw.take()
        {
            close(&mut disc.state, &scan);
        }
        Ok(0)
    }

    fn reserve(&self, _state: &mut DiscState, _ctx: Context<'_>, _blocks: u32) -> Result<(), Sense> {
        Err(sense::SEQUENCE)
    }

    fn close(&self, state: &DiscState, _ctx: Context<'_>, function: u8, _number: u16) -> Result<Work, Sense> {
        // Stopped in the middle: the lead-in names tracks and a lead-out that are not there.
        if state.raw.is_some() || state.tracks.iter().any(|track| track.state == TrackState::Open) {
            return Err(sense::illegal(0x72, 0x03));
        }
        if !matches!(function, 1 | 2) {
            return Err(sense::FIELD);
        }
        Ok(Work::new(Change::Nothing, 0, 100))
    }

    fn is_exclusive(&self) -> bool {
        true
    }

    fn heeds_mode_page(&self) -> bool {
        true
    }
}

/// The session as its lead-in describes it; indices and codes are where the program area has them.
fn close(state: &mut DiscState, scan: &RawScan) {
    let end = state.session_next.take();
    let Some(session) = state.sessions.last_mut() else { return };
    let number = session.number;
    session.toc.clone_from(&scan.toc);
    session.lead_out = scan.listed_lead_out().or(scan.lead_out);
    let lead_out = session.lead_out.unwrap_or(0);
    state.cd_text = scan.cd_text();
    state.catalog.clone_from(&scan.catalog);
    state.disc_type = scan.point(0xA0).map_or(0, |line| line[8]);
    let Some(listed) = scan.listed() else {
        // A lead-in that describes no session: recorded all the same, and nothing on the disc will be found.
        for track in &mut state.tracks {
            track.state = TrackState::Closed;
            track.size = Some(end.unwrap_or(0).min(lead_out).saturating_sub(track.start).max(0) as u32);
            track.damaged = true;
        }
        state.finalized = true;
        return;
    };
    state.tracks.retain(|track| track.session != number);
    for (control, listed_number, start) in listed {
        let found = scan.tracks.iter().find(|track| track.number == listed_number);
        state.tracks.push(Track {
            state: TrackState::Closed,
            control,
            way: Way::Raw,
            pregap: found.and_then(|track| track.pregap),
            indices: found.map_or_else(Vec::new, |track| track.indices.iter().skip(1).copied().collect()),
            isrc: found.and_then(|track| track.isrc.clone()),
            data_mode: match found {
                Some(track) if control & 4 != 0 => track.data_mode,
                _ => 0x0F,
            },
            ..Track::empty(u16::from(listed_number), number, start)
        });
    }
    let ends: Vec<i32> = state.tracks.iter().skip(1).map(Track::begins).chain([lead_out]).collect();
    for (track, end) in state.tracks.iter_mut().zip(ends) {
        track.next = end.max(track.start);
        track.size = Some((track.next - track.start) as u32);
        track.last_recorded = Some(track.next - 1);
    }
    if state.disc_id == 0 {
        state.disc_id = 0x5742_0003;
    }
    state.finalized = !scan.stays_open();
    if !state.finalized {
        super::open_next_session(state);
    }
}
