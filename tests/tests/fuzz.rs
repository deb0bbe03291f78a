//! The fuzz targets in every test run: golden vectors bent by a mutator with a fixed seed. `tests/fuzz` is the same with
//! libFuzzer in front. `WEBBURN_FUZZ_ROUNDS` changes how often each seed is bent.

use webburn_tests::fuzz::TARGETS;
use webburn_tests::mutate::{Dice, mutate};
use webburn_tests::{recorded, vectors};

fn long() -> bool {
    std::env::var_os("WEBBURN_LONG").is_some_and(|v| v == "1")
}

fn rounds() -> usize {
    std::env::var("WEBBURN_FUZZ_ROUNDS").ok().and_then(|v| v.parse().ok()).unwrap_or(if long() { 600 } else { 25 })
}

/// Golden vectors of the target's wire types, and what recorded programs and drives sent for the rest.
fn seeds(names: &[&str], target: &str) -> Vec<Vec<u8>> {
    let mut seeds: Vec<Vec<u8>> =
        vectors::all().into_iter().filter(|v| names.iter().any(|n| v.kind.starts_with(n))).map(|v| v.bytes).collect();
    match target {
        "cdb" => seeds.extend(vectors::load("cdb.vec").into_iter().map(|v| v.bytes)),
        "keys" => seeds.push(vec![0, 6, 0, 0, 0x65, 0xFD, 1, 0]),
        "sim_obey" => {
            for (i, name) in recorded::names("hosts").into_iter().enumerate() {
                let mut job = vec![i as u8, i as u8];
                for line in recorded::host(&name).into_iter().take(48) {
                    let mut cdb = line.cdb;
                    cdb.resize(12, 0);
                    job.extend(cdb);
                    job.extend([0x08, 0x00, line.number as u8, 0x02]);
                }
                seeds.push(job);
            }
        }
        "bot_device" => {
            for (i, v) in vectors::load("cdb.vec").into_iter().enumerate() {
                let mut script = vec![i as u8, 0, 0, 31];
                script.extend(b"USBC");
                script.extend([1, 0, 0, 0, 0, 4, 0, 0, 0x80, 0, v.bytes.len() as u8]);
                let mut cdb = v.bytes;
                cdb.resize(16, 0);
                script.extend(cdb);
                script.extend([4, 8, 0, 0, 0, 0, 0, 0, 0, 0, 4, 8, 0, 0, 0, 0, 0, 0, 0, 0]);
                seeds.push(script);
            }
        }
        "image_cue" => seeds.push(CUE.into()),
        "image_toc" => seeds.push(TOC.into()),
        "image_ccd" => seeds.push(CCD.into()),
        "image_mds" => seeds.push(mds()),
        "image_nrg" => seeds.push(nrg()),
        "image_chd" => seeds.push(include_bytes!("crates/rawimage/vectors/lzma.chd").to_vec()),
        "image_sectors" => seeds.extend(raw_disc("wodim-data-raw96.txt", "main").take(1)),
        "audio_file" => seeds.extend([wav(), b"ID3\x04\0\0\0\0\0\x0F".to_vec(), FLAC.to_vec()]),
        "sector" => seeds.extend(raw_disc("wodim-data-raw96.txt", "main")),
        "subcode" => seeds.extend(raw_disc("cdrdao-audio-cdtext-raw96.txt", "sub").step_by(8)),
        "cd_text" => seeds.push(raw_disc("cdrskin-audio-sao-cdtext.txt", "pack").flatten().collect()),
        _ => {}
    }
    seeds
}

const CUE: &str = "CATALOG 4012345678901\nTITLE \"Disc\"\nFILE \"d.bin\" BINARY\n  TRACK 01 MODE1/2352\n    INDEX 01 00:00:00\n  \
    TRACK 02 AUDIO\n    FLAGS DCP PRE\n    ISRC USRC17607839\n    PERFORMER \"Band\"\n    INDEX 00 00:04:00\n    \
    INDEX 01 00:06:00\n    INDEX 02 00:07:10\n    POSTGAP 00:00:10\n";
const TOC: &str = "CD_ROM\nCATALOG \"4012345678901\"\nCD_TEXT { LANGUAGE_MAP { 0: EN } LANGUAGE 0 { TITLE \"Disc\" } }\n\
    TRACK MODE1_RAW\nDATAFILE \"d.bin\" 00:04:00\nTRACK AUDIO\nCOPY\nISRC \"USRC17607839\"\nPREGAP 00:02:00\n\
    FILE \"d.bin\" SWAP #705600 0 00:04:00\nSTART 00:00:10\nINDEX 00:01:00\nSILENCE 00:00:20\n";
const CCD: &str = "[CloneCD]\nVersion=3\n[Disc]\nTocEntries=4\nSessions=1\nDataTracksScrambled=0\nCDTextLength=0\n\
    [Session 1]\nPreGapMode=1\nPreGapSubC=0\n[Entry 0]\nSession=1\nPoint=0xa0\nADR=0x01\nControl=0x04\nPMin=1\nPSec=0\n\
    PFrame=0\nPLBA=4350\n[Entry 1]\nSession=1\nPoint=0xa1\nADR=0x01\nControl=0x04\nPMin=1\nPSec=0\nPFrame=0\nPLBA=4350\n\
    [Entry 2]\nSession=1\nPoint=0xa2\nADR=0x01\nControl=0x04\nPMin=0\nPSec=12\nPFrame=50\nPLBA=800\n[Entry 3]\nSession=1\n\
    Point=0x01\nADR=0x01\nControl=0x04\nPMin=0\nPSec=2\nPFrame=0\nPLBA=0\n[TRACK 1]\nMODE=1\nINDEX 1=0\n";
