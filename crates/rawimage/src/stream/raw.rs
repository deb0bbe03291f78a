//! A whole session, lead-in and lead-out included, in the blocks of raw writing.

use std::borrow::BorrowMut;
use std::fmt;

use webburn_cdcode::cdtext::symbols::LeadInText;
use webburn_cdcode::cdtext::{TooLarge, encode};
use webburn_cdcode::scramble;
use webburn_cdcode::sector::{SECTOR_SIZE, SectorMode};
use webburn_cdcode::session::{Session, Style};
use webburn_cdcode::subchannel::{Layout, symbols};
use webburn_sector::{Lba, MaybeSend, SectorCount, SectorSource, SourceError};

use super::rw;
use crate::image::{CdImage, empty};
use crate::layout::SessionError;
use crate::port::FileSource;

/// What is done with subcode that the image holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StoredSubcode {
    /// Nothing: P and Q are made, R–W are zero.
    Ignore,
    /// R–W are taken, P and Q made.
    #[default]
    RToW,
    /// All eight channels are taken as they are, faults included. Lead-in and lead-out are made.
    All,
}

/// How a session is to be streamed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RawOptions {
    /// The blocks.
    pub layout: Layout,
    /// Where the stream begins: LBA −22,650 (95:00:00) for one that fits every disc.
    pub lead_in: Lba,
    /// What the standards leave open.
    pub style: Style,
    /// What is done with stored subcode.
    pub stored: StoredSubcode,
    /// Whether the CD-Text of the layout is written.
    pub text: bool,
}

impl RawOptions {
    /// From 95:00:00, R–W as stored, with CD-Text.
    #[must_use]
    pub const fn new(layout: Layout, style: Style) -> Self {
        RawOptions { layout, lead_in: Lba(-22_650), style, stored: StoredSubcode::RToW, text: true }
    }
}

/// Why an image cannot be streamed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotStreamable {
    /// The session.
    Session(SessionError),
    /// Its CD-Text.
    Text(TooLarge),
}

