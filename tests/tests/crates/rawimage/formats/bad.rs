//! Every refusal is a sentence with file and place.

use webburn_cdcode::cdtext::{Block, CdText, TextKind};
use webburn_rawimage::format::audio::wav_header;
use webburn_rawimage::layout::{Limits, check};
use webburn_sector::SectorCount;

use crate::rawimage::helpers::{Folder, audio_disc, noise, open, refusal};

fn wav(header: [u8; 44], bytes: usize) -> Vec<u8> {
    let mut file = header.to_vec();
    file.extend(noise(1, bytes));
    file
}

const ONE: &str = "FILE \"a.wav\" WAVE\n  TRACK 01 AUDIO\n    INDEX 01 00:00:00\n";

#[test]
fn audio_that_is_no_cd_audio() {
    let mut header = wav_header(300 * 2352);
    header[24..28].copy_from_slice(&48_000_u32.to_le_bytes());
    header[34] = 24;
    assert_eq!(
        refusal("a.cue", &[("a.cue", ONE.as_bytes()), ("a.wav", &wav(header, 300 * 2352))]),
        "a.wav: it has 48000 Hz, 24 bits, stereo; a CD has 44100 Hz, 16 bits, stereo, and nothing here can convert it"
    );
    assert_eq!(
        refusal("a.cue", &[("a.cue", ONE.as_bytes()), ("a.wav", b"fLaC and so on")]),
        "a.wav: it is neither WAV nor AIFF, and nothing here can decode it"
    );
}

#[test]
fn files_that_are_cut_off_or_not_there() {
    assert_eq!(
        refusal("a.cue", &[("a.cue", ONE.as_bytes()), ("a.wav", &wav(wav_header(300 * 2352), 100_000))]),
        "a.wav, byte 100044: it is cut off: 100000 bytes of 705600 bytes of samples are there"
    );
    assert_eq!(
        refusal("a.cue", &[("a.cue", ONE.as_bytes())]),
        "a.cue, line 1: the file “a.wav” that it names is not there"
    );
    let sheet = b"FILE a.bin BINARY\nTRACK 01 MODE1/2352\nINDEX 01 00:00:00\n";
    assert_eq!(
        refusal("a.cue", &[("a.cue", sheet), ("a.bin", &noise(1, 2352 * 300 + 77))]),
        "a.bin, byte 705677: it ends in the middle of a sector: 77 of 2352 bytes are there"
    );
    assert_eq!(
        refusal("b.iso", &[("b.iso", &noise(1, 5000))]),
        "b.iso: 5000 bytes: it is no image that is known here, nor a whole number of sectors"
    );
    assert_eq!(refusal("none.cue", &[]), "none.cue: it is not there");
    assert_eq!(refusal("empty.bin", &[("empty.bin", b"")]), "empty.bin: it is empty");
}

