//! Discs with music on them: audio alone, behind data (mixed mode), before a data session (CD-Extra).

use webburn_cdcode::cdtext::{self, Block, CdText, TextKind};
use webburn_sector::Lba;

use super::{Access, Disc, Format, MediumKind, Session, Track, TrackState, Way, blank_state, image};
use crate::recording;
use crate::surface::{BlockForm, Store};

/// What else is on the disc.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Beside {
    /// Nothing.
    Nothing,
    /// A data track in front.
    DataTrack,
    /// A data session behind.
    DataSession,
}

/// A sector of audio: left `37·n·t`, right `11·n·(t+4)`, for sample `n` of track `t`.
fn samples(track: u16, sector: u32) -> [u8; 2352] {
    let (t, from) = (u32::from(track), sector * 588);
    let mut bytes = [0; 2352];
    for (n, both) in (from..).zip(bytes.chunks_exact_mut(4)) {
        let (left, right) = (n.wrapping_mul(37 * t) as u16, n.wrapping_mul(11 * (t + 4)) as u16);
        both[..2].copy_from_slice(&left.to_le_bytes());
        both[2..].copy_from_slice(&right.to_le_bytes());
    }
    bytes
}

/// Three tracks of twelve, ten and eight seconds with names: the second with a pre-gap of two seconds and an index 2, the
/// third with pre-emphasis.
pub(super) fn with_audio(kind: MediumKind, store: Box<dyn Store>, beside: Beside) -> Disc {
    let mut state = blank_state(kind);
    state.tracks.clear();
    let data = image::minimal_image(kind.spec().name);
    let mut at = 0;
    if beside == Beside::DataTrack {
        at = (data.len() / 2048).max(300) as i32 + 150;
        state.tracks.push(Track { pregap: Some(-150), ..closed(1, 1, 0, at, 4, 1) });
    }
    let first = state.tracks.len() as u16 + 1;
    for (number, gap, length, control) in [(first, 150, 900, 0), (first + 1, 150, 750, 2), (first + 2, 0, 600, 1)] {
        let pregap = if at == 0 { -150 } else { at };
        let start = if at == 0 { 0 } else { at + gap };
        let track = closed(number, 1, start, start + length, control, 0x0F);
        let isrc = Some(format!("DEWBN26{number:05}"));
        let indices = if number == first + 1 { vec![start + 300] } else { Vec::new() };
        state.tracks.push(Track { pregap: (pregap != start).then_some(pregap), isrc, indices, ..track });
        at = start + length;
    }
    state.sessions[0].lead_out = Some(at);
    state.catalog = Some("4006381333931".into());
    state.cd_text = text(first, first + 2);
    state.disc_id = 0x5742_0005;
    state.finalized = beside != Beside::DataSession;
    if kind.spec().access == Access::Rom {
        state.format = Format::Rom;
    }
    if beside == Beside::DataSession {
        recording::open_next_session(&mut state);
        let end = (data.len() / 2048).max(300) as u32;
        if let (Some(track), Some(Session { lead_out, .. })) = (state.tracks.last_mut(), state.sessions.last_mut()) {
            *track = closed(track.number, track.session, track.start, track.start + end as i32, 4, 2);
            track.pregap = Some(track.start - 150);
            track.sub_header = [0, 0, 0x08, 0];
            *lead_out = Some(track.end());
        }
        state.finalized = true;
    }
    let tracks = state.tracks.clone();
    let mut disc = Disc::assemble(state, store);
    for track in &tracks {
        let sectors = track.size.unwrap_or(0);
        // The surface is empty and the store new: what fails here shows when it is read.
        let _ = if track.is_data() {
            let mut data = data.clone();
            data.resize(sectors as usize * 2048, 0);
            let form = if track.data_mode == 1 { BlockForm::Data2048 } else { BlockForm::XaForm1 };
            disc.surface.write(Lba(track.start), form, &data)
        } else {
            let mut sound = Vec::with_capacity(sectors as usize * 2352);
            (0..sectors).for_each(|sector| sound.extend_from_slice(&samples(track.number, sector)));
            disc.surface.write(Lba(track.start), BlockForm::Audio2352, &sound)
        };
    }
    disc
}

/// A finished track from `start` to `end`.
fn closed(number: u16, session: u16, start: i32, end: i32, control: u8, data_mode: u8) -> Track {
    Track {
        next: end,
        size: Some((end - start) as u32),
        state: TrackState::Closed,
        control,
        data_mode,
        way: Way::SessionAtOnce,
        last_recorded: Some(end - 1),
        ..Track::empty(number, session, start)
    }
}

/// CD-Text of the disc: its title, its tracks' titles and performers.
fn text(first: u16, last: u16) -> Vec<u8> {
    let mut block = Block::new(1, last as u8);
    let mut put = |kind, track: u16, text: &str| block.set(kind, track as u8, text).is_ok();
    put(TextKind::Title, 0, "Three tones");
    put(TextKind::Performer, 0, "The Simulator");
    for (track, title) in (first..).zip(["Low", "Middle", "High"]) {
        put(TextKind::Title, track, title);
        put(TextKind::Performer, track, "The Simulator");
    }
    let packs = cdtext::encode(&CdText { blocks: vec![block] }).unwrap_or_default();
    packs.iter().flat_map(cdtext::Pack::to_bytes).collect()
}
