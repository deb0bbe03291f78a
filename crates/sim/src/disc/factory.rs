//! Discs as they come: blank from the spindle, or with something on them.

use std::fmt;

use super::audio::{Beside, with_audio};
use super::{Access, Background, Disc, DiscState, Format, MediumKind, Session, Track, TrackState, Way, image};
use crate::surface::{BlockForm, ExtentMap, MemoryStore, Store};
use crate::timing::Family;

/// An id that names no medium.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownMedium(pub String);

impl fmt::Display for UnknownMedium {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no medium is called {:?}", self.0)
    }
}

impl std::error::Error for UnknownMedium {}

impl Disc {
    /// As bought. A pressed kind holds its image all the same, and DVD-RAM is formatted in the factory.
    #[must_use]
    pub fn blank(kind: MediumKind) -> Self {
        Self::blank_on(kind, Box::new(MemoryStore::new()))
    }

    /// The same with a store of the caller's, which must be empty.
    #[must_use]
    pub fn blank_on(kind: MediumKind, store: Box<dyn Store>) -> Self {
        let spec = kind.spec();
        if spec.access == Access::Rom {
            return Self::recorded_on(kind, store);
        }
        Disc::assemble(blank_state(kind), store)
    }

    /// With a small valid ISO 9660 image on it. A write-once or sequentially written disc is closed for good.
    #[must_use]
    pub fn recorded(kind: MediumKind) -> Self {
        Self::recorded_on(kind, Box::new(MemoryStore::new()))
    }

    /// The same with a store of the caller's, which must be empty.
    #[must_use]
    pub fn recorded_on(kind: MediumKind, store: Box<dyn Store>) -> Self {
        with_image(kind, store, true)
    }

    /// The same image in a closed session on a disc that can take more. Overwritable kinds: as [`Disc::recorded`].
    #[must_use]
    pub fn appendable(kind: MediumKind) -> Self {
        Self::appendable_on(kind, Box::new(MemoryStore::new()))
    }

    /// The same with a store of the caller's, which must be empty.
    #[must_use]
    pub fn appendable_on(kind: MediumKind, store: Box<dyn Store>) -> Self {
        with_image(kind, store, false)
    }

    /// The disc of an id: `none`, `cd-r`, and with a condition behind a colon: `recorded`, `appendable`, `damaged` (power
    /// failed while its track was written), `audio`, `mixed` (data before audio) and `extra` (audio, then a data session)
    /// for CDs, `protected` (recorded and write-protected), and for DVD+RW `format-running`
    /// and `format-stopped`.
    ///
    /// # Errors
    /// [`UnknownMedium`].
    pub fn from_id(id: &str) -> Result<Option<Self>, UnknownMedium> {
        Self::from_id_on(id, || Box::new(MemoryStore::new()))
    }

    /// The same; `store` is asked for an empty store when there is a disc to make.
    ///
    /// # Errors
    /// [`UnknownMedium`].
    pub fn from_id_on(id: &str, store: impl FnOnce() -> Box<dyn Store>) -> Result<Option<Self>, UnknownMedium> {
        if id.eq_ignore_ascii_case("none") {
            return Ok(None);
        }
        let (name, how) = id.split_once(':').unwrap_or((id, ""));
        let kind = MediumKind::parse(name).ok_or_else(|| UnknownMedium(id.into()))?;
        match how.to_ascii_lowercase().as_str() {
            "" => Ok(Some(Self::blank_on(kind, store()))),
            "recorded" => Ok(Some(Self::recorded_on(kind, store()))),
            "appendable" => Ok(Some(Self::appendable_on(kind, store()))),
            "protected" => {
                let mut disc = Self::recorded_on(kind, store());
                disc.set_write_protected(true);
                Ok(Some(disc))
            }
            "audio" | "mixed" | "extra" if kind.spec().family == Family::Cd => {
                let beside = match &how.to_ascii_lowercase()[..] {
                    "mixed" => Beside::DataTrack,
                    "extra" => Beside::DataSession,
                    _ => Beside::Nothing,
                };
                Ok(Some(with_audio(kind, store(), beside)))
            }
            "damaged" => damaged(kind, store()).map(Some).ok_or_else(|| UnknownMedium(id.into())),
            "format-running" | "format-stopped" if is_plus_rw(kind) => {
                let mut disc = Self::recorded_on(kind, store());
                disc.state.formatted_to = disc.state.blocks as i32 / 4 / 16 * 16;
                disc.state.background =
                    if how.ends_with("running") { Background::Running } else { Background::Stopped };
                Ok(Some(disc))
            }
            _ => Err(UnknownMedium(id.into())),
        }
    }
}