#[test]
fn sheets_out_of_order() {
    let bin = noise(1, 1000 * 2352);
    let cue = |body: &str| {
        let sheet = format!("FILE \"a.bin\" BINARY\n{body}");
        refusal("a.cue", &[("a.cue", sheet.as_bytes()), ("a.bin", &bin)])
    };
    for (body, sentence) in [
        (
            "TRACK 01 AUDIO\nINDEX 01 00:00:00\nINDEX 02 00:05:00\nINDEX 03 00:04:00\n",
            "a.cue, line 5: index 03 lies at 00:04:00, not after the index before it, which lies at 00:05:00",
        ),
        (
            "TRACK 01 AUDIO\nINDEX 01 00:00:00\nINDEX 03 00:05:00\n",
            "a.cue, line 4: track 01 has index 03 where index 02 should come",
        ),
        (
            "TRACK 01 AUDIO\nINDEX 00 00:00:00\nTRACK 02 AUDIO\nINDEX 01 00:05:00\n",
            "a.cue, line 2: track 01 has no INDEX 01",
        ),
        (
            "TRACK 01 AUDIO\nINDEX 01 00:60:00\n",
            "a.cue, line 3: INDEX needs a time as minutes:seconds:frames, with 75 frames a second, not “00:60:00”",
        ),
        (
            "TRACK 01 AUDIO\nINDEX 01 00:00:00\nTRACK 02 AUDIO\nINDEX 01 01:00:00\n",
            "a.cue, line 3: index 01 reaches beyond the end of “a.bin”, which holds 00:13:25 from there on",
        ),
        (
            "TRACK 01 AUDIO\nINDEX 01 00:00:00\nTRACK 03 AUDIO\nINDEX 01 00:05:00\n",
            "a.cue, track 03: track 03 does not follow the track before it",
        ),
        ("TRACK 100 AUDIO\n", "a.cue, line 2: track 100 is not possible: a disc has at most 99 tracks, from 1 on"),
        ("TRACK 01 MODE3/2352\n", "a.cue, line 2: there is no kind of track “MODE3/2352”"),
        ("INDEX 01 00:00:00\n", "a.cue, line 2: INDEX comes before any TRACK"),
        (
            "TRACK 01 AUDIO\nISRC 123\n",
            "a.cue, line 3: “123”: a recording code has five capital letters or digits and seven digits, such as US-RC1-76-07839",
        ),
        ("CATALOG 12\nCATALOG x1\n", "a.cue, line 3: “x1”: a catalogue number consists of digits"),
        ("TRACK 01 AUDIO\nFLAGS XYZ\n", "a.cue, line 3: FLAGS has no “XYZ”"),
        ("BURN IT\n", "a.cue, line 2: a CUE sheet has no command “BURN”"),
        ("", "a.cue: it has no TRACK"),
        (
            "TRACK 01 AUDIO\nINDEX 01 00:00:10\n",
            "a.cue, line 3: the first index in its file must be at 00:00:00, not 00:00:10",
        ),
    ] {
        assert_eq!(cue(body), sentence);
    }
    assert_eq!(
        refusal("a.cue", &[("a.cue", b"FILE x.bin CASSETTE\n")]),
        "a.cue, line 1: FILE has the type “CASSETTE”; known are BINARY, MOTOROLA, WAVE, AIFF, FLAC and MP3"
    );
}

#[test]
fn toc_files_out_of_order() {
    let bin = noise(1, 1000 * 2352);
    let toc = |body: &str| refusal("a.toc", &[("a.toc", body.as_bytes()), ("a.bin", &bin)]);
    for (body, sentence) in [
        ("TRACK AUDIO\nFILE \"a.bin\" 0\n", "a.toc, line 1: it does not say CD_DA, CD_ROM, CD_ROM_XA or CD_I"),
        ("CD_DA\nTRACK AUDIO\nFILE \"no.bin\" 0\n", "a.toc, line 3: the file “no.bin” that it names is not there"),
        (
            "CD_DA\nTRACK AUDIO\nFILE \"a.bin\" 0 10:00:00\n",
            "a.toc, line 3: “a.bin” has 2352000 bytes from byte 0 on; 105840000 are wanted",
        ),
        ("CD_DA\nTRACK VIDEO\n", "a.toc, line 2: there is no kind of track “VIDEO”"),
        ("CD_DA\nTRACK AUDIO\nFILE a.bin 0\n", "a.toc, line 3: a file name should come here, not “a.bin”"),
        (
            "CD_DA\nTRACK AUDIO\nFILE \"a.bin\" 0\nINDEX 00:20:00\n",
            "a.toc, line 4: the index at 00:20:00 of track 01 does not lie between the one before it and the track's end",
        ),
        (
            "CD_DA\nTRACK AUDIO\nFILE \"a.bin\" 0\nSTART 00:20:00\n",
            "a.toc, line 2: track 01 has nothing after its START",
        ),
        ("CD_DA\nTRACK AUDIO\nFIFO \"x\" 1\n", "a.toc, line 3: FIFO stands for a running program, not for a file"),
        (
            "CD_DA\nCD_TEXT { LANGUAGE 0 { TITLE \"日本\" } }\n",
            "a.toc, line 2: “日本” cannot become CD-Text: its character set has no “日”",
        ),
        ("CD_DA\nCD_TEXT { LANGUAGE 9 { } }\n", "a.toc, line 2: languages are numbered from 0 to 7, not “9”"),
        ("CD_DA\n\"", "a.toc, line 2: a string has no closing quote"),
    ] {
        assert_eq!(toc(body), sentence);
    }
    let tracks = "TRACK AUDIO\nFILE \"a.bin\" 0 00:04:00\n".repeat(100);
    assert_eq!(toc(&format!("CD_DA\n{tracks}")), "a.toc, line 200: a disc has at most 99 tracks");
}

