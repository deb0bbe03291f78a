//! `webburn audio`.

use std::path::PathBuf;

use webburn_rawimage::format::audio_disc::AudioDisc;
use webburn_rawimage::layout::{Limits, check};
use webburn_rawimage::{Code, ImageError, Place};
use webburn_sector::SectorCount;

use super::DriveArgs;
use super::burn_cd::{self, CdWish};
use super::exit::End;
use super::output::Manner;
use crate::cd::Folder;
use crate::texts::cd as words;

/// Sectors a second.
const PER_SECOND: f64 = 75.0;

/// Burns audio files as the tracks of a disc.
pub fn run(args: &DriveArgs, files: &[PathBuf], gap: SectorCount, cd_text: bool, wish: &CdWish) -> End {
    let manner = Manner::of(args.json);
    let names: Vec<String> = files.iter().map(|path| path.display().to_string()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let disc = AudioDisc { gap, cd_text };
    let read = pollster::block_on(disc.read(&names, &mut Folder::here()));
    let fits = read.and_then(|image| check(&image.layout, Limits::ADDRESSABLE, words::AUDIO_DISC).map(|()| image));
    match fits {
        Ok(image) => burn_cd::run(args, words::AUDIO_DISC, image, wish),
        Err(error) => burn_cd::refuse_image(manner, &of_files(error, &names)),
    }
}

/// A fault in the words of files, not of a sheet that there is none of.
fn of_files(mut error: ImageError, names: &[&str]) -> ImageError {
    if error.code == Code::FileMissing {
        words::NOT_THERE.clone_into(&mut error.what);
    }
    if let Place::Track(number) = error.place
        && let Some(name) = names.get(usize::from(number).wrapping_sub(1))
    {
        (*name).clone_into(&mut error.file);
    }
    error
}

/// `--gap`: seconds, as sectors.
pub fn gap(text: &str) -> Result<SectorCount, String> {
    match text.parse::<f64>() {
        Ok(seconds) if (0.0..=60.0).contains(&seconds) => Ok(SectorCount((seconds * PER_SECOND).round() as u32)),
        _ => Err(words::GAP.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_seconds() {
        assert_eq!(gap("2"), Ok(SectorCount(150)));
        assert_eq!(gap("0"), Ok(SectorCount(0)));
        assert_eq!(gap("0.5"), Ok(SectorCount(38)));
        for text in ["-1", "61", "two", "NaN"] {
            assert!(gap(text).is_err(), "{text}");
        }
    }
}
