//! How fast the drive reads and writes the disc that lies in it.

use super::SimDrive;
use crate::disc::Access;
use crate::timing::{Speed, one_x};

impl SimDrive {
    /// The write speeds for the disc in the tray, fastest first, kB/s.
    pub(crate) fn write_speeds(&self) -> Vec<u32> {
        let Some(disc) = &self.disc else { return Vec::new() };
        let spec = disc.kind().spec();
        if !self.personality.can_write(spec.kind) {
            return Vec::new();
        }
        let top = self.personality.max_write.of(spec.family);
        let mut speeds: Vec<u32> = spec.write_kb.iter().copied().filter(|speed| *speed <= top).collect();
        if speeds.is_empty() {
            // A disc made for more than the drive can do is written at the drive's own fastest speed.
            speeds.push(top);
        }
        speeds
    }

    /// The speed that is set for writing, kB/s; 0 when there is nothing to write on.
    pub(crate) fn write_kb(&self) -> u32 {
        let speeds = self.write_speeds();
        let fastest = speeds.first().copied().unwrap_or(0);
        match self.write_kb {
            Some(_) if self.personality.quirks.ignores_speed => fastest,
            // The fastest speed not above what was asked for, else the slowest there is.
            Some(asked) => {
                speeds.iter().copied().find(|speed| *speed <= asked).unwrap_or(speeds.last().copied().unwrap_or(0))
            }
            None => fastest,
        }
    }

    /// The fastest speed for reading, kB/s.
    pub(crate) fn max_read_kb(&self) -> u32 {
        match &self.disc {
            Some(disc) => disc.kind().spec().read_kb.min(self.personality.max_read.of(disc.kind().spec().family)),
            None => self.personality.max_read.cd,
        }
    }

    /// Where the head stands: on the sector read last.
    pub(crate) const fn head(&self) -> i32 {
        self.last_read - 1
    }

    /// The speed that is set for reading, kB/s.
    pub(crate) fn read_kb(&self) -> u32 {
        let top = self.max_read_kb();
        self.read_kb.map_or(top, |asked| asked.min(top)).max(1)
    }

    /// Sets both speeds; `None` means the fastest.
    pub(crate) fn set_speeds(&mut self, read: Option<u32>, write: Option<u32>) {
        self.read_kb = read;
        self.write_kb = write;
    }

    /// Bytes per second on the disc where the laser stands, for writing.
    pub(crate) fn write_rate(&self) -> u64 {
        let Some(disc) = &self.disc else { return 1 };
        let spec = disc.kind().spec();
        let at = disc.state.tracks.last().map_or(0, |track| track.next).max(0) as u32;
        let speed = Speed::for_family(spec.family, self.write_kb());
        // On CD the nominal rate counts 2352 bytes a sector.
        let rate = speed.rate(at, spec.blocks);
        let rate = if spec.family == crate::timing::Family::Cd { rate * 2048 / 2352 } else { rate };
        // Formatted media with spares are read after writing: half as fast.
        let verifies = disc.state.spare_blocks > 0 && spec.family == crate::timing::Family::Bd;
        rate.max(1) / if verifies { 2 } else { 1 }
    }

    /// Bytes per second that leave the buffer for the disc: blocks of every size pass at 75 a second and speed.
    pub(crate) fn buffer_rate(&self) -> u64 {
        let next = self.disc.as_ref().and_then(|disc| disc.state.session_next).unwrap_or(0);
        match &self.disc {
            Some(disc) if disc.kind().spec().family == crate::timing::Family::Cd => {
                self.write_rate() * self.block_size(next) as u64 / 2048
            }
            _ => self.write_rate(),
        }
    }

    /// Bytes per second for reading at `lba`.
    pub(crate) fn read_rate(&self, lba: i32) -> u64 {
        let Some(disc) = &self.disc else { return 1 };
        let spec = disc.kind().spec();
        let floor = u64::from(one_x(spec.family)) / if spec.access == Access::Rom { 1 } else { 2 };
        Speed::for_family(spec.family, self.read_kb()).rate(lba.max(0) as u32, spec.blocks).max(floor)
    }
}
