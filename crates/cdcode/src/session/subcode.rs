//! P and Q of every sector.

use webburn_sector::{Lba, Msf};

use super::{PregapTime, Schedule, Session, Track};
use crate::q::{Place, Q};
use crate::subchannel::{Layout, pq16, symbols};

/// P and Q of one sector.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subcode {
    /// The P channel.
    pub p: bool,
    /// The Q channel.
    pub q: Q,
}

impl Subcode {
    /// Writes both into the subcode bytes of a block. `out` must have [`Layout::subcode_size`] bytes; bits 5–0 of a
    /// 96-byte layout stay as they are. Nothing happens when the size is wrong.
    pub fn write(&self, layout: Layout, out: &mut [u8]) {
        let q = self.q.to_bytes();
        match layout {
            Layout::Pq => {
                if let Ok(out) = out.try_into() {
                    pq16::write_pq(out, self.p, &q);
                }
            }
            Layout::Packed | Layout::Raw => {
                if let Ok(out) = out.try_into() {
                    symbols::write_pq(out, self.p, &q);
                }
            }
        }
    }
}

impl Session {
    /// P and Q of a sector; `None` outside of the session.
    #[must_use]
    pub fn subcode(&self, at: Lba) -> Option<Subcode> {
        if at < self.layout().lead_in || at >= self.lead_out().end {
            return None;
        }
        let q = if at < self.program().start { self.lead_in_q(at) } else { self.position(at)? };
        Some(Subcode { p: self.p_at(at), q })
    }

    /// The subcode of successive sectors from `start` to `end` (exclusive), as far as they are in the session.
    #[must_use]
    pub const fn subcodes(&self, start: Lba, end: Lba) -> Subcodes<'_> {
        Subcodes { session: self, next: start, end }
    }

    /// The track that a sector of the program area belongs to.
    #[must_use]
    pub fn track_at(&self, at: Lba) -> Option<&Track> {
        if at >= self.layout().lead_out {
            return None;
        }
        let after = self.tracks().partition_point(|track| track.pregap <= at);
        self.tracks().get(after.checked_sub(1)?)
    }

    fn position(&self, at: Lba) -> Option<Q> {
        let absolute = Msf::from_lba(at)?;
        let track = self.track_at(at);
        // Of the lead-out, the control of the last track is repeated.
        let control = track.or(self.tracks().last())?.control_at(at);
        let style = &self.layout().style;
        let due = |schedule: Schedule| {
            let remainder = |at: Lba| at.0.rem_euclid(i32::from(schedule.every.max(1))) == i32::from(schedule.at);
            // A change of track or index must be told at once; the number waits for one sector.
            !self.changes_at(at) && (remainder(at) || remainder(Lba(at.0 - 1)) && self.changes_at(Lba(at.0 - 1)))
        };
        if let Some(mcn) = self.layout().mcn.filter(|_| due(style.mcn)) {
            return Some(Q::Mcn { control, mcn, frame: absolute.frame });
        }
        if let Some(isrc) = track.and_then(|track| track.isrc).filter(|_| due(style.isrc)) {
            return Some(Q::Isrc { control, isrc, frame: absolute.frame });
        }
        let (place, sectors) = match track {
            None => (Place::LeadOut, at.since(self.layout().lead_out).0),
            Some(track) if at < track.start => {
                let left = track.start.since(at).0;
                let shown = match style.pregap_time {
                    PregapTime::EndsAtZero => left - 1,
                    PregapTime::EndsAtOne => left,
                };
                (Place::Track(track.number, 0), shown)
            }
            Some(track) => (Place::Track(track.number, track.index_at(at)), at.since(track.start).0),
        };
        // A time of zero is two seconds before LBA 0.
        let relative = Msf::from_lba(Lba(sectors as i32 - 150))?;
        Some(Q::Position { control, place, relative, absolute })
    }

    /// Whether track or index differ from the sector before.
    fn changes_at(&self, at: Lba) -> bool {
        at == self.layout().lead_out || self.track_at(at).is_some_and(|track| track.changes_at(at))
    }
}

/// The subcode of successive sectors. See [`Session::subcodes`].
#[derive(Clone, Debug)]
pub struct Subcodes<'a> {
    session: &'a Session,
    next: Lba,
    end: Lba,
}

impl Iterator for Subcodes<'_> {
    type Item = (Lba, Subcode);

    fn next(&mut self) -> Option<Self::Item> {
        if self.next >= self.end {
            return None;
        }
        let at = self.next;
        self.next = Lba(at.0 + 1);
        Some((at, self.session.subcode(at)?))
    }
}
