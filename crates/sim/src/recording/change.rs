//! What a long command does to a disc once it is through, and what becomes of it when the power fails before.

use std::time::Duration;

use super::{FormatPlan, blank, format, sequential};
use crate::disc::{Background, Disc, DiscState, Format, TrackState};
use crate::surface::SurfaceError;

/// The end of a long command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// None.
    Nothing,
    /// A track (by index) is closed.
    CloseTrack(usize),
    /// The open session is closed, the disc with it or not.
    CloseSession {
        /// Nothing more can be added.
        finalize: bool,
    },
    /// The background format ends where it is.
    StopBackground,
    /// A quickly formatted DVD-RW becomes readable up to where it is written.
    EndIntermediate,
    /// A BD-R in random recording mode takes nothing more.
    FinalizeRandom,
    /// BLANK of a type, from an address or track on.
    Blank(u8, u32),
    /// FORMAT UNIT.
    Format(FormatPlan),
}

/// A change and what it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Work {
    /// What it comes to.
    pub change: Change,
    /// Sectors that the laser passes.
    pub sectors: u32,
    /// Time besides.
    pub base: Duration,
}

impl Work {
    pub(crate) const fn new(change: Change, sectors: u32, base_ms: u64) -> Self {
        Work { change, sectors, base: Duration::from_millis(base_ms) }
    }
}

/// Carries the change out.
pub(crate) fn apply(disc: &mut Disc, change: Change) -> Result<(), SurfaceError> {
    match change {
        Change::Nothing => {}
        Change::CloseTrack(index) => {
            sequential::close_track(disc, index)?;
        }
        Change::CloseSession { finalize } => {
            sequential::close_session(disc, finalize)?;
        }
        Change::StopBackground => {
            let end = disc.written_end().0;
            let state = &mut disc.state;
            if state.background == Background::Running {
                state.formatted_to = state.formatted_to.max(end).min(state.blocks as i32);
                state.background =
                    if state.formatted_to == state.blocks as i32 { Background::Complete } else { Background::Stopped };
            }
        }
        Change::EndIntermediate => {
            let state = &mut disc.state;
            state.format = Format::RestrictedOverwrite { intermediate: false };
            state.blocks = state.formatted_to.max(0) as u32;
            let blocks = state.blocks;
            if let (Some(session), Some(track)) = (state.sessions.first_mut(), state.tracks.first_mut()) {
                crate::disc::whole_disc(session, track, blocks);
            }
        }
        Change::FinalizeRandom => {
            disc.state.finalized = true;
            if let Some(track) = disc.state.tracks.first_mut() {
                track.state = TrackState::Closed;
            }
        }
        Change::Blank(kind, from) => blank::apply(disc, kind, from)?,
        Change::Format(plan) => format::apply(disc, &plan)?,
    }
    disc.store_mut().flush()?;
    Ok(())
}

/// The power failed in the middle of it, or in the middle of writing.
pub(crate) fn interrupt(state: &mut DiscState, change: Option<Change>) {
    match change {
        Some(Change::Blank(..) | Change::Format(_)) => {
            // Neither the old contents nor the new order: the last session is damaged, only blanking or formatting helps.
            for track in &mut state.tracks {
                track.damaged = true;
            }
            if state.background == Background::Running {
                state.background = Background::Stopped;
            }
        }
        Some(Change::Nothing | Change::StopBackground | Change::EndIntermediate | Change::FinalizeRandom) => {}
        _ => {
            state.session_next = None;
            state.raw = None;
            for track in &mut state.tracks {
                if track.state == TrackState::Open {
                    track.damaged = true;
                }
            }
        }
    }
}
