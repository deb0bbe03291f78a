//! Layout → export → import: the same disc, and the same sectors.

use webburn_cdcode::session::Style;
use webburn_rawimage::format::{ccd, cue, toc};
use webburn_rawimage::stream::SubStream;
use webburn_rawimage::{CdImage, SubcodeKind};
use webburn_sector::{Lba, SectorCount};

use crate::rawimage::helpers::{Folder, audio_disc, extra_disc, main_channel, mixed_disc, open, whole};

fn same(mut made: CdImage, mut read: CdImage) {
    assert_eq!(read.layout.without_content(), made.layout.without_content());
    let (a, b) = (main_channel(&mut made), main_channel(&mut read));
    assert!(a == b, "the sectors differ");
    assert_eq!(read.notes, []);
}

#[test]
fn bin_and_cue() {
    for mut made in [audio_disc(), mixed_disc()] {
        let sheet = cue::sheet(&made.layout, &["disc.bin"]).unwrap();
        let bin = main_channel(&mut made);
        same(made, open("disc.cue", &Folder::with(&[("disc.cue", sheet.as_bytes()), ("disc.bin", &bin)])).unwrap());
    }
}

/// A BIN for each session, and remarks between them as dumps of discs have them.
#[test]
fn bins_and_cue_of_two_sessions() {
    let mut made = extra_disc();
    let sheet = cue::sheet(&made.layout, &["disc.bin", "disc (Session 2).bin"]).unwrap();
    let lines: Vec<&str> = sheet.lines().map(str::trim).filter(|line| !line.starts_with("TITLE")).collect();
    let second = lines.iter().position(|line| line.starts_with("REM LEAD-OUT")).unwrap();
    assert_eq!(lines.iter().filter(|line| line.starts_with("REM SESSION")).count(), 2);
    let between = ["REM LEAD-OUT 01:30:00", "REM SESSION 02", "REM LEAD-IN 01:00:00", "REM PREGAP 00:02:00"];
    assert_eq!(lines[second..second + 4], between);
    assert_eq!(lines[second + 4], "FILE \"disc (Session 2).bin\" BINARY");
    assert!(lines[second + 4..].contains(&"INDEX 01 00:00:00"), "{sheet}");
    let bin = main_channel(&mut made);
    let ends = made.layout.sessions[0].lead_out().0 as usize * 2352;
    let (first, second) = bin.split_at(ends);
    let files = [("disc.cue", sheet.as_bytes()), ("disc.bin", first), ("disc (Session 2).bin", second)];
    same(made, open("disc.cue", &Folder::with(&files)).unwrap());

    let mut elsewhere = extra_disc();
    elsewhere.layout.sessions[1].start += SectorCount(75);
    let told = cue::sheet(&elsewhere.layout, &["a.bin", "b.bin"]).unwrap_err().to_string();
    assert!(told.contains("session 2 does not begin"), "{told}");
}

#[test]
fn bin_and_toc() {
    for mut made in [audio_disc(), mixed_disc()] {
        let text = toc::toc(&made.layout, "disc.bin").unwrap();
        let bin = main_channel(&mut made);
        same(made, open("disc.toc", &Folder::with(&[("disc.toc", text.as_bytes()), ("disc.bin", &bin)])).unwrap());
    }
}

#[test]
fn ccd_img_and_sub() {
    for mut made in [audio_disc(), mixed_disc(), extra_disc()] {
        let text = ccd::ccd(&made.layout).unwrap();
        let img = main_channel(&mut made);
        let sub = whole(SubStream::new(&mut made, Style::default()).unwrap());
        assert_eq!(img.len() / 2352, sub.len() / 96);
        let folder = Folder::with(&[("disc.ccd", text.as_bytes()), ("disc.img", &img), ("disc.sub", &sub)]);
        let mut read = open("disc.ccd", &folder).unwrap();
        assert!(whole(SubStream::new(&mut read, Style::default()).unwrap()) == sub, "the subcode differs");
        let mut symbols = [0; 96];
        let kind = pollster::block_on(read.read_sub(Lba(0), &mut symbols)).unwrap();
        assert_eq!(kind, Some(SubcodeKind::Raw));
        same(made, read);
    }
}

#[test]
fn several_sessions_are_refused_where_there_is_no_word_for_them() {
    let disc = extra_disc();
    assert!(cue::sheet(&disc.layout, &["x.bin"]).unwrap_err().to_string().contains("2 sessions"));
    assert!(toc::toc(&disc.layout, "x.bin").unwrap_err().to_string().contains("one session"));
}

#[test]
fn a_file_beside_its_description_is_taken_for_the_image() {
    let mut made = mixed_disc();
    let sheet = cue::sheet(&made.layout, &["disc.bin"]).unwrap();
    let bin = main_channel(&mut made);
    same(made, open("disc.bin", &Folder::with(&[("disc.cue", sheet.as_bytes()), ("disc.bin", &bin)])).unwrap());
}
