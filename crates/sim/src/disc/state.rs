//! What has become of a disc.

use serde::{Deserialize, Serialize};
use webburn_sector::Lba;

use super::{Access, BadState, MediumKind};
use crate::recording::{RawScan, TocLine};
use crate::surface::ExtentMap;

/// How the disc is organised at present.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// Pressed.
    Rom,
    /// Written in tracks and sessions: CD, DVD-R, DVD-RW, DVD+R, BD-R in sequential recording mode.
    Sequential,
    /// Needs FORMAT UNIT before it can be used: new DVD+RW and BD-RE.
    Unformatted,
    /// Any sector at any time: DVD+RW, DVD-RAM, BD-RE.
    Random,
    /// DVD-RW in restricted overwrite mode.
    RestrictedOverwrite {
        /// Quick formatted and not yet written to its end: the written part ends here and grows by writing on.
        intermediate: bool,
    },
    /// BD-R with pseudo-overwrite: sequential below, random above.
    PseudoOverwrite,
    /// BD-R in random recording mode: any cluster at any time, each once.
    RandomOnce,
}

/// DVD+RW background format (READ DISC INFORMATION, byte 7).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Background {
    /// 0: not formatted, or a medium without it.
    #[default]
    None,
    /// 1: started, stopped before its end.
    Stopped,
    /// 2: running.
    Running,
    /// 3: complete.
    Complete,
}

/// A bad spot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Defect {
    /// First bad sector.
    pub first: i32,
    /// How many.
    pub count: u32,
    /// Reading fails (3/11/05).
    pub read: bool,
    /// Writing fails (3/0C/00), or is moved to a spare where the disc has some.
    pub write: bool,
}

impl Defect {
    /// The first bad sector among `count` from `first` on.
    #[must_use]
    pub fn hits(&self, first: i32, count: u32) -> Option<i32> {
        let start = i64::from(first.max(self.first));
        let end = (i64::from(first) + i64::from(count)).min(i64::from(self.first) + i64::from(self.count));
        (start < end).then_some(start as i32)
    }
}

/// Life of a track.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TrackState {
    /// Nothing in it yet: the invisible track at the end, or a reserved one.
    Empty,
    /// Partly written, can go on.
    Open,
    /// Done.
    Closed,
}

/// How a track was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// Not yet, or by the factory.
    None,
    /// CD track at once.
    TrackAtOnce,
    /// CD session at once, DVD-R disc at once.
    SessionAtOnce,
    /// CD raw.
    Raw,
    /// CD packets, DVD-R incremental, DVD+R, BD-R.
    Incremental,
}

/// A track, fragment, RZone or logical track.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Track {
    /// From 1.
    pub number: u16,
    /// The session it belongs to, from 1.
    pub session: u16,
    /// First address.
    pub start: i32,
    /// Where the next sector goes; behind the last written one when closed.
    pub next: i32,
    /// Sectors of a reserved or closed track (run-out included); `None` while its end is open.
    pub size: Option<u32>,
    /// Empty, open, closed.
    pub state: TrackState,
    /// CTL nibble: 4 data, 0 audio, +1 pre-emphasis, +2 copying permitted.
    pub control: u8,
    /// Data mode of READ TRACK INFORMATION: 1 mode 1, 2 mode 2, 0Fh none.
    pub data_mode: u8,
    /// How it is written.
    pub way: Way,
    /// Writing ended in trouble (power loss, write error).
    pub damaged: bool,
    /// Last recorded address, where the medium remembers it.
    pub last_recorded: Option<i32>,
    /// CD: where index 0 begins, if there is one.
    #[serde(default)]
    pub pregap: Option<i32>,
    /// CD: where indices 2, 3 and so on begin.
    #[serde(default)]
    pub indices: Vec<i32>,
    /// CD: the recording code, twelve characters.
    #[serde(default)]
    pub isrc: Option<String>,
    /// CD: serial copy management, this is a copy: the copy bit alternates.
    #[serde(default)]
    pub copied: bool,
    /// CD: the sub-header of XA sectors that were sent without one.
    #[serde(default)]
    pub sub_header: [u8; 4],
}

impl Track {
    /// An empty one.
    #[must_use]
    pub const fn empty(number: u16, session: u16, start: i32) -> Self {
        Track {
            number,
            session,
            start,
            next: start,
            size: None,
            state: TrackState::Empty,
            control: 4,
            data_mode: 1,
            way: Way::None,
            damaged: false,
            last_recorded: None,
            pregap: None,
            indices: Vec::new(),
            isrc: None,
            copied: false,
            sub_header: [0; 4],
        }
    }

    /// First address that bears its number: the pre-gap belongs to the track it comes before.
    #[must_use]
    pub fn begins(&self) -> i32 {
        self.pregap.unwrap_or(self.start)
    }

    /// First address behind it; of an open one, behind what is written.
    #[must_use]
    pub fn end(&self) -> i32 {
        self.size.map_or(self.next, |size| self.start + size as i32)
    }

    /// Data, as opposed to audio.
    #[must_use]
    pub const fn is_data(&self) -> bool {
        self.control & 4 != 0
    }
}

/// A session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// From 1.
    pub number: u16,
    /// Where its lead-in starts (CD), or its first track.
    pub lead_in: i32,
    /// Closed: where its lead-out starts.
    pub lead_out: Option<i32>,
    /// CD, written raw: the entries of its lead-in as the host recorded them. Otherwise the drive made them.
    #[serde(default)]
    pub toc: Vec<TocLine>,
}

impl Session {
    /// An open one.
    #[must_use]
    pub const fn open(number: u16, lead_in: i32) -> Self {
        Session { number, lead_in, lead_out: None, toc: Vec::new() }
    }
}

