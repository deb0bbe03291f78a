//! CDs read back into files: sessions, tracks, graphics; and what is refused.

use std::fs;

use crate::cd::audio_sheet;
use crate::program::{Place, lines, text, webburn};
use crate::sound::noise;

/// An audio session and one of data behind it: burnt one after the other, copied, and burnt again from the copy.
#[test]
fn images_of_several_sessions() {
    let place = Place::new("sessions");
    let (sound, data) = (noise(21, 700 * 2352), noise(22, 400 * 2048));
    fs::write(place.path("sound.bin"), &sound).unwrap();
    fs::write(place.path("data.iso"), &data).unwrap();
    let sheet = "TITLE \"Extra\"\nREM SESSION 01\nFILE \"sound.bin\" BINARY\n  TRACK 01 AUDIO\n    INDEX 01 00:00:00\n  \
                 TRACK 02 AUDIO\n    INDEX 01 00:04:50\nREM SESSION 02\nFILE \"data.iso\" BINARY\n  TRACK 03 MODE1/2048\n    \
                 INDEX 01 00:00:00\n";
    fs::write(place.path("extra.cue"), sheet).unwrap();
    let sheet = place.path("extra.cue");
    let raw = webburn(&["burn", "sim:cd-r", text(&sheet), "--raw"]);
    assert!(raw.code == 2 && raw.err.contains("2 sessions") && raw.err.contains("Nothing was written"), "{}", raw.err);
    let tried = webburn(&["burn", "sim:cd-r", text(&sheet), "--test-write"]);
    assert!(tried.code == 0 && tried.out.contains("Only the first of 2 sessions"), "{}{}", tried.out, tried.err);

    let drive = format!("sim:cd-r:{}", text(&place.path("disc.wbd")));
    let burnt = webburn(&["burn", &drive, text(&sheet)]);
    assert_eq!(burnt.code, 0, "{}{}", burnt.out, burnt.err);
    for part in
        ["in 2 sessions", "Session 2:", "Session 2 of 2.", "Track 01: as it was sent", "Track 03: as it was sent"]
    {
        assert!(burnt.out.contains(part), "{part} is missing in {}", burnt.out);
    }
    let refused = webburn(&["read", &drive, text(&place.path("back.toc"))]);
    assert!(refused.code == 2 && refused.err.contains(".ccd"), "{}", refused.err);
    let mut drives = vec![drive.clone()];
    for (copy, wbd) in [("back.ccd", "ccd.wbd"), ("back.cue", "cue.wbd")] {
        let copy = place.path(copy);
        let read = webburn(&["read", &drive, text(&copy)]);
        assert_eq!(read.code, 0, "{}", read.err);
        let again = format!("sim:cd-r:{}", text(&place.path(wbd)));
        let burnt = webburn(&["burn", &again, text(&copy), "--json"]);
        assert_eq!(burnt.code, 0, "{}{}", burnt.out, burnt.err);
        let told = lines(&burnt);
        let result = told.last().unwrap();
        assert_eq!(
            (result["outcome"].as_str(), result["closed"].as_bool()),
            (Some("verified"), Some(true)),
            "{result}"
        );
        let tracks = result["tracks"].as_array().unwrap();
        assert!(tracks.len() == 3 && tracks.iter().all(|track| track["compared"] == "equal"), "{result}");
        drives.push(again);
    }
    assert!(fs::read(place.path("back.bin")).unwrap() == sound, "the first session");
    assert_eq!(fs::metadata(place.path("back (Session 2).bin")).unwrap().len(), 400 * 2352);
    for drive in &drives {
        for (number, name, wanted) in [("1", "1.bin", &sound[..350 * 2352]), ("2", "2.bin", &sound[350 * 2352..])] {
            let out = place.path(name);
            let read = webburn(&["read", drive, text(&out), "--track", number]);
            assert!(read.code == 0 && fs::read(&out).unwrap() == wanted, "{drive}, track {number}: {}", read.err);
        }
        let out = place.path("3.iso");
        let read = webburn(&["read", drive, text(&out), "--track", "3"]);
        assert!(read.code == 0 && fs::read(&out).unwrap() == data, "{drive}: {}", read.err);
    }
}

