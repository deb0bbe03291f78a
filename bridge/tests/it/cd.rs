//! The program from outside: images of CDs, audio files, and the way back.

use std::fs;
use std::path::PathBuf;

use crate::program::{Place, lines, text, webburn};
use crate::sound::{flac, noise, wave};

fn time(sectors: usize) -> String {
    format!("{:02}:{:02}:{:02}", sectors / 4500, sectors / 75 % 60, sectors % 75)
}

/// Three audio tracks with codes, texts, a pre-gap and a further index.
pub(crate) fn audio_sheet(place: &Place) -> (PathBuf, Vec<u8>) {
    let bin = noise(1, 1250 * 2352);
    fs::write(place.path("disc.bin"), &bin).unwrap();
    let sheet = format!(
        "CATALOG 4012345678901\nTITLE \"The disc\"\nPERFORMER \"Us\"\nFILE \"disc.bin\" BINARY\n  TRACK 01 AUDIO\n    \
         TITLE \"One\"\n    PERFORMER \"Her\"\n    ISRC USRC17607839\n    INDEX 01 {}\n  TRACK 02 AUDIO\n    TITLE \"Two\"\n    \
         FLAGS DCP\n    INDEX 00 {}\n    INDEX 01 {}\n    INDEX 02 {}\n  TRACK 03 AUDIO\n    TITLE \"Three\"\n    INDEX 01 {}\n",
        time(0),
        time(400),
        time(475),
        time(600),
        time(850)
    );
    let path = place.path("disc.cue");
    fs::write(&path, sheet).unwrap();
    (path, bin)
}

/// What of a sheet is not a remark, without the name of its file.
fn essence(sheet: &str) -> Vec<String> {
    let mut lines: Vec<String> = sheet.lines().map(str::trim).map(str::to_owned).collect();
    lines.retain(|line| !line.starts_with("REM") && !line.starts_with("FILE") && !line.is_empty());
    lines.sort();
    lines
}

#[test]
fn a_sheet_comes_back_from_a_disc_as_it_was() {
    let place = Place::new("cue");
    let (sheet, bin) = audio_sheet(&place);
    for raw in [false, true] {
        let drive = format!("sim:cd-r:{}", text(&place.path(if raw { "raw.wbd" } else { "disc.wbd" })));
        let mut args = vec!["burn", &drive, text(&sheet)];
        args.extend(raw.then_some("--raw"));
        let burnt = webburn(&args);
        assert_eq!(burnt.code, 0, "raw {raw}: {}{}", burnt.out, burnt.err);
        assert!(burnt.out.contains("read back and is what was sent"), "{}", burnt.out);
        assert!(burnt.out.contains("“The disc” by Us.") && burnt.out.contains("One – Her"), "{}", burnt.out);
        if !raw {
            assert!(burnt.out.contains("Track 02: as it was sent"), "{}", burnt.out);
        }
        for (name, main) in [("back.cue", "back.bin"), ("back.toc", "back.bin"), ("back.ccd", "back.img")] {
            let out = place.path(name);
            let read = webburn(&["read", &drive, text(&out)]);
            assert_eq!(read.code, 0, "raw {raw}, {name}: {}", read.err);
            assert!(fs::read(place.path(main)).unwrap() == bin, "raw {raw}, {name}: other sectors");
            // And what was read burns the same disc again.
            let again = webburn(&["burn", "sim:cd-r", text(&out), "--json"]);
            assert_eq!(again.code, 0, "raw {raw}, {name}: {}", again.err);
            let disc = &lines(&again)[0];
            let tracks: Vec<_> = disc["tracks"]
                .as_array()
                .unwrap()
                .iter()
                .map(|track| {
                    (
                        track["pregap"].as_i64().unwrap(),
                        track["start"].as_i64().unwrap(),
                        track["sectors"].as_i64().unwrap(),
                    )
                })
                .collect();
            assert_eq!(tracks, [(150, 0, 400), (75, 475, 375), (0, 850, 400)], "raw {raw}, {name}");
            assert_eq!((disc["mcn"].as_str(), disc["title"].as_str()), (Some("4012345678901"), Some("The disc")));
        }
        let (mine, back) = (fs::read_to_string(&sheet).unwrap(), fs::read_to_string(place.path("back.cue")).unwrap());
        assert_eq!(essence(&back), essence(&mine), "raw {raw}");
        assert_eq!(fs::metadata(place.path("back.sub")).unwrap().len(), 1250 * 96);

        let told = webburn(&["info", &drive]);
        for part in ["“The disc” by Us.", "Catalogue number 4012345678901.", "Two", "US-RC1-76-07839"] {
            assert!(told.out.contains(part), "{part} is missing in {}", told.out);
        }
        let state = lines(&webburn(&["info", &drive, "--json"])).pop().unwrap();
        assert_eq!(state["cd"]["tracks"][2]["title"], "Three");
        assert_eq!(state["cd"]["tracks"][0]["isrc"], "USRC17607839");
    }
}

