//! Audio files alone: each a track, what they say about themselves as CD-Text.

use webburn_cdcode::TrackNumber;
use webburn_cdcode::cdtext::{Block, CdText, Genre, TextKind};
use webburn_cdcode::session::DiscType;
use webburn_sector::SectorCount;

use super::{audio, text};
use crate::error::{Code, ImageError, Note, Place};
use crate::image::CdImage;
use crate::layout::{CdLayout, CdSession, CdTrack, FIRST_PREGAP, Limits, Piece, TrackMode, check};
use crate::port::{Files, Tags};

/// What is made of the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AudioDisc {
    /// Silence between tracks.
    pub gap: SectorCount,
    /// Whether tags become CD-Text.
    pub cd_text: bool,
}

impl Default for AudioDisc {
    /// No gaps, with CD-Text: an album sounds as its files do one after the other.
    fn default() -> Self {
        AudioDisc { gap: SectorCount::ZERO, cd_text: true }
    }
}

/// A disc of the files `names`, in that order, as [`AudioDisc::default`] says.
///
/// # Errors
/// The first file that is no track.
pub async fn read(names: &[&str], files: &mut dyn Files) -> Result<CdImage, ImageError> {
    AudioDisc::default().read(names, files).await
}

impl AudioDisc {
    /// A disc of the files `names`, in that order.
    ///
    /// # Errors
    /// The first file that is no track; over 99 of them; more than any disc holds.
    pub async fn read(self, names: &[&str], files: &mut dyn Files) -> Result<CdImage, ImageError> {
        let first = names.first().copied().unwrap_or_default();
        if names.len() > 99 {
            let what = format!("{} files were given; a disc has at most 99 tracks", names.len());
            return Err(ImageError::new(Code::TooManyTracks, names[99], Place::Whole, what));
        }
        let mut image = CdImage::default();
        let mut session = CdSession::first(DiscType::Plain);
        let mut tags = Vec::new();
        for (number, name) in (1..).zip(names) {
            let samples = audio::open(files, &mut image, name, name, Place::Whole).await?;
            if samples.bytes == 0 {
                return Err(ImageError::new(Code::TrackTooShort, name, Place::Whole, "it holds no sound"));
            }
            let number = TrackNumber::new(number)
                .map_err(|error| ImageError::new(Code::TooManyTracks, name, Place::Whole, error.to_string()))?;
            let mut track = CdTrack::new(number, TrackMode::Audio);
            track.pregap = if session.tracks.is_empty() { FIRST_PREGAP } else { self.gap };
            track.push(Piece::empty(track.pregap));
            track.isrc = samples.tags.isrc.as_deref().and_then(|isrc| isrc.parse().ok());
            track.push(Piece::joined(vec![samples.extent(0, samples.bytes)]));
            session.tracks.push(track);
            tags.push(samples.tags);
        }
        image.layout = CdLayout::of(session);
        image.layout.mcn = common(&tags, |tags| tags.barcode.as_ref()).and_then(|code| code.parse().ok());
        if self.cd_text {
            image.layout.text = cd_text(&tags, names, &mut image.notes);
            text::check(&image.layout.text, first)?;
        }
        check(&image.layout, Limits::READABLE, first)?;
        Ok(image)
    }
}

/// What all the tracks that say anything agree on.
fn common(tags: &[Tags], field: impl Fn(&Tags) -> Option<&String>) -> Option<String> {
    let mut values = tags.iter().filter_map(field);
    let first = values.next()?;
    if values.all(|value| value == first) { Some(first.clone()) } else { None }
}

fn cd_text(tags: &[Tags], names: &[&str], notes: &mut Vec<Note>) -> CdText {
    let mut block = Block::new(1, tags.len() as u8);
    let mut set = |kind, track: u8, text: Option<&str>| {
        let Some(text) = text.map(text::plain).filter(|text| !text.is_empty()) else { return };
        if let Err(wrong) = block.set(kind, track, &text) {
            let what = format!("“{text}” is left out of the CD-Text: its character set has no “{}”", wrong.character);
            let file = names.get(usize::from(track.max(1)) - 1).copied().unwrap_or_default();
            notes.push(Note { file: file.into(), place: Place::Whole, what });
        }
    };
    let disc_performer =
        common(tags, |tags| tags.album_performer.as_ref()).or_else(|| common(tags, |tags| tags.performer.as_ref()));
    set(TextKind::Title, 0, common(tags, |tags| tags.album.as_ref()).as_deref());
    set(TextKind::Performer, 0, disc_performer.as_deref());
    for (track, own) in (1..).zip(tags) {
        for (kind, text) in [
            (TextKind::Title, &own.title),
            (TextKind::Performer, &own.performer),
            (TextKind::Songwriter, &own.songwriter),
            (TextKind::Composer, &own.composer),
            (TextKind::Arranger, &own.arranger),
        ] {
            set(kind, track, text.as_deref());
        }
    }
    if block.texts.is_empty() {
        return CdText::default();
    }
    if let Some(genre) = common(tags, |tags| tags.genre.as_ref()) {
        let words = genre.bytes().filter(|byte| (0x20..0x7F).contains(byte)).collect();
        block.genre = Some((Genre::from_name(&genre).unwrap_or(Genre(1)), words));
    }
    CdText { blocks: vec![block] }
}
