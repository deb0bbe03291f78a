//! Recording at any address: DVD+RW, DVD-RAM, BD-RE, DVD-RW in restricted overwrite, BD-R with pseudo-overwrite.

use webburn_scsi::Sense;

use super::{Change, Context, Recording, Work, sequential};
use crate::disc::{Background, Disc, DiscState, Format, TrackState};
use crate::sense;
use crate::surface::{BlockForm, SurfaceError};

/// Everything but BD-R.
pub(crate) struct Overwrite;

impl Recording for Overwrite {
    fn form(&self, _state: &DiscState, _ctx: Context<'_>, _lba: i32) -> BlockForm {
        BlockForm::Data2048
    }

    fn next_writable(&self, state: &DiscState, _ctx: Context<'_>, _track: usize) -> Option<i32> {
        match state.format {
            Format::RestrictedOverwrite { intermediate: true } => Some(state.formatted_to),
            _ => None,
        }
    }

    fn free(&self, state: &DiscState, _ctx: Context<'_>, _track: usize) -> u32 {
        state.blocks
    }

    fn admit(&self, state: &DiscState, _ctx: Context<'_>, lba: i32, count: u32) -> Result<usize, Sense> {
        let end = i64::from(lba) + i64::from(count);
        if lba < 0 || end > i64::from(state.blocks) {
            return Err(sense::OUT_OF_RANGE);
        }
        if let Format::RestrictedOverwrite { intermediate } = state.format {
            // Whole ECC blocks, and while the format is quick no gap behind the end of what is written.
            if lba % 16 != 0 || !count.is_multiple_of(16) || (intermediate && lba > state.formatted_to) {
                return Err(sense::WRONG_WRITE_ADDRESS);
            }
        }
        // A stopped background format must be restarted before its border is crossed.
        if state.background == Background::Stopped && end > i64::from(state.formatted_to) {
            return Err(sense::WRONG_WRITE_ADDRESS);
        }
        Ok(0)
    }

    fn note(&self, state: &mut DiscState, _ctx: Context<'_>, _track: usize, lba: i32, count: u32) {
        if let Format::RestrictedOverwrite { intermediate: true } = state.format {
            state.formatted_to = state.formatted_to.max(lba + count as i32);
        }
    }

    fn synchronize(&self, _disc: &mut Disc, _ctx: Context<'_>) -> Result<u32, SurfaceError> {
        Ok(0)
    }

    fn reserve(&self, _state: &mut DiscState, _ctx: Context<'_>, _blocks: u32) -> Result<(), Sense> {
        Err(sense::illegal(0x30, 0x05))
    }

    fn close(&self, state: &DiscState, _ctx: Context<'_>, function: u8, _number: u16) -> Result<Work, Sense> {
        match (state.format, super::is_plus(state), function) {
            // Function 2 also writes a lead-out behind the data so that a DVD-ROM drive can read the disc.
            (Format::Random, true, 0) => Ok(Work::new(Change::StopBackground, 256, 3000)),
            (Format::Random, true, 2) => Ok(Work::new(Change::StopBackground, 4096, 5000)),
            (Format::RestrictedOverwrite { intermediate: true }, _, 2) => {
                Ok(Work::new(Change::EndIntermediate, 16_384, 5000))
            }
            (Format::RestrictedOverwrite { .. }, _, 1 | 2) => Ok(Work::new(Change::Nothing, 0, 500)),
            _ => Err(sense::FIELD),
        }
    }
}

/// BD-R with pseudo-overwrite: what is new goes on sequentially, what is old is replaced while replacements last.
pub(crate) struct PseudoOverwrite;

impl PseudoOverwrite {
    fn is_old(state: &DiscState, lba: i32, count: u32) -> bool {
        let end = i64::from(lba) + i64::from(count);
        state.tracks.iter().any(|track| lba >= track.start && end <= i64::from(track.next))
    }
}

impl Recording for PseudoOverwrite {
    fn form(&self, _state: &DiscState, _ctx: Context<'_>, _lba: i32) -> BlockForm {
        BlockForm::Data2048
    }

    fn next_writable(&self, state: &DiscState, ctx: Context<'_>, track: usize) -> Option<i32> {
        sequential::BD_R.next_writable(state, ctx, track)
    }

