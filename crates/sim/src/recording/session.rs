//! Recording a whole session or disc in one go: CD session at once, DVD-R disc at once.

use webburn_scsi::Sense;

use super::{Change, Context, Recording, Work, sequential};
use crate::disc::{Disc, DiscState, Track, TrackState, Way};
use crate::sense;
use crate::surface::{BlockForm, SurfaceError};

/// CD, session at once: a cue sheet first, then every block from the pre-gap (or lead-in) on.
pub(crate) struct SessionAtOnce;
/// The one instance.
pub(crate) static SESSION_AT_ONCE: SessionAtOnce = SessionAtOnce;

impl SessionAtOnce {
    fn next(state: &DiscState, ctx: Context<'_>) -> Option<i32> {
        match ctx.cue {
            _ if state.finalized => None,
            Some(cue) => {
                let next = cue.hosts_next(state.session_next.unwrap_or(cue.first()));
                (next < cue.lead_out()).then_some(next)
            }
            // Before the cue sheet a drive names the start of the first pre-gap.
            None if state.is_blank() => Some(-150),
            // Behind a closed session: where another way of writing would begin.
            None => super::next_session_start(state),
        }
    }
}

impl Recording for SessionAtOnce {
    fn form(&self, _state: &DiscState, ctx: Context<'_>, lba: i32) -> BlockForm {
        ctx.cue.and_then(|cue| cue.form_at(lba)).and_then(|(form, _)| form).unwrap_or(BlockForm::Data2048)
    }

    fn next_writable(&self, state: &DiscState, ctx: Context<'_>, track: usize) -> Option<i32> {
        (track + 1 == state.tracks.len()).then(|| Self::next(state, ctx)).flatten()
    }

    fn free(&self, state: &DiscState, _ctx: Context<'_>, track: usize) -> u32 {
        match state.tracks.get(track) {
            Some(track) if track.state == TrackState::Empty => (state.blocks as i32 - track.start).max(0) as u32,
            _ => 0,
        }
    }

    fn admit(&self, state: &DiscState, ctx: Context<'_>, lba: i32, count: u32) -> Result<usize, Sense> {
        let cue = ctx.cue.ok_or(sense::SEQUENCE)?;
        if Self::next(state, ctx) != Some(lba) {
            return Err(sense::WRONG_WRITE_ADDRESS);
        }
        let (form, end) = cue.form_at(lba).ok_or(sense::OUT_OF_RANGE)?;
        if form.is_none() || i64::from(lba) + i64::from(count) > i64::from(cue.lead_out()) {
            return Err(sense::END_OF_USER_AREA);
        }
        // Blocks of one WRITE are all of one size.
        if lba + count as i32 > end && cue.form_at(end).is_some_and(|(next, _)| next != form) {
            return Err(sense::ILLEGAL_MODE);
        }
        Ok(state.tracks.len().saturating_sub(1))
    }

    fn note(&self, state: &mut DiscState, ctx: Context<'_>, _track: usize, lba: i32, count: u32) {
        let Some(cue) = ctx.cue else { return };
        if state.session_next.is_none() {
            let session = state.sessions.last().map_or(1, |session| session.number);
            state.tracks.retain(|track| track.session != session);
            if session == 1 || cue.catalog.is_some() {
                state.catalog.clone_from(&cue.catalog);
            }
            state.disc_type = ctx.params.session_format;
            for (number, start, end, control, form) in cue.tracks() {
                let entries = cue.entries.iter().filter(|entry| entry.track == number);
                state.tracks.push(Track {
                    pregap: cue.index(number, 0),
                    indices: (2..=99).map_while(|index| cue.index(number, index)).collect(),
                    isrc: cue.isrcs.iter().find(|(track, _)| *track == number).map(|(_, code)| code.clone()),
                    copied: entries.clone().any(|entry| entry.scms & 0x80 != 0),
                    size: Some((end - start) as u32),
                    state: TrackState::Open,
                    control,
                    data_mode: match form & 0x30 {
                        0x10 => 1,
                        0x00 => 0x0F,
                        _ => 2,
                    },
                    way: Way::SessionAtOnce,
                    ..Track::empty(u16::from(number), session, start)
                });
            }
        }
        let next = lba + count as i32;
        state.session_next = Some(next);
        for track in &mut state.tracks {
            if track.state == TrackState::Open {
                track.next = next.clamp(track.start, track.end());
            }
        }
    }

    fn observe(&self, state: &mut DiscState, _lba: i32, form: BlockForm, bytes: &[u8]) {
        // CD-Text comes as the sub-channel of the lead-in.
        if form == BlockForm::SubOnly {
            let scan = state.raw.get_or_insert_default();
            bytes.as_chunks::<96>().0.iter().for_each(|sub| scan.text(sub));
        }
    }