/// Everything about a disc but its bytes. Kept as JSON between runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiscState {
    /// [`DiscState::VERSION`].
    pub version: u32,
    /// Which medium.
    pub kind: MediumKind,
    /// How it is organised.
    pub format: Format,
    /// User sectors in the present format.
    pub blocks: u32,
    /// Sectors set aside as spares.
    pub spare_blocks: u32,
    /// Spares used up by bad sectors.
    pub spares_used: u32,
    /// Sessions in order; the last may be open or empty.
    pub sessions: Vec<Session>,
    /// Tracks in order; the last may be the invisible one.
    pub tracks: Vec<Track>,
    /// Nothing can be added any more.
    pub finalized: bool,
    /// DVD+RW background format.
    pub background: Background,
    /// First address that formatting has not reached.
    pub formatted_to: i32,
    /// DVD-RW blanked the quick way: no incremental writing until it is blanked whole.
    pub quick_blanked: bool,
    /// Protected against writing.
    pub write_protected: bool,
    /// Sectors of layer 0, once set.
    pub layer0_blocks: Option<u32>,
    /// Pseudo-overwrite replacements that are left.
    pub replacements_left: u32,
    /// Scratches.
    pub defects: Vec<Defect>,
    /// Next address of a session at once that has begun.
    #[serde(default)]
    pub session_next: Option<i32>,
    /// Disc id given at the first session or format.
    pub disc_id: u32,
    /// CD-Text packs and the like, as read back from the lead-in.
    #[serde(default)]
    pub cd_text: Vec<u8>,
    /// Media catalogue number.
    #[serde(default)]
    pub catalog: Option<String>,
    /// CD: the disc type of point A0h: 00h, 10h CD-I, 20h XA.
    #[serde(default)]
    pub disc_type: u8,
    /// What the subcode of a session written raw has said so far.
    #[serde(default)]
    pub raw: Option<RawScan>,
    /// What is written where.
    pub map: ExtentMap,
}

impl DiscState {
    /// Counts up when the meaning of a field changes.
    pub const VERSION: u32 = 1;

    pub(super) fn check(&self) -> Result<(), BadState> {
        if self.version != Self::VERSION {
            return Err(BadState("it is of another version"));
        }
        if self.tracks.iter().any(|track| self.session(track.session).is_none() || track.next < track.start) {
            return Err(BadState("a track belongs to no session"));
        }
        if self.map.extents().windows(2).any(|pair| pair[0].end() > pair[1].first) {
            return Err(BadState("written areas overlap"));
        }
        Ok(())
    }

    /// The session of a number.
    #[must_use]
    pub fn session(&self, number: u16) -> Option<&Session> {
        self.sessions.iter().find(|session| session.number == number)
    }

    /// The last session that is closed.
    #[must_use]
    pub fn last_closed_session(&self) -> Option<&Session> {
        self.sessions.iter().rev().find(|session| session.lead_out.is_some())
    }

    /// Nothing is written, not even a track begun.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        match self.format {
            Format::Sequential => {
                self.sessions.len() <= 1
                    && !self.finalized
                    && self.tracks.iter().all(|track| track.state == TrackState::Empty && !track.damaged)
            }
            Format::Unformatted => true,
            _ => false,
        }
    }

    /// Tracks of a session.
    pub fn tracks_of(&self, session: u16) -> impl DoubleEndedIterator<Item = &Track> {
        self.tracks.iter().filter(move |track| track.session == session)
    }

    /// Can be overwritten at any address.
    #[must_use]
    pub const fn is_random(&self) -> bool {
        matches!(
            self.format,
            Format::Random | Format::RestrictedOverwrite { .. } | Format::PseudoOverwrite | Format::RandomOnce
        )
    }

    /// Sectors that formatting has reached and nobody has written read as zeros.
    #[must_use]
    pub const fn formatted_reads_zero(&self) -> bool {
        matches!(self.format, Format::Random | Format::RestrictedOverwrite { .. })
    }

    /// First address that READ CAPACITY does not count; `None` when there is nothing to read at all.
    #[must_use]
    pub fn readable_end(&self) -> Option<Lba> {
        match self.format {
            Format::Unformatted => None,
            Format::Random | Format::RandomOnce => Some(Lba(self.blocks as i32)),
            Format::RestrictedOverwrite { intermediate: false } => Some(Lba(self.blocks as i32)),
            Format::RestrictedOverwrite { intermediate: true } => Some(Lba(self.formatted_to)),
            Format::Rom => self.sessions.last().and_then(|session| session.lead_out).map(Lba),
            Format::Sequential | Format::PseudoOverwrite => match self.kind.spec().family {
                // A CD drive knows the end of the last complete session from its lead-in.
                crate::timing::Family::Cd => self.last_closed_session().and_then(|session| session.lead_out).map(Lba),
                _ => self
                    .tracks
                    .iter()
                    .rev()
                    .find(|track| track.state != TrackState::Empty && track.next > track.start)
                    .map(|track| Lba(if track.state == TrackState::Closed { track.end() } else { track.next })),
            },
        }
    }

    /// BD-R: FORMAT UNIT gave it its recording mode, which is then its own for good.
    #[must_use]
    pub const fn is_formatted_once(&self) -> bool {
        self.spare_blocks > 0 || matches!(self.format, Format::PseudoOverwrite | Format::RandomOnce)
    }

    /// Can be made blank or formatted anew.
    #[must_use]
    pub fn is_rewritable(&self) -> bool {
        self.kind.spec().access == Access::Rewritable
    }
}
