//! CUE sheets as programs write them.

use webburn_cdcode::cdtext::TextKind;
use webburn_cdcode::session::DiscType;
use webburn_rawimage::format::audio::wav_header;
use webburn_rawimage::layout::TrackMode;
use webburn_sector::{Lba, SectorCount};

use crate::rawimage::helpers::{Folder, main_channel, noise, open};

fn wav(seed: u32, samples: usize) -> Vec<u8> {
    let mut bytes = wav_header(samples as u32 * 4).to_vec();
    bytes.extend(noise(seed, samples * 4));
    bytes
}

#[test]
fn one_bin_with_data_and_audio() {
    let sheet = b"CATALOG 4012345678901\r\nREM GENRE Jazz\r\nTITLE \"Mix\"\r\nFILE \"GAME.BIN\" BINARY\r\n\
        \x20 TRACK 01 MODE1/2048\r\n    INDEX 01 00:00:00\r\n\
        \x20 TRACK 02 AUDIO\r\n    FLAGS DCP PRE\r\n    ISRC USRC17607839\r\n    TITLE \"Tune\"\r\n    INDEX 00 00:04:00\r\n    INDEX 01 00:06:00\r\n    INDEX 02 00:08:00\r\n    POSTGAP 00:02:00\r\n";
    let mut bin = noise(1, 300 * 2048);
    bin.extend(noise(2, 600 * 2352));
    let mut image = open("game.cue", &Folder::with(&[("game.cue", sheet), ("GAME.BIN", &bin)])).unwrap();
    let tracks = &image.layout.sessions[0].tracks;
    assert_eq!((tracks[0].mode, tracks[0].length()), (TrackMode::Mode1, SectorCount(300)));
    assert_eq!((tracks[1].pregap, tracks[1].length()), (SectorCount(150), SectorCount(450 + 150)));
    assert_eq!(tracks[1].indices, [SectorCount(150)]);
    assert_eq!(tracks[1].control.to_nibble(), 3);
    assert_eq!(image.layout.lead_out(), Lba(300 + 600 + 150));
    let text = &image.layout.text.blocks[0];
    assert_eq!(text.get(TextKind::Title, 0).as_deref(), Some("Mix"));
    assert_eq!(text.get(TextKind::Title, 2).as_deref(), Some("Tune"));
    assert_eq!(text.genre.as_ref().unwrap().0.name(), Some("Jazz"));
    let sectors = main_channel(&mut image);
    assert_eq!(sectors[2352 + 16..2352 + 2064], bin[2048..4096]);
    assert_eq!(sectors[300 * 2352..900 * 2352], bin[300 * 2048..]);
    assert_eq!(sectors[900 * 2352..], vec![0; 150 * 2352]);
}

#[test]
fn a_file_for_each_track_with_gaps_at_the_ends() {
    // As EAC leaves it: a track's index 0 lies in the file of the track before it.
    let sheet = b"PERFORMER \"M\xFCller\"\nFILE \"one two.wav\" WAVE\n  TRACK 01 AUDIO\n    INDEX 00 00:00:00\n    INDEX 01 00:01:00\n  TRACK 02 AUDIO\n    INDEX 00 00:07:00\nFILE \"2.wav\" WAVE\n    INDEX 01 00:00:00\n";
    // Half a sector too long at the end of the first file, and of the second.
    let (one, two) = (wav(1, 600 * 588 + 294), wav(2, 400 * 588 + 1));
    let folder = Folder::with(&[("a.cue", sheet), ("one two.wav", &one), ("2.wav", &two)]);
    let mut image = open("a.cue", &folder).unwrap();
    let tracks = &image.layout.sessions[0].tracks;
    assert_eq!((tracks[0].pregap, tracks[0].length()), (SectorCount(225), SectorCount(450)));
    assert_eq!((tracks[1].pregap, tracks[1].length()), (SectorCount(76), SectorCount(401)));
    assert_eq!(image.layout.text.blocks[0].get(TextKind::Performer, 0).as_deref(), Some("Müller"));
    let sectors = main_channel(&mut image);
    assert_eq!(sectors[..one.len() - 44], one[44..]);
    assert_eq!(sectors[one.len() - 44..601 * 2352], vec![0; 294 * 4]);
    assert_eq!(sectors[601 * 2352..][..two.len() - 44], two[44..]);
}

#[test]
fn motorola_is_swapped_and_cdg_has_its_channels() {
    let sheet =
        b"FILE a.bin MOTOROLA\nTRACK 1 AUDIO\nINDEX 1 00:00:00\nFILE b.bin BINARY\nTRACK 2 CDG\nINDEX 1 00:00:00\n";
    let (a, b) = (noise(1, 300 * 2352), noise(2, 300 * 2448));
    let mut image = open("a.cue", &Folder::with(&[("a.cue", sheet), ("a.bin", &a), ("b.bin", &b)])).unwrap();
    let sectors = main_channel(&mut image);
    assert_eq!(sectors[..4], [a[1], a[0], a[3], a[2]]);
    assert_eq!(sectors[301 * 2352..302 * 2352], b[2448..2448 + 2352]);
    let mut symbols = [0; 96];
    pollster::block_on(image.read_sub(Lba(301), &mut symbols)).unwrap();
    assert_eq!(symbols[..], b[2448 + 2352..2 * 2448]);
}

#[test]
fn sessions_by_remark_make_a_cd_extra() {
    let sheet = b"REM SESSION 01\nFILE \"1.bin\" BINARY\n  TRACK 01 AUDIO\n    INDEX 01 00:00:00\nREM LEAD-OUT 00:05:00\nREM SESSION 02\nFILE \"2.bin\" BINARY\n  TRACK 02 MODE2/2352\n    INDEX 01 00:00:00\n";
    let (a, b) = (noise(1, 375 * 2352), noise(2, 300 * 2352));
    let image = open("x.cue", &Folder::with(&[("x.cue", sheet), ("1.bin", &a), ("2.bin", &b)])).unwrap();
    assert_eq!(image.layout.sessions.len(), 2);
    let placed: Vec<_> = image.layout.placed().map(|placed| placed.start).collect();
    assert_eq!(placed, [Lba(0), Lba(375 + 11_400)]);
    assert_eq!(image.layout.sessions[1].disc_type, DiscType::Xa);
}