#[test]
fn mixed_mode_and_plain_images_go_by_cue_sheet_too() {
    let place = Place::new("mixed");
    let data = noise(7, 400 * 2048);
    fs::write(place.path("data.iso"), &data).unwrap();
    let sound = noise(8, 500 * 2352);
    fs::write(place.path("sound.bin"), &sound).unwrap();
    let sheet = "FILE \"data.iso\" BINARY\n  TRACK 01 MODE1/2048\n    INDEX 01 00:00:00\n    POSTGAP 00:02:00\n\
                 FILE \"sound.bin\" BINARY\n  TRACK 02 AUDIO\n    PREGAP 00:02:00\n    INDEX 01 00:00:00\n";
    fs::write(place.path("mixed.cue"), sheet).unwrap();
    let drive = format!("sim:cd-r:{}", text(&place.path("disc.wbd")));
    let burnt = webburn(&["burn", &drive, text(&place.path("mixed.cue"))]);
    assert_eq!(burnt.code, 0, "{}{}", burnt.out, burnt.err);
    let track = |number: &str, name: &str| {
        let out = place.path(name);
        let read = webburn(&["read", &drive, text(&out), "--track", number]);
        (read.code, fs::read(&out).unwrap_or_default(), read.err)
    };
    let (code, back, err) = track("1", "one.iso");
    assert_eq!((code, back.len()), (0, 550 * 2048), "{err}");
    assert!(back[..data.len()] == data, "the data is another");
    let (code, back, err) = track("2", "two.wav");
    assert_eq!((code, &back[..4]), (0, &b"RIFF"[..]), "{err}");
    assert!(back[44..] == sound, "the sound is another");
    for (number, name, part) in
        [("1", "x.wav", "holds data"), ("2", "x.iso", "holds audio"), ("3", "x.wav", "no track 3")]
    {
        let (code, bytes, err) = track(number, name);
        assert!(code == 2 && bytes.is_empty() && err.contains(part), "{number} to {name}: {err}");
    }
    let (code, _, err) = track("2", "two.mp3");
    assert!(code == 2 && err.contains(".wav or .flac"), "{err}");
    let (code, _, err) = track("1", "one.flac");
    assert!(code == 2 && err.contains("holds data"), "{err}");

    let tried = webburn(&["burn", "sim:cd-r", text(&place.path("data.iso")), "--test-write", "--json"]);
    let told = lines(&tried);
    let last = told.last().unwrap();
    assert_eq!((tried.code, last["outcome"].as_str()), (0, Some("tested")), "{}", tried.err);
    assert_eq!(last["medium"]["status"], "blank");
}

