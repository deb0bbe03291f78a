//! Audio files as the tracks of a disc: what is known of each, and how the person wants them laid out.

use js_sys::Array;
use serde::{Deserialize, Serialize};
use webburn_cdcode::cdtext::TextKind;
use webburn_rawimage::format::audio_disc::{AudioTrack, DiscTexts, LeftOut, lay_out};
use webburn_rawimage::layout::{CdLayout, Limits};
use webburn_rawimage::{CdImage, ImageError};
use webburn_sector::{Lba, SectorCount};

use super::files::{Folder, name_of};

/// Files that were given, opened where they can be.
pub struct AudioFiles(Vec<Result<Known, ImageError>>);

struct Known {
    track: AudioTrack,
    /// What was put right to read it.
    notes: Vec<String>,
}

/// `CdWish` of the page: the tracks in their order, and the texts of the disc.
#[derive(Clone, Debug, Deserialize)]
pub struct Wish {
    tracks: Vec<TrackWish>,
    /// `None`: as the files say.
    title: Option<String>,
    performer: Option<String>,
    /// With CD-Text.
    texts: bool,
}

#[derive(Clone, Debug, Deserialize)]
struct TrackWish {
    /// Which of the files.
    file: usize,
    /// Sectors of silence before it.
    gap: u32,
    title: Option<String>,
    performer: Option<String>,
}

/// What is known of a track that is wished for.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FileView {
    /// `None` when it is no track.
    sectors: Option<u32>,
    title: Option<String>,
    performer: Option<String>,
    isrc: Option<String>,
    notes: Vec<String>,
    /// Why it is none, without its name.
    fault: Option<String>,
    code: Option<&'static str>,
}

/// A text that CD-Text cannot have.
#[derive(Serialize)]
pub struct LeftOutView {
    track: u8,
    performer: bool,
    other: bool,
    text: String,
    character: char,
}

/// `AudioDescription` of the page.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ArrangedView {
    files: Vec<FileView>,
    /// What the files say of the disc.
    title: Option<String>,
    performer: Option<String>,
    left_out: Vec<LeftOutView>,
}

impl AudioFiles {
    /// Opens all of `files`; their samples come from `image`.
    pub async fn open(files: &Array, folder: &Folder, image: &mut CdImage) -> Self {
        let mut known = Vec::new();
        for file in files.iter() {
            let opened = AudioTrack::open(&name_of(&file), &mut folder.port(), image).await;
            let notes = std::mem::take(&mut image.notes).iter().map(ToString::to_string).collect();
            known.push(opened.map(|track| Known { track, notes }));
        }
        AudioFiles(known)
    }

    fn wished(&self, wish: &Wish) -> Result<Vec<AudioTrack>, ImageError> {
        let wished = wish.tracks.iter().filter_map(|wish| self.0.get(wish.file).map(|file| (wish, file)));
        let named = wished.map(|(wish, file)| {
            let mut track = file.as_ref().map_err(ImageError::clone)?.track.clone();
            for (own, text) in [(&mut track.tags.title, &wish.title), (&mut track.tags.performer, &wish.performer)] {
                if let Some(text) = text {
                    *own = Some(text.clone());
                }
            }
            Ok(track)
        });
        named.collect()
    }

    /// The disc that is wished for, and what of the texts it cannot have.
    ///
    /// # Errors
    /// The first file that is no track; what no disc can be.
    pub fn lay_out(&self, wish: &Wish) -> Result<(CdLayout, Vec<LeftOut>), ImageError> {
        self.within(wish, Limits::ADDRESSABLE)
    }

    fn within(&self, wish: &Wish, limits: Limits) -> Result<(CdLayout, Vec<LeftOut>), ImageError> {
        let tracks = self.wished(wish)?;
        let from_files = DiscTexts::of(tracks.iter().map(|track| &track.tags));
        let texts = DiscTexts {
            title: wish.title.clone().or(from_files.title),
            performer: wish.performer.clone().or(from_files.performer),
        };
        let placed: Vec<_> =
            tracks.iter().zip(&wish.tracks).map(|(track, wish)| (track, SectorCount(wish.gap))).collect();
        lay_out(&placed, wish.texts.then_some(&texts), limits)
    }

    /// What is known of each track that is wished for.
    pub fn view(&self, wish: &Wish) -> ArrangedView {
        let files = wish.tracks.iter().filter_map(|wish| self.0.get(wish.file));
        // What the files say, not what was typed: a text that is typed away leaves that to be seen.
        let tags = files.clone().flatten().map(|known| &known.track.tags);
        let DiscTexts { title, performer } = DiscTexts::of(tags);
        // Files that are no tracks must not keep the texts of the others from being looked at, nor may their lengths.
        let good = Wish {
            tracks: wish.tracks.iter().filter(|wish| matches!(self.0.get(wish.file), Some(Ok(_)))).cloned().collect(),
            ..wish.clone()
        };
        let any = Limits { lead_out: Lba(i32::MAX), shortest_track: SectorCount::ZERO };
        let left_out = self.within(&good, any).map(|(_, left_out)| left_out).unwrap_or_default();
        ArrangedView {
            files: files.map(FileView::of).collect(),
            title,
            performer,
            left_out: left_out.into_iter().map(LeftOutView::of).collect(),
        }
    }
}

impl FileView {
    fn of(file: &Result<Known, ImageError>) -> Self {
        match file {
            Ok(Known { track, notes }) => FileView {
                sectors: Some(track.sectors().0),
                title: track.tags.title.clone(),
                performer: track.tags.performer.clone(),
                isrc: track.tags.isrc.clone(),
                notes: notes.clone(),
                fault: None,
                code: None,
            },
            Err(error) => FileView {
                sectors: None,
                title: None,
                performer: None,
                isrc: None,
                notes: Vec::new(),
                fault: Some(error.what.clone()),
                code: Some(error.code.as_str()),
            },
        }
    }
}

impl LeftOutView {
    fn of(left: LeftOut) -> Self {
        let LeftOut { track, kind, text, character } = left;
        let other = !matches!(kind, TextKind::Title | TextKind::Performer);
        LeftOutView { track, performer: kind == TextKind::Performer, other, text, character }
    }
}
