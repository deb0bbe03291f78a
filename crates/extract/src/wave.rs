//! The head of a WAV file for a track of a disc.

use webburn_cdcode::cdtext::TextKind;
use webburn_rawimage::format::audio::wav_head;

use crate::contents::{Contents, ReadTrack};

/// The head of a WAV file with `bytes` of samples of `track`, tagged with what CD-Text says of it. Its length does not
/// depend on `bytes`: it can be written with none and again when they are known.
#[must_use]
pub fn wave_head(contents: &Contents, track: &ReadTrack, bytes: u32) -> Vec<u8> {
    let text = |kind, number| contents.text(kind, number);
    let mut tags = Vec::new();
    let mut tag = |name: &[u8; 4], value: Option<String>| tags.extend(value.map(|value| (*name, value)));
    tag(b"INAM", text(TextKind::Title, track.number));
    tag(b"IART", text(TextKind::Performer, track.number).or_else(|| text(TextKind::Performer, 0)));
    tag(b"IPRD", text(TextKind::Title, 0));
    tag(b"IMUS", text(TextKind::Composer, track.number));
    if !tags.is_empty() {
        tags.push((*b"ITRK", track.number.to_string()));
    }
    wav_head(bytes, &tags)
}