const fn is_plus_rw(kind: MediumKind) -> bool {
    matches!(kind, MediumKind::DvdPlusRw | MediumKind::DvdPlusRwDl)
}

/// A sequential disc whose first track was being written when the power failed: 320 sectors are on it.
fn damaged(kind: MediumKind, store: Box<dyn Store>) -> Option<Disc> {
    let mut state = blank_state(kind);
    if state.format != Format::Sequential || kind.spec().access == Access::Rom {
        return None;
    }
    let track = &mut state.tracks[0];
    track.next = 320;
    track.state = TrackState::Open;
    track.way = if kind.spec().family == Family::Cd { Way::TrackAtOnce } else { Way::Incremental };
    track.damaged = true;
    let mut disc = Disc::assemble(state, store);
    let mut content = image::minimal_image(kind.spec().name);
    content.resize(320 * 2048, 0);
    // As above: a store that keeps nothing shows when it is read.
    let _ = disc.surface.write(webburn_sector::Lba(0), BlockForm::Data2048, &content);
    Some(disc)
}

/// The state of a disc as bought, or as it is after blanking.
pub(crate) fn blank_state(kind: MediumKind) -> DiscState {
    let spec = kind.spec();
    let map = if spec.family == Family::Cd { ExtentMap::packed() } else { ExtentMap::linear() };
    let mut state = DiscState {
        version: DiscState::VERSION,
        kind,
        format: Format::Sequential,
        blocks: spec.blocks,
        spare_blocks: 0,
        spares_used: 0,
        sessions: Vec::new(),
        tracks: Vec::new(),
        finalized: false,
        background: Background::None,
        formatted_to: 0,
        quick_blanked: false,
        write_protected: false,
        layer0_blocks: None,
        replacements_left: 0,
        defects: Vec::new(),
        session_next: None,
        disc_id: 0,
        cd_text: Vec::new(),
        catalog: None,
        disc_type: 0,
        raw: None,
        map,
    };
    match kind {
        MediumKind::DvdPlusRw
        | MediumKind::DvdPlusRwDl
        | MediumKind::BdRe
        | MediumKind::BdReDl
        | MediumKind::BdReTl => {
            state.format = Format::Unformatted;
        }
        MediumKind::DvdRam => {
            state.format = Format::Random;
            state.blocks = 2_236_704;
            state.spare_blocks = spec.blocks - state.blocks;
            state.formatted_to = state.blocks as i32;
        }
        MediumKind::DvdRwRo => {
            state.format = Format::RestrictedOverwrite { intermediate: false };
            state.formatted_to = state.blocks as i32;
        }
        MediumKind::BdRPow | MediumKind::BdRRrm => {
            let spare = crate::recording::default_spare(kind);
            state.blocks = spec.blocks - spare;
            state.spare_blocks = spare;
            state.format = if kind == MediumKind::BdRPow { Format::PseudoOverwrite } else { Format::RandomOnce };
            state.replacements_left = if kind == MediumKind::BdRPow { crate::recording::REPLACEMENTS } else { 0 };
        }
        MediumKind::HdDvdRam => {
            state.format = Format::Random;
            state.formatted_to = state.blocks as i32;
        }
        _ => {}
    }
    let lead_in = match spec.atip() {
        Some(atip) => atip.lead_in.to_lba().map_or(0, |lba| lba.0),
        None => 0,
    };
    state.sessions.push(Session::open(1, lead_in));
    let mut track = Track::empty(1, 1, 0);
    match state.format {
        Format::PseudoOverwrite => {}
        Format::RandomOnce => any_place(&mut state.sessions[0], &mut track, state.blocks),
        _ if state.is_random() => whole_disc(&mut state.sessions[0], &mut track, state.blocks),
        _ => {}
    }
    state.tracks.push(track);
    state
}

