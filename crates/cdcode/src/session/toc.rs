//! The entries of the table of contents in the lead-in.

use webburn_sector::{Lba, Msf};

use super::{LeadInTime, Session, TocOrder};
use crate::q::{Point, Q};
use crate::{Control, from_bcd, to_bcd};

impl Session {
    /// The entries in the order of the lead-in, each once, with the running time of the lead-in's start.
    pub fn toc(&self) -> impl Iterator<Item = Q> + '_ {
        (0..self.points()).map(|entry| self.toc_entry(entry, self.running(self.layout().lead_in)))
    }

    /// How many different entries there are.
    fn points(&self) -> usize {
        3 + self.tracks().len() + self.mode5_points()
    }

    fn mode5_points(&self) -> usize {
        self.layout().multi_session.map_or(0, |multi| 1 + usize::from(multi.first_lead_in.is_some()))
    }

    /// The Q frame of a lead-in sector: each entry in three sectors running.
    pub(super) fn lead_in_q(&self, at: Lba) -> Q {
        let sector = at.since(self.layout().lead_in).0 as usize;
        self.toc_entry(sector / 3 % self.points(), self.running(at))
    }

    fn running(&self, at: Lba) -> Msf {
        let shown = match self.layout().style.lead_in_time {
            LeadInTime::Absolute => at,
            // Zero is two seconds before LBA 0.
            LeadInTime::FromZero => Lba(at.since(self.layout().lead_in).0 as i32 - 150),
        };
        Msf::from_lba(shown).unwrap_or_default()
    }

    fn toc_entry(&self, entry: usize, running: Msf) -> Q {
        let tracks = self.tracks();
        let areas_at = match self.layout().style.toc_order {
            TocOrder::AreasFirst => 0,
            TocOrder::TracksFirst => tracks.len(),
        };
        let track_at = if areas_at == 0 { 3 } else { 0 };
        if let Some(track) = entry.checked_sub(track_at).and_then(|place| tracks.get(place)) {
            let value = Msf::from_lba(track.start).unwrap_or_default();
            return Q::Toc { control: track.control, point: Point::Track(track.number), running, value };
        }
        let (first, last) = match tracks {
            [only] => (only, only),
            [first, .., last] => (first, last),
            // A session has at least one track.
            [] => return Q::Unknown([0; 10]),
        };
        let (control, point, value) = match entry - areas_at.min(entry) {
            0 => {
                // The code is BCD of the decimal that a time holds.
                let kind = from_bcd(self.layout().disc_type.code()).unwrap_or(0);
                (first.control, Point::FirstTrack, Msf::new(first.number.get(), kind, 0))
            }
            1 => (last.control, Point::LastTrack, Msf::new(last.number.get(), 0, 0)),
            2 => (last.control, Point::LeadOut, Msf::from_lba(self.layout().lead_out).unwrap_or_default()),
            place => return self.mode5(first.control, place > 3 + usize::from(areas_at == 0) * tracks.len()),
        };
        Q::Toc { control, point, running, value }
    }

    /// Point B0h, or C0h when `second`.
    fn mode5(&self, control: Control, second: bool) -> Q {
        let bcd = |at: Msf| at.to_bytes().map(to_bcd);
        let multi = self.layout().multi_session;
        match multi.and_then(|multi| multi.first_lead_in).filter(|_| second) {
            Some((lead_in, atip)) => Q::Mode5 { control, point: 0xC0, at: atip, zero: 0, value: bcd(lead_in) },
            None => Q::Mode5 {
                control,
                point: 0xB0,
                at: multi.and_then(|multi| multi.next_program).map_or([0xFF; 3], bcd),
                zero: self.mode5_points() as u8,
                value: multi.map_or([0xFF; 3], |multi| bcd(multi.outermost_lead_out)),
            },
        }
    }
}
