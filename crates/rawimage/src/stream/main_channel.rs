//! Main channel and subcode of a disc as image files hold them.

use std::ops::Range;

use webburn_cdcode::sector::SECTOR_SIZE;
use webburn_cdcode::session::{Session, Style};
use webburn_cdcode::subchannel::{Layout, planes};
use webburn_sector::{Lba, SectorCount, SectorSource, SourceError};

use crate::image::CdImage;
use crate::layout::{CdLayout, FIRST_PREGAP, SessionError};

/// The sectors that an image file holds: from LBA 0 to the first lead-out, then each further session without its first
/// two seconds.
fn stretches(layout: &CdLayout) -> Vec<Range<Lba>> {
    layout.sessions.iter().map(|session| session.start + FIRST_PREGAP..session.lead_out()).collect()
}

fn total(stretches: &[Range<Lba>]) -> SectorCount {
    stretches.iter().map(|stretch| stretch.end.since(stretch.start)).sum()
}

/// Where sector `first` of the stretches lies, and how many follow it in one row.
fn place(stretches: &[Range<Lba>], first: u64) -> Option<(usize, Lba, u32)> {
    let mut before = 0;
    for (number, stretch) in stretches.iter().enumerate() {
        let length = u64::from(stretch.end.since(stretch.start).0);
        if first < before + length {
            let skip = (first - before) as u32;
            return Some((number, stretch.start + SectorCount(skip), length as u32 - skip));
        }
        before += length;
    }
    None
}

/// The main channel, 2352 bytes a sector: a `.bin` or `.img` file. Borrows the image.
pub struct MainStream<'a> {
    image: &'a mut CdImage,
    stretches: Vec<Range<Lba>>,
}

impl<'a> MainStream<'a> {
    /// All sessions.
    pub fn new(image: &'a mut CdImage) -> Self {
        let stretches = stretches(&image.layout);
        MainStream { image, stretches }
    }

    /// From `first` to `end` (exclusive) alone: a track, say.
    pub fn between(image: &'a mut CdImage, first: Lba, end: Lba) -> Self {
        MainStream { image, stretches: vec![first..end] }
    }
}

impl SectorSource for MainStream<'_> {
    fn sector_size(&self) -> usize {
        SECTOR_SIZE
    }

    fn sectors(&self) -> SectorCount {
        total(&self.stretches)
    }

    async fn read(&mut self, first: u64, into: &mut [u8]) -> Result<(), SourceError> {
        let (mut next, mut rest) = (first, into);
        while rest.len() >= SECTOR_SIZE {
            let Some((_, at, left)) = place(&self.stretches, next) else {
                return Err(crate::port::past_end(self.byte_length()));
            };
            let sectors = (rest.len() / SECTOR_SIZE).min(left as usize);
            let (now, later) = rest.split_at_mut(sectors * SECTOR_SIZE);
            self.image.read_main(at, now).await?;
            rest = later;
            next += sectors as u64;
        }
        Ok(())
    }

    async fn check_unchanged(&mut self) -> Result<(), SourceError> {
        self.image.check_unchanged().await
    }
}

/// The subcode as eight planes of twelve bytes a sector: a `.sub` file. What the image holds, and where it holds nothing,
/// P and Q as the session has them. Borrows the image.
pub struct SubStream<'a> {
    image: &'a mut CdImage,
    sessions: Vec<Session>,
    stretches: Vec<Range<Lba>>,
}

impl<'a> SubStream<'a> {
    /// All sessions.
    ///
    /// # Errors
    /// A session whose addresses contradict each other.
    pub fn new(image: &'a mut CdImage, style: Style) -> Result<Self, SessionError> {
        let layout = &image.layout;
        let lead_in = |number: usize| match number {
            0 => Lba(-22_650),
            // A lead-in of 60 seconds; only what follows it is asked for.
            _ => layout.sessions.get(number).map_or(Lba::ZERO, |session| session.start - SectorCount(4500)),
        };
        let numbers = 0..layout.sessions.len();
        let sessions: Result<Vec<_>, _> = numbers.map(|n| layout.session(n, lead_in(n), style)).collect();
        let (sessions, stretches) = (sessions?, stretches(layout));
        Ok(SubStream { image, sessions, stretches })
    }
}

impl SectorSource for SubStream<'_> {
    fn sector_size(&self) -> usize {
        96
    }

    fn sectors(&self) -> SectorCount {
        total(&self.stretches)
    }

    async fn read(&mut self, first: u64, into: &mut [u8]) -> Result<(), SourceError> {
        for (number, slot) in (first..).zip(into.as_chunks_mut::<96>().0) {
            let Some((session, at, _)) = place(&self.stretches, number) else {
                return Err(crate::port::past_end(self.byte_length()));
            };
            let mut symbols = [0; 96];
            if self.image.read_sub(at, &mut symbols).await?.is_none()
                && let Some(subcode) = self.sessions.get(session).and_then(|session| session.subcode(at))
            {
                subcode.write(Layout::Raw, &mut symbols);
            }
            *slot = planes::from_symbols(&symbols);
        }
        Ok(())
    }
}