/// The one session and track that an overwritable disc reports.
pub(crate) fn whole_disc(session: &mut Session, track: &mut Track, blocks: u32) {
    session.lead_out = Some(blocks as i32);
    track.size = Some(blocks);
    track.next = track.start + blocks as i32;
    track.state = TrackState::Closed;
    track.way = Way::None;
}

/// The one track of a BD-R in random recording mode: all of it, blank until the first write.
pub(crate) fn any_place(session: &mut Session, track: &mut Track, blocks: u32) {
    session.lead_out = Some(blocks as i32);
    track.size = Some(blocks);
}

fn with_image(kind: MediumKind, store: Box<dyn Store>, closed: bool) -> Disc {
    let spec = kind.spec();
    let mut state = blank_state(kind);
    let content = image::minimal_image(spec.name);
    let sectors = (content.len() / 2048) as u32;
    // A CD track lasts four seconds; other media end on a whole block.
    let padded = if spec.family == Family::Cd { sectors.max(300) } else { sectors.next_multiple_of(spec.ecc) };
    match (spec.access, state.format) {
        (Access::Rom, _) => {
            state.format = Format::Rom;
            one_session(&mut state, padded, 0, Way::None);
            state.finalized = true;
        }
        (_, Format::RandomOnce) => {
            let track = &mut state.tracks[0];
            (track.state, track.next) = (TrackState::Open, padded as i32);
            track.last_recorded = Some(padded as i32 - 1);
            state.finalized = closed;
        }
        (_, Format::Sequential | Format::PseudoOverwrite) => {
            let (way, run_out) = if spec.family == Family::Cd { (Way::TrackAtOnce, 2) } else { (Way::Incremental, 0) };
            one_session(&mut state, padded, run_out, way);
            state.finalized = closed;
            state.disc_id = 0x5742_0001;
            if !closed {
                crate::recording::open_next_session(&mut state);
            }
        }
        (_, Format::Unformatted) => {
            state.format = Format::Random;
            if spec.family == Family::Bd {
                let spare = crate::recording::default_spare(kind);
                state.blocks = spec.blocks - spare;
                state.spare_blocks = spare;
            } else {
                state.background = Background::Complete;
            }
            state.formatted_to = state.blocks as i32;
            let blocks = state.blocks;
            whole_disc(&mut state.sessions[0], &mut state.tracks[0], blocks);
        }
        _ => {}
    }
    let mut disc = Disc::assemble(state, store);
    let mut content = content;
    content.resize(padded as usize * 2048, 0);
    // The surface is empty and the store new: a failure here is a store that cannot keep anything; reading then says so.
    let _ = disc.surface.write(webburn_sector::Lba(0), BlockForm::Data2048, &content);
    disc
}

fn one_session(state: &mut DiscState, sectors: u32, run_out: u32, way: Way) {
    let track = &mut state.tracks[0];
    track.next = sectors as i32;
    track.size = Some(sectors + run_out);
    track.state = TrackState::Closed;
    track.way = way;
    track.last_recorded = Some(sectors as i32 - 1);
    if state.kind.spec().family == Family::Cd {
        track.pregap = Some(-150);
    }
    state.sessions[0].lead_out = Some((sectors + run_out) as i32);
}
