//! Recording from the next writable address on, in tracks and sessions. One rule book per medium, one engine.

use webburn_scsi::Sense;

use super::{Change, Context, Recording, Work};
use crate::disc::{Disc, DiscState, Session, Track, TrackState, Way};
use crate::sense;
use crate::surface::{BlockForm, SurfaceError};
use crate::timing::Family;

/// What differs between media written from the next writable address on. Counts are sectors.
pub(crate) struct Sequential {
    way: Way,
    /// A flush fills up to a multiple of this.
    align: u32,
    /// Unreadable sectors at the end of a track that count as its own.
    run_out: u32,
    /// From the end of a track to the start of the next.
    track_gap: u32,
    /// A shorter track is filled up.
    min_track: u32,
    max_tracks: u16,
    /// From the end of a session's last track to the start of the next session, for the first and for later ones.
    session_gap: [u32; 2],
    /// Sectors to write in order to close a session, for the first and for later ones; and to finalise.
    closing: [u32; 2],
    /// SYNCHRONIZE CACHE ends the track.
    sync_ends_track: bool,
    /// CLOSE TRACK/SESSION functions: close session and keep open, finalise.
    stay_open: &'static [u8],
    finalise: &'static [u8],
    /// Function 2 finalises when the mode page says "no more sessions".
    heeds_mode_page: bool,
}

/// CD, track at once: two run-out blocks, 150 blocks before the next track; lead-out 6750 (later 2250), next lead-in
/// 4500, pre-gap 150.
pub(crate) static TRACK_AT_ONCE: Sequential = Sequential {
    way: Way::TrackAtOnce,
    align: 1,
    run_out: 2,
    track_gap: 150,
    min_track: 300,
    max_tracks: 99,
    session_gap: [11_400, 6900],
    closing: [6750 + 4500, 2250 + 4500],
    sync_ends_track: true,
    stay_open: &[2],
    finalise: &[],
    heeds_mode_page: true,
};

/// CD, packets: a flush costs the seven link blocks (one link, four run-in, two run-out).
pub(crate) static CD_PACKET: Sequential = Sequential {
    way: Way::Incremental,
    align: 1,
    run_out: 2,
    track_gap: 150,
    min_track: 300,
    max_tracks: 99,
    session_gap: [11_400, 6900],
    closing: [6750 + 4500, 2250 + 4500],
    sync_ends_track: false,
    stay_open: &[2],
    finalise: &[],
    heeds_mode_page: true,
};

/// DVD-R and DVD-RW, incremental, and layer jump on two layers: the addresses run on where the laser jumps, at the middle
/// zone. Border zones: 1792 and 384 ECC blocks (*guess* at the inner radius; they depend on it).
pub(crate) static INCREMENTAL: Sequential = Sequential {
    way: Way::Incremental,
    align: 16,
    run_out: 0,
    track_gap: 16,
    min_track: 16,
    max_tracks: 2302,
    session_gap: [28_672, 6144],
    closing: [28_672, 6144],
    sync_ends_track: false,
    stay_open: &[2],
    finalise: &[3],
    heeds_mode_page: true,
};

/// DVD+R: closure zone of one session and intro zone of the next, 1024 sectors each; a run-in block between fragments.
pub(crate) static DVD_PLUS_R: Sequential = Sequential {
    way: Way::Incremental,
    align: 16,
    run_out: 0,
    track_gap: 16,
    min_track: 16,
    max_tracks: 153,
    session_gap: [2048, 2048],
    closing: [2048, 2048],
    sync_ends_track: false,
    stay_open: &[2],
    finalise: &[5, 6],
    heeds_mode_page: false,
};

/// BD-R in sequential recording mode: sessions exist in the disc's management area alone and cost no sectors.
pub(crate) static BD_R: Sequential = Sequential {
    way: Way::Incremental,
    align: 32,
    run_out: 0,
    track_gap: 0,
    min_track: 32,
    max_tracks: 7927,
    session_gap: [0, 0],
    closing: [512, 512],
    sync_ends_track: false,
    stay_open: &[2],
    finalise: &[6],
    heeds_mode_page: false,
};

