//! What others say of the images that we write.

use crate::disk::{Folder, export, have, iso, mixed, starts};
use webburn_cdcode::TrackNumber;
use webburn_rawimage::CdImage;
use webburn_rawimage::format::audio::wav_header;
use webburn_rawimage::layout::FIRST_PREGAP;
use webburn_rawimage::stream::MainStream;
use webburn_sector::{Lba, Msf, SectorCount, SectorSource};
use webburn_tests::sound::noise;

#[test]
fn bchunk_cuts_our_bin_into_the_same_tracks() {
    if !have(&[("bchunk", "bchunk"), ("genisoimage", "genisoimage"), ("isoinfo", "genisoimage")]) {
        return;
    }
    let folder = Folder::new();
    let data = iso(&folder);
    let sectors = data.len() / 2048;
    export(&folder, &mut mixed(data.clone()));
    folder.run("bchunk", &["-w", "disc.bin", "disc.cue", "out"]);
    let cut = folder.read("out01.iso");
    // Its first track goes to the second one's index 1, our post-gap and pre-gap included.
    assert!(cut[..data.len()] == data, "the data track");
    assert!(cut.len() >= (sectors + 150) * 2048);
    for (name, seed) in [("out02.wav", 2), ("out03.wav", 3)] {
        let wav = folder.read(name);
        assert!(wav[44..][..320 * 2352] == noise(seed, 320 * 2352), "{name}");
    }
    let said = folder.run("isoinfo", &["-d", "-i", "out01.iso"]);
    assert!(said.contains("Volume id: WITNESS"), "{said}");
    assert!(folder.run("isoinfo", &["-l", "-i", "out01.iso"]).contains("HELLO.TXT"));
}

#[test]
fn ccd2iso_takes_the_data_out_of_our_img() {
    if !have(&[("ccd2iso", "ccd2iso")]) {
        return;
    }
    let folder = Folder::new();
    let data = noise(9, 400 * 2048);
    let mut image = mixed(data.clone());
    image.layout.sessions[0].tracks.truncate(1);
    export(&folder, &mut image);
    folder.run("ccd2iso", &["disc.img", "disc.iso"]);
    assert!(folder.read("disc.iso")[..data.len()] == data);
}

#[test]
fn cdrdao_reads_our_toc_as_we_mean_it() {
    if !have(&[("cdrdao", "cdrdao"), ("toc2cue", "cdrdao")]) {
        return;
    }
    let folder = Folder::new();
    let mut image = mixed(noise(9, 400 * 2048));
    export(&folder, &mut image);
    let said = folder.run("cdrdao", &["show-toc", "disc.toc"]);
    for placed in image.layout.placed() {
        let wanted = Msf::from_lba(Lba(placed.start.0 - 150)).expect("an address").to_string();
        let line = format!("{wanted}({:6})", placed.start.0);
        assert!(said.contains(&line) || said.contains(&wanted), "“{line}” in {said}");
    }
    assert!(said.contains("4012345678901"), "{said}");
    folder.run("toc2cue", &["disc.toc", "out.cue"]);
    let cue = String::from_utf8(folder.read("out.cue")).expect("text");
    let read = folder.open("out.cue").unwrap_or_else(|error| panic!("{error}\n{cue}"));
    assert_eq!(starts(&read.layout), starts(&image.layout), "{cue}");
}

#[test]
fn libcdio_lists_the_tracks_of_our_cue_and_toc() {
    if !have(&[("cd-info", "libcdio-utils")]) {
        return;
    }
    let folder = Folder::new();
    let mut image = mixed(noise(9, 400 * 2048));
    export(&folder, &mut image);
    lists_the_tracks(&folder, &image, "--cue-file=disc.cue");
    // Of a TOC it knows neither “#” nor “SWAP”, and counts what START leaves out twice: audio without gaps is left.
    let tracks = &mut image.layout.sessions[0].tracks;
    tracks.remove(0);
    for (number, track) in (1..).zip(tracks.iter_mut()) {
        track.number = TrackNumber::new(number).expect("a track number");
        let gap = if number == 1 { FIRST_PREGAP } else { SectorCount::ZERO };
        (track.pregap, track.pieces[0].sectors) = (gap, gap);
    }
    export(&folder, &mut image);
    let toc = String::from_utf8(folder.read("disc.toc")).expect("text");
    folder.write("plain.toc", toc.replace(" SWAP ", " "));
    lists_the_tracks(&folder, &image, "--toc-file=plain.toc");
}

