//! What may be written where: one strategy per way of recording, chosen by medium, format and mode page.

mod blank;
mod change;
mod cue;
mod format;
mod overwrite;
mod parameters;
mod raw;
mod scan;
mod sequential;
mod session;

pub(crate) use blank::blank;
pub(crate) use change::{Change, Work, apply, interrupt};
pub(crate) use cue::MOST_BYTES as MOST_CUE_BYTES;
pub use cue::{CueEntry, CueRules, CueSheet};
pub(crate) use format::{FormatPlan, REPLACEMENTS, capacities, default_spare};
pub use parameters::WriteParameters;
pub use scan::{RawScan, ScannedTrack, TocLine};
pub(crate) use sequential::open_next_session;

use webburn_scsi::Sense;

use crate::disc::{Access, Disc, DiscState, Format, MediumKind};
use crate::sense;
use crate::surface::{BlockForm, SurfaceError};
use crate::timing::Family;

/// What a strategy has to go by besides the disc.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context<'a> {
    /// Mode page 05h.
    pub params: &'a WriteParameters,
    /// The cue sheet sent for a session at once.
    pub cue: Option<&'a CueSheet>,
    /// Sectors that the drive writes beyond the last possible lead-out start.
    pub overburn: u32,
}

/// A way of recording.
pub(crate) trait Recording: Sync {
    /// The form in which a block at `lba` is sent.
    fn form(&self, state: &DiscState, ctx: Context<'_>, lba: i32) -> BlockForm;
    /// Where the next block of track `track` (an index) goes; `None` when it takes none.
    fn next_writable(&self, state: &DiscState, ctx: Context<'_>, track: usize) -> Option<i32>;
    /// How many blocks track `track` still takes.
    fn free(&self, state: &DiscState, ctx: Context<'_>, track: usize) -> u32;
    /// May `count` blocks be written at `lba`? The index of the track they belong to.
    fn admit(&self, state: &DiscState, ctx: Context<'_>, lba: i32, count: u32) -> Result<usize, Sense>;
    /// They were written.
    fn note(&self, state: &mut DiscState, ctx: Context<'_>, track: usize, lba: i32, count: u32);
    /// What was in them, for recordings that the drive looks into.
    fn observe(&self, _state: &mut DiscState, _lba: i32, _form: BlockForm, _bytes: &[u8]) {}
    /// SYNCHRONIZE CACHE: the buffer is empty; fills up what the medium wants whole. Sectors of laser time it took.
    fn synchronize(&self, disc: &mut Disc, ctx: Context<'_>) -> Result<u32, SurfaceError>;
    /// RESERVE TRACK.
    fn reserve(&self, state: &mut DiscState, ctx: Context<'_>, blocks: u32) -> Result<(), Sense>;
    /// CLOSE TRACK/SESSION: what is to be done, or why not.
    fn close(&self, state: &DiscState, ctx: Context<'_>, function: u8, number: u16) -> Result<Work, Sense>;
    /// Reading in the middle of it spoils the recording.
    fn is_exclusive(&self) -> bool {
        false
    }
    /// Mode page 05h says how.
    fn heeds_mode_page(&self) -> bool {
        false
    }
}

/// The strategy for this disc under this mode page.
///
/// # Errors
/// The sense of a WRITE that no strategy admits: pressed and unformatted discs, write types the medium does not have.
pub(crate) fn strategy(state: &DiscState, params: &WriteParameters) -> Result<&'static dyn Recording, Sense> {
    match state.format {
        Format::Rom => Err(sense::CANNOT_WRITE),
        Format::Unformatted => Err(sense::NOT_FORMATTED),
        Format::Random | Format::RestrictedOverwrite { .. } => Ok(&overwrite::Overwrite),
        Format::PseudoOverwrite => Ok(&overwrite::PseudoOverwrite),
        Format::RandomOnce => Ok(&overwrite::RandomOnce),
        Format::Sequential => match (state.kind.spec().family, is_plus(state), params.write_type) {
            (Family::Cd, _, 0) => Ok(&sequential::CD_PACKET),
            (Family::Cd, _, 1) => Ok(&sequential::TRACK_AT_ONCE),
            (Family::Cd, _, 2) => Ok(&session::SESSION_AT_ONCE),
            (Family::Cd, _, 3) => Ok(&raw::RAW),
            (Family::Dvd, true, _) => Ok(&sequential::DVD_PLUS_R),
            (Family::Dvd, false, 4) if state.kind == MediumKind::DvdRDlLj => Ok(&sequential::INCREMENTAL),
            (Family::Dvd, false, _) if state.kind == MediumKind::DvdRDlLj => Err(sense::ILLEGAL_MODE),
            (Family::Dvd, false, 0) if !state.quick_blanked => Ok(&sequential::INCREMENTAL),
            (Family::Dvd, false, 2) => Ok(&session::DISC_AT_ONCE),
            (Family::Bd, ..) => Ok(&sequential::BD_R),
            _ => Err(sense::ILLEGAL_MODE),
        },
    }
}

/// The strategy by which a disc is described and closed: as [`strategy`], and where the mode page does not fit the
/// medium, the medium's own.
pub(crate) fn describing(state: &DiscState, params: &WriteParameters) -> Result<&'static dyn Recording, Sense> {
    match strategy(state, params) {
        Err(_) if state.format == Format::Sequential => Ok(sequential::rules(state)),
        other => other,
    }
}

/// Where an open disc goes on behind its closed sessions, whatever the write type that is set.
pub(crate) fn next_session_start(state: &DiscState) -> Option<i32> {
    let last = state.tracks.last()?;
    (!state.finalized && last.state == crate::disc::TrackState::Empty).then_some(last.next)
}

/// DVD+R, DVD+RW.
pub(crate) fn is_plus(state: &DiscState) -> bool {
    matches!(state.kind.spec().ident, crate::disc::Ident::Adip { .. })
}

/// Can the medium be written at all, leaving protection aside?
pub(crate) fn is_writable_kind(state: &DiscState) -> bool {
    state.kind.spec().access != Access::Rom
}
