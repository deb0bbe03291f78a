//! Collecting the table of contents from the Q frames of a lead-in, as a reading drive does.

use crate::Control;
use crate::q::{Point, Q};

/// One entry, with its times in BCD as recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TocEntry {
    /// Control.
    pub control: Control,
    /// 1, or 5 for the entries on sessions.
    pub adr: u8,
    /// What it tells.
    pub point: Point,
    /// MIN, SEC and FRAME: running time for ADR 1, meaningful for ADR 5.
    pub at: [u8; 3],
    /// ZERO.
    pub zero: u8,
    /// PMIN, PSEC and PFRAME.
    pub value: [u8; 3],
}

/// Takes the Q frames of a lead-in in any order and keeps one entry per point.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TocReader {
    entries: Vec<TocEntry>,
}

impl TocReader {
    /// Nothing read yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a frame; one that is no entry, or repeats a known point, changes nothing.
    pub fn push(&mut self, q: &Q) {
        let (control, adr, point) = match *q {
            Q::Toc { control, point, .. } => (control, 1, point),
            Q::Mode5 { control, point, .. } => (control, 5, Point::from_byte(point)),
            _ => return,
        };
        let [_, _, _, m, s, f, zero, pm, ps, pf] = q.data();
        let entry = TocEntry { control, adr, point, at: [m, s, f], zero, value: [pm, ps, pf] };
        let rank = |entry: &TocEntry| rank(entry.point);
        if let Err(place) = self.entries.binary_search_by_key(&rank(&entry), rank) {
            self.entries.insert(place, entry);
        }
    }

    /// The entries in the order of READ TOC format 2: A0h, A1h, A2h, tracks, the rest.
    #[must_use]
    pub fn entries(&self) -> &[TocEntry] {
        &self.entries
    }

    /// Whether first track, last track, lead-out and every track between are there.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        let number = |wanted: Point| {
            let entry = self.entries.iter().find(|entry| entry.point == wanted)?;
            crate::from_bcd(entry.value[0])
        };
        let Some((first, last)) = number(Point::FirstTrack).zip(number(Point::LastTrack)) else { return false };
        let tracks = self.entries.iter().filter(|entry| matches!(entry.point, Point::Track(_))).count();
        number(Point::LeadOut).is_some() && first <= last && tracks == usize::from(last - first) + 1
    }
}

fn rank(point: Point) -> (u8, u8) {
    match point {
        Point::FirstTrack | Point::LastTrack | Point::LeadOut => (0, point.to_byte()),
        Point::Track(number) => (1, number.get()),
        Point::Other(byte) => (2, byte),
    }
}
