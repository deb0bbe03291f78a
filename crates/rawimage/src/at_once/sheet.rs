//! The cue sheet of a session.

use std::fmt;

use webburn_cdcode::cdtext::symbols::LeadInText;
use webburn_cdcode::cdtext::{PACK_SIZE, Pack, TooLarge, encode};
use webburn_cdcode::session::DiscType;
use webburn_cdcode::{Mcn, TrackNumber};
use webburn_sector::{Lba, Msf, SectorCount};

use super::Block;
use super::block::data_form;
use crate::layout::{CdLayout, CdSession, Placed, SessionError};

/// The track number of the lead-out in a cue sheet.
pub const LEAD_OUT: u8 = 0xAA;

/// Data form of audio with 96 bytes of R–W as they lie on the disc (MMC-6, 6.33). P and Q are the drive's.
const RW: u8 = 0x40;

/// What the standards leave open, or drives want differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SheetOptions {
    /// Where the lead-in of the disc begins (ATIP), said in the first line when CD-Text is sent. `None` says 00:00:00, as
    /// libburn and wodim do and some drives want it.
    pub lead_in: Option<Msf>,
    /// Whether lines with an ISRC repeat the CONTROL nibble of their track. Some drives want zero.
    pub isrc_control: bool,
    /// Whether the CD-Text of the layout is sent.
    pub text: bool,
}

impl Default for SheetOptions {
    /// Lead-in at 00:00:00, CONTROL as the track, with CD-Text.
    fn default() -> Self {
        SheetOptions { lead_in: None, isrc_control: true, text: true }
    }
}

/// Why a session cannot be written at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAtOnce {
    /// There is no such session, or it has no track.
    Session(SessionError),
    /// A track of mode 0, which no cue sheet knows.
    Mode0(TrackNumber),
    /// An address that a cue sheet cannot show: beyond 89:59:74.
    TooFar(Lba),
    /// Its CD-Text.
    Text(TooLarge),
}

impl fmt::Display for NotAtOnce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotAtOnce::Session(error) => error.fmt(f),
            NotAtOnce::Mode0(track) => {
                write!(f, "track {track} is of mode 0, which can only be written raw")
            }
            NotAtOnce::TooFar(at) => write!(f, "sector {at} lies beyond 89:59:74"),
            NotAtOnce::Text(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for NotAtOnce {}

/// Sectors in a row whose blocks are of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The first.
    pub first: Lba,
    /// How many.
    pub sectors: SectorCount,
    /// Their blocks.
    pub block: Block,
    /// The data form of the sheet's lines.
    pub form: u8,
}

impl Stretch {
    /// The first sector behind it.
    #[must_use]
    pub fn end(&self) -> Lba {
        self.first + self.sectors
    }
}

/// A session as session at once writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionSheet {
    /// The lines as SEND CUE SHEET takes them.
    pub lines: Vec<[u8; 8]>,
    /// The packs of CD-Text, CRC included; none when there is none to send.
    pub packs: Vec<[u8; PACK_SIZE]>,
    /// What is written behind the lead-in, without holes: from the first pre-gap to the lead-out.
    pub stretches: Vec<Stretch>,
    /// What mode page 05h says the session is.
    pub disc_type: DiscType,
    /// The catalogue number, which mode page 05h can repeat.
    pub mcn: Option<Mcn>,
}

impl SessionSheet {
    /// Session `number` (from 0) of `layout`.
    ///
    /// # Errors
    /// [`NotAtOnce`].
    pub fn new(layout: &CdLayout, number: usize, options: SheetOptions) -> Result<Self, NotAtOnce> {
        let missing = NotAtOnce::Session(SessionError::NoSuchSession(number));
        let session = layout.sessions.get(number).ok_or(missing)?;
        let (Some(first), Some(last)) = (session.tracks.first(), session.tracks.last()) else { return Err(missing) };
        let packs =
            if number == 0 && options.text { encode(&layout.text).map_err(NotAtOnce::Text)? } else { Vec::new() };
        let mut sheet = SessionSheet {
            lines: Vec::new(),
            packs: packs.iter().map(Pack::to_bytes).collect(),
            stretches: Vec::new(),
            disc_type: session.disc_type,
            mcn: layout.mcn,
        };
        if let Some(mcn) = layout.mcn {
            sheet.catalogue(mcn);
        }
        let (start, form) = if sheet.packs.is_empty() {
            (Msf::default(), data_form(first.mode, session.disc_type, true))
        } else {
            // Audio whose main channel the drive makes, and 96 bytes of sub-channel from us.
            (options.lead_in.unwrap_or_default(), 0x41)
        };
        sheet.position(first.control.to_nibble(), [0, 0, form, 0], start);
        for placed in session.placed() {
            sheet.track(session, &placed, options)?;
        }
        let form = data_form(last.mode, session.disc_type, true);
        let end = msf(session.lead_out())?;
        sheet.position(last.control.to_nibble(), [LEAD_OUT, 1, form, 0], end);
        Ok(sheet)
    }