    fn synchronize(&self, disc: &mut Disc, ctx: Context<'_>) -> Result<u32, SurfaceError> {
        let state = &mut disc.state;
        let whole =
            ctx.cue.is_some_and(|cue| state.session_next.is_some_and(|next| cue.hosts_next(next) == cue.lead_out()));
        if !whole {
            return Ok(0);
        }
        for track in state.tracks.iter_mut().filter(|track| track.state == TrackState::Open) {
            track.state = TrackState::Closed;
            track.next = track.end();
            track.last_recorded = Some(track.next - 1);
        }
        if state.disc_id == 0 {
            state.disc_id = 0x5742_0004;
        }
        state.session_next = None;
        // The text stands in the first lead-in.
        let text = state.raw.take().map_or_else(Vec::new, |scan| scan.cd_text());
        if state.sessions.len() == 1 {
            state.cd_text = text;
        }
        let lead_out = ctx.cue.map(super::CueSheet::lead_out);
        if let Some(session) = state.sessions.last_mut() {
            session.lead_out = lead_out;
        }
        let sectors = sequential::closing_sectors(state, ctx.params.closes_disc());
        state.finalized = ctx.params.closes_disc();
        if !state.finalized {
            super::open_next_session(state);
        }
        Ok(sectors)
    }

    fn reserve(&self, _state: &mut DiscState, _ctx: Context<'_>, _blocks: u32) -> Result<(), Sense> {
        Err(sense::SEQUENCE)
    }

    fn close(&self, state: &DiscState, _ctx: Context<'_>, function: u8, _number: u16) -> Result<Work, Sense> {
        // Stopped in the middle: there is no lead-out and no way to write one.
        if state.session_next.is_some() {
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

/// DVD-R and DVD-RW, disc at once: RESERVE TRACK with the length, then everything from address 0 on.
pub(crate) struct DiscAtOnce;
/// The one instance.
pub(crate) static DISC_AT_ONCE: DiscAtOnce = DiscAtOnce;

impl Recording for DiscAtOnce {
    fn form(&self, _state: &DiscState, _ctx: Context<'_>, _lba: i32) -> BlockForm {
        BlockForm::Data2048
    }

    fn next_writable(&self, state: &DiscState, _ctx: Context<'_>, track: usize) -> Option<i32> {
        let track = state.tracks.get(track)?;
        (track.state != TrackState::Closed && !state.finalized).then_some(track.next)
    }

    fn free(&self, state: &DiscState, _ctx: Context<'_>, track: usize) -> u32 {
        let Some(track) = state.tracks.get(track) else { return 0 };
        let end = track.size.map_or(state.blocks as i32, |size| track.start + size as i32);
        if track.state == TrackState::Closed { 0 } else { (end - track.next).max(0) as u32 }
    }

    fn admit(&self, state: &DiscState, _ctx: Context<'_>, lba: i32, count: u32) -> Result<usize, Sense> {
        let track = state.tracks.first().filter(|_| !state.finalized).ok_or(sense::WRONG_WRITE_ADDRESS)?;
        if track.state == TrackState::Closed || state.tracks.len() > 1 {
            return Err(sense::ILLEGAL_MODE);
        }
        let size = track.size.ok_or(sense::SEQUENCE)?;
        if track.next != lba {
            return Err(sense::WRONG_WRITE_ADDRESS);
        }
        if i64::from(lba) + i64::from(count) > i64::from(track.start) + i64::from(size) {
            return Err(sense::OUT_OF_RANGE);
        }
        Ok(0)
    }

    fn note(&self, state: &mut DiscState, _ctx: Context<'_>, track: usize, lba: i32, count: u32) {
        let track = &mut state.tracks[track];
        track.state = TrackState::Open;
        track.way = Way::SessionAtOnce;
        track.next = lba + count as i32;
    }

    fn synchronize(&self, disc: &mut Disc, ctx: Context<'_>) -> Result<u32, SurfaceError> {
        let Some(track) = disc.state.tracks.first() else { return Ok(0) };
        if track.state != TrackState::Open || track.next < track.end() {
            return Ok(0);
        }
        sequential::close_session(disc, ctx.params.closes_disc())
    }

    fn reserve(&self, state: &mut DiscState, _ctx: Context<'_>, blocks: u32) -> Result<(), Sense> {
        if !state.is_blank() || state.tracks.first().is_none_or(|track| track.size.is_some()) {
            return Err(sense::SEQUENCE);
        }
        if blocks == 0 || blocks > state.blocks || blocks.next_multiple_of(16) > state.blocks {
            return Err(sense::END_OF_USER_AREA);
        }
        state.tracks.truncate(1);
        state.tracks[0].size = Some(blocks.next_multiple_of(16));
        Ok(())
    }

    fn close(&self, state: &DiscState, _ctx: Context<'_>, function: u8, _number: u16) -> Result<Work, Sense> {
        if !matches!(function, 1 | 2) {
            return Err(sense::FIELD);
        }
        match state.tracks.first() {
            Some(track) if track.state == TrackState::Open => Err(sense::RESERVED_NOT_FULL),
            _ => Ok(Work::new(Change::Nothing, 0, 100)),
        }
    }

    fn is_exclusive(&self) -> bool {
        true
    }

    fn heeds_mode_page(&self) -> bool {
        true
    }
}