pub fn lists_the_tracks(folder: &Folder, image: &CdImage, option: &str) {
    let said = folder.run("cd-info", &["--no-header", "--no-analyze", "--no-device-info", "--no-cddb", option]);
    for placed in image.layout.placed() {
        let msf = Msf::from_lba(placed.start).expect("an address");
        let kind = if placed.track.mode.is_data() { "data" } else { "audio" };
        let line = format!("{:3}: {msf}  {:06} {kind}", placed.track.number.get(), placed.start.0);
        assert!(said.contains(&line), "{option}: “{line}” in\n{said}");
    }
    let lead_out = format!("  {:06} leadout", image.layout.lead_out().0);
    assert!(said.contains(&lead_out), "{option}: “{lead_out}” in\n{said}");
    assert!(said.contains("4012345678901"), "{option}: {said}");
}

#[test]
fn libcdio_reads_the_sectors_of_our_bin() {
    if !have(&[("cd-read", "libcdio-utils")]) {
        return;
    }
    let folder = Folder::new();
    let mut image = mixed(noise(9, 400 * 2048));
    let bin = export(&folder, &mut image);
    for (mode, start, range) in [("m1f1", 7, 16..2064), ("audio", 900, 0..2352)] {
        let (option, from) = (format!("--mode={mode}"), format!("--start={start}"));
        folder.run("cd-read", &["--cue-file=disc.cue", &option, &from, "--number=1", "--output-file=sector"]);
        let wanted = &bin[start * 2352..][..2352][range];
        assert!(folder.read("sector")[..wanted.len()] == *wanted, "{mode}: sector {start}");
    }
}

/// cdrdao's own way back, `cue2toc`, is not in Debian; cuetools has one.
#[test]
fn cuetools_makes_a_toc_of_our_cue() {
    if !have(&[("cueconvert", "cuetools")]) {
        return;
    }
    let folder = Folder::new();
    let mut image = mixed(noise(9, 400 * 2048));
    export(&folder, &mut image);
    folder.run("cueconvert", &["-i", "cue", "-o", "toc", "disc.cue", "out.toc"]);
    let toc = String::from_utf8(folder.read("out.toc")).expect("text");
    let read = folder.open("out.toc").unwrap_or_else(|error| panic!("{error}\n{toc}"));
    assert_eq!(starts(&read.layout), starts(&image.layout), "{toc}");
    assert_eq!(read.layout.mcn, image.layout.mcn, "{toc}");
    assert_eq!(read.layout.sessions[0].tracks[2].isrc, image.layout.sessions[0].tracks[2].isrc, "{toc}");
}

#[test]
fn sox_and_flac_read_the_tracks_that_we_write_as_wav() {
    if !have(&[("sox", "sox"), ("flac", "flac")]) {
        return;
    }
    let folder = Folder::new();
    let mut image = mixed(noise(9, 400 * 2048));
    let placed: Vec<_> = image.layout.placed().map(|placed| (placed.start, placed.end)).collect();
    let (start, end) = placed[2];
    let mut stream = MainStream::between(&mut image, start, end);
    let mut samples = vec![0; stream.byte_length() as usize];
    pollster::block_on(stream.read(0, &mut samples)).expect("sectors");
    folder.write("track.wav", [&wav_header(samples.len() as u32)[..], &samples].concat());
    for (option, value) in [("-r", "44100"), ("-c", "2"), ("-b", "16"), ("-s", "188160"), ("-t", "wav")] {
        assert_eq!(folder.run("sox", &["--i", option, "track.wav"]).trim(), value, "{option}");
    }
    folder.run("flac", &["-s", "-f", "track.wav"]);
    folder.run("flac", &["-s", "-d", "-f", "--force-raw-format", "--endian=little", "--sign=signed", "track.flac"]);
    assert!(folder.read("track.raw") == samples);
}
