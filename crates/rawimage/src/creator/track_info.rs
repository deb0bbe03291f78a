//! `IRawCDImageTrackInfo`.

use webburn_sector::{Lba, SectorCount};

use super::build::SHORTEST_INDEX;
use super::{CreatorError, DigitalCopySetting, IndexAdded, OwnTrack, RawCDImageCreator, SectorType};

/// Indices of a track, index 1 among them.
const MOST_INDICES: usize = 99;

/// One track of a [`RawCDImageCreator`]. Borrows it.
pub struct RawCDImageTrackInfo<'a> {
    creator: &'a mut RawCDImageCreator,
    at: usize,
}

impl<'a> RawCDImageTrackInfo<'a> {
    /// `at` is a place that the creator has: only it calls this.
    pub(super) fn new(creator: &'a mut RawCDImageCreator, at: usize) -> Self {
        RawCDImageTrackInfo { creator, at }
    }

    fn own(&self) -> &OwnTrack {
        &self.creator.tracks[self.at]
    }

    fn own_mut(&mut self) -> Result<&mut OwnTrack, CreatorError> {
        self.creator.writable()?;
        Ok(&mut self.creator.tracks[self.at])
    }

    fn audio_mut(&mut self) -> Result<&mut OwnTrack, CreatorError> {
        let track = self.own_mut()?;
        if track.kind == SectorType::Audio { Ok(track) } else { Err(CreatorError::NotAudio) }
    }

    /// `get_StartingLba`: the first user sector, after the pre-gap.
    #[must_use]
    pub fn starting_lba(&self) -> Lba {
        self.creator.layout().placed().nth(self.at).map_or(Lba::ZERO, |placed| placed.start)
    }

    /// `get_SectorCount`: the sectors of its stream.
    #[must_use]
    pub fn sector_count(&self) -> SectorCount {
        self.own().sectors
    }

    /// `get_TrackNumber`.
    #[must_use]
    pub fn track_number(&self) -> u8 {
        self.creator.number_of(self.at)
    }

    /// `get_SectorType`.
    #[must_use]
    pub fn sector_type(&self) -> SectorType {
        self.own().kind
    }

    /// `get_ISRC`: with dashes; empty when there is none.
    #[must_use]
    pub fn isrc(&self) -> String {
        self.own().isrc.map(|isrc| isrc.dashed()).unwrap_or_default()
    }

    /// `put_ISRC`: dashes may be left out; an empty text takes the code away.
    ///
    /// # Errors
    /// `E_INVALIDARG`.
    pub fn put_isrc(&mut self, value: &str) -> Result<(), CreatorError> {
        let isrc = if value.is_empty() { None } else { Some(value.parse().map_err(CreatorError::Isrc)?) };
        self.audio_mut()?.isrc = isrc;
        Ok(())
    }

    /// `get_DigitalAudioCopySetting`.
    #[must_use]
    pub fn digital_audio_copy_setting(&self) -> DigitalCopySetting {
        self.own().copy
    }

    /// `put_DigitalAudioCopySetting`.
    ///
    /// # Errors
    /// `E_INVALIDARG` for a data track.
    pub fn put_digital_audio_copy_setting(&mut self, value: DigitalCopySetting) -> Result<(), CreatorError> {
        self.audio_mut()?.copy = value;
        Ok(())
    }

    /// `get_AudioHasPreemphasis`.
    #[must_use]
    pub fn audio_has_preemphasis(&self) -> bool {
        self.own().pre_emphasis
    }

    /// `put_AudioHasPreemphasis`: says so; the samples stay as they are.
    ///
    /// # Errors
    /// `E_INVALIDARG` for a data track.
    pub fn put_audio_has_preemphasis(&mut self, value: bool) -> Result<(), CreatorError> {
        self.audio_mut()?.pre_emphasis = value;
        Ok(())
    }

    /// `get_TrackIndexes`: offsets from the track's start, ascending; the first is index 1, offset 0.
    #[must_use]
    pub fn track_indexes(&self) -> Vec<u32> {
        std::iter::once(0).chain(self.own().indices.iter().copied()).collect()
    }

    /// `AddTrackIndex`: an index begins `offset` sectors after the track's start.
    ///
    /// # Errors
    /// `…TOO_MANY_TRACK_INDEXES`; `…TOO_CLOSE_TO_OTHER_INDEX`, which the track's end counts as; `E_INVALIDARG` behind it.
    pub fn add_track_index(&mut self, offset: u32) -> Result<IndexAdded, CreatorError> {
        let end = self.end_in_subcode();
        let track = self.own_mut()?;
        if offset == 0 || track.indices.contains(&offset) {
            return Ok(IndexAdded::AlreadyExists);
        }
        if offset >= track.sectors.0 {
            return Err(CreatorError::OutOfRange);
        }
        if track.indices.len() + 1 >= MOST_INDICES {
            return Err(CreatorError::TooManyTrackIndexes);
        }
        let mut others = track.indices.iter().copied().chain([0]);
        if offset.saturating_add(SHORTEST_INDEX.0) > end
            || others.any(|other| other.abs_diff(offset) < SHORTEST_INDEX.0)
        {
            return Err(CreatorError::TrackIndexTooCloseToOtherIndex);
        }
        let place = track.indices.partition_point(|&other| other < offset);
        track.indices.insert(place, offset);
        Ok(IndexAdded::New)
    }

    /// `ClearTrackIndex`.
    ///
    /// # Errors
    /// `…TRACK_INDEX_OFFSET_ZERO_CANNOT_BE_CLEARED`; `…TRACK_INDEX_NOT_FOUND`.
    pub fn clear_track_index(&mut self, offset: u32) -> Result<(), CreatorError> {
        let track = self.own_mut()?;
        if offset == 0 {
            return Err(CreatorError::TrackIndexOffsetZeroCannotBeCleared);
        }
        let place = track.indices.iter().position(|&other| other == offset).ok_or(CreatorError::TrackIndexNotFound)?;
        track.indices.remove(place);
        Ok(())
    }

    /// Beyond IMAPI2: sectors of silence before this track; `None` goes by `DisableGaplessAudio`.
    #[must_use]
    pub fn gap(&self) -> Option<SectorCount> {
        self.own().gap
    }

    /// Beyond IMAPI2: sectors of silence before this track, whatever `DisableGaplessAudio` says; `None` goes by that
    /// property. Between audio and data the standard's minimum stays. The first track's two seconds are not affected.
    ///
    /// # Errors
    /// `…IS_READ_ONLY`; `…INSUFFICIENT_SPACE`.
    pub fn put_gap(&mut self, value: Option<SectorCount>) -> Result<(), CreatorError> {
        let before = std::mem::replace(&mut self.own_mut()?.gap, value);
        if !self.creator.fits() {
            self.creator.tracks[self.at].gap = before;
            return Err(CreatorError::InsufficientSpace);
        }
        Ok(())
    }

    /// Where the track ends for its indices: when the next one takes its last two seconds, before them.
    fn end_in_subcode(&self) -> u32 {
        let layout = self.creator.layout();
        layout.placed().nth(self.at).map_or(0, |placed| placed.end.since(placed.start).0)
    }
}
