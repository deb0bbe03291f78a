//! Why the creator refuses, in IMAPI2's codes (`imapi2error.h`).

use std::fmt;

use webburn_cdcode::{InvalidIsrc, InvalidMcn};

use crate::at_once::NotAtOnce;
use crate::stream::NotStreamable;

/// A refusal. Nothing was changed by the call that gave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CreatorError {
    /// `CreateResultImage` was called: nothing can be changed any more.
    ReadOnly,
    /// Over 99 tracks, or a track number over 99.
    TooManyTracks,
    /// A kind of sector that is not taken.
    SectorTypeNotSupported,
    /// A track is needed first.
    NoTracks,
    /// Only before the first track.
    TracksAlreadyAdded,
    /// It would pass the limit of the lead-out.
    InsufficientSpace,
    /// Over 99 indices.
    TooManyTrackIndexes,
    /// There is no index at that offset.
    TrackIndexNotFound,
    /// Index 1 stays.
    TrackIndexOffsetZeroCannotBeCleared,
    /// An index has at least ten sectors.
    TrackIndexTooCloseToOtherIndex,
    /// R–W channels and the result type with P and Q only exclude each other.
    NoRoomForRw,
    /// Fewer sectors than it needs: 300 for a track, 150 for a pre-gap.
    TooShort {
        /// What the stream holds.
        sectors: u32,
        /// What it needs.
        needed: u32,
    },
    /// The stream ends within a sector.
    NotWholeSectors {
        /// Its bytes.
        bytes: u64,
        /// Bytes of a sector.
        sector_size: usize,
    },
    /// The R–W channels are shorter than the image.
    RwTooShort {
        /// Bytes given.
        bytes: u64,
        /// Bytes needed.
        needed: u64,
    },
    /// A number that is none.
    Mcn(InvalidMcn),
    /// A recording code that is none.
    Isrc(InvalidIsrc),
    /// Only audio tracks have it.
    NotAudio,
    /// An argument out of range.
    OutOfRange,
    /// The parts do not go together.
    Stream(NotStreamable),
    /// They cannot be written at once.
    AtOnce(NotAtOnce),
    /// R–W channels of generators, which are part of the raw stream alone.
    RwNotAtOnce,
}

/// A success with a remark (`S_IMAPI_…`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IndexAdded {
    /// `S_OK`.
    New,
    /// `S_IMAPI_RAW_IMAGE_TRACK_INDEX_ALREADY_EXISTS`, 00AA0A08h: nothing was changed.
    AlreadyExists,
}

const E_INVALIDARG: (u32, &str) = (0x8007_0057, "E_INVALIDARG");

impl IndexAdded {
    /// The success code.
    #[must_use]
    pub const fn hresult(self) -> u32 {
        match self {
            IndexAdded::New => 0,
            IndexAdded::AlreadyExists => 0x00AA_0A08,
        }
    }
}

impl CreatorError {
    /// The HRESULT.
    #[must_use]
    pub const fn hresult(&self) -> u32 {
        self.code().0
    }

    /// The HRESULT's name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.code().1
    }

    const fn code(&self) -> (u32, &'static str) {
        match self {
            CreatorError::ReadOnly => (0x80AA_0A00, "E_IMAPI_RAW_IMAGE_IS_READ_ONLY"),
            CreatorError::TooManyTracks => (0x80AA_0A01, "E_IMAPI_RAW_IMAGE_TOO_MANY_TRACKS"),
            CreatorError::SectorTypeNotSupported => (0x80AA_0A02, "E_IMAPI_RAW_IMAGE_SECTOR_TYPE_NOT_SUPPORTED"),
            CreatorError::NoTracks => (0x80AA_0A03, "E_IMAPI_RAW_IMAGE_NO_TRACKS"),
            CreatorError::TracksAlreadyAdded => (0x80AA_0A04, "E_IMAPI_RAW_IMAGE_TRACKS_ALREADY_ADDED"),
            CreatorError::InsufficientSpace => (0x80AA_0A05, "E_IMAPI_RAW_IMAGE_INSUFFICIENT_SPACE"),
            CreatorError::TooManyTrackIndexes => (0x80AA_0A06, "E_IMAPI_RAW_IMAGE_TOO_MANY_TRACK_INDEXES"),
            CreatorError::TrackIndexNotFound => (0x80AA_0A07, "E_IMAPI_RAW_IMAGE_TRACK_INDEX_NOT_FOUND"),
            CreatorError::TrackIndexOffsetZeroCannotBeCleared => {
                (0x80AA_0A09, "E_IMAPI_RAW_IMAGE_TRACK_INDEX_OFFSET_ZERO_CANNOT_BE_CLEARED")
            }
            CreatorError::TrackIndexTooCloseToOtherIndex => {
                (0x80AA_0A0A, "E_IMAPI_RAW_IMAGE_TRACK_INDEX_TOO_CLOSE_TO_OTHER_INDEX")
            }
            // The documentation lists no code for the rest; this is what its objects use for arguments.
            _ => E_INVALIDARG,
        }
    }
}

impl fmt::Display for CreatorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CreatorError::ReadOnly => f.write_str("the image has been created and cannot be changed any more"),
            CreatorError::TooManyTracks => f.write_str("a disc has at most 99 tracks"),
            CreatorError::SectorTypeNotSupported => f.write_str("this kind of sector is not taken here"),
            CreatorError::NoTracks => f.write_str("a track must be added first"),
            CreatorError::TracksAlreadyAdded => f.write_str("this can only be done before the first track is added"),
            CreatorError::InsufficientSpace => f.write_str("the lead-out would begin after its limit"),
            CreatorError::TooManyTrackIndexes => f.write_str("a track has at most 99 indices"),
            CreatorError::TrackIndexNotFound => f.write_str("the track has no index at that offset"),
            CreatorError::TrackIndexOffsetZeroCannotBeCleared => f.write_str("index 1, at offset 0, cannot be cleared"),
            CreatorError::TrackIndexTooCloseToOtherIndex => {
                f.write_str("an index has at least 10 sectors: another index, or the track's end, is too near")
            }
            CreatorError::NoRoomForRw => f.write_str("an image with P and Q only has no room for R to W"),
            CreatorError::TooShort { sectors, needed } => {
                write!(f, "{sectors} sectors are too few; {needed} are needed")
            }
            CreatorError::NotWholeSectors { bytes, sector_size } => {
                write!(f, "{bytes} bytes are no whole number of sectors of {sector_size} bytes")
            }
            CreatorError::RwTooShort { bytes, needed } => {
                write!(f, "the R to W stream has {bytes} bytes; the image needs {needed}")
            }
            CreatorError::Mcn(error) => error.fmt(f),
            CreatorError::Isrc(error) => error.fmt(f),
            CreatorError::NotAudio => f.write_str("only audio tracks have this"),
            CreatorError::OutOfRange => f.write_str("the argument is out of range"),
            CreatorError::Stream(error) => error.fmt(f),
            CreatorError::AtOnce(error) => error.fmt(f),
            CreatorError::RwNotAtOnce => f.write_str("R to W of a generator can only be written raw"),
        }
    }
}

impl std::error::Error for CreatorError {}
