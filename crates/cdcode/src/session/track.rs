//! A track within a session.

use webburn_sector::Lba;

use crate::{Control, Isrc, TrackNumber};

/// A track: where its indices are and what its subcode says. It ends where the next one's pre-gap, or the lead-out,
/// begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Track {
    /// Its number; the one after the track before.
    pub number: TrackNumber,
    /// What it is.
    pub control: Control,
    /// A copy of which no further digital copies may be made (SCMS): the copy bit alternates every four sectors.
    pub scms: bool,
    /// Its recording code.
    pub isrc: Option<Isrc>,
    /// Where index 0 begins; the same as `start` if there is none.
    pub pregap: Lba,
    /// Where index 1 begins: the address in the table of contents.
    pub start: Lba,
    /// Where indices 2, 3, … begin.
    pub indices: Vec<Lba>,
}

impl Track {
    /// A track without a pre-gap, further indices or a code.
    #[must_use]
    pub const fn new(number: TrackNumber, control: Control, start: Lba) -> Self {
        Track { number, control, scms: false, isrc: None, pregap: start, start, indices: Vec::new() }
    }

    /// The index at an address of this track.
    #[must_use]
    pub fn index_at(&self, at: Lba) -> u8 {
        if at < self.start { 0 } else { 1 + self.indices.partition_point(|&index| index <= at) as u8 }
    }

    /// Whether an index (0 included) begins at this address.
    pub(super) fn changes_at(&self, at: Lba) -> bool {
        at == self.pregap || at == self.start || self.indices.contains(&at)
    }

    /// The control of a sector: as given, but alternating for SCMS.
    pub(super) fn control_at(&self, at: Lba) -> Control {
        if self.scms { Control { copy_permitted: at.0.rem_euclid(8) < 4, ..self.control } } else { self.control }
    }
}