    fn free(&self, state: &DiscState, ctx: Context<'_>, track: usize) -> u32 {
        sequential::BD_R.free(state, ctx, track)
    }

    fn admit(&self, state: &DiscState, ctx: Context<'_>, lba: i32, count: u32) -> Result<usize, Sense> {
        if Self::is_old(state, lba, count) && !state.finalized {
            let clusters = count.div_ceil(32);
            let open = state.tracks.len().checked_sub(1).ok_or(sense::WRONG_WRITE_ADDRESS)?;
            if lba % 32 != 0
                || !count.is_multiple_of(32)
                || clusters > state.replacements_left
                || self.free(state, ctx, open) < clusters * 32
            {
                return Err(sense::WRONG_WRITE_ADDRESS);
            }
            return Ok(open);
        }
        sequential::BD_R.admit(state, ctx, lba, count)
    }

    fn note(&self, state: &mut DiscState, ctx: Context<'_>, track: usize, lba: i32, count: u32) {
        if Self::is_old(state, lba, count) {
            // The new contents take clusters from the open track and entries of the map.
            let clusters = count.div_ceil(32);
            state.replacements_left = state.replacements_left.saturating_sub(clusters);
            state.blocks = state.blocks.saturating_sub(clusters * 32);
        } else {
            sequential::BD_R.note(state, ctx, track, lba, count);
        }
    }

    fn synchronize(&self, disc: &mut Disc, ctx: Context<'_>) -> Result<u32, SurfaceError> {
        sequential::BD_R.synchronize(disc, ctx)
    }

    fn reserve(&self, state: &mut DiscState, ctx: Context<'_>, blocks: u32) -> Result<(), Sense> {
        sequential::BD_R.reserve(state, ctx, blocks)
    }

    fn close(&self, state: &DiscState, ctx: Context<'_>, function: u8, number: u16) -> Result<Work, Sense> {
        sequential::BD_R.close(state, ctx, function, number)
    }
}

/// BD-R in random recording mode: whole clusters at any address, each once. There are no sessions.
pub(crate) struct RandomOnce;

impl Recording for RandomOnce {
    fn form(&self, _state: &DiscState, _ctx: Context<'_>, _lba: i32) -> BlockForm {
        BlockForm::Data2048
    }

    fn next_writable(&self, _state: &DiscState, _ctx: Context<'_>, _track: usize) -> Option<i32> {
        None
    }

    /// What lies behind the last written cluster; the gaps before it are writable too and are not counted.
    fn free(&self, state: &DiscState, _ctx: Context<'_>, _track: usize) -> u32 {
        let written = state.tracks.first().map_or(0, |track| track.next.max(0) as u32);
        if state.finalized { 0 } else { state.blocks.saturating_sub(written) }
    }

    fn admit(&self, state: &DiscState, _ctx: Context<'_>, lba: i32, count: u32) -> Result<usize, Sense> {
        if lba < 0 || i64::from(lba) + i64::from(count) > i64::from(state.blocks) {
            return Err(sense::OUT_OF_RANGE);
        }
        // That a cluster is written already is found when the surface is to take it.
        if lba % 32 != 0 || !count.is_multiple_of(32) || state.finalized {
            return Err(sense::WRONG_WRITE_ADDRESS);
        }
        Ok(0)
    }

    fn note(&self, state: &mut DiscState, _ctx: Context<'_>, track: usize, lba: i32, count: u32) {
        let track = &mut state.tracks[track];
        track.state = TrackState::Open;
        track.next = track.next.max(lba + count as i32);
        track.last_recorded = Some(track.next - 1);
    }

    fn synchronize(&self, _disc: &mut Disc, _ctx: Context<'_>) -> Result<u32, SurfaceError> {
        Ok(0)
    }

    fn reserve(&self, _state: &mut DiscState, _ctx: Context<'_>, _blocks: u32) -> Result<(), Sense> {
        Err(sense::illegal(0x30, 0x05))
    }

    fn close(&self, state: &DiscState, _ctx: Context<'_>, function: u8, _number: u16) -> Result<Work, Sense> {
        match function {
            6 if !state.finalized => Ok(Work::new(Change::FinalizeRandom, 512, 2000)),
            6 => Err(sense::SEQUENCE),
            _ => Err(sense::FIELD),
        }
    }
}
