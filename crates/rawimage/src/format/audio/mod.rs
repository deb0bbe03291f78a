//! Audio files: plain ones in the format of a CD are read here, all others by a decoder behind [`Files::decode`].

mod aiff;
mod wav;

pub use wav::{WAV_HEADER, wav_head, wav_header};

use crate::error::{Code, ImageError, Note, Place};
use crate::image::CdImage;
use crate::layout::{Extent, FileId};
use crate::port::{FileSource, Files, OpenError, Tags};

/// Samples of a CD in a file.
pub(super) struct Samples {
    pub file: FileId,
    pub at: u64,
    pub bytes: u64,
    pub big_endian: bool,
    pub tags: Tags,
}

impl Samples {
    /// `bytes` of them from byte `skip` on.
    pub(super) const fn extent(&self, skip: u64, bytes: u64) -> Extent {
        Extent { file: Some(self.file), at: self.at + skip, bytes, big_endian: self.big_endian }
    }
}

/// Where the samples of a plain file lie, or why they cannot be taken as they are.
enum Plain {
    /// 44.1 kHz, 16 bits, stereo.
    Ready { at: u64, bytes: u64, big_endian: bool, remark: Option<&'static str> },
    /// Something else, in words.
    Other(String),
}

/// Opens the audio file `name`, which `from` names at `place`.
pub(super) async fn open(
    files: &mut dyn Files,
    image: &mut CdImage,
    name: &str,
    from: &str,
    place: Place,
) -> Result<Samples, ImageError> {
    let mut file = open_file(files, name, from, place).await?;
    let mut head = [0; 12];
    let known = file.length() >= 12 && file.read_at(0, &mut head).await.is_ok();
    let plain = match (&head[..4], &head[8..]) {
        (b"RIFF" | b"RIFX", b"WAVE") if known => Some(wav::find(file.as_mut(), name, head[3] == b'X').await?),
        (b"FORM", b"AIFF" | b"AIFC") if known => Some(aiff::find(file.as_mut(), name, head[11] == b'C').await?),
        _ => None,
    };
    let wanted = match plain {
        Some(Plain::Ready { at, bytes, big_endian, remark }) => {
            // The tags are worth a look where a decoder is at hand; the samples are not decoded.
            let tags = files.decode(name).await.map(|decoded| decoded.tags).unwrap_or_default();
            if let Some(remark) = remark {
                image.notes.push(Note { file: name.into(), place: Place::Whole, what: remark.into() });
            }
            let file = image.add_file(name, file);
            return Ok(Samples { file, at, bytes, big_endian, tags });
        }
        Some(Plain::Other(words)) => Some(words),
        None => None,
    };
    let decoded = files.decode(name).await.map_err(|error| refused(error, name, wanted.as_deref()))?;
    if let Some(words) = decoded.converted_from {
        let what = format!("converted from {words} to 44100 Hz, 16 bits, stereo");
        image.notes.push(Note { file: name.into(), place: Place::Whole, what });
    }
    let bytes = decoded.samples.length();
    let file = image.add_file(name, decoded.samples);
    Ok(Samples { file, at: 0, bytes, big_endian: false, tags: decoded.tags })
}

/// Opens any file that `from` names at `place`.
pub(super) async fn open_file(
    files: &mut dyn Files,
    name: &str,
    from: &str,
    place: Place,
) -> Result<Box<dyn FileSource>, ImageError> {
    files.open(name).await.map_err(|error| match error {
        OpenError::Missing => {
            ImageError::new(Code::FileMissing, from, place, format!("the file “{name}” that it names is not there"))
        }
        OpenError::Unreadable(detail) | OpenError::NotAudio(detail) | OpenError::CutOff(detail) => {
            ImageError::new(Code::FileUnreadable, name, Place::Whole, format!("it cannot be read ({detail})"))
        }
        OpenError::NoDecoder => ImageError::new(Code::AudioNotUsable, name, Place::Whole, "it cannot be decoded here"),
    })
}

fn refused(error: OpenError, name: &str, format: Option<&str>) -> ImageError {
    let what = match (error, format) {
        (OpenError::Missing, _) => return ImageError::new(Code::FileMissing, name, Place::Whole, "it is not there"),
        (OpenError::Unreadable(detail), _) => {
            return ImageError::new(Code::FileUnreadable, name, Place::Whole, format!("it cannot be read ({detail})"));
        }
        (OpenError::CutOff(detail), _) => {
            return ImageError::new(Code::FileTruncated, name, Place::Whole, format!("it is cut off: {detail}"));
        }
        (OpenError::NotAudio(detail), _) => format!("it is no audio file that can be decoded ({detail})"),
        (OpenError::NoDecoder, Some(format)) => {
            format!("it has {format}; a CD has 44100 Hz, 16 bits, stereo, and nothing here can convert it")
        }
        (OpenError::NoDecoder, None) => "it is neither WAV nor AIFF, and nothing here can decode it".into(),
    };
    ImageError::new(Code::AudioNotUsable, name, Place::Whole, what)
}
