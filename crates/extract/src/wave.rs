//! The head of a WAV file for a track of a disc.

use webburn_rawimage::format::audio::wav_head;

use crate::contents::{Contents, ReadTrack};
use crate::tags::{id3, tags};

/// The names that a list of a RIFF file has for tags (Multimedia Programming Interface and Data Specifications 1.0,
/// chapter 2, and usage since).
const INFO: [(&str, [u8; 4]); 6] = [
    ("TITLE", *b"INAM"),
    ("ARTIST", *b"IART"),
    ("ALBUM", *b"IPRD"),
    ("COMPOSER", *b"IMUS"),
    ("LYRICIST", *b"IWRI"),
    ("TRACKNUMBER", *b"ITRK"),
];

/// The head of a WAV file with `bytes` of samples of `track`, tagged with what CD-Text and sub-channel say of it: as a list
/// that every program knows, and as an ID3 tag, which also has words for the disc's performer and for codes. Its length
/// does not depend on `bytes`: it can be written with none and again when they are known.
pub(crate) fn wave_head(contents: &Contents, track: &ReadTrack, bytes: u32) -> Vec<u8> {
    let tags = tags(contents, track);
    // Its number alone is not worth a tag.
    if tags.iter().all(|(name, _)| name.starts_with("TRACK")) {
        return wav_head(bytes, &[], &[]);
    }
    let listed = INFO.iter().filter_map(|(name, short)| {
        let (_, value) = tags.iter().find(|(own, _)| own == name)?;
        Some((*short, value.clone()))
    });
    wav_head(bytes, &listed.collect::<Vec<_>>(), &id3(&tags))
}