/// The rule book of a disc when no mode page chooses: what its sessions look like is the medium's own.
pub(super) fn rules(state: &DiscState) -> &'static Sequential {
    match (state.kind.spec().family, super::is_plus(state)) {
        (Family::Cd, _) => &TRACK_AT_ONCE,
        (Family::Dvd, true) => &DVD_PLUS_R,
        (Family::Dvd, false) => &INCREMENTAL,
        (Family::Bd, _) => &BD_R,
    }
}

/// Sectors written to close the session that is open.
pub(super) fn closing_sectors(state: &DiscState, finalize: bool) -> u32 {
    let sectors = rules(state).closing[usize::from(state.last_closed_session().is_some())];
    if finalize { sectors.max(short_lead_out(state)) } else { sectors }
}

/// Lead-out of a finalised disc: to a radius that every player finds, *guess*.
fn short_lead_out(state: &DiscState) -> u32 {
    match state.kind.spec().family {
        Family::Cd => 6750,
        Family::Dvd => 16_384,
        Family::Bd => 32_768,
    }
}

/// Begins an empty session behind the last closed one.
pub(crate) fn open_next_session(state: &mut DiscState) {
    let rules = rules(state);
    let Some(lead_out) = state.sessions.last().and_then(|session| session.lead_out) else { return };
    let number = state.sessions.len() as u16 + 1;
    let gap = rules.session_gap[usize::from(number > 2)];
    let start = align(lead_out + gap as i32, rules.align);
    let lead_in = if state.kind.spec().family == Family::Cd { start - 150 - 4500 } else { start };
    if start < state.blocks as i32 {
        state.sessions.push(Session::open(number, lead_in));
        let track = state.tracks.last().map_or(1, |track| track.number + 1);
        state.tracks.push(Track::empty(track, number, start));
    } else {
        // No room for another session: the disc is full.
        state.finalized = true;
    }
}

/// Ends track `index`: fills it up and, when it was the last, opens the next invisible one.
pub(super) fn close_track(disc: &mut Disc, index: usize) -> Result<u32, SurfaceError> {
    let rules = rules(&disc.state);
    let blocks = disc.state.blocks as i32;
    let track = &disc.state.tracks[index];
    if track.state == TrackState::Closed || (track.state == TrackState::Empty && track.size.is_none()) {
        return Ok(0);
    }
    let reserved = track.size.map(|size| track.start + size as i32);
    let run_out = if track.way == Way::Incremental && rules.run_out > 0 { 2 } else { rules.run_out };
    let wanted = align(track.next.max(track.start + rules.min_track as i32), rules.align);
    let end = reserved.unwrap_or_else(|| wanted.min(blocks.max(track.next)));
    let (first, pad) = (track.next, (end - track.next).max(0) as u32);
    let form = form_of(disc, first);
    disc.pad(first, pad, form)?;
    let track = &mut disc.state.tracks[index];
    track.next = end;
    track.size = Some((end - track.start) as u32 + if reserved.is_some() { 0 } else { run_out });
    track.state = TrackState::Closed;
    track.damaged = false;
    track.last_recorded = Some(end - 1);
    let (end, session) = (track.end(), track.session);
    if index + 1 == disc.state.tracks.len() {
        open_next_track(&mut disc.state, end, session);
    }
    Ok(pad + run_out)
}

fn open_next_track(state: &mut DiscState, end: i32, session: u16) {
    let rules = rules(state);
    let start = align(end + rules.track_gap as i32, rules.align);
    let number = state.tracks.last().map_or(1, |track| track.number + 1);
    if start < state.blocks as i32 && number <= rules.max_tracks {
        state.tracks.push(Track::empty(number, session, start));
    }
}

