//! The files that images are made of: bytes of known length, read at any place, without blocking.

use std::future::Future;
use std::pin::Pin;

use webburn_sector::{MaybeSend, SectorSource, SourceError, SourceErrorKind};

/// An answer that is still to come: `Send` on native targets, not in the page.
#[cfg(not(target_arch = "wasm32"))]
pub type Pending<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;
/// An answer that is still to come: `Send` on native targets, not in the page.
#[cfg(target_arch = "wasm32")]
pub type Pending<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// A file, or a stream that can be read anywhere. Kept behind a box, since a disc may come from a hundred of them.
pub trait FileSource: MaybeSend {
    /// Bytes in it.
    fn length(&self) -> u64;

    /// Fills `into` from byte `at` on.
    ///
    /// # Errors
    /// [`SourceError`] when bytes are not to be had, those beyond the end included; `into` is then unspecified.
    ///
    /// # Drop
    /// A dropped read has no effect on the next one.
    fn read_at<'a>(&'a mut self, at: u64, into: &'a mut [u8]) -> Pending<'a, Result<(), SourceError>>;

    /// Asked once after the last read: is the file still what it was?
    ///
    /// # Errors
    /// [`SourceErrorKind::Grew`] or [`SourceErrorKind::Changed`].
    fn check_unchanged(&mut self) -> Pending<'_, Result<(), SourceError>> {
        Box::pin(async { Ok(()) })
    }
}

/// Why a file could not be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenError {
    /// There is no such file.
    Missing,
    /// It is there and cannot be read; what the platform said.
    Unreadable(String),
    /// It is no audio file that the decoder knows; what the decoder said.
    NotAudio(String),
    /// It is an audio file that ends too early; how much of it is there.
    CutOff(String),
    /// Decoding was asked for, and no decoder is at hand.
    NoDecoder,
}

/// Audio as a CD holds it: 44.1 kHz, 16 bits, stereo, left first, little-endian.
pub struct Decoded {
    /// The samples; a whole number of four-byte samples.
    pub samples: Box<dyn FileSource>,
    /// What had to be converted, in words such as “48000 Hz, 24 bits, mono”; `None` when it was the format of a CD.
    pub converted_from: Option<String>,
    /// What the file says about itself.
    pub tags: Tags,
}

/// What an audio file says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tags {
    /// The track's title.
    pub title: Option<String>,
    /// Who plays.
    pub performer: Option<String>,
    /// Who wrote the words.
    pub songwriter: Option<String>,
    /// Who wrote the music.
    pub composer: Option<String>,
    /// Who arranged it.
    pub arranger: Option<String>,
    /// The disc's title.
    pub album: Option<String>,
    /// Who plays on the whole disc.
    pub album_performer: Option<String>,
    /// The genre, in words.
    pub genre: Option<String>,
    /// The recording code, as written.
    pub isrc: Option<String>,
    /// The catalogue number of the disc, as written.
    pub barcode: Option<String>,
}

impl Tags {
    /// The same, with what they do not say from `other`.
    #[must_use]
    pub fn or(self, other: Tags) -> Self {
        Tags {
            title: self.title.or(other.title),
            performer: self.performer.or(other.performer),
            songwriter: self.songwriter.or(other.songwriter),
            composer: self.composer.or(other.composer),
            arranger: self.arranger.or(other.arranger),
            album: self.album.or(other.album),
            album_performer: self.album_performer.or(other.album_performer),
            genre: self.genre.or(other.genre),
            isrc: self.isrc.or(other.isrc),
            barcode: self.barcode.or(other.barcode),
        }
    }
}

/// The folder that an image's files lie in: opens what a description names.
pub trait Files: MaybeSend {
    /// Opens the file of that name, as the description spells it: case, folders and separators are the
    /// implementation's to judge.
    fn open<'a>(&'a mut self, name: &'a str) -> Pending<'a, Result<Box<dyn FileSource>, OpenError>>;

    /// Opens an audio file of any kind, decoded. Without a decoder at hand nothing is decoded; plain WAV and AIFF files
    /// in the format of a CD do not need one.
    fn decode<'a>(&'a mut self, _name: &'a str) -> Pending<'a, Result<Decoded, OpenError>> {
        Box::pin(async { Err(OpenError::NoDecoder) })
    }
}

/// Bytes in memory: descriptions, tests, small files.
#[derive(Clone, Debug, Default)]
pub struct MemoryFile(pub Vec<u8>);

impl FileSource for MemoryFile {
    fn length(&self) -> u64 {
        self.0.len() as u64
    }

    fn read_at<'a>(&'a mut self, at: u64, into: &'a mut [u8]) -> Pending<'a, Result<(), SourceError>> {
        let range = usize::try_from(at).ok().and_then(|at| self.0.get(at..at.checked_add(into.len())?));
        let result = match range {
            Some(bytes) => {
                into.copy_from_slice(bytes);
                Ok(())
            }
            None => Err(past_end(self.0.len() as u64)),
        };
        Box::pin(async { result })
    }
}

/// A [`SectorSource`] as a file: what comes from a burn's own ports.
#[derive(Clone, Debug)]
pub struct SectorFile<S>(pub S);

impl<S: SectorSource> FileSource for SectorFile<S> {
    fn length(&self) -> u64 {
        self.0.byte_length()
    }

    fn read_at<'a>(&'a mut self, at: u64, into: &'a mut [u8]) -> Pending<'a, Result<(), SourceError>> {
        Box::pin(async move {
            let size = self.0.sector_size().max(1);
            let (first, skip) = (at / size as u64, (at % size as u64) as usize);
            if skip == 0 && into.len().is_multiple_of(size) {
                return self.0.read(first, into).await;
            }
            let mut whole = vec![0; (skip + into.len()).div_ceil(size) * size];
            self.0.read(first, &mut whole).await?;
            into.copy_from_slice(&whole[skip..skip + into.len()]);
            Ok(())
        })
    }

    fn check_unchanged(&mut self) -> Pending<'_, Result<(), SourceError>> {
        Box::pin(async { self.0.check_unchanged().await })
    }
}

/// The error of a read beyond the end.
pub(crate) fn past_end(length: u64) -> SourceError {
    SourceError { kind: SourceErrorKind::Shrank, at_byte: length, detail: String::new() }
}

/// All of a small file, such as a description.
///
/// # Errors
/// What the file says; `Unreadable` when it is longer than `limit`.
pub(crate) async fn read_whole(file: &mut dyn FileSource, limit: u64) -> Result<Vec<u8>, SourceError> {
    let length = file.length();
    if length > limit {
        let detail = format!("{length} bytes are too many for a description; at most {limit} are read");
        return Err(SourceError { kind: SourceErrorKind::Unreadable, at_byte: limit, detail });
    }
    let mut bytes = vec![0; length as usize];
    file.read_at(0, &mut bytes).await?;
    Ok(bytes)
}
