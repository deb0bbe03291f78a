//! Every kind of disc in every state it can be in, and for the rest the reason why it cannot.

use webburn_sim::disc::{Access, Format, Session, Track, TrackState, Way};
use webburn_sim::surface::MemoryStore;
use webburn_sim::{Disc, DiscState, MediumKind};

use MediumKind as K;

/// A state of a disc.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nothing was ever written, nothing formatted.
    Blank,
    /// To be formatted before it can be written.
    Unformatted,
    /// Formatted, and nothing written since.
    Formatted,
    /// One session, and room for another.
    Appendable,
    /// Written to the last sector.
    Complete,
    /// Closed for good with room left.
    Closed,
    /// The power failed while it was written.
    Damaged,
    /// Protected against writing, data on it.
    Protected,
    /// A background format is under way, data on it.
    FormatRunning,
    /// Overwritable, data on it.
    Written,
    /// A background format was stopped.
    FormatStopped,
    /// Quick formatted, a part written, not closed.
    Intermediate,
    /// Blanked the quick way.
    QuickBlanked,
    /// Its track is closed, its session is not.
    SessionOpen,
    /// Its track is written in part and not closed: a program ended in the middle.
    TrackOpen,
}

impl State {
    /// Every state: those that each medium answers for first, then those of single media.
    pub const ALL: [State; 15] = [
        State::Blank,
        State::Unformatted,
        State::Formatted,
        State::Appendable,
        State::Complete,
        State::Closed,
        State::Damaged,
        State::Protected,
        State::FormatRunning,
        State::Written,
        State::FormatStopped,
        State::Intermediate,
        State::QuickBlanked,
        State::SessionOpen,
        State::TrackOpen,
    ];

    /// Its heading.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            State::Blank => "blank",
            State::Unformatted => "unformatted",
            State::Formatted => "formatted",
            State::Appendable => "appendable",
            State::Complete => "complete",
            State::Closed => "closed",
            State::Damaged => "damaged",
            State::Protected => "write-protected",
            State::FormatRunning => "background format running",
            State::Written => "written",
            State::FormatStopped => "background format stopped",
            State::Intermediate => "quick formatted and half written",
            State::QuickBlanked => "quick blanked",
            State::SessionOpen => "session left open",
            State::TrackOpen => "track left open",
        }
    }

    /// A state that only some media know; the others say nothing of it.
    #[must_use]
    pub const fn special(self) -> bool {
        matches!(
            self,
            State::Written
                | State::FormatStopped
                | State::Intermediate
                | State::QuickBlanked
                | State::SessionOpen
                | State::TrackOpen
        )
    }
}

const fn plus_rw(kind: K) -> bool {
    matches!(kind, K::DvdPlusRw | K::DvdPlusRwDl)
}

const fn bd_re(kind: K) -> bool {
    matches!(kind, K::BdRe | K::BdReDl | K::BdReTl)
}

const fn overwritable(kind: K) -> bool {
    plus_rw(kind) || bd_re(kind) || matches!(kind, K::DvdRam | K::DvdRwRo | K::HdDvdRam)
}

const fn bd_r(kind: K) -> bool {
    matches!(kind, K::BdR | K::BdRDl | K::BdRTl | K::BdRQl)
}

/// The disc of `kind` in `state`.
///
/// # Errors
/// Why there is no such disc.
pub fn disc(kind: K, state: State) -> Result<Disc, &'static str> {
    let rom = kind.spec().access == Access::Rom;
    match state {
        State::Closed if rom => Ok(Disc::recorded(kind)),
        _ if rom => Err("a pressed disc leaves the factory closed"),
        State::Blank => match kind {
            K::DvdRwRo => Err("blanked it is a sequential DVD-RW: see dvd-rw"),
            K::BdRPow | K::BdRRrm => Err("formatted once and for all: see bd-r for the blank disc"),
            _ if overwritable(kind) => Err("an overwritable disc has no blank state: see unformatted and formatted"),
            _ => Ok(Disc::blank(kind)),
        },
        State::Unformatted => match kind {
            K::DvdRam => Ok(unformatted(kind)),
            K::HdDvdRam => Err("formatted in the factory"),
            K::DvdRw | K::DvdRwRo => Err("a DVD-RW that is not formatted is a blank sequential one: see dvd-rw"),
            _ if plus_rw(kind) || bd_re(kind) => Ok(Disc::blank(kind)),
            _ if bd_r(kind) => Err("a BD-R that is not formatted is blank"),
            K::BdRPow | K::BdRRrm => Err("formatted once and for all: see bd-r"),
            _ => Err("written as it comes, without a format"),
        },
        State::Formatted => match kind {
            K::DvdRwRo | K::DvdRam | K::BdRPow | K::BdRRrm | K::HdDvdRam => Ok(Disc::blank(kind)),
            K::CdRw => Err("a format for packets only, which neither the data writer nor the simulated drive uses"),
            K::DvdRw => Err("formatted it is for restricted overwrite: see dvd-rw-ro"),
            _ if plus_rw(kind) || bd_re(kind) => Ok(empty_formatted(kind)),
            _ if bd_r(kind) => Ok(with_spares(kind)),
            _ => Err("written as it comes, without a format"),
        },
        State::Appendable => match kind {
            K::DvdRDl => Err("a DVD-R DL recorded in sequence takes one session"),
            _ if overwritable(kind) => Err("has no sessions to append"),
            _ => Ok(Disc::appendable(kind)),
        },
        State::Complete => match kind {
            _ if overwritable(kind) => Err("overwritten in place, so never used up"),
            K::BdRRrm => Ok(used_up(kind)),
            _ => Ok(full(kind)),
        },
        State::Closed => match kind {
            _ if overwritable(kind) => Err("cannot be closed: it stays overwritable (see written)"),
            _ => Ok(Disc::recorded(kind)),
        },
        State::Damaged => match kind {
            K::BdRRrm => Err("has no track that could stay torn: every cluster stands alone"),
            _ if overwritable(kind) => Err("has no track that could stay torn: sectors are written in place"),
            _ => Ok(track_open(kind, true)),
        },
        State::Protected => match kind {
            K::CdR | K::CdRw => Err("a CD has nothing that would protect it"),
            K::DvdR | K::DvdRDl | K::DvdRDlLj | K::DvdPlusR | K::DvdPlusRDl | K::HdDvdR => {
                Err("a write-once DVD has no protection but being closed")
            }
            _ => {
                let mut disc = if kind == K::BdRRrm { Disc::appendable(kind) } else { Disc::recorded(kind) };
                disc.set_write_protected(true);
                Ok(disc)
            }
        },
        State::FormatRunning if plus_rw(kind) => Ok(of_id(kind, "format-running")),
        State::FormatStopped if plus_rw(kind) => Ok(of_id(kind, "format-stopped")),
        State::FormatRunning => Err("only DVD+RW is formatted while it is written"),
        State::Written if overwritable(kind) => Ok(Disc::recorded(kind)),
        State::Intermediate if kind == K::DvdRwRo => Ok(intermediate(kind)),
        State::QuickBlanked if kind == K::DvdRw => Ok(changed(kind, |state| state.quick_blanked = true)),
        State::SessionOpen if !overwritable(kind) && !matches!(kind, K::BdRRrm) && !kind.is_hd_dvd() => {
            Ok(session_open(kind))
        }
        State::TrackOpen if !overwritable(kind) && !matches!(kind, K::BdRRrm) && !kind.is_hd_dvd() => {
            Ok(track_open(kind, false))
        }
        _ => Err("only some media know this state"),
    }
}

