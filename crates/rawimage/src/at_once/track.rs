//! Tracks as track at once writes them.

use std::fmt;

use webburn_cdcode::session::DiscType;
use webburn_cdcode::{Control, Isrc, TrackNumber};
use webburn_sector::{Lba, SectorCount};

use super::{Block, NotAtOnce};
use crate::layout::{CdLayout, Content, FIRST_PREGAP, Placed, SessionError, TrackMode};

/// A track as track at once writes it: from index 1 on, behind a pre-gap that the drive makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrackSheet {
    /// Its number in the image. The drive numbers by itself.
    pub number: TrackNumber,
    /// The CONTROL nibble, which mode page 05h calls track mode.
    pub control: Control,
    /// Whether the copy bit alternates.
    pub scms: bool,
    /// The recording code, for mode page 05h.
    pub isrc: Option<Isrc>,
    /// Data block type of mode page 05h: 0 audio, 8 mode 1, 9 mode 2, 13 mode 2 of CD-ROM XA.
    pub data_block_type: u8,
    /// Its blocks.
    pub block: Block,
    /// Where it begins in the image; on the disc the drive decides.
    pub start: Lba,
    /// How many sectors it has, from index 1 on.
    pub sectors: SectorCount,
}

impl TrackSheet {
    /// The tracks of session `number` (from 0).
    ///
    /// # Errors
    /// [`NotAtOnce`]: no such session, or a track of mode 0.
    pub fn of_session(layout: &CdLayout, number: usize) -> Result<Vec<TrackSheet>, NotAtOnce> {
        let missing = NotAtOnce::Session(SessionError::NoSuchSession(number));
        let session = layout.sessions.get(number).ok_or(missing)?;
        let sheet = |placed: Placed<'_>| {
            let track = placed.track;
            let (data_block_type, block) = match (track.mode, session.disc_type) {
                (TrackMode::Audio, _) => (0, Block::Audio),
                (TrackMode::Mode0, _) => return Err(NotAtOnce::Mode0(track.number)),
                (TrackMode::Mode1, _) => (8, Block::Mode1),
                (TrackMode::Mode2, DiscType::Plain) => (9, Block::Mode2),
                (TrackMode::Mode2, _) => (13, Block::Mixed),
            };
            Ok(TrackSheet {
                number: track.number,
                control: track.control,
                scms: track.scms,
                isrc: track.isrc,
                data_block_type,
                block,
                start: placed.start,
                sectors: placed.end.since(placed.start),
            })
        };
        session.placed().map(sheet).collect()
    }
}

/// What of an image track at once cannot put on a disc.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// CD-Text lies in the lead-in, which the drive makes.
    Text,
    /// Sound or data before index 1, which the drive makes: a hidden track, or what lies in a gap.
    Hidden(TrackNumber, SectorCount),
    /// The gap becomes two seconds.
    Gap(TrackNumber, SectorCount),
    /// Indices beyond 1.
    Indices(TrackNumber),
}

impl Loss {
    /// All that session `number` (from 0) would lose, in its order.
    #[must_use]
    pub fn of_session(layout: &CdLayout, number: usize) -> Vec<Loss> {
        let mut losses = Vec::new();
        let Some(session) = layout.sessions.get(number) else { return losses };
        if number == 0 && !layout.text.blocks.is_empty() {
            losses.push(Loss::Text);
        }
        for track in &session.tracks {
            let mut before = SectorCount::ZERO;
            let mut silent = true;
            for piece in &track.pieces {
                silent &= before >= track.pregap || piece.content == Content::Empty;
                before += piece.sectors;
            }
            if !silent {
                losses.push(Loss::Hidden(track.number, track.pregap));
            } else if track.pregap != FIRST_PREGAP {
                losses.push(Loss::Gap(track.number, track.pregap));
            }
            if !track.indices.is_empty() {
                losses.push(Loss::Indices(track.number));
            }
        }
        losses
    }
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let with = "with track at once";
        match self {
            Loss::Text => write!(f, "CD-Text is left out {with}: the drive makes the lead-in"),
            Loss::Hidden(track, sectors) => {
                write!(f, "what lies in the {sectors} sectors before track {track} is left out {with}")
            }
            Loss::Gap(track, sectors) => {
                write!(f, "the gap before track {track} becomes 150 sectors {with}, instead of {sectors}")
            }
            Loss::Indices(track) => write!(f, "the indices within track {track} are left out {with}"),
        }
    }
}