/// Ends the open session; `finalize` leaves nothing open.
pub(super) fn close_session(disc: &mut Disc, finalize: bool) -> Result<u32, SurfaceError> {
    let mut sectors = 0;
    for index in 0..disc.state.tracks.len() {
        sectors += close_track(disc, index)?;
    }
    let state = &mut disc.state;
    let Some(number) = state.sessions.last().map(|session| session.number) else { return Ok(sectors) };
    let written = state.tracks_of(number).any(|track| track.state == TrackState::Closed);
    sectors += closing_sectors(state, finalize);
    state.tracks.retain(|track| track.state != TrackState::Empty);
    if written {
        let end = state.tracks.last().map_or(0, Track::end);
        if let Some(session) = state.sessions.last_mut() {
            session.lead_out = Some(end);
        }
    } else if finalize && state.sessions.len() > 1 {
        state.sessions.pop();
    }
    state.finalized = finalize;
    if !finalize {
        open_next_session(state);
    }
    if state.disc_id == 0 {
        state.disc_id = 0x5742_0002;
    }
    Ok(sectors)
}

/// The form of what was written just before `next`.
fn form_of(disc: &Disc, next: i32) -> BlockForm {
    disc.surface.map().find(webburn_sector::Lba(next - 1)).map_or(BlockForm::Data2048, |extent| extent.form)
}

pub(super) const fn align(at: i32, unit: u32) -> i32 {
    let rest = at.rem_euclid(unit as i32);
    if rest == 0 { at } else { at + unit as i32 - rest }
}

impl Sequential {
    /// One behind the last address this track may use.
    fn limit(&self, state: &DiscState, track: &Track) -> i32 {
        match track.size {
            Some(size) => track.start + size as i32,
            None => state.blocks as i32 - self.run_out as i32,
        }
    }
}

impl Recording for Sequential {
    fn form(&self, _state: &DiscState, ctx: Context<'_>, _lba: i32) -> BlockForm {
        if self.heeds_mode_page && self.run_out > 0 { ctx.params.form } else { BlockForm::Data2048 }
    }

    fn next_writable(&self, state: &DiscState, _ctx: Context<'_>, track: usize) -> Option<i32> {
        let track = state.tracks.get(track)?;
        let open = track.state != TrackState::Closed && !state.finalized;
        (open && track.next < self.limit(state, track)).then_some(track.next)
    }

    fn free(&self, state: &DiscState, _ctx: Context<'_>, track: usize) -> u32 {
        match state.tracks.get(track) {
            Some(track) if track.state != TrackState::Closed => (self.limit(state, track) - track.next).max(0) as u32,
            _ => 0,
        }
    }

    fn admit(&self, state: &DiscState, ctx: Context<'_>, lba: i32, count: u32) -> Result<usize, Sense> {
        let index = state
            .tracks
            .iter()
            .rposition(|track| track.state != TrackState::Closed && track.next == lba)
            .filter(|_| !state.finalized)
            .ok_or(if lba >= state.blocks as i32 { sense::OUT_OF_RANGE } else { sense::WRONG_WRITE_ADDRESS })?;
        let track = &state.tracks[index];
        let limit = self.limit(state, track);
        if i64::from(lba) + i64::from(count) > i64::from(limit) {
            return Err(if track.size.is_some() { sense::OUT_OF_RANGE } else { sense::END_OF_USER_AREA });
        }
        let begun = track.state == TrackState::Open;
        if begun && (track.way != self.way || (self.run_out > 0 && track.control != ctx.params.control)) {
            return Err(sense::ILLEGAL_MODE);
        }
        Ok(index)
    }

    fn note(&self, state: &mut DiscState, ctx: Context<'_>, track: usize, lba: i32, count: u32) {
        let is_cd = self.run_out > 0;
        if is_cd && state.last_closed_session().is_none() && state.tracks[track].state == TrackState::Empty {
            state.disc_type = ctx.params.session_format;
            let catalog = ctx.params.catalog.map(|digits| digits.map(char::from).iter().collect());
            state.catalog = state.catalog.take().or(catalog);
        }
        let track = &mut state.tracks[track];
        if track.state == TrackState::Empty {
            track.state = TrackState::Open;
            track.way = self.way;
            if is_cd {
                // The drive's own pause before the track.
                track.pregap = Some(track.start - 150);
                track.copied = ctx.params.copied;
                track.sub_header = ctx.params.sub_header;
                track.isrc = ctx.params.isrc.map(|code| code.map(char::from).iter().collect());
                track.control = ctx.params.control;
                track.data_mode = match ctx.params.form {
                    BlockForm::Data2048 => 1,
                    BlockForm::Audio2352 => 0x0F,
                    _ => 2,
                };
            }
        }
        track.next = lba + count as i32;
    }

