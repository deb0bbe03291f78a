//! What was burnt, session by session and sector by sector, for image files and for tests.

use std::ops::Range;

use webburn_cdcode::sector::Sector;

use super::{SectorKind, Unreadable};
use crate::disc::{Disc, Session, Track};
use crate::recording::TocLine;

/// A CD to be looked at as a whole. Nothing of it depends on the drive's ways: what lies on the disc is told.
#[derive(Debug)]
pub struct CdImage<'d> {
    disc: &'d mut Disc,
}

/// One sector.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CdSector {
    /// What kind of sector it is.
    pub kind: SectorKind,
    /// The main channel; data sectors descrambled.
    pub main: Sector,
    /// The 96 symbols P–W, bit 7 P, bit 6 Q, as on the disc.
    pub sub: [u8; 96],
}

impl Disc {
    /// The disc as a CD; `None` when it is none.
    pub fn cd(&mut self) -> Option<CdImage<'_>> {
        (self.kind().spec().family == crate::timing::Family::Cd).then_some(CdImage { disc: self })
    }
}

impl CdImage<'_> {
    /// The closed sessions, in order.
    pub fn sessions(&self) -> impl Iterator<Item = &Session> {
        self.disc.state().sessions.iter().filter(|session| session.lead_out.is_some())
    }

    /// The tracks of a session, in order: start, pre-gap ([`Track::begins`]), indices, control, ISRC.
    pub fn tracks(&self, session: u16) -> impl Iterator<Item = &Track> {
        self.disc.state().tracks_of(session)
    }

    /// From the pre-gap of a session's first track to its lead-out; empty when it is not closed.
    #[must_use]
    pub fn program(&self, session: u16) -> Range<i32> {
        let state = self.disc.state();
        let start = state.tracks_of(session).map(Track::begins).min();
        let end = state.session(session).and_then(|session| session.lead_out);
        start.zip(end).map_or(0..0, |(start, end)| start..end)
    }

    /// The lead-in's entries as recorded; empty where the drive made them, which READ TOC tells.
    #[must_use]
    pub fn recorded_toc(&self, session: u16) -> &[TocLine] {
        self.disc.state().session(session).map_or(&[], |session| &session.toc)
    }

    /// The catalogue number, thirteen digits.
    #[must_use]
    pub fn catalog(&self) -> Option<&str> {
        self.disc.state().catalog.as_deref()
    }

    /// CD-Text: packs of eighteen bytes, one behind the other.
    #[must_use]
    pub fn cd_text(&self) -> &[u8] {
        &self.disc.state().cd_text
    }

    /// The disc type of point A0h: 00h, 10h CD-I, 20h XA.
    #[must_use]
    pub fn disc_type(&self) -> u8 {
        self.disc.state().disc_type
    }

    /// One sector of the program area, errors and all: nothing is corrected.
    ///
    /// # Errors
    /// [`Unreadable`]: link and run-out blocks, and what lies outside of tracks.
    pub fn sector(&mut self, lba: i32) -> Result<CdSector, Unreadable> {
        let (kind, main) = self.disc.cd_main(lba, false)?;
        Ok(CdSector { kind, main, sub: self.disc.cd_sub(lba) })
    }

    /// The sub-channel of a sector, readable or not.
    pub fn sub(&mut self, lba: i32) -> [u8; 96] {
        self.disc.cd_sub(lba)
    }
}
