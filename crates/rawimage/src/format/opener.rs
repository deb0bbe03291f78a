//! Which format a file is.

use webburn_sector::SourceError;

#[cfg(feature = "chd")]
use super::chd;
use super::{audio_disc, bin, ccd, cue, mds, nrg, toc};
use crate::error::{Code, ImageError, Place};
use crate::image::CdImage;
use crate::port::{FileSource, Files, OpenError};

/// Endings of audio files; whether one can be decoded depends on what [`Files::decode`] knows.
pub const AUDIO_EXTENSIONS: [&str; 10] = ["wav", "wave", "aif", "aiff", "aifc", "flac", "mp3", "ogg", "m4a", "mka"];

/// Reads the image `name`, whatever it is: by what its first and last bytes say, then by the ending of its name. A file
/// beside an image (`.img`, `.mdf`, `.bin` with a description of the same name) is taken for the image.
///
/// # Errors
/// The first fault, with file and place.
pub async fn open(name: &str, files: &mut dyn Files) -> Result<CdImage, ImageError> {
    let mut file = named(files, name).await?;
    let mut head = [0; 20];
    let known = (file.length().min(20)) as usize;
    file.read_at(0, &mut head[..known]).await.map_err(|error| ImageError::unreadable(name, &error))?;
    if head.starts_with(b"MComprHD") {
        #[cfg(feature = "chd")]
        return chd::read(name, file).await;
        #[cfg(not(feature = "chd"))]
        return Err(ImageError::new(Code::NotSupported, name, Place::Byte(0), "CHD files are not read here"));
    }
    if head.starts_with(b"MEDIA DESCRIPTOR") {
        return mds::read(name, file.as_mut(), files).await;
    }
    let extension = name.rsplit_once('.').map_or(String::new(), |(_, extension)| extension.to_ascii_lowercase());
    match extension.as_str() {
        "cue" => return cue::read(name, file.as_mut(), files).await,
        "toc" => return toc::read(name, file.as_mut(), files).await,
        "ccd" => return ccd::read(name, file.as_mut(), files).await,
        "mds" | "mdx" => return Err(damaged(name, "it does not begin with “MEDIA DESCRIPTOR” as an MDS file does")),
        "chd" => return Err(damaged(name, "it does not begin with “MComprHD” as a CHD file does")),
        _ => {}
    }
    if nrg::is(file.as_mut()).await.map_err(|error: SourceError| ImageError::unreadable(name, &error))? {
        return nrg::read(name, file).await;
    }
    match extension.as_str() {
        "nrg" => return Err(damaged(name, "it does not end with “NERO” or “NER5” as an NRG file does")),
        audio if AUDIO_EXTENSIONS.contains(&audio) => return audio_disc::read(&[name], files).await,
        _ => {}
    }
    for (beside, description) in [("img", "ccd"), ("sub", "ccd"), ("mdf", "mds"), ("bin", "cue"), ("bin", "toc")] {
        if extension != beside {
            continue;
        }
        let stem = &name[..name.len() - extension.len()];
        let other = format!("{stem}{description}");
        let Ok(mut found) = files.open(&other).await else { continue };
        return match description {
            "ccd" => ccd::read(&other, found.as_mut(), files).await,
            "mds" => mds::read(&other, found.as_mut(), files).await,
            "toc" => toc::read(&other, found.as_mut(), files).await,
            _ => cue::read(&other, found.as_mut(), files).await,
        };
    }
    bin::read(name, file).await
}

async fn named(files: &mut dyn Files, name: &str) -> Result<Box<dyn FileSource>, ImageError> {
    files.open(name).await.map_err(|error| match error {
        OpenError::Missing => ImageError::new(Code::FileMissing, name, Place::Whole, "it is not there"),
        OpenError::Unreadable(detail) | OpenError::NotAudio(detail) | OpenError::CutOff(detail) => {
            ImageError::new(Code::FileUnreadable, name, Place::Whole, format!("it cannot be read ({detail})"))
        }
        OpenError::NoDecoder => ImageError::new(Code::AudioNotUsable, name, Place::Whole, "it cannot be decoded here"),
    })
}

fn damaged(name: &str, what: &str) -> ImageError {
    ImageError::new(Code::Damaged, name, Place::Byte(0), what)
}
