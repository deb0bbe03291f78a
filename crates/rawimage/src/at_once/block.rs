//! The blocks that a drive completes by itself.

use std::ops::Range;

use webburn_cdcode::session::DiscType;

use crate::layout::TrackMode;

/// The part of a sector that goes to the drive; the drive makes the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Block {
    /// 2352 bytes: audio.
    Audio,
    /// 2048 bytes of mode 1.
    Mode1,
    /// 2336 bytes: all of a mode 2 sector behind its header. In a session of type XA the drive makes EDC and parity.
    Mode2,
    /// 2332 bytes of mode 2: sub-header and user data of either form.
    Mixed,
}

impl Block {
    /// Bytes of a block.
    #[must_use]
    pub const fn size(self) -> usize {
        match self {
            Block::Audio => 2352,
            Block::Mode1 => 2048,
            Block::Mode2 => 2336,
            Block::Mixed => 2332,
        }
    }

    /// Which of the 2352 bytes of a sector they are.
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        match self {
            Block::Audio => 0..2352,
            Block::Mode1 => 16..2064,
            Block::Mode2 => 16..2352,
            Block::Mixed => 16..2348,
        }
    }

    /// The blocks of a track in a session written at once; `None` for mode 0, which no cue sheet knows.
    pub(super) const fn of(mode: TrackMode) -> Option<Self> {
        match mode {
            TrackMode::Audio => Some(Block::Audio),
            TrackMode::Mode0 => None,
            TrackMode::Mode1 => Some(Block::Mode1),
            TrackMode::Mode2 => Some(Block::Mode2),
        }
    }
}

/// Data form of a cue sheet's line: what the host sends, or that the drive makes empty sectors by itself.
pub(super) const fn data_form(mode: TrackMode, disc_type: DiscType, made_by_drive: bool) -> u8 {
    match (mode, disc_type) {
        (TrackMode::Audio, _) => made_by_drive as u8,
        (TrackMode::Mode0 | TrackMode::Mode1, _) => 0x10 | (made_by_drive as u8) << 2,
        (TrackMode::Mode2, DiscType::Plain) => 0x30 | (made_by_drive as u8) << 2,
        (TrackMode::Mode2, _) => 0x20 | (made_by_drive as u8) << 2,
    }
}
