//! What is known of a track, as tags of a file.

use webburn_cdcode::cdtext::TextKind;

use crate::contents::{Contents, ReadTrack};

/// A tag, under the name that Vorbis comments have for it.
pub(crate) type Tag = (&'static str, String);

/// Tags of a track: what CD-Text and sub-channel tell.
pub(crate) fn tags(contents: &Contents, track: &ReadTrack) -> Vec<Tag> {
    let own = |kind| contents.text(kind, track.number);
    let disc = |kind| contents.text(kind, 0);
    let (audio, number) = (contents.tracks().filter(|track| !track.control.data).count(), track.number);
    let tags = [
        ("TITLE", own(TextKind::Title)),
        ("ARTIST", own(TextKind::Performer).or_else(|| disc(TextKind::Performer))),
        ("ALBUM", disc(TextKind::Title)),
        ("ALBUMARTIST", disc(TextKind::Performer)),
        ("COMPOSER", own(TextKind::Composer).or_else(|| disc(TextKind::Composer))),
        ("LYRICIST", own(TextKind::Songwriter).or_else(|| disc(TextKind::Songwriter))),
        ("ARRANGER", own(TextKind::Arranger).or_else(|| disc(TextKind::Arranger))),
        ("TRACKNUMBER", Some(number.to_string())),
        ("TRACKTOTAL", Some(audio.to_string())),
        ("ISRC", track.isrc.map(|isrc| isrc.as_str().to_owned())),
        ("BARCODE", contents.mcn.map(|mcn| mcn.to_string())),
    ];
    tags.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

/// The same as an ID3 tag, version 2.4 (id3.org, ID3v2.4.0 structure and native frames).
pub(crate) fn id3(tags: &[Tag]) -> Vec<u8> {
    let mut frames = Vec::new();
    for (name, value) in tags {
        let (frame, text) = match *name {
            "TITLE" => (b"TIT2", value.clone()),
            "ARTIST" => (b"TPE1", value.clone()),
            "ALBUM" => (b"TALB", value.clone()),
            "ALBUMARTIST" => (b"TPE2", value.clone()),
            "COMPOSER" => (b"TCOM", value.clone()),
            "LYRICIST" => (b"TEXT", value.clone()),
            "ARRANGER" => (b"TIPL", format!("arranger\0{value}")),
            "TRACKNUMBER" => (b"TRCK", value.clone()),
            "ISRC" => (b"TSRC", value.clone()),
            "BARCODE" => (b"TXXX", format!("BARCODE\0{value}")),
            _ => continue,
        };
        frames.extend(frame);
        frames.extend(synchsafe(text.len() + 1));
        // No flags; the text is in UTF-8.
        frames.extend([0, 0, 3]);
        frames.extend(text.bytes());
    }
    [b"ID3\x04\0\0", &synchsafe(frames.len())[..], &frames].concat()
}

/// Seven bits a byte, so that no byte looks like the beginning of an MPEG frame.
fn synchsafe(length: usize) -> [u8; 4] {
    [21, 14, 7, 0].map(|shift| (length >> shift & 0x7F) as u8)
}
