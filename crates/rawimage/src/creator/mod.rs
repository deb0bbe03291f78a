//! `RawCDImageCreator` and `RawCDImageTrackInfo`: an audio CD put together track by track, and beyond IMAPI2 any CD.
//!
//! Where the documentation is silent: `ResultingImageType` begins as [`DataSectorType::SubcodeIsRaw`], the limit of the
//! lead-out as 398,099, the copy setting as permitted; what has no code of its own is refused with `E_INVALIDARG`.
//! Tracks are gapless until `DisableGaplessAudio` is set, as its name says.

mod build;
mod error;
mod kinds;
mod properties;
mod result;
mod track_info;

pub use error::{CreatorError, IndexAdded};
pub use kinds::{DataSectorType, DigitalCopySetting, SectorType};
pub use result::{RawToc, TocDescriptor};
pub use track_info::RawCDImageTrackInfo;

use webburn_cdcode::cdtext::CdText;
use webburn_cdcode::session::Style;
use webburn_cdcode::{Isrc, Mcn};
use webburn_sector::{Lba, SectorCount};

use crate::image::CdImage;
use crate::layout::FileId;
use crate::port::FileSource;

/// Sectors that a track has at least.
const SHORTEST_TRACK: u32 = 300;
/// Sectors that a special pre-gap has at least.
const SHORTEST_PREGAP: u32 = 150;
/// 88:29:74: the last user sector, so that a lead-out of 90 seconds ends by 89:59:74.
const LAST_USER_SECTOR: Lba = Lba(398_099);
/// 88:25:74: the last sector of a special pre-gap, so that one track still fits.
const LAST_PREGAP_SECTOR: Lba = Lba(397_799);

/// `IRawCDImageCreator`.
pub struct RawCDImageCreator {
    frozen: bool,
    image: CdImage,
    tracks: Vec<OwnTrack>,
    special_pregap: Option<(FileId, SectorCount)>,
    generators: Vec<Box<dyn FileSource>>,
    resulting_image_type: DataSectorType,
    lead_out_limit: Lba,
    disable_gapless: bool,
    mcn: Option<Mcn>,
    first_track: u8,
    /// Beyond IMAPI2: tracks of data are taken too.
    data_tracks: bool,
    /// Beyond IMAPI2.
    text: CdText,
    style: Style,
}

#[derive(Clone, Debug)]
struct OwnTrack {
    kind: SectorType,
    file: FileId,
    sectors: SectorCount,
    isrc: Option<Isrc>,
    copy: DigitalCopySetting,
    pre_emphasis: bool,
    /// Offsets of index 2 and further, ascending.
    indices: Vec<u32>,
    /// Beyond IMAPI2: sectors of silence before it, instead of what the whole disc is set to.
    gap: Option<SectorCount>,
}

impl Default for RawCDImageCreator {
    fn default() -> Self {
        Self::new()
    }
}

impl RawCDImageCreator {
    /// An image without tracks.
    #[must_use]
    pub fn new() -> Self {
        RawCDImageCreator {
            frozen: false,
            image: CdImage::default(),
            tracks: Vec::new(),
            special_pregap: None,
            generators: Vec::new(),
            resulting_image_type: DataSectorType::SubcodeIsRaw,
            lead_out_limit: LAST_USER_SECTOR,
            disable_gapless: false,
            mcn: None,
            first_track: 1,
            data_tracks: false,
            text: CdText::default(),
            style: Style::default(),
        }
    }

