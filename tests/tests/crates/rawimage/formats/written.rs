//! How people and programs write descriptions: encodings, quotes, times, languages.

use webburn_cdcode::cdtext::{Language, TextKind};
use webburn_sector::SectorCount;
use webburn_tests::sound::wave;

use crate::rawimage::helpers::{Folder, open, refusal};

/// A track of so many seconds.
fn wav(seconds: usize) -> Vec<u8> {
    wave(44_100, 2, &vec![0; seconds * 75 * 2352])
}

/// The disc's title, from a sheet that says nothing else of it.
fn title_of(sheet: &[u8]) -> Option<String> {
    let folder = Folder::with(&[("a.cue", sheet), ("my disc.wav", &wav(4))]);
    let image = open("a.cue", &folder).unwrap_or_else(|error| panic!("{error}: {}", sheet.escape_ascii()));
    image.layout.text.blocks.first().and_then(|block| block.get(TextKind::Title, 0))
}

const TRACK: &str = "FILE \"my disc.wav\" WAVE\n  TRACK 01 AUDIO\n    INDEX\t01  00:00:00\n";

#[test]
fn encodings_are_told_apart() {
    let sheet = format!("TITLE \"Müller\"\n{TRACK}");
    let latin: Vec<u8> = sheet.chars().map(|c| c as u8).collect();
    let little: Vec<u8> = "\u{FEFF}".encode_utf16().chain(sheet.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = "\u{FEFF}".encode_utf16().chain(sheet.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    for bytes in [sheet.as_bytes(), format!("\u{FEFF}{sheet}").as_bytes(), &latin, &little, &big] {
        assert_eq!(title_of(bytes).as_deref(), Some("Müller"), "{}", bytes[..20].escape_ascii());
    }
}

#[test]
fn typographic_signs_become_plain_ones() {
    // In Windows' encoding and in Unicode: CD-Text has neither.
    let windows = [b"TITLE \"\x93Don\x92t\x94 \x96 stop\x85\"\n", TRACK.as_bytes()].concat();
    let unicode = format!("TITLE \"“Don’t” – stop…\"\n{TRACK}");
    for sheet in [&windows[..], unicode.as_bytes()] {
        assert_eq!(title_of(sheet).as_deref(), Some("\"Don't\" - stop..."));
    }
}

#[test]
fn quotes_hold_words_together() {
    for (written, expected) in [
        ("TITLE \"The \"Best\"\"", Some("The \"Best\"")),
        ("  TITLE plain ", Some("plain")),
        ("TITLE \"open", Some("open")),
        ("TITLE \"two words\"", Some("two words")),
        ("TITLE \"\"", None),
        ("", None),
    ] {
        assert_eq!(title_of(format!("{written}\n{TRACK}").as_bytes()).as_deref(), expected, "{written}");
    }
}

#[test]
fn times_are_minutes_seconds_and_frames() {
    let sheet =
        |time: &str| format!("FILE \"a.wav\" WAVE\n  TRACK 01 AUDIO\n    INDEX 00 00:00:00\n    INDEX 01 {time}\n");
    let sound = wav(90);
    for (time, sectors) in [("00:02:00", 150), ("1:02:03", 4653), ("01:20:74", 6074)] {
        let folder = Folder::with(&[("a.cue", sheet(time).as_bytes()), ("a.wav", &sound)]);
        let image = open("a.cue", &folder).unwrap_or_else(|error| panic!("{time}: {error}"));
        // A first track has two seconds before its own pre-gap.
        assert_eq!(image.layout.sessions[0].tracks[0].pregap, SectorCount(150 + sectors), "{time}");
    }
    for bad in ["", "1:2", "00:60:00", "00:00:75", "-1:00:00", "00:00:00:00", "aa:00:00", "0000:00:00"] {
        let said = refusal("a.cue", &[("a.cue", sheet(bad).as_bytes()), ("a.wav", &sound)]);
        assert!(said.starts_with("a.cue, line 4: "), "{bad}: {said}");
    }
}

/// A TOC file whose only text is a title in a language.
fn toc(language: &str, title: &str) -> String {
    format!(
        "CD_DA CD_TEXT {{ LANGUAGE_MAP{{0 :{language}}} LANGUAGE 0{{TITLE {title}}} }} // the disc\nTRACK AUDIO \
         FILE \"a.wav\" #0 0 // the track"
    )
}

#[test]
fn strings_of_toc_files() {
    for (written, expected) in
        [("\"plain\"", "plain"), ("\"a \\\"b\\\" \\374\"", "a \"b\" ü"), ("\"// no remark {:}\"", "// no remark {:}")]
    {
        let folder = Folder::with(&[("a.toc", toc("EN", written).as_bytes()), ("a.wav", &wav(4))]);
        let image = open("a.toc", &folder).unwrap_or_else(|error| panic!("{written}: {error}"));
        assert_eq!(image.layout.text.blocks[0].get(TextKind::Title, 0).as_deref(), Some(expected));
        assert_eq!(image.layout.sessions[0].tracks[0].length(), SectorCount(300));
    }
    refusal("a.toc", &[("a.toc", b"CD_DA CATALOG \"401"), ("a.wav", &wav(4))]);
}

#[test]
fn languages_by_letters_and_by_number() {
    for (written, name) in [
        ("EN", "English"),
        ("DE", "German"),
        ("fr", "French"),
        ("ES", "Spanish"),
        ("IT", "Italian"),
        ("NL", "Dutch"),
        ("PT", "Portuguese"),
        ("SV", "Swedish"),
        ("DA", "Danish"),
        ("NO", "Norwegian"),
        ("FI", "Finnish"),
        ("PL", "Polish"),
        ("CS", "Czech"),
        ("SK", "Slovak"),
        ("SL", "Slovenian"),
        ("HR", "Croatian"),
        ("HU", "Hungarian"),
        ("RO", "Romanian"),
        ("RU", "Russian"),
        ("TR", "Turkish"),
        ("EL", "Greek"),
        ("IS", "Icelandic"),
        ("GA", "Irish"),
        ("CY", "Welsh"),
        ("LA", "Latin"),
        ("LV", "Latvian"),
        ("LT", "Lithuanian"),
        ("ET", "Estonian"),
        ("SQ", "Albanian"),
        ("CA", "Catalan"),
        ("JA", "Japanese"),
        ("KO", "Korean"),
        ("9", "English"),
        ("105", "Japanese"),
    ] {
        let folder = Folder::with(&[("a.toc", toc(written, "\"x\"").as_bytes()), ("a.wav", &wav(4))]);
        let image = open("a.toc", &folder).unwrap_or_else(|error| panic!("{written}: {error}"));
        assert_eq!(Some(image.layout.text.blocks[0].language), Language::from_name(name), "{written}");
    }
    refusal("a.toc", &[("a.toc", toc("XX", "\"x\"").as_bytes()), ("a.wav", &wav(4))]);
}
