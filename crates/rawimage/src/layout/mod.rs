//! What a CD holds: the one description that importers make, writers read and exporters write down.

mod check;
mod content;
mod session;
mod stored;

pub use check::{Limits, check};
pub use content::{Content, Extent, FileId, Piece, SubFile};
pub use session::SessionError;
pub use stored::{MainForm, Stored, SubForm};

use webburn_cdcode::cdtext::CdText;
use webburn_cdcode::sector::SectorMode;
use webburn_cdcode::session::DiscType;
use webburn_cdcode::{Control, Isrc, Mcn, TrackNumber};
use webburn_sector::{Lba, SectorCount};

/// Sectors of the pre-gap that every first track of a session has at least: two seconds.
pub const FIRST_PREGAP: SectorCount = SectorCount(150);
/// From the start of a first session's lead-out to the pre-gap of the second one's first track: a lead-out of 90 seconds
/// and a lead-in of 60.
pub const FIRST_SESSION_DISTANCE: SectorCount = SectorCount(6750 + 4500);
/// The same between later sessions: a lead-out of 30 seconds and a lead-in of 60.
pub const LATER_SESSION_DISTANCE: SectorCount = SectorCount(2250 + 4500);

/// A whole disc.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CdLayout {
    /// The sessions, in order.
    pub sessions: Vec<CdSession>,
    /// The catalogue number.
    pub mcn: Option<Mcn>,
    /// CD-Text of the first lead-in.
    pub text: CdText,
}

/// A session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CdSession {
    /// Where the pre-gap of its first track begins: LBA −150 for the first session.
    pub start: Lba,
    /// What the lead-in says the disc is.
    pub disc_type: DiscType,
    /// The tracks, in order, without holes.
    pub tracks: Vec<CdTrack>,
}

/// A track: from its index 0 to the next track's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CdTrack {
    /// Its number.
    pub number: TrackNumber,
    /// What its sectors are.
    pub mode: TrackMode,
    /// What its subcode says of it.
    pub control: Control,
    /// A copy that may not be copied again: the copy bit alternates.
    pub scms: bool,
    /// The recording code.
    pub isrc: Option<Isrc>,
    /// How long index 0 is: at least 150 sectors in a session's first track.
    pub pregap: SectorCount,
    /// Where indices 2, 3, … begin, counted from index 1.
    pub indices: Vec<SectorCount>,
    /// Where its sectors come from, from index 0 on, without holes.
    pub pieces: Vec<Piece>,
}

/// What the sectors of a track are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TrackMode {
    /// Audio.
    Audio,
    /// Mode 0: empty data sectors.
    Mode0,
    /// Mode 1.
    Mode1,
    /// Mode 2: without a form, or in a session of type XA or CD-I with the forms of CD-ROM XA.
    Mode2,
}

impl TrackMode {
    /// Whether it is not audio.
    #[must_use]
    pub const fn is_data(self) -> bool {
        !matches!(self, TrackMode::Audio)
    }

    /// How an empty sector of such a track is coded in a session of `disc_type`: an empty sector of CD-ROM XA has form 2.
    #[must_use]
    pub const fn empty_sector(self, disc_type: DiscType) -> SectorMode {
        match (self, disc_type) {
            (TrackMode::Audio, _) => SectorMode::Audio,
            (TrackMode::Mode0, _) => SectorMode::Mode0,
            (TrackMode::Mode1, _) => SectorMode::Mode1,
            (TrackMode::Mode2, DiscType::Plain) => SectorMode::Mode2,
            (TrackMode::Mode2, _) => SectorMode::Mode2Form2,
        }
    }
}

impl CdTrack {
    /// A track without sectors, codes and gaps.
    #[must_use]
    pub fn new(number: TrackNumber, mode: TrackMode) -> Self {
        let control = if mode.is_data() { Control::DATA } else { Control::AUDIO };
        let (pregap, indices, pieces) = (SectorCount::ZERO, Vec::new(), Vec::new());
        CdTrack { number, mode, control, scms: false, isrc: None, pregap, indices, pieces }
    }

    /// All its sectors, index 0 included.
    #[must_use]
    pub fn sectors(&self) -> SectorCount {
        self.pieces.iter().map(|piece| piece.sectors).sum()
    }

    /// Its sectors from index 1 on.
    #[must_use]
    pub fn length(&self) -> SectorCount {
        self.sectors() - self.pregap
    }

    /// Adds a piece at its end; an empty one is dropped.
    pub fn push(&mut self, piece: Piece) {
        if piece.sectors > SectorCount::ZERO {
            self.pieces.push(piece);
        }
    }
}

/// A track and where it lies.
#[derive(Clone, Copy, Debug)]
pub struct Placed<'a> {
    /// The track.
    pub track: &'a CdTrack,
    /// Where its index 0 begins.
    pub pregap: Lba,
    /// Where its index 1 begins.
    pub start: Lba,
    /// Where it ends (exclusive).
    pub end: Lba,
}

impl CdSession {
    /// A session without tracks, the first of a disc.
    #[must_use]
    pub const fn first(disc_type: DiscType) -> Self {
        CdSession { start: Lba(-150), disc_type, tracks: Vec::new() }
    }

    /// Its tracks and where they lie.
    pub fn placed(&self) -> impl Iterator<Item = Placed<'_>> {
        self.tracks.iter().scan(self.start, |next, track| {
            let pregap = *next;
            *next += track.sectors();
            Some(Placed { track, pregap, start: pregap + track.pregap, end: *next })
        })
    }

    /// Where its lead-out begins.
    #[must_use]
    pub fn lead_out(&self) -> Lba {
        self.start + self.tracks.iter().map(CdTrack::sectors).sum()
    }
}

impl CdLayout {
    /// A disc of one session.
    #[must_use]
    pub fn of(session: CdSession) -> Self {
        CdLayout { sessions: vec![session], ..CdLayout::default() }
    }

    /// All tracks of all sessions and where they lie.
    pub fn placed(&self) -> impl Iterator<Item = Placed<'_>> {
        self.sessions.iter().flat_map(CdSession::placed)
    }

    /// Where the last lead-out begins; LBA 0 without sessions.
    #[must_use]
    pub fn lead_out(&self) -> Lba {
        self.sessions.last().map_or(Lba::ZERO, CdSession::lead_out)
    }

    /// Where a further session's first pre-gap would begin.
    #[must_use]
    pub fn next_session(&self) -> Lba {
        match self.sessions.len() {
            0 => Lba(-150),
            1 => self.lead_out() + FIRST_SESSION_DISTANCE,
            _ => self.lead_out() + LATER_SESSION_DISTANCE,
        }
    }

    /// The same disc with nothing said of where its bytes come from: what two descriptions of one disc have in common.
    #[must_use]
    pub fn without_content(&self) -> Self {
        let mut bare = self.clone();
        for track in bare.sessions.iter_mut().flat_map(|session| &mut session.tracks) {
            let sectors = track.sectors();
            track.pieces = vec![Piece { sectors, content: Content::Empty }];
        }
        bare
    }
}
