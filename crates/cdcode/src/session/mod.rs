//! A session's tracks, and the subcode that follows from them for every sector of lead-in, program area and lead-out.

mod blocks;
mod error;
mod p_flag;
mod style;
mod subcode;
mod toc;
mod toc_reader;
mod track;

pub use blocks::Blocks;
pub use error::LayoutError;
pub use style::{LeadInTime, PFlag, PregapTime, Schedule, Style, TocOrder};
pub use subcode::{Subcode, Subcodes};
pub use toc_reader::{TocEntry, TocReader};
pub use track::Track;

use std::ops::Range;

use webburn_sector::{Lba, Msf, SectorCount};

use crate::Mcn;

/// What kind of disc the session says it is on: PSEC of point A0h.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum DiscType {
    /// Audio, or data of mode 1: 00h.
    #[default]
    Plain,
    /// CD-I: 10h.
    CdI,
    /// CD-ROM XA, data of mode 2: 20h.
    Xa,
}

impl DiscType {
    /// The byte of READ TOC and READ DISC INFORMATION, which is also the BCD of PSEC.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            DiscType::Plain => 0x00,
            DiscType::CdI => 0x10,
            DiscType::Xa => 0x20,
        }
    }
}

/// What the lead-in says of other sessions: points B0h and C0h.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MultiSession {
    /// Where the program area of a next session may begin; `None` when this one is the last.
    pub next_program: Option<Msf>,
    /// The last possible start of a lead-out on this disc, from its ATIP.
    pub outermost_lead_out: Msf,
    /// In the first session: where its lead-in starts, and three bytes of ATIP special information 1.
    pub first_lead_in: Option<(Msf, [u8; 3])>,
}

/// The description that a [`Session`] is checked and made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionLayout {
    /// Where the lead-in starts: by the ATIP for the first session, LBA −22,650 for an image that fits every disc.
    pub lead_in: Lba,
    /// The tracks, in order, without holes.
    pub tracks: Vec<Track>,
    /// Where the lead-out starts.
    pub lead_out: Lba,
    /// How long it is: 6750 sectors after a first session, 2250 after others.
    pub lead_out_length: SectorCount,
    /// The kind of disc.
    pub disc_type: DiscType,
    /// The catalogue number.
    pub mcn: Option<Mcn>,
    /// Present when the disc is to have, or has, several sessions.
    pub multi_session: Option<MultiSession>,
    /// Choices that the standards leave open.
    pub style: Style,
}

/// Sectors of lead-out after a first session: 90 seconds.
pub const FIRST_LEAD_OUT: SectorCount = SectorCount(6750);
/// Sectors of lead-out after a later session: 30 seconds.
pub const LATER_LEAD_OUT: SectorCount = SectorCount(2250);

/// A session whose addresses were found consistent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    layout: SessionLayout,
}

impl Session {
    /// Checks a description.
    ///
    /// # Errors
    /// [`LayoutError`]: the first thing that does not go together.
    pub fn new(layout: SessionLayout) -> Result<Self, LayoutError> {
        error::check(&layout)?;
        Ok(Session { layout })
    }

    /// The description it was made from.
    #[must_use]
    pub const fn layout(&self) -> &SessionLayout {
        &self.layout
    }

    /// The tracks, in order.
    #[must_use]
    pub fn tracks(&self) -> &[Track] {
        &self.layout.tracks
    }

    /// The addresses of the lead-in: to the pre-gap of the first track.
    #[must_use]
    pub fn lead_in(&self) -> Range<Lba> {
        self.layout.lead_in..self.program_start()
    }

    /// The addresses of the program area: from the pre-gap of the first track to the lead-out.
    #[must_use]
    pub fn program(&self) -> Range<Lba> {
        self.program_start()..self.layout.lead_out
    }

    /// The addresses of the lead-out.
    #[must_use]
    pub fn lead_out(&self) -> Range<Lba> {
        self.layout.lead_out..self.layout.lead_out + self.layout.lead_out_length
    }

    fn program_start(&self) -> Lba {
        // A session has at least one track.
        self.layout.tracks.first().map_or(self.layout.lead_in, |track| track.pregap)
    }
}