    /// `AddTrack`: a track whose sectors the stream holds one behind the other. Gives its index, from 1.
    ///
    /// # Errors
    /// `…SECTOR_TYPE_NOT_SUPPORTED` for anything but audio, unless [`RawCDImageCreator::put_data_tracks_allowed`] was
    /// called; `…TOO_MANY_TRACKS`; `…INSUFFICIENT_SPACE`; `E_INVALIDARG` for fewer than 300 sectors or a part of one.
    pub fn add_track(&mut self, kind: SectorType, data: Box<dyn FileSource>) -> Result<u8, CreatorError> {
        self.writable()?;
        let all_audio = !self.data_tracks || self.first_track != 1 || self.special_pregap.is_some();
        if kind != SectorType::Audio && all_audio {
            return Err(CreatorError::SectorTypeNotSupported);
        }
        let index = self.tracks.len() + 1;
        if usize::from(self.first_track) - 1 + index > 99 {
            return Err(CreatorError::TooManyTracks);
        }
        let sectors = whole_sectors(data.as_ref(), kind.size(), SHORTEST_TRACK)?;
        let track = OwnTrack {
            kind,
            file: FileId(usize::MAX),
            sectors,
            isrc: None,
            copy: DigitalCopySetting::Permitted,
            pre_emphasis: false,
            indices: Vec::new(),
            gap: None,
        };
        self.tracks.push(track);
        if !self.fits() {
            self.tracks.pop();
            return Err(CreatorError::InsufficientSpace);
        }
        let file = self.image.add_file(format!("track {index:02}"), data);
        if let Some(track) = self.tracks.last_mut() {
            track.file = file;
        }
        Ok(index as u8)
    }

    /// `AddSpecialPregap`: audio that is heard by going back from the start of track 1. It stands in place of the silence
    /// from 00:00:00 on; a second one replaces the first.
    ///
    /// # Errors
    /// `…TRACKS_ALREADY_ADDED`; `…INSUFFICIENT_SPACE` when it leaves no room for a track; `E_INVALIDARG` for fewer than
    /// 150 sectors or a part of one.
    pub fn add_special_pregap(&mut self, data: Box<dyn FileSource>) -> Result<(), CreatorError> {
        self.before_tracks()?;
        let sectors = whole_sectors(data.as_ref(), SectorType::Audio.size(), SHORTEST_PREGAP)?;
        let end = Lba(-150) + sectors;
        if end.0 - 1 > LAST_PREGAP_SECTOR.0 || end + SectorCount(SHORTEST_TRACK) > self.lead_out_bound() {
            return Err(CreatorError::InsufficientSpace);
        }
        let file = self.image.add_file("special pregap", data);
        self.special_pregap = Some((file, sectors));
        Ok(())
    }

    /// `AddSubcodeRWGenerator`: 96 bytes for every sector of the image from 95:00:00 on, bits 7–6 zero (they are not
    /// looked at). Several are laid over each other.
    ///
    /// # Errors
    /// `E_INVALIDARG` while the result has P and Q only.
    pub fn add_subcode_rw_generator(&mut self, subcode: Box<dyn FileSource>) -> Result<(), CreatorError> {
        self.writable()?;
        if self.resulting_image_type == DataSectorType::SubcodePqOnly {
            return Err(CreatorError::NoRoomForRw);
        }
        self.generators.push(subcode);
        Ok(())
    }

    /// `TrackInfo`: `index` from 1 to the number of tracks.
    ///
    /// # Errors
    /// `E_INVALIDARG`.
    pub fn track_info(&mut self, index: u8) -> Result<RawCDImageTrackInfo<'_>, CreatorError> {
        let at = usize::from(index).checked_sub(1).filter(|&at| at < self.tracks.len());
        at.map(|at| RawCDImageTrackInfo::new(self, at)).ok_or(CreatorError::OutOfRange)
    }

    fn writable(&self) -> Result<(), CreatorError> {
        if self.frozen { Err(CreatorError::ReadOnly) } else { Ok(()) }
    }

    fn before_tracks(&self) -> Result<(), CreatorError> {
        self.writable()?;
        if self.tracks.is_empty() { Ok(()) } else { Err(CreatorError::TracksAlreadyAdded) }
    }
}

/// How many sectors a stream holds.
fn whole_sectors(data: &dyn FileSource, sector_size: usize, needed: u32) -> Result<SectorCount, CreatorError> {
    let bytes = data.length();
    if !bytes.is_multiple_of(sector_size as u64) {
        return Err(CreatorError::NotWholeSectors { bytes, sector_size });
    }
    let sectors = u32::try_from(bytes / sector_size as u64).map_err(|_| CreatorError::InsufficientSpace)?;
    if sectors < needed { Err(CreatorError::TooShort { sectors, needed }) } else { Ok(SectorCount(sectors)) }
}
