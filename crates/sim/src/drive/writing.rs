//! The way of data from the host to the disc.

use std::time::Duration;

use webburn_scsi::Sense;

use super::SimDrive;
use crate::disc::{Disc, TrackState};
use crate::personality::{Opc, WhenFull};
use crate::recording::{self, Context, Recording};
use crate::sense;
use crate::surface::SurfaceError;
use crate::timing::Family;

/// What a strategy goes by, from the drive's parts. A macro because a method would borrow the whole drive.
macro_rules! context {
    ($drive:ident, $params:ident) => {
        Context { params: &$params, cue: $drive.cue.as_ref(), overburn: $drive.personality.ways.overburn }
    };
}

/// Hands the disc and what its strategy goes by to `act`.
pub(crate) fn with_context<T>(
    drive: &mut SimDrive,
    act: impl FnOnce(&mut Disc, Context<'_>) -> Result<T, Sense>,
) -> Result<T, Sense> {
    let params = drive.modes.write_parameters();
    let overburn = drive.personality.ways.overburn;
    let disc = drive.disc.as_mut().ok_or(sense::NO_MEDIUM)?;
    act(disc, Context { params: &params, cue: drive.cue.as_ref(), overburn })
}

impl SimDrive {
    /// May this drive write this disc at all?
    pub(crate) fn may_write(&self) -> Result<(), Sense> {
        let Some(disc) = &self.disc else { return Err(sense::NO_MEDIUM) };
        if !recording::is_writable_kind(&disc.state) || !self.personality.can_write(disc.kind()) {
            return Err(sense::CANNOT_WRITE);
        }
        if disc.state.write_protected || self.modes.software_protected() {
            return Err(sense::WRITE_PROTECTED);
        }
        Ok(())
    }

    /// The strategy for the disc in the tray.
    pub(crate) fn strategy(&self) -> Result<&'static dyn Recording, Sense> {
        let disc = self.disc.as_ref().ok_or(sense::NO_MEDIUM)?;
        recording::strategy(&disc.state, &self.modes.write_parameters())
    }

    /// The strategy by which the disc is described and closed.
    pub(crate) fn describing(&self) -> Result<&'static dyn Recording, Sense> {
        let disc = self.disc.as_ref().ok_or(sense::NO_MEDIUM)?;
        recording::describing(&disc.state, &self.modes.write_parameters())
    }

    /// Bytes of a block that is written at `lba` under the present mode page.
    pub(crate) fn block_size(&self, lba: i32) -> usize {
        let params = self.modes.write_parameters();
        match (&self.disc, self.strategy()) {
            (Some(disc), Ok(strategy)) => strategy.form(&disc.state, context!(self, params), lba).size(),
            _ => 2048,
        }
    }

    /// WRITE: `count` blocks of `out` at `lba`. Returns the bytes taken.
    pub(crate) fn write_blocks(&mut self, lba: i32, count: u32, out: &[u8]) -> Result<usize, Sense> {
        self.may_write()?;
        let strategy = self.strategy()?;
        let params = self.modes.write_parameters();
        if count == 0 {
            return Ok(0);
        }
        let disc = self.disc.as_ref().ok_or(sense::NO_MEDIUM)?;
        let ctx = context!(self, params);
        let form = strategy.form(&disc.state, ctx, lba);
        let len = count as usize * form.size();
        let track = strategy.admit(&disc.state, ctx, lba, count)?;
        if self.personality.quirks.raw_refused_at_first_write && params.write_type == 3 && disc.state.is_blank() {
            return Err(sense::ILLEGAL_MODE);
        }
        if out.len() < len {
            // DATA PHASE ERROR: the host sent less than its own command said.
            return Err(Sense::fixed(webburn_scsi::SenseKey::AbortedCommand, 0x4B, 0x00));
        }
        if self.personality.ways.opc == Opc::Required && !self.calibrated && self.needs_calibration() {
            return Err(sense::CALIBRATION);
        }
        self.take_into_cache(len as u64)?;
        self.keep_old_report();
        let disc = self.disc.as_mut().ok_or(sense::NO_MEDIUM)?;
        if let Some(bad) = disc.state.defects.iter().filter(|defect| defect.write).find_map(|d| d.hits(lba, count)) {
            if disc.state.spares_used < disc.state.spare_blocks {
                // Moved to the spare area: the sector is good again, one cluster of spares is gone.
                disc.state.spares_used += disc.kind().spec().ecc;
                disc.state.defects.retain(|defect| defect.hits(lba, count).is_none());
            } else {
                if let Some(track) = disc.state.tracks.get_mut(track) {
                    track.damaged |= track.state == TrackState::Open;
                }
                return Err(sense::WRITE_ERROR.with_information(bad as u32));
            }
        }
        if params.test && strategy.heeds_mode_page() {
            disc.begin_test();
        }
        strategy.note(&mut disc.state, context!(self, params), track, lba, count);
        let disc = self.disc.as_mut().ok_or(sense::NO_MEDIUM)?;
        strategy.observe(&mut disc.state, lba, form, &out[..len]);
        // Forms whose contents do not count are recorded as nothing.
        let zeros = self.cue.as_ref().filter(|cue| cue.is_ignored(lba)).map(|_| vec![0; len]);
        match disc.record(lba, form, zeros.as_deref().unwrap_or(&out[..len])) {
            Ok(()) => Ok(len),
            Err(SurfaceError::Store(_)) => Err(sense::STORE_FAILED),
            // The strategies admit no address twice on write-once media; should one do so, the disc stays as it was.
            Err(_) => {
                debug_assert!(disc.state.is_rewritable() || disc.state.is_random(), "a sector was to be written twice");
                Err(sense::WRONG_WRITE_ADDRESS)
            }
        }
    }

    /// Media on which the laser's power is found by trial before the first write.
    pub(crate) fn needs_calibration(&self) -> bool {
        self.disc.as_ref().is_some_and(|disc| {
            disc.kind().spec().family == Family::Cd || (!disc.state.is_random() && !recording::is_plus(&disc.state))
        })
    }

    /// Room for `len` bytes in the buffer: waits for it, or refuses, by the drive's way.
    fn take_into_cache(&mut self, len: u64) -> Result<(), Sense> {
        let rate = self.buffer_rate();
        let moment = self.moment();
        if self.cache.drain(moment, rate) {
            self.underrun();
        }
        if let Some(lost) = self.lost_track() {
            return Err(lost);
        }
        let wait = self.cache.wait_for(len, rate, moment);
        if wait > Duration::ZERO {
            if self.personality.buffer.when_full == WhenFull::Busy {
                self.cache.was_full = true;
                return Err(sense::BUFFER_FULL);
            }
            self.spend(wait);
            let moment = self.moment();
            self.cache.drain(moment, rate);
        }
        let run_up = if self.calibrated {
            Duration::from_millis(100)
        } else {
            Duration::from_millis(self.personality.timing.calibrate_ms)
        };
        self.calibrated = true;
        let moment = self.moment();
        self.cache.put(len, moment, run_up);
        Ok(())
    }

    /// The buffer ran empty while the laser was on.
    pub(super) fn underrun(&mut self) {
        let params = self.modes.write_parameters();
        let exposed = self.strategy().is_ok_and(Recording::heeds_mode_page) && !params.underrun_protection;
        if !exposed || params.test {
            return;
        }
        self.spoil_track();
    }

    /// The sense of writing on in a track that an underrun has spoiled.
    fn lost_track(&self) -> Option<Sense> {
        let disc = self.disc.as_ref()?;
        let exposed = self.strategy().is_ok_and(Recording::heeds_mode_page);
        let lost = disc.state.tracks.iter().any(|track| track.damaged && track.state == TrackState::Open);
        (exposed && lost && self.cache.ran_empty > 0).then_some(sense::UNDERRUN)
    }

    /// The same, and the time it took to empty the buffer, which the command under way is not charged with.
    pub(crate) fn synchronize_measured(&mut self) -> Result<(u32, Duration), Sense> {
        let before = self.cost;
        let sectors = self.synchronize()?;
        let flush = self.cost.saturating_sub(before);
        self.cost = before;
        Ok((sectors, flush))
    }

    /// Spoils what is being written.
    pub(crate) fn spoil_track(&mut self) {
        if let Some(disc) = &mut self.disc {
            for track in &mut disc.state.tracks {
                track.damaged |= track.state == TrackState::Open;
            }
        }
    }

    /// SYNCHRONIZE CACHE: the time to empty the buffer and to fill up the last block, and the deed itself.
    pub(crate) fn synchronize(&mut self) -> Result<u32, Sense> {
        self.flush_cache();
        let Ok(strategy) = self.describing() else { return Ok(0) };
        let params = self.modes.write_parameters();
        let Some(disc) = &mut self.disc else { return Ok(0) };
        let sectors = strategy.synchronize(disc, context!(self, params)).map_err(|_| sense::STORE_FAILED)?;
        let Some(disc) = &mut self.disc else { return Ok(0) };
        disc.end_test();
        if disc.state.session_next.is_none() && strategy.is_exclusive() {
            self.cue = None;
        }
        Ok(sectors)
    }
}