impl fmt::Display for NotStreamable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotStreamable::Session(error) => error.fmt(f),
            NotStreamable::Text(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for NotStreamable {}

/// The blocks of a session from the start of its lead-in to the end of its lead-out. What IMAPI2's
/// `CreateResultImage` gives, and `DiscFormat2RawCD` writes.
///
/// Each read makes its blocks from what the files give; any order is allowed. `I` is a [`CdImage`] or a mutable reference
/// to one.
pub struct RawStream<I = CdImage> {
    pub(super) image: I,
    pub(super) session: Session,
    pub(super) options: RawOptions,
    pub(super) generators: Vec<Box<dyn FileSource>>,
    text: Option<LeadInText>,
    /// How sectors of lead-in and lead-out are coded.
    modes: (SectorMode, SectorMode),
    main: Vec<u8>,
}

/// Blocks made at once.
const AT_ONCE: usize = 256;

impl<I: BorrowMut<CdImage>> RawStream<I> {
    /// Session `number` (from 0) of `image`.
    ///
    /// # Errors
    /// [`NotStreamable`].
    pub fn new(image: I, number: usize, options: RawOptions) -> Result<Self, NotStreamable> {
        let layout = &image.borrow().layout;
        let session = layout.session(number, options.lead_in, options.style).map_err(NotStreamable::Session)?;
        let text = if number == 0 && options.text {
            LeadInText::new(&encode(&layout.text).map_err(NotStreamable::Text)?)
        } else {
            None
        };
        let own = layout.sessions.get(number);
        let mode = |track: Option<&crate::layout::CdTrack>| {
            own.zip(track).map_or(SectorMode::Audio, |(own, track)| track.mode.empty_sector(own.disc_type))
        };
        let modes = (mode(own.and_then(|own| own.tracks.first())), mode(own.and_then(|own| own.tracks.last())));
        Ok(RawStream { image, session, options, generators: Vec::new(), text, modes, main: Vec::new() })
    }

    /// Adds R–W channels for the whole stream, 96 bytes a sector from the start of the lead-in on. They are laid over
    /// what is there; bits 7–6 are not looked at.
    pub fn add_rw_generator(&mut self, generator: Box<dyn FileSource>) {
        self.generators.push(generator);
    }

    /// The subcode it is made by.
    #[must_use]
    pub const fn session(&self) -> &Session {
        &self.session
    }

    /// The blocks.
    #[must_use]
    pub const fn layout(&self) -> Layout {
        self.options.layout
    }

    /// Gives the image back.
    #[must_use]
    pub fn into_image(self) -> I {
        self.image
    }

    async fn fill(&mut self, first: Lba, into: &mut [u8]) -> Result<(), SourceError> {
        let block_size = self.options.layout.block_size();
        let count = into.len() / block_size;
        let mut main = std::mem::take(&mut self.main);
        main.resize(count * SECTOR_SIZE, 0);
        let result = self.fill_main(first, &mut main).await;
        for (block, sector) in into.chunks_exact_mut(block_size).zip(main.chunks_exact(SECTOR_SIZE)) {
            block[..SECTOR_SIZE].copy_from_slice(sector);
        }
        self.main = main;
        result?;
        let mut at = first;
        for block in into.chunks_exact_mut(block_size) {
            self.fill_sub(at, &mut block[SECTOR_SIZE..]).await?;
            at += SectorCount(1);
        }
        Ok(())
    }

    /// The main channel as it goes to the drive: data is scrambled.
    async fn fill_main(&mut self, first: Lba, into: &mut [u8]) -> Result<(), SourceError> {
        let program = self.session.program();
        let (sectors, _) = into.as_chunks_mut::<SECTOR_SIZE>();
        let end = first + SectorCount(sectors.len() as u32);
        let (from, to) = (first.max(program.start), end.min(program.end));
        if from < to {
            let skip = from.since(first).0 as usize;
            let part = &mut sectors[skip..skip + to.since(from).0 as usize];
            self.image.borrow_mut().read_main(from, part.as_flattened_mut()).await?;
        }
        for (n, sector) in (0..).zip(sectors) {
            let at = first + SectorCount(n);
            let is_data = if at < program.start {
                empty(self.modes.0, at, sector);
                self.modes.0 != SectorMode::Audio
            } else if at >= program.end {
                empty(self.modes.1, at, sector);
                self.modes.1 != SectorMode::Audio
            } else {
                self.session.track_at(at).is_some_and(|track| track.control.data)
            };
            if is_data {
                scramble(sector);
            }
        }
        Ok(())
    }

    async fn fill_sub(&mut self, at: Lba, out: &mut [u8]) -> Result<(), SourceError> {
        out.fill(0);
        let mut made = true;
        if let Ok(out) = <&mut [u8; 96]>::try_from(&mut *out) {
            let program = self.session.program();
            if at < program.start {
                if let Some(text) = &self.text {
                    *out = text.sector(at.since(self.options.lead_in).0);
                }
            } else if at < program.end {
                made = !rw::stored(self, at, out).await?;
            }
            let mut generated = [0; 96];
            for generator in &mut self.generators {
                let place = u64::from(at.since(self.options.lead_in).0) * 96;
                generator.read_at(place, &mut generated).await?;
                let both = std::array::from_fn(|n| out[n] | generated[n] & 0x3F);
                symbols::write_rw(out, &both);
            }
        }
        if made && let Some(subcode) = self.session.subcode(at) {
            subcode.write(self.options.layout, out);
        }
        Ok(())
    }
}

impl<I: BorrowMut<CdImage> + MaybeSend> SectorSource for RawStream<I> {
    fn sector_size(&self) -> usize {
        self.options.layout.block_size()
    }

    fn sectors(&self) -> SectorCount {
        self.session.lead_out().end.since(self.options.lead_in)
    }

    async fn read(&mut self, first: u64, into: &mut [u8]) -> Result<(), SourceError> {
        let block_size = self.sector_size();
        let asked = (into.len() / block_size) as u64;
        if first.saturating_add(asked) > u64::from(self.sectors().0) {
            return Err(crate::port::past_end(self.byte_length()));
        }
        let mut at = self.options.lead_in + SectorCount(first as u32);
        for part in into.chunks_mut(AT_ONCE * block_size) {
            self.fill(at, part).await?;
            at += SectorCount((part.len() / block_size) as u32);
        }
        Ok(())
    }

    async fn check_unchanged(&mut self) -> Result<(), SourceError> {
        self.image.borrow_mut().check_unchanged().await
    }
}
