//! The P channel.

use webburn_sector::{Lba, SectorCount};

use super::Session;

/// Two seconds.
const TWO_SECONDS: SectorCount = SectorCount(150);

impl Session {
    /// Whether P is set in a sector (ECMA-130, 22.2). Never in the lead-in.
    pub(super) fn p_at(&self, at: Lba) -> bool {
        let style = self.layout().style.p;
        let lead_out = self.layout().lead_out;
        if at >= lead_out {
            let sectors = at.since(lead_out).0;
            return sectors == 0 && style.first_sector
                || sectors >= TWO_SECONDS.0
                    && ((sectors - TWO_SECONDS.0) / u32::from(style.lead_out_half_period.max(1))).is_multiple_of(2);
        }
        if at < self.program().start {
            return false;
        }
        let ahead = if style.two_seconds_before { TWO_SECONDS } else { SectorCount(0) };
        if at >= lead_out - ahead {
            return true;
        }
        let after = i32::from(style.first_sector);
        // Of the tracks that have not begun yet, only the next one's flag can reach here.
        let next = self.tracks().partition_point(|track| track.start.0 + after <= at.0);
        self.tracks().get(next).is_some_and(|track| at >= track.pregap.min(track.start - ahead))
    }
}
