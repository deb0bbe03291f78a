//! TOC files as cdrdao documents them.

use webburn_cdcode::cdtext::{Language, TextKind};
use webburn_rawimage::format::audio::wav_header;
use webburn_rawimage::layout::TrackMode;
use webburn_sector::SectorCount;

use crate::rawimage::helpers::{Folder, main_channel, noise, open};

#[test]
fn everything_that_a_toc_file_can_say() {
    let toc = br#"CD_DA
CATALOG "4012345678901"
CD_TEXT {
  LANGUAGE_MAP { 0 : EN  1: 8 }
  LANGUAGE 0 { TITLE "Disc" PERFORMER "M\374ller" GENRE { 0, 14, 0 } SIZE_INFO { 1, 2, 3 } }
  LANGUAGE 1 { TITLE "Scheibe" }
}
// Track 1
TRACK AUDIO
NO COPY
PRE_EMPHASIS
TWO_CHANNEL_AUDIO
ISRC "USRC17607839"
CD_TEXT { LANGUAGE 0 { TITLE "One" } LANGUAGE 1 { TITLE "Eins" } }
SILENCE 00:01:00
FILE "a.wav" 0 00:04:00
START 00:01:00
INDEX 00:02:00

TRACK AUDIO
COPY
PREGAP 00:02:00
AUDIOFILE "raw.bin" SWAP #4 588 00:04:00
FILE "raw.bin" 0 1000
FILE "a.wav" 588
"#;
    let mut wav = wav_header(300 * 2352).to_vec();
    wav.extend(noise(1, 300 * 2352));
    let raw = noise(2, 400 * 2352);
    let mut image = open("d.toc", &Folder::with(&[("d.toc", toc), ("a.wav", &wav), ("raw.bin", &raw)])).unwrap();
    let tracks = &image.layout.sessions[0].tracks;
    assert_eq!((tracks[0].pregap, tracks[0].length()), (SectorCount(225), SectorCount(300)));
    assert_eq!(tracks[0].indices, [SectorCount(150)]);
    assert_eq!((tracks[0].control.to_nibble(), tracks[1].control.to_nibble()), (1, 2));
    // 300 sectors, 1000 samples, 299 sectors: rounded up at the end alone.
    assert_eq!((tracks[1].pregap, tracks[1].length()), (SectorCount(150), SectorCount(300 + 2 + 299)));
    let text = &image.layout.text;
    assert_eq!(text.blocks[1].language, Language::from_name("German").unwrap());
    assert_eq!(text.blocks[1].get(TextKind::Title, 1).as_deref(), Some("Eins"));
    assert_eq!(text.blocks[0].get(TextKind::Performer, 0).as_deref(), Some("Müller"));
    assert_eq!(text.blocks[0].genre.as_ref().unwrap().0.name(), Some("Jazz"));
    let sectors = main_channel(&mut image);
    assert_eq!(sectors[75 * 2352..375 * 2352], wav[44..]);
    let second = &sectors[525 * 2352..];
    assert_eq!(second[..300 * 2352], raw[4 + 2352..][..300 * 2352], "SWAP is little-endian");
    assert_eq!(second[300 * 2352..][..4], [raw[1], raw[0], raw[3], raw[2]]);
    assert_eq!(second[300 * 2352 + 4000..][..299 * 2352], wav[44 + 2352..]);
}

#[test]
fn data_of_every_mode() {
    for (mode, size, track_mode) in [
        ("MODE1", 2048, TrackMode::Mode1),
        ("MODE1_RAW", 2352, TrackMode::Mode1),
        ("MODE2", 2336, TrackMode::Mode2),
        ("MODE2_RAW", 2352, TrackMode::Mode2),
        ("MODE2_FORM1", 2048, TrackMode::Mode2),
        ("MODE2_FORM2", 2324, TrackMode::Mode2),
        ("MODE2_FORM_MIX", 2336, TrackMode::Mode2),
        ("MODE1_RAW RW_RAW", 2448, TrackMode::Mode1),
    ] {
        let toc = format!(
            "CD_ROM_XA\nTRACK {mode}\nZERO {mode} 00:02:00\nDATAFILE \"d.bin\"\nSTART\nDATAFILE \"d.bin\" #{size} 00:00:10\n"
        );
        let toc = toc.replace("START\n", "");
        let data = noise(9, 300 * size);
        let mut image = open("d.toc", &Folder::with(&[("d.toc", toc.as_bytes()), ("d.bin", &data)])).expect(mode);
        let track = &image.layout.sessions[0].tracks[0];
        assert_eq!((track.mode, track.length()), (track_mode, SectorCount(150 + 300 + 10)), "{mode}");
        let sectors = main_channel(&mut image);
        let (at, wanted) = match size {
            2352 | 2448 => (0, &data[..2352]),
            2336 if mode == "MODE2_FORM_MIX" => (16, &data[..2048]),
            2336 => (16, &data[..2336]),
            2048 if mode == "MODE1" => (16, &data[..2048]),
            size => (24, &data[..size]),
        };
        assert_eq!(sectors[150 * 2352 + at..][..wanted.len()], *wanted, "{mode}");
    }
}