/// The head of a FLAC (RFC 9639) of 4096 samples, its comments and the start of a frame.
const FLAC: &[u8] = b"fLaC\0\0\0\x22\x10\0\x10\0\0\0\0\0\0\0\x0A\xC4\x42\xF0\0\0\x10\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\
    \x84\0\0\x12\0\0\0\0\x01\0\0\0\x06\0\0\0TITLE=\xFF\xF8\x79\x18\0\x0F\xFF";

/// MDS behind its first sixteen bytes: a session, three points and a track of mode 1.
fn mds() -> Vec<u8> {
    let mut file = vec![0; 88 + 24 + 4 * 80];
    file[16..18].copy_from_slice(&[1, 3]);
    (file[20], file[80]) = (1, 88);
    let session = &mut file[88..];
    session[..4].copy_from_slice(&(-150_i32).to_le_bytes());
    session[4..8].copy_from_slice(&760_i32.to_le_bytes());
    (session[8], session[10], session[11], session[12], session[14], session[20]) = (1, 4, 3, 1, 1, 112);
    for (row, (point, minute, second)) in [(0xA0, 1, 0), (0xA1, 1, 0), (0xA2, 0, 12), (1, 0, 2)].into_iter().enumerate()
    {
        let entry = &mut file[112 + row * 80..][..80];
        (entry[2], entry[4], entry[9], entry[10]) = (0x14, point, minute, second);
        if point == 1 {
            (entry[0], entry[12], entry[17], entry[48]) = (0xAA, 0xB0, 9, 1);
            (entry[13], entry[16]) = (1, 0x30);
            entry[52..56].copy_from_slice(&440_u32.to_le_bytes());
        }
    }
    file.extend([150, 0, 0, 0, 0xF8, 2, 0, 0]);
    file.extend([0xC8, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    file.extend(b"*.mdf\0");
    file.drain(..16);
    file
}

/// NRG of version 1, the chunks of a burn at once: 450 sectors stand before them.
fn nrg() -> Vec<u8> {
    let mut file = Vec::new();
    let at = 450 * 2352_u32;
    let mut chunk = |name: &[u8], body: &[u8]| {
        file.extend(name);
        file.extend((body.len() as u32).to_be_bytes());
        file.extend(body);
    };
    let cue =
        [[1, 0, 0, 0, 0, 0, 0, 0], [1, 1, 0, 0, 0, 0, 0, 0], [1, 1, 1, 0, 0, 0, 2, 0], [1, 0xAA, 1, 0, 0, 0, 6, 0]];
    chunk(b"CUES", cue.as_flattened());
    let mut dao = [&[0; 4][..], b"4012345678901\0", &[0, 0, 1, 1], b"USRC17607839", &[9, 0x30, 7, 0, 0, 1]].concat();
    for sectors in [0_u32, 150, 450] {
        dao.extend((sectors * 2352).to_be_bytes());
    }
    chunk(b"DAOI", &dao);
    chunk(b"SINF", &[0, 0, 0, 1]);
    chunk(b"END!", &[]);
    file.extend(b"NERO");
    file.extend(at.to_be_bytes());
    file
}

/// A WAV of a tenth of a second at another rate than a CD's.
fn wav() -> Vec<u8> {
    let mut file = webburn_rawimage::format::audio::wav_header(19_200).to_vec();
    file[24..28].copy_from_slice(&48_000_u32.to_le_bytes());
    file.extend((0..19_200_u32).map(|n| ((n * n) >> 7) as u8));
    file
}

/// The bytes of the lines of one kind in a raw recording of `tests/vectors/cd`.
fn raw_disc(file: &str, kind: &str) -> impl Iterator<Item = Vec<u8>> {
    let text = vectors::text(&format!("cd/{file}"));
    let prefix = format!("{kind} ");
    let lines = text.lines().filter_map(|line| line.strip_prefix(&prefix)?.split_once(' '));
    lines.map(|(_, bytes)| vectors::hex(bytes)).collect::<Vec<_>>().into_iter()
}

#[test]
fn no_target_falls_over_bent_golden_vectors() {
    for target in TARGETS {
        let mut seeds = seeds(target.seeds, target.name);
        seeds.push(Vec::new());
        let mut dice = Dice::new(0x5EED_0000 + target.name.len() as u64);
        for seed in &seeds {
            (target.run)(seed);
            for _ in 0..rounds() {
                let bytes = mutate(&mut dice, seed);
                let run = std::panic::catch_unwind(|| (target.run)(&bytes));
                assert!(run.is_ok(), "{} falls over {}", target.name, vectors::to_hex(&bytes));
            }
        }
    }
}

#[test]
fn every_target_has_seeds_of_its_own() {
    for target in TARGETS.iter().filter(|t| !matches!(t.name, "disc_state" | "personality")) {
        assert!(!seeds(target.seeds, target.name).is_empty(), "{}", target.name);
    }
}
