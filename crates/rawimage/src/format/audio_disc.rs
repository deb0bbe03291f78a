//! Audio files alone: each a track, what they say about themselves as CD-Text.

use webburn_cdcode::TrackNumber;
use webburn_cdcode::cdtext::{Block, CdText, Genre, TextKind};
use webburn_cdcode::session::DiscType;
use webburn_sector::SectorCount;

use super::{audio, text};
use crate::error::{Code, ImageError, Note, Place};
use crate::image::CdImage;
use crate::layout::{CdLayout, CdSession, CdTrack, Extent, FIRST_PREGAP, Limits, Piece, TrackMode, check};
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
        too_many(names)?;
        let mut image = CdImage::default();
        let mut tracks = Vec::new();
        for name in names {
            let track = AudioTrack::open(name, files, &mut image).await?;
            tracks.push(track);
        }
        let placed: Vec<_> = tracks.iter().map(|track| (track, self.gap)).collect();
        let texts = self.cd_text.then(|| DiscTexts::of(tracks.iter().map(|track| &track.tags)));
        let (layout, left_out) = lay_out(&placed, texts.as_ref(), Limits::READABLE)?;
        image.layout = layout;
        image.notes.extend(left_out.iter().map(|text| text.note(names)));
        Ok(image)
    }
}

fn too_many(names: &[&str]) -> Result<(), ImageError> {
    let Some(name) = names.get(99) else { return Ok(()) };
    let what = format!("{} files were given; a disc has at most 99 tracks", names.len());
    Err(ImageError::new(Code::TooManyTracks, name, Place::Whole, what))
}

/// A file that can be a track.
#[derive(Clone, Debug)]
pub struct AudioTrack {
    /// Its name.
    pub name: String,
    /// What it says about itself, or what is to be said of it.
    pub tags: Tags,
    samples: Extent,
}

impl AudioTrack {
    /// Opens the file `name`, whose samples `image` is to give. What had to be converted is noted there.
    ///
    /// # Errors
    /// It is no track.
    pub async fn open(name: &str, files: &mut dyn Files, image: &mut CdImage) -> Result<Self, ImageError> {
        let samples = audio::open(files, image, name, name, Place::Whole).await?;
        if samples.bytes == 0 {
            return Err(ImageError::new(Code::TrackTooShort, name, Place::Whole, "it holds no sound"));
        }
        let extent = samples.extent(0, samples.bytes);
        Ok(AudioTrack { name: name.to_owned(), tags: samples.tags, samples: extent })
    }

    /// How long it is.
    #[must_use]
    pub fn sectors(&self) -> SectorCount {
        Piece::joined(vec![self.samples]).sectors
    }
}

/// What the CD-Text says of the disc as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DiscTexts {
    /// Its title.
    pub title: Option<String>,
    /// Who plays.
    pub performer: Option<String>,
}

impl DiscTexts {
    /// What all the tracks that say anything agree on.
    #[must_use]
    pub fn of<'a>(tags: impl Iterator<Item = &'a Tags> + Clone) -> Self {
        let performer = common(tags.clone(), |tags| tags.album_performer.as_ref());
        DiscTexts {
            title: common(tags.clone(), |tags| tags.album.as_ref()),
            performer: performer.or_else(|| common(tags, |tags| tags.performer.as_ref())),
        }
    }
}

/// A text that cannot become CD-Text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The track; 0 for the disc.
    pub track: u8,
    /// What it says.
    pub kind: TextKind,
    /// The text.
    pub text: String,
    /// Its first character that the character set lacks.
    pub character: char,
}

impl LeftOut {
    fn note(&self, names: &[&str]) -> Note {
        let what = format!("“{}” is left out of the CD-Text: its character set has no “{}”", self.text, self.character);
        let file = name_of(names, self.track.max(1));
        Note { file: file.into(), place: Place::Whole, what }
    }
}

/// A disc of `tracks`, each with the silence before it, of which the first track's is always two seconds; with CD-Text when
/// there are `texts` for the disc. Also what of the texts cannot become CD-Text.
///
/// # Errors
/// Over 99 tracks, a track too short, a disc too long, CD-Text too large: with the name of the file.
pub fn lay_out(
    tracks: &[(&AudioTrack, SectorCount)],
    texts: Option<&DiscTexts>,
    limits: Limits,
) -> Result<(CdLayout, Vec<LeftOut>), ImageError> {
    let names: Vec<&str> = tracks.iter().map(|(track, _)| track.name.as_str()).collect();
    let first = names.first().copied().unwrap_or_default();
    too_many(&names)?;
    let mut session = CdSession::first(DiscType::Plain);
    for (number, (file, gap)) in (1..).zip(tracks) {
        let number = TrackNumber::new(number)
            .map_err(|error| ImageError::new(Code::TooManyTracks, &file.name, Place::Whole, error.to_string()))?;
        let mut track = CdTrack::new(number, TrackMode::Audio);
        track.pregap = if session.tracks.is_empty() { FIRST_PREGAP } else { *gap };
        track.push(Piece::empty(track.pregap));
        track.isrc = file.tags.isrc.as_deref().and_then(|isrc| isrc.parse().ok());
        track.push(Piece::joined(vec![file.samples]));
        session.tracks.push(track);
    }
    let tags = tracks.iter().map(|(track, _)| &track.tags);
    let mut layout = CdLayout::of(session);
    layout.mcn = common(tags.clone(), |tags| tags.barcode.as_ref()).and_then(|code| code.parse().ok());
    let mut left_out = Vec::new();
    if let Some(texts) = texts {
        layout.text = cd_text(&tags.collect::<Vec<_>>(), texts, &mut left_out);
        text::check(&layout.text, first)?;
    }
    check(&layout, limits, first).map_err(|mut error| {
        if let Place::Track(number) = error.place {
            name_of(&names, number).clone_into(&mut error.file);
        }
        error
    })?;
    Ok((layout, left_out))
}

fn name_of<'a>(names: &[&'a str], track: u8) -> &'a str {
    names.get(usize::from(track).saturating_sub(1)).copied().unwrap_or_default()
}

/// What all the tracks that say anything agree on.
fn common<'a>(tags: impl Iterator<Item = &'a Tags>, field: impl Fn(&Tags) -> Option<&String>) -> Option<String> {
    let mut values = tags.filter_map(field);
    let first = values.next()?;
    if values.all(|value| value == first) { Some(first.clone()) } else { None }
}

fn cd_text(tags: &[&Tags], disc: &DiscTexts, left_out: &mut Vec<LeftOut>) -> CdText {
    let mut block = Block::new(1, tags.len() as u8);
    let mut set = |kind, track: u8, text: Option<&str>| {
        let Some(text) = text.map(text::plain).filter(|text| !text.is_empty()) else { return };
        if let Err(wrong) = block.set(kind, track, &text) {
            left_out.push(LeftOut { track, kind, text, character: wrong.character });
        }
    };
    set(TextKind::Title, 0, disc.title.as_deref());
    set(TextKind::Performer, 0, disc.performer.as_deref());
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
    if let Some(genre) = common(tags.iter().copied(), |tags| tags.genre.as_ref()) {
        let words = genre.bytes().filter(|byte| (0x20..0x7F).contains(byte)).collect();
        block.genre = Some((Genre::from_name(&genre).unwrap_or(Genre(1)), words));
    }
    CdText { blocks: vec![block] }
}