/// Sectors of form 2 are not cut to an ISO file: the sentence says what to do.
#[test]
fn video_sectors_are_not_cut() {
    let place = Place::new("form-2");
    let sectors = (0..400_usize).flat_map(|n| {
        let form = if n < 150 { 0x08 } else { 0x20 };
        [&[0, 0, form, 0, 0, 0, form, 0][..], &noise(n as u32, 2328)].concat()
    });
    fs::write(place.path("x.bin"), sectors.collect::<Vec<u8>>()).unwrap();
    fs::write(place.path("x.toc"), "CD_ROM_XA\nTRACK MODE2_FORM_MIX\nDATAFILE \"x.bin\"\n").unwrap();
    let drive = format!("sim:cd-r:{}", text(&place.path("disc.wbd")));
    let burnt = webburn(&["burn", &drive, text(&place.path("x.toc")), "--no-verify"]);
    assert_eq!(burnt.code, 0, "{}{}", burnt.out, burnt.err);
    let out = place.path("one.iso");
    let read = webburn(&["read", &drive, text(&out), "--track", "1"]);
    assert!(read.code == 2 && read.err.contains("at sector 150") && read.err.contains(".bin"), "{}", read.err);
    assert!(!out.exists() && !place.path("one.iso.part").exists());
    let json = webburn(&["read", &drive, text(&out), "--track", "1", "--json"]);
    assert_eq!(lines(&json).last().unwrap()["code"], "not-user-data");
    let out = place.path("one.bin");
    let read = webburn(&["read", &drive, text(&out), "--track", "1"]);
    assert_eq!((read.code, fs::metadata(&out).unwrap().len()), (0, 400 * 2352), "{}", read.err);
}

/// Audio tracks become FLAC files with their names, and FLAC files the same disc.
#[test]
fn a_disc_becomes_flac_files_and_back() {
    let place = Place::new("flac");
    let (sheet, bin) = audio_sheet(&place);
    let drive = format!("sim:cd-r:{}", text(&place.path("disc.wbd")));
    let burnt = webburn(&["burn", &drive, text(&sheet), "--no-verify"]);
    assert_eq!(burnt.code, 0, "{}{}", burnt.out, burnt.err);
    let folder = format!("{}/", text(&place.path("music")));
    let read = webburn(&["read", &drive, &folder]);
    assert!(read.code == 0 && read.out.contains("“The disc” by Us."), "{}{}", read.out, read.err);
    let names = ["01 One.flac", "02 Two.flac", "03 Three.flac"].map(|name| place.path("music").join(name));
    let one = place.path("one.flac");
    let read = webburn(&["read", &drive, text(&one), "--track", "1"]);
    assert!(read.code == 0 && fs::read(&one).unwrap() == fs::read(&names[0]).unwrap(), "{}", read.err);
    assert!(
        fs::metadata(place.path("music")).unwrap().is_dir() && fs::read_dir(place.path("music")).unwrap().count() == 3
    );

    let again = format!("sim:cd-r:{}", text(&place.path("again.wbd")));
    let args: Vec<&str> = ["audio", &again].into_iter().chain(names.iter().map(|path| text(path))).collect();
    let burnt = webburn(&[&args[..], &["--cd-text", "--json"]].concat());
    assert_eq!(burnt.code, 0, "{}{}", burnt.out, burnt.err);
    let disc = &lines(&burnt)[0];
    let told = |track: usize, name: &str| disc["tracks"][track][name].as_str().map(str::to_owned);
    assert_eq!(disc["title"].as_str(), Some("The disc"), "{disc}");
    assert_eq!((told(0, "title").as_deref(), told(0, "performer").as_deref()), (Some("One"), Some("Her")), "{disc}");
    assert_eq!(told(0, "isrc").as_deref(), Some("USRC17607839"), "{disc}");
    // All but the pre-gap of the second track, which is no part of any.
    for (number, from, to) in [("1", 0, 400), ("2", 475, 850), ("3", 850, 1250)] {
        let out = place.path("back.bin");
        let read = webburn(&["read", &again, text(&out), "--track", number]);
        assert!(read.code == 0 && fs::read(&out).unwrap() == bin[from * 2352..to * 2352], "{number}: {}", read.err);
    }
}

/// A clone image with graphics comes back with them.
#[test]
fn graphics_come_back_from_a_disc() {
    let place = Place::new("graphics");
    let (sheet, bin) = audio_sheet(&place);
    let first = format!("sim:cd-r:{}", text(&place.path("first.wbd")));
    assert_eq!(webburn(&["burn", &first, text(&sheet), "--no-verify"]).code, 0);
    let copy = place.path("copy.ccd");
    assert_eq!(webburn(&["read", &first, text(&copy)]).code, 0);
    // R to W are the last six of eight planes of twelve bytes.
    let mut sub = fs::read(place.path("copy.sub")).unwrap();
    for (planes, noise) in sub.chunks_mut(96).zip(noise(31, 1250 * 72).chunks(72)) {
        planes[24..].copy_from_slice(noise);
    }
    fs::write(place.path("copy.sub"), &sub).unwrap();
    let drive = format!("sim:cd-r:{}", text(&place.path("second.wbd")));
    let burnt = webburn(&["burn", &drive, text(&copy)]);
    assert!(burnt.code == 0 && burnt.out.contains("graphics or text"), "{}{}", burnt.out, burnt.err);
    let back = place.path("back.ccd");
    assert_eq!(webburn(&["read", &drive, text(&back)]).code, 0);
    assert!(fs::read(place.path("back.img")).unwrap() == bin);
    assert!(fs::read(place.path("back.sub")).unwrap() == sub, "another sub-channel");
}