#[test]
fn audio_files_become_a_disc_and_come_back() {
    let place = Place::new("audio");
    // Not whole sectors: the rest of the last is silence.
    let sounds = [noise(11, 350 * 2352 + 100), noise(12, 320 * 2352)];
    fs::write(place.path("one.wav"), wave(44_100, 2, &sounds[0])).unwrap();
    let tags = ["TITLE=Second", "ARTIST=Her", "ALBUM=The disc"];
    fs::write(place.path("two.flac"), flac(&sounds[1], &tags)).unwrap();
    let mono = noise(13, 48_000 * 2 * 5);
    fs::write(place.path("three.wav"), wave(48_000, 1, &mono)).unwrap();
    let drive = format!("sim:cd-r:{}", text(&place.path("disc.wbd")));
    let files = ["one.wav", "two.flac", "three.wav"].map(|name| place.path(name));
    let args: Vec<&str> = ["audio", &drive].into_iter().chain(files.iter().map(|path| text(path))).collect();
    let burnt = webburn(&[&args[..], &["--gap", "2", "--cd-text"]].concat());
    assert_eq!(burnt.code, 0, "{}{}", burnt.out, burnt.err);
    assert!(burnt.out.contains("48000 Hz"), "what was converted is said: {}", burnt.out);
    assert!(burnt.out.contains("Track 03: as it was sent"), "{}", burnt.out);
    let told = webburn(&["info", &drive]);
    assert!(told.out.contains("Second – Her") && told.out.contains("“The disc”"), "{}", told.out);
    for (number, sound) in ["1", "2"].iter().zip(&sounds) {
        let out = place.path("back.wav");
        let read = webburn(&["read", &drive, text(&out), "--track", number]);
        assert_eq!(read.code, 0, "{}", read.err);
        let back = fs::read(&out).unwrap();
        let mut whole = sound.clone();
        whole.resize(sound.len().next_multiple_of(2352), 0);
        // What CD-Text says stands before the samples.
        let data = back.len() - whole.len();
        let length = |at: usize| u32::from_le_bytes(back[at..at + 4].try_into().unwrap()) as usize;
        assert_eq!((&back[data - 8..data - 4], length(data - 4)), (&b"data"[..], whole.len()), "its head says so");
        assert_eq!(length(4), back.len() - 8);
        let head = String::from_utf8_lossy(&back[..data]).into_owned();
        let second =
            ["INAM\u{7}\0\0\0Second\0", "IART\u{4}\0\0\0Her\0", "IPRD\u{9}\0\0\0The disc\0", "ITRK\u{2}\0\0\u{0}2\0"];
        assert_eq!(second.iter().all(|tag| head.contains(tag)), *number == "2", "{head:?}");
        assert!(back[data..] == whole, "track {number} is another");
    }
    let again = webburn(&args);
    assert!(again.code == 2 && again.err.contains("closed"), "{}", again.err);
}

#[test]
fn what_is_wrong_with_an_image_is_said_with_its_place() {
    let place = Place::new("bad-images");
    fs::write(place.path("short.bin"), vec![1; 300 * 2352]).unwrap();
    fs::write(place.path("text.wav"), b"RIFF but nothing else of it").unwrap();
    for (name, content, parts) in [
        (
            "missing.cue",
            "FILE \"none.bin\" BINARY\n  TRACK 01 AUDIO\n    INDEX 01 00:00:00\n",
            &["missing.cue, line 1", "none.bin"][..],
        ),
        ("word.cue", "FILE \"short.bin\" BINARY\n  TRACK 01 AUDIO\n    INDEX 01 00:00:99\n", &["word.cue, line 3"]),
        (
            "order.cue",
            "FILE \"short.bin\" BINARY\n  TRACK 01 AUDIO\n    INDEX 01 00:00:00\n  TRACK 02 AUDIO\n    INDEX 01 00:02:00\n  TRACK 03 AUDIO\n    INDEX 01 00:01:00\n",
            &["order.cue, line 7"],
        ),
        (
            "long.cue",
            "FILE \"short.bin\" BINARY\n  TRACK 01 AUDIO\n    INDEX 01 00:00:00\n  TRACK 02 AUDIO\n    INDEX 01 00:09:00\n",
            &["long.cue"],
        ),
        ("bad.ccd", "[CloneCD]\nVersion=3\n", &["bad.ccd"]),
        ("bad.nrg", "nothing", &["bad.nrg"]),
        ("bad.chd", "nothing", &["bad.chd"]),
        ("bad.mds", "nothing", &["bad.mds"]),
        ("bad.toc", "CD_DA\nTRACK NONSENSE\n", &["bad.toc, line 2"]),
    ] {
        fs::write(place.path(name), content).unwrap();
        let disc = place.path(&format!("{name}.wbd"));
        let ran = webburn(&["burn", &format!("sim:cd-r:{}", text(&disc)), text(&place.path(name))]);
        assert_eq!(ran.code, 2, "{name}: {}{}", ran.out, ran.err);
        for part in parts {
            assert!(ran.err.contains(part), "{name}: {part:?} is missing in {:?}", ran.err);
        }
        assert!(ran.err.contains("Nothing was written."), "{name}: {}", ran.err);
        assert!(!disc.exists(), "{name}: no drive was opened");
    }
    let short =
        "FILE \"short.bin\" BINARY\n  TRACK 01 AUDIO\n    INDEX 01 00:00:00\n  TRACK 02 AUDIO\n    INDEX 01 00:02:00\n";
    fs::write(place.path("brief.cue"), short).unwrap();
    let ran = webburn(&["burn", "sim:cd-r", text(&place.path("brief.cue"))]);
    assert!(
        ran.code == 2 && ran.err.contains("brief.cue, track 01") && ran.err.contains("at least 300"),
        "{}",
        ran.err
    );
    let none = webburn(&["audio", "sim:cd-r", text(&place.path("text.wav"))]);
    assert!(none.code == 2 && none.err.contains("text.wav"), "{}", none.err);
    fs::write(place.path("brief.wav"), wave(44_100, 2, &noise(5, 100 * 2352))).unwrap();
    fs::write(place.path("good.wav"), wave(44_100, 2, &noise(6, 300 * 2352))).unwrap();
    let files = ["good.wav", "brief.wav", "gone.wav"].map(|name| place.path(name));
    for (names, wanted) in [(0..2, "brief.wav, track 02: it is 00:01:25 long"), (0..3, "gone.wav: it is not there")] {
        let args: Vec<&str> =
            ["audio", "sim:cd-r"].into_iter().chain(files[names].iter().map(|path| text(path))).collect();
        let ran = webburn(&args);
        assert!(ran.code == 2 && ran.err.contains(wanted) && ran.err.contains("Nothing was written."), "{}", ran.err);
    }
    let gone = webburn(&["burn", "sim:cd-r", text(&place.path("gone.cue")), "--json"]);
    assert_eq!((gone.code, lines(&gone)[0]["code"].as_str()), (2, Some("image-file-missing")), "{}", gone.err);
}

