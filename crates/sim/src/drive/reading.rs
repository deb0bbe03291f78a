//! The way of data from the disc to the host.

use std::time::Duration;

use webburn_scsi::{Reply, Sense};
use webburn_sector::Lba;

use super::SimDrive;
use crate::cache::time_for;
use crate::cd::Unreadable;
use crate::disc::{Disc, Format};
use crate::recording::Recording;
use crate::sense;
use crate::surface::{BlockForm, SurfaceError};
use crate::timing::Family;

impl SimDrive {
    /// May the disc be read now? In the middle of a recording in one go it may not; otherwise the buffer goes to the
    /// disc first.
    pub(crate) fn before_reading(&mut self) -> Result<(), Sense> {
        if !self.cache.is_streaming() {
            return Ok(());
        }
        if self.strategy().is_ok_and(Recording::is_exclusive) {
            return Err(sense::SEQUENCE);
        }
        self.synchronize().map(|_| ())
    }

    /// READ(10) and READ(12): sectors of 2048 bytes.
    pub(crate) fn read_sectors(&mut self, lba: i32, count: u32, reply: &mut Reply) -> Result<(), Sense> {
        self.before_reading()?;
        let mend = self.modes.corrects();
        let disc = self.disc.as_mut().ok_or(sense::NO_MEDIUM)?;
        let end = disc.state.readable_end().ok_or(sense::NOT_FORMATTED)?;
        if let Format::RestrictedOverwrite { intermediate: true } = disc.state.format {
            return Err(sense::OUT_OF_RANGE);
        }
        if lba < 0 || i64::from(lba) + i64::from(count) > i64::from(end.0) {
            return Err(sense::OUT_OF_RANGE);
        }
        if let Some(bad) = disc.state.defects.iter().filter(|defect| defect.read).find_map(|d| d.hits(lba, count)) {
            // A drive tries for a while before it gives up.
            self.spend(Duration::from_secs(8));
            return Err(sense::UNREADABLE.with_information(bad as u32));
        }
        let room = reply.grow(count as usize * 2048);
        let sectors = room.len() / 2048;
        let result = fill(disc, lba, mend, &mut room[..sectors * 2048]);
        self.spend_reading(lba, count);
        result.inspect_err(|_| reply.reset(reply.limit()))
    }

    /// The time it takes to get there and to read.
    pub(crate) fn spend_reading(&mut self, lba: i32, count: u32) {
        let blocks = self.disc.as_ref().map_or(1, |disc| disc.kind().spec().blocks).max(1);
        let far = f64::from(self.last_read.abs_diff(lba)) / f64::from(blocks);
        if far > 0.0 {
            let seek = self.personality.timing.seek_ms as f64 * (0.3 + 0.7 * far.min(1.0));
            self.spend(Duration::from_micros((seek * 1000.0) as u64));
        }
        self.last_read = lba.saturating_add_unsigned(count);
        self.spend(time_for(u64::from(count) * 2048, self.read_rate(lba)));
    }
}

/// Reads user data with the holes that media have.
fn fill(disc: &mut Disc, lba: i32, mend: bool, into: &mut [u8]) -> Result<(), Sense> {
    let mut at = lba;
    let mut rest = into;
    while !rest.is_empty() {
        match disc.surface.read(Lba(at), BlockForm::Data2048, rest) {
            Ok(()) => return Ok(()),
            Err(SurfaceError::Store(_)) => return Err(sense::STORE_FAILED),
            Err(SurfaceError::Unwritten(hole)) => {
                let skip = (hole.0 - at) as usize * 2048;
                if disc.kind().spec().family == Family::Cd {
                    // What the drive made itself: pre-gaps, run-out.
                    rest = user_data(disc, hole, mend, &mut rest[skip..])?;
                    at = hole.0 + 1;
                    continue;
                }
                if !disc.state.formatted_reads_zero() {
                    return Err(sense::BLANK.with_information(hole.0 as u32));
                }
                // Formatting has left zeros there.
                let left = ((rest.len() - skip) / 2048) as u32;
                let next = disc.surface.map().first_in(hole, left).map_or(left, |next| (next.0 - hole.0) as u32);
                let zeros = next as usize * 2048;
                rest[skip..skip + zeros].fill(0);
                rest = &mut rest[skip + zeros..];
                at = hole.0 + next as i32;
            }
            Err(SurfaceError::OtherForm(other)) => {
                let skip = (other.0 - at) as usize * 2048;
                rest = user_data(disc, other, mend, &mut rest[skip..])?;
                at = other.0 + 1;
            }
            Err(SurfaceError::AlreadyWritten(_)) => return Err(sense::STORE_FAILED),
        }
    }
    Ok(())
}

/// One sector of a CD into the front of `rest`; what is left of it.
fn user_data<'r>(disc: &mut Disc, at: Lba, mend: bool, rest: &'r mut [u8]) -> Result<&'r mut [u8], Sense> {
    let here = |sense: Sense| sense.with_information(at.0 as u32);
    let (now, later) = rest.split_at_mut(2048);
    match disc.cd_user_data(at.0, mend) {
        Ok(Some(data)) => now.copy_from_slice(&data),
        // Audio and form 2 have no 2048 bytes of user data.
        Ok(None) | Err(Unreadable::Outside) => return Err(here(sense::ILLEGAL_MODE)),
        Err(Unreadable::Bad) => return Err(here(sense::UNREADABLE)),
        Err(Unreadable::Store(_)) => return Err(sense::STORE_FAILED),
    }
    Ok(later)
}
