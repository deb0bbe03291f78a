//! Images without a description: ISO, and BIN of every sector size.
//!
//! What the sectors are is told from the bytes: whole ones begin with a sync; the others hold the volume descriptor of
//! ISO 9660 or UDF at sector 16, which shows their size. 2352 bytes without a sync are audio.

use webburn_cdcode::TrackNumber;
use webburn_cdcode::sector::{Detected, SYNC, SectorMode, detect};
use webburn_cdcode::session::DiscType;
use webburn_sector::SectorCount;

use crate::error::{Code, ImageError, Note, Place};
use crate::image::CdImage;
use crate::layout::{
    CdLayout, CdSession, CdTrack, FIRST_PREGAP, Limits, MainForm, Piece, Stored, SubForm, TrackMode, check,
};
use crate::port::FileSource;

/// What a sector of a file can be: its mode, its stored form, where the user data begins in it.
const FORMS: [(TrackMode, Stored, u64); 9] = [
    (TrackMode::Mode1, Stored::new(MainForm::Mode1), 0),
    (TrackMode::Mode2, Stored::new(MainForm::SubHeaderForm1), 8),
    (TrackMode::Mode2, Stored::new(MainForm::Form2), 0),
    (TrackMode::Mode2, Stored::new(MainForm::Form2Edc), 0),
    (TrackMode::Mode2, Stored::new(MainForm::Mixed), 8),
    (TrackMode::Mode2, Stored::new(MainForm::Body), 8),
    (TrackMode::Mode1, Stored::WHOLE, 16),
    (TrackMode::Mode1, Stored { main: MainForm::Whole, sub: SubForm::Pq, big_endian: false, gap: 0 }, 16),
    (TrackMode::Mode1, Stored { main: MainForm::Whole, sub: SubForm::Raw, big_endian: false, gap: 0 }, 16),
];

/// Reads `name` as one track, of the size and kind that its bytes show.
///
/// # Errors
/// No size fits, or the file ends within a sector.
pub async fn read(name: &str, mut file: Box<dyn FileSource>) -> Result<CdImage, ImageError> {
    let length = file.length();
    if length == 0 {
        return Err(ImageError::new(Code::Incomplete, name, Place::Whole, "it is empty"));
    }
    let found = match with_sync(name, file.as_mut()).await? {
        Some(found) => Some(found),
        None => with_descriptor(name, file.as_mut()).await?,
    };
    let audio = (TrackMode::Audio, DiscType::Plain, Stored::WHOLE);
    let iso = name.to_ascii_lowercase().ends_with(".iso");
    let (mode, disc_type, stored) = match found {
        Some(found) => found,
        None if !iso && length.is_multiple_of(2352) && !length.is_multiple_of(2048) => audio,
        None if length.is_multiple_of(2048) => (TrackMode::Mode1, DiscType::Plain, Stored::new(MainForm::Mode1)),
        None => {
            let what = format!("{length} bytes: it is no image that is known here, nor a whole number of sectors");
            return Err(ImageError::new(Code::UnknownFormat, name, Place::Whole, what));
        }
    };
    as_track(name, file, mode, disc_type, stored)
}

/// Takes `name` as one track of the given kind.
///
/// # Errors
/// The file ends within a sector, or is longer than a disc.
pub fn as_track(
    name: &str,
    file: Box<dyn FileSource>,
    mode: TrackMode,
    disc_type: DiscType,
    stored: Stored,
) -> Result<CdImage, ImageError> {
    let (length, size) = (file.length(), stored.size() as u64);
    if !length.is_multiple_of(size) || length == 0 {
        let what = format!("it ends in the middle of a sector: {} of {size} bytes are there", length % size);
        return Err(ImageError::new(Code::FileTruncated, name, Place::Byte(length), what));
    }
    let mut image = CdImage::default();
    let file = image.add_file(name, file);
    let mut track = CdTrack::new(TrackNumber::FIRST, mode);
    track.pregap = FIRST_PREGAP;
    track.push(Piece::empty(FIRST_PREGAP));
    let sectors = SectorCount(u32::try_from(length / size).unwrap_or(u32::MAX));
    track.push(Piece::blocks(sectors, file, 0, stored));
    let session = CdSession { tracks: vec![track], ..CdSession::first(disc_type) };
    image.layout = CdLayout::of(session);
    if mode == TrackMode::Audio {
        let what = "it has no description and no data sectors; it is taken for audio";
        image.notes.push(Note { file: name.into(), place: Place::Whole, what: what.into() });
    }
    check(&image.layout, Limits::READABLE, name)?;
    Ok(image)
}

type Found = (TrackMode, DiscType, Stored);

/// Sectors that begin with a sync: how far apart the first two are.
async fn with_sync(name: &str, file: &mut dyn FileSource) -> Result<Option<Found>, ImageError> {
    let length = file.length();
    let mut first = [0; 2352];
    if length < 2352 {
        return Ok(None);
    }
    file.read_at(0, &mut first).await.map_err(|error| ImageError::unreadable(name, &error))?;
    if first[..12] != SYNC {
        return Ok(None);
    }
    let sizes = [(2352, SubForm::None), (2368, SubForm::Pq), (2448, SubForm::Raw)];
    let mut sub = None;
    for (size, form) in sizes {
        let mut next = [0; 12];
        let fits = length >= size + 12 && file.read_at(size, &mut next).await.is_ok() && next == SYNC;
        if fits || length == size {
            sub = Some(form);
            break;
        }
    }
    let (mode, disc_type) = match detect(&first) {
        Detected::Data { mode: SectorMode::Mode0, .. } => (TrackMode::Mode0, DiscType::Plain),
        Detected::Data { mode: SectorMode::Mode2, .. } => (TrackMode::Mode2, DiscType::Plain),
        Detected::Data { mode, .. } if mode.has_sub_header() => (TrackMode::Mode2, DiscType::Xa),
        _ => (TrackMode::Mode1, DiscType::Plain),
    };
    Ok(sub.map(|sub| (mode, disc_type, Stored { main: MainForm::Whole, sub, big_endian: false, gap: 0 })))
}

/// Sectors of which the sixteenth holds a volume descriptor.
async fn with_descriptor(name: &str, file: &mut dyn FileSource) -> Result<Option<Found>, ImageError> {
    let length = file.length();
    for (mode, stored, skip) in FORMS {
        let at = 16 * stored.size() as u64 + skip;
        let mut head = [0; 6];
        if length < at + 6 {
            continue;
        }
        file.read_at(at, &mut head).await.map_err(|error| ImageError::unreadable(name, &error))?;
        if matches!(&head[1..], b"CD001" | b"BEA01" | b"CDROM") {
            let disc_type = if mode == TrackMode::Mode2 { DiscType::Xa } else { DiscType::Plain };
            return Ok(Some((mode, disc_type, stored)));
        }
    }
    Ok(None)
}