#[test]
fn discs_that_do_not_suit_are_refused_and_a_rewritable_one_is_erased() {
    let place = Place::new("cd-refused");
    let (sheet, _) = audio_sheet(&place);
    for (drive, args, part) in [
        ("sim:dvd+r", &[][..], "Put in a blank CD-R"),
        ("sim:cd-r:appendable", &[], "needs a blank one"),
        ("sim:cd-rw:recorded", &[], "--overwrite"),
        ("sim:none", &[], "no disc"),
        ("sim:cd-r", &["--append"], "--append"),
        ("sim:dvd+r", &["--raw"], "Put in a blank CD-R"),
    ] {
        let ran = webburn(&[&["burn", drive, text(&sheet)], args].concat());
        assert!(ran.code == 2 && ran.err.contains(part), "{drive} {args:?}: {}{}", ran.out, ran.err);
    }
    let erased = webburn(&["burn", "sim:cd-rw:recorded", text(&sheet), "--overwrite", "--json"]);
    let told = lines(&erased);
    let last = told.last().unwrap();
    assert_eq!((erased.code, last["outcome"].as_str()), (0, Some("verified")), "{}", erased.err);
    assert_eq!(last["tracks"].as_array().unwrap().len(), 3);
    assert!(last["tracks"].as_array().unwrap().iter().all(|track| track["compared"] == "equal"));
}

#[test]
fn a_disc_is_overburnt_only_when_asked_to() {
    let place = Place::new("overburn");
    // A second more than the disc has, without a file of that size: a hole.
    let file = fs::File::create(place.path("long.bin")).unwrap();
    file.set_len(360_000 * 2352).unwrap();
    let sheet = "FILE \"long.bin\" BINARY\n  TRACK 01 AUDIO\n    INDEX 01 00:00:00\n";
    fs::write(place.path("long.cue"), sheet).unwrap();
    let ran = webburn(&["burn", "sim:cd-r", text(&place.path("long.cue"))]);
    assert!(ran.code == 2 && ran.err.contains("does not fit"), "{}", ran.err);
    if std::env::var_os("WEBBURN_LONG").is_some_and(|value| value == "1") {
        let long = place.path("long.cue");
        let asked = ["burn", "sim:cd-r", text(&long), "--overburn", "--no-verify"];
        // A drive that goes no further than the disc promises says so before anything is written.
        let ran = webburn(&asked);
        assert!(ran.code == 2 && ran.err.contains("Nothing was written"), "{}{}", ran.out, ran.err);
        let ran = webburn(&[&asked[..], &["--sim-drive", "cd-burner"]].concat());
        assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    }
}