    /// The same with R–W of the host's own beside the audio: blocks of 2448 bytes, as [`BlockStream::session`] then gives
    /// them. Data tracks keep theirs: drives take none with R–W.
    ///
    /// [`BlockStream::session`]: super::BlockStream::session
    #[must_use]
    pub fn with_rw(mut self) -> Self {
        for line in self.lines.iter_mut().filter(|line| line[0] & 0x0F == 1 && (1..=99).contains(&line[1])) {
            if line[3] == 0 {
                line[3] = RW;
            }
        }
        for stretch in self.stretches.iter_mut().filter(|stretch| stretch.block == Block::Audio) {
            stretch.form = RW;
        }
        self
    }

    /// There is audio with R–W of the host's own.
    #[must_use]
    pub fn has_rw(&self) -> bool {
        self.stretches.iter().any(|stretch| stretch.form == RW)
    }

    /// The parameter list of SEND CUE SHEET.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        self.lines.concat()
    }

    /// The first address that is written behind the lead-in.
    #[must_use]
    pub fn start(&self) -> Lba {
        self.stretches.first().map_or(Lba::ZERO, |stretch| stretch.first)
    }

    /// Where the lead-out begins.
    #[must_use]
    pub fn lead_out(&self) -> Lba {
        self.stretches.last().map_or(Lba::ZERO, Stretch::end)
    }

    /// CD-Text as it fills the lead-in, 96 bytes of R–W a sector, from the ATIP's start of the lead-in to the first
    /// pre-gap; `None` when there is none to send.
    #[must_use]
    pub fn lead_in_text(&self) -> Option<LeadInText> {
        LeadInText::from_packs(&self.packs)
    }

    fn catalogue(&mut self, mcn: Mcn) {
        let [a, b, c, d, e, f, g, h, i, j, k, l, m] = mcn.digits().map(|digit| b'0' + digit);
        // CONTROL is zero, whatever the tracks are (libburn, wodim: observed behaviour).
        self.lines.push([2, a, b, c, d, e, f, g]);
        self.lines.push([2, h, i, j, k, l, m, 0]);
    }

    fn track(&mut self, session: &CdSession, placed: &Placed<'_>, options: SheetOptions) -> Result<(), NotAtOnce> {
        let track = placed.track;
        let number = track.number.get();
        let block = Block::of(track.mode).ok_or(NotAtOnce::Mode0(track.number))?;
        let form = data_form(track.mode, session.disc_type, false);
        let control = track.control.to_nibble();
        if let Some(isrc) = track.isrc {
            let own = if options.isrc_control { control << 4 } else { 0 };
            for part in isrc.as_str().as_bytes().as_chunks::<6>().0 {
                let [a, b, c, d, e, f] = *part;
                self.lines.push([own | 3, number, a, b, c, d, e, f]);
            }
        }
        let copy = if track.scms { 0x80 } else { 0 };
        if placed.pregap < placed.start {
            self.position(control, [number, 0, form, copy], msf(placed.pregap)?);
        }
        self.position(control, [number, 1, form, copy], msf(placed.start)?);
        for (index, &offset) in (2..=99).zip(&track.indices) {
            self.position(control, [number, index, form, copy], msf(placed.start + offset)?);
        }
        let sectors = placed.end.since(placed.pregap);
        match self.stretches.last_mut() {
            Some(last) if last.form == form => last.sectors += sectors,
            _ => self.stretches.push(Stretch { first: placed.pregap, sectors, block, form }),
        }
        Ok(())
    }

    /// A line with ADR 1.
    fn position(&mut self, control: u8, [number, index, form, copy]: [u8; 4], at: Msf) {
        let [minute, second, frame] = at.to_bytes();
        self.lines.push([control << 4 | 1, number, index, form, copy, minute, second, frame]);
    }
}

fn msf(at: Lba) -> Result<Msf, NotAtOnce> {
    Msf::from_lba(at).ok_or(NotAtOnce::TooFar(at))
}