#[test]
fn cd_text_that_does_not_fit() {
    let sheet = format!("TITLE \"漢字\"\n{ONE}");
    let good = wav(wav_header(300 * 2352), 300 * 2352);
    assert_eq!(
        refusal("a.cue", &[("a.cue", sheet.as_bytes()), ("a.wav", &good)]),
        "a.cue, line 1: “漢字” cannot become CD-Text: its character set has no “漢”"
    );
    let sheet = format!("TITLE \"{}\"\n{ONE}", "x".repeat(4000));
    assert!(
        refusal("a.cue", &[("a.cue", sheet.as_bytes()), ("a.wav", &good)])
            .starts_with("a.cue: the texts of language 1 need ")
    );
    // Nine languages are one too many.
    let mut block = Block::new(1, 1);
    block.set(TextKind::Title, 0, "x").unwrap();
    let text = CdText { blocks: vec![block; 9] };
    assert_eq!(
        webburn_cdcode::cdtext::encode(&text).unwrap_err().to_string(),
        "CD-Text has room for 8 languages, not 9"
    );
}

#[test]
fn discs_that_are_too_long_and_tracks_that_are_too_short() {
    let mut image = audio_disc();
    assert_eq!(check(&image.layout, Limits::ADDRESSABLE, "a.cue"), Ok(()));
    let limits = Limits { lead_out: webburn_sector::Lba(1000), ..Limits::ADDRESSABLE };
    assert_eq!(
        check(&image.layout, limits, "a.cue").unwrap_err().to_string(),
        "a.cue: it needs 00:16:10 and the disc has 00:13:25: 00:02:60 too long"
    );
    for (minutes, sectors) in [(74, 333_000), (80, 360_000), (90, 398_100), (99, 398_100)] {
        assert_eq!(Limits::of_minutes(minutes).lead_out.0, sectors);
    }
    let track = &mut image.layout.sessions[0].tracks[2];
    track.pieces[0].sectors = SectorCount(299);
    assert_eq!(
        check(&image.layout, Limits::ADDRESSABLE, "a.cue").unwrap_err().to_string(),
        "a.cue, track 03: it is 00:03:74 long, 299 sectors; a track has at least 300"
    );
    assert_eq!(check(&image.layout, Limits::READABLE, "a.cue"), Ok(()));
}

#[test]
fn ccd_files_out_of_order() {
    let img = noise(1, 400 * 2352);
    let good = webburn_rawimage::format::ccd::ccd(&audio_disc().layout).unwrap();
    let ccd = |text: &str| refusal("a.ccd", &[("a.ccd", text.as_bytes()), ("a.img", &img)]);
    assert_eq!(ccd(&good), "a.img, byte 940800: it has 400 sectors; “a.ccd” tells of 1210");
    assert_eq!(refusal("a.ccd", &[("a.ccd", good.as_bytes())]), "a.ccd: the file “a.img” that it names is not there");
    assert_eq!(ccd("hello"), "a.ccd, line 1: “hello” is neither a section nor a key with its value");
    assert_eq!(ccd("[Disc]\nSessions=1\n"), "a.ccd, line 1: there is no section [CloneCD]");
    assert_eq!(ccd(&good.replace("Point=0xa2", "Point=0xa9")), "a.ccd: session 1 has no lead-out (point A2)");
    let line_of = |text: &str| 1 + good.lines().position(|line| line == text).unwrap();
    assert_eq!(
        ccd(&good.replace("Control=0x03", "Control=0x33")),
        format!("a.ccd, line {}: “control” is 51, which does not lie between 0 and 15", line_of("Point=0x01") + 2)
    );
    assert_eq!(
        ccd(&good.replace("PLBA=", "PLBA=z")),
        format!("a.ccd, line {}: “z1210” is no number", line_of("PLBA=1210"))
    );
    assert_eq!(
        ccd(&good.replace("DataTracksScrambled=0", "DataTracksScrambled=1")),
        "a.ccd, line 3: its data sectors are scrambled; such images are not read"
    );
    assert!(open("a.ccd", &Folder::with(&[("a.ccd", good.as_bytes()), ("a.img", &noise(1, 1210 * 2352))])).is_ok());
}