    fn synchronize(&self, disc: &mut Disc, _ctx: Context<'_>) -> Result<u32, SurfaceError> {
        let mut sectors = 0;
        for index in 0..disc.state.tracks.len() {
            let track = &disc.state.tracks[index];
            if track.state != TrackState::Open || track.last_recorded == Some(track.next - 1) {
                continue;
            }
            if self.sync_ends_track {
                sectors += close_track(disc, index)?;
                continue;
            }
            let end = align(track.next, self.align).min(self.limit(&disc.state, track));
            let (first, pad) = (track.next, (end - track.next).max(0) as u32);
            let form = form_of(disc, first);
            disc.pad(first, pad, form)?;
            let track = &mut disc.state.tracks[index];
            track.next = end;
            track.last_recorded = Some(end - 1);
            // On CD the next packet begins behind run-out, link and run-in.
            if self.run_out > 0 {
                track.next += 7;
            }
            sectors += pad;
        }
        Ok(sectors)
    }

    fn reserve(&self, state: &mut DiscState, _ctx: Context<'_>, blocks: u32) -> Result<(), Sense> {
        let last = state.tracks.len().checked_sub(1).ok_or(sense::NO_MORE_RESERVATIONS)?;
        let track = &state.tracks[last];
        if state.finalized || track.state != TrackState::Empty || track.size.is_some() {
            return Err(sense::SEQUENCE);
        }
        // No disc is larger than 2^30 blocks; what asks for more is refused below, without overflow here.
        let size = align(blocks.min(1 << 30) as i32, self.align);
        if blocks == 0 || size > self.limit(state, track) - track.start {
            return Err(sense::END_OF_USER_AREA);
        }
        let (end, session) = (track.start + size, track.session);
        state.tracks[last].size = Some(size as u32);
        state.tracks[last].way = self.way;
        open_next_track(state, end, session);
        Ok(())
    }

    fn close(&self, state: &DiscState, ctx: Context<'_>, function: u8, number: u16) -> Result<Work, Sense> {
        if state.finalized {
            return Err(sense::SEQUENCE);
        }
        if function == 1 {
            let index = match number {
                // The open track, by FFh on CD and DVD+R.
                0 | 0xFF => state.tracks.iter().rposition(|track| track.state == TrackState::Open),
                _ => Some(state.tracks.iter().position(|track| track.number == number).ok_or(sense::FIELD)?),
            };
            let sectors = index.map_or(0, |index| {
                let track = &state.tracks[index];
                track.size.map_or(self.align, |size| track.start.saturating_add_unsigned(size).abs_diff(track.next))
            });
            return Ok(Work::new(index.map_or(Change::Nothing, Change::CloseTrack), sectors, 1500));
        }
        let finalize = if self.stay_open.contains(&function) {
            self.heeds_mode_page && ctx.params.closes_disc()
        } else if self.finalise.contains(&function) {
            true
        } else {
            return Err(sense::FIELD);
        };
        // On CD a reserved track must be full before its session is closed.
        if self.run_out > 0
            && state.tracks.iter().any(|track| {
                track.state != TrackState::Closed
                    && track.size.is_some_and(|size| track.next < track.start.saturating_add_unsigned(size))
            })
        {
            return Err(sense::RESERVED_NOT_FULL);
        }
        let session = state.sessions.last().map_or(1, |session| session.number);
        let empty = state.tracks_of(session).all(|track| track.state == TrackState::Empty && track.size.is_none());
        // Closing an empty session is no error and changes nothing.
        if empty && !(finalize && state.sessions.len() > 1) {
            return Ok(Work::new(Change::Nothing, 0, 500));
        }
        Ok(Work::new(Change::CloseSession { finalize }, closing_sectors(state, finalize), 2000))
    }

    fn heeds_mode_page(&self) -> bool {
        self.heeds_mode_page
    }
}