fn of_id(kind: K, state: &str) -> Disc {
    let id = format!("{}:{state}", kind.id());
    Disc::from_id(&id).ok().flatten().unwrap_or_else(|| panic!("no disc {id}"))
}

/// A new disc whose state is changed; there is nothing on it.
fn changed(kind: K, change: impl FnOnce(&mut DiscState)) -> Disc {
    let mut state = Disc::blank(kind).to_state();
    change(&mut state);
    Disc::from_state(state, Box::new(MemoryStore::new())).expect("the state of a disc")
}

fn whole(state: &mut DiscState) {
    state.sessions = vec![Session { lead_out: Some(state.blocks as i32), ..Session::open(1, 0) }];
    let mut track = Track::empty(1, 1, 0);
    (track.size, track.next, track.state) = (Some(state.blocks), state.blocks as i32, TrackState::Closed);
    state.tracks = vec![track];
    state.formatted_to = state.blocks as i32;
}

fn unformatted(kind: K) -> Disc {
    changed(kind, |state| {
        state.format = Format::Unformatted;
        state.formatted_to = 0;
        state.sessions[0].lead_out = None;
        state.tracks = vec![Track::empty(1, 1, 0)];
    })
}

fn empty_formatted(kind: K) -> Disc {
    let used = Disc::recorded(kind).to_state();
    changed(kind, |state| {
        (state.format, state.background) = (used.format, used.background);
        (state.blocks, state.spare_blocks) = (used.blocks, used.spare_blocks);
        whole(state);
    })
}

fn with_spares(kind: K) -> Disc {
    let spare = match kind {
        K::BdR => 393_216,
        K::BdRDl => 786_432,
        K::BdRTl => 1_572_864,
        _ => 2_097_152,
    };
    changed(kind, |state| {
        state.blocks -= spare;
        state.spare_blocks = spare;
    })
}

fn way(kind: K) -> Way {
    if matches!(kind, K::CdR | K::CdRw) { Way::TrackAtOnce } else { Way::Incremental }
}

fn full(kind: K) -> Disc {
    changed(kind, |state| {
        whole(state);
        state.tracks[0].way = way(kind);
        state.tracks[0].last_recorded = Some(state.blocks as i32 - 1);
        state.finalized = true;
        state.formatted_to = 0;
    })
}

fn used_up(kind: K) -> Disc {
    changed(kind, |state| {
        state.finalized = true;
        let blocks = state.blocks as i32;
        let track = &mut state.tracks[0];
        (track.next, track.state, track.last_recorded) = (blocks, TrackState::Closed, Some(blocks - 1));
    })
}

fn track_open(kind: K, damaged: bool) -> Disc {
    changed(kind, |state| {
        let track = &mut state.tracks[0];
        (track.next, track.state, track.way, track.damaged) = (320, TrackState::Open, way(kind), damaged);
    })
}

fn intermediate(kind: K) -> Disc {
    changed(kind, |state| {
        state.format = Format::RestrictedOverwrite { intermediate: true };
        state.formatted_to = 3200;
        state.sessions[0].lead_out = None;
        state.tracks = vec![Track::empty(1, 1, 0)];
    })
}

fn session_open(kind: K) -> Disc {
    let run_out = if way(kind) == Way::TrackAtOnce { 2 } else { 0 };
    let gap = match kind {
        K::CdR | K::CdRw => 150,
        _ if bd_r(kind) || kind == K::BdRPow => 0,
        _ => 16,
    };
    changed(kind, |state| {
        let track = &mut state.tracks[0];
        (track.next, track.state, track.way) = (320, TrackState::Closed, way(kind));
        (track.size, track.last_recorded) = (Some(320 + run_out), Some(319));
        state.tracks.push(Track::empty(2, 1, 320 + (run_out + gap) as i32));
    })
}
