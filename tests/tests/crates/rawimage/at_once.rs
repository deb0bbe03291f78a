//! Session at once and track at once: the same bytes as cdrdao, cdrskin and wodim sent for the same input, or a reason.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use sha2::{Digest, Sha256};
use webburn_cdcode::session::DiscType;
use webburn_rawimage::at_once::{Block, BlockStream, Loss, NotAtOnce, SessionSheet, SheetOptions, TrackSheet};
use webburn_rawimage::format::audio::wav_header;
use webburn_rawimage::format::audio_disc;
use webburn_rawimage::layout::{MainForm, TrackMode};
use webburn_rawimage::{CdImage, CdLayout};
use webburn_sector::{Lba, Msf, SectorCount, SectorSource};

use crate::cdcode::common::vectors::{audio_sector, data_sector};
use crate::rawimage::helpers::{Folder, audio_disc as full_disc, extra_disc, mixed_disc, open, track, whole};

/// A recorded burn.
#[derive(Default)]
struct Burn {
    command: String,
    sheet: Vec<String>,
    cue: Vec<String>,
    /// First address, last address, bytes a block, SHA-256.
    payloads: Vec<(i32, i32, usize, String)>,
}

pub fn vectors(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors/cd").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn recorded() -> BTreeMap<String, Burn> {
    let mut burns: BTreeMap<String, Burn> = BTreeMap::new();
    let mut name = String::new();
    for line in vectors("at-once.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (word, rest) = line.split_once(' ').expect("two words");
        if word == "burn" {
            rest.clone_into(&mut name);
        }
        let burn = burns.entry(name.clone()).or_default();
        match word {
            "burn" | "program" => {}
            "command" => rest.clone_into(&mut burn.command),
            "sheet" => burn.sheet.push(rest.to_owned()),
            "cue" => burn.cue.push(rest.to_owned()),
            "payload" => {
                let words: Vec<&str> = rest.split(' ').collect();
                let number = |at: usize| words[at].parse::<i32>().expect("a number");
                burn.payloads.push((number(0), number(1), number(2) as usize, words[3].to_owned()));
            }
            other => panic!("what is {other}?"),
        }
    }
    burns
}

/// Track 1, 2 or 3 of the recorded burns.
fn sound(number: u32) -> &'static [u8] {
    static MADE: LazyLock<[Vec<u8>; 3]> = LazyLock::new(|| {
        [(1, 400), (2, 350), (3, 325)]
            .map(|(number, sectors)| (0..sectors).flat_map(|sector| audio_sector(number, sector)).collect())
    });
    &MADE[number as usize - 1]
}

/// The image of the recorded burns.
fn data() -> &'static [u8] {
    static MADE: LazyLock<Vec<u8>> = LazyLock::new(|| (0..600).flat_map(data_sector).collect());
    &MADE
}

fn wav(samples: &[u8]) -> Vec<u8> {
    [&wav_header(samples.len() as u32)[..], samples].concat()
}

/// The files that the programs were given, and a sheet.
pub fn folder(name: &str, sheet: &[String]) -> Folder {
    let both = [sound(1), sound(2)].concat();
    let sheet = sheet.join("\n");
    Folder::with(&[
        ("IMAGE", data()),
        ("TRACK1.wav", &wav(sound(1))),
        ("TRACK2.wav", &wav(sound(2))),
        ("TRACK3.wav", &wav(sound(3))),
        ("BOTH.wav", &wav(&both)),
        (name, sheet.as_bytes()),
    ])
}

/// The disc that a recorded command line describes.
fn image(burn: &Burn) -> CdImage {
    if !burn.sheet.is_empty() {
        let name = if burn.command.contains("SHEET.toc") { "SHEET.toc" } else { "SHEET.cue" };
        return open(name, &folder(name, &burn.sheet)).unwrap_or_else(|error| panic!("{error}"));
    }
    let words: Vec<&str> = burn.command.split(' ').filter(|word| word.ends_with(".wav")).collect();
    if !burn.command.contains("IMAGE") {
        return pollster::block_on(audio_disc::read(&words, &mut folder("-", &[]))).expect("a disc");
    }
    // As wodim lays a mixed disc out: a pre-gap of 255 sectors.
    let audio = if words.is_empty() { "" } else { "TRACK AUDIO\nPREGAP 0:3:30\nFILE \"TRACK1.wav\" 0\n" };
    let toc = format!("CD_ROM\nTRACK MODE1\nDATAFILE \"IMAGE\"\n{audio}");
    open("a.toc", &folder("a.toc", &[toc])).unwrap_or_else(|error| panic!("{error}"))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(" ")
}

pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Differing lines of a recording: ours, theirs, why.
fn reasons(name: &str) -> Vec<(String, String)> {
    let part = |text: &str| text.trim().trim_matches('-').to_owned();
    vectors("at-once-differences.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut parts = line.split('|');
            let own = parts.next()?.trim() == name;
            let lines = (part(parts.next()?), part(parts.next()?));
            let why = parts.next()?.trim();
            assert!(why.len() > 20, "{line}: a reason in words");
            own.then_some(lines)
        })
        .collect()
}

/// Lines that stand in one list only, side by side.
fn differences(ours: &[String], theirs: &[String]) -> Vec<(String, String)> {
    let only = |a: &[String], b: &[String]| a.iter().filter(|line| !b.contains(line)).cloned().collect::<Vec<_>>();
    let (ours, theirs) = (only(ours, theirs), only(theirs, ours));
    let line = |lines: &[String], at: usize| lines.get(at).cloned().unwrap_or_default();
    (0..ours.len().max(theirs.len())).map(|at| (line(&ours, at), line(&theirs, at))).collect()
}

#[test]
fn sheets_and_payloads_equal_the_recorded_ones() {
    let burns = recorded();
    let sheets: Vec<_> = burns.iter().filter(|(_, burn)| !burn.cue.is_empty()).collect();
    assert_eq!(sheets.len(), 16);
    for (name, burn) in sheets {
        let mut image = image(burn);
        // Only cdrdao looks at the ATIP for the first line.
        let lead_in = name.starts_with("cdrdao").then_some(Msf::new(97, 34, 23));
        let sheet = SessionSheet::new(&image.layout, 0, SheetOptions { lead_in, ..SheetOptions::default() });
        let sheet = sheet.unwrap_or_else(|error| panic!("{name}: {error}"));
        let ours: Vec<String> = sheet.lines.iter().map(|line| hex(line)).collect();
        assert_eq!(differences(&ours, &burn.cue), reasons(name), "{name}");
        let mut payloads = Vec::new();
        if let Some(text) = sheet.lead_in_text() {
            let mut lead_in = vec![0; 10_927 * 96];
            text.fill(0, &mut lead_in);
            payloads.push((-11_077, -151, 96, sha256(&lead_in)));
        }
        for stretch in &sheet.stretches {
            let bytes = whole(BlockStream::stretch(&mut image, *stretch));
            payloads.push((stretch.first.0, stretch.end().0 - 1, stretch.block.size(), sha256(&bytes)));
        }
        assert_eq!(payloads, burn.payloads, "{name}");
    }
}

#[test]
fn tracks_equal_the_recorded_ones() {
    let burns = recorded();
    for name in ["cdrskin-audio-tao", "wodim-audio-tao"] {
        let mut image = image(&burns[name]);
        let tracks = TrackSheet::of_session(&image.layout, 0).unwrap();
        // The drive puts 150 sectors before each track but the first.
        let mut start = 0;
        let mut payloads = Vec::new();
        for track in &tracks {
            assert_eq!((track.data_block_type, track.control.to_nibble(), track.block), (0, 0, Block::Audio));
            let bytes = whole(BlockStream::track(&mut image, track));
            let end = start + track.sectors.0 as i32;
            payloads.push((start, end - 1, 2352, sha256(&bytes)));
            start = end + 150;
        }
        assert_eq!(payloads, burns[name].payloads, "{name}");
        let lost = Loss::of_session(&image.layout, 0);
        assert_eq!(lost.len(), 1, "{lost:?}");
        assert_eq!(lost[0].to_string(), "the gap before track 02 becomes 150 sectors with track at once, instead of 0");
    }
}

#[test]
fn everything_that_a_line_can_say() {
    let mut image = full_disc();
    image.layout.sessions[0].tracks[1].scms = true;
    let sheet = SessionSheet::new(&image.layout, 0, SheetOptions::default()).unwrap();
    let lines: Vec<String> = sheet.lines.iter().map(|line| hex(line)).collect();
    let wanted = [
        "02 34 30 31 32 33 34 35",
        "02 36 37 38 39 30 31 00",
        "31 00 00 41 00 00 00 00",
        "33 01 55 53 52 43 31 37",
        "33 01 36 30 37 38 33 39",
        "31 01 00 00 00 00 00 00",
        // 225 sectors of pre-gap: a hidden second.
        "31 01 01 00 00 00 03 00",
        "01 02 00 00 80 00 07 19",
        "01 02 01 00 80 00 09 19",
        "01 02 02 00 80 00 0a 32",
        "01 02 03 00 80 00 0c 32",
        "03 03 44 45 41 31 32 33",
        "03 03 34 35 36 37 38 39",
        "01 03 01 00 00 00 0e 00",
        "01 aa 01 01 00 00 12 0a",
    ];
    assert_eq!(lines, wanted);
    assert_eq!((sheet.start(), sheet.lead_out()), (Lba(-150), image.layout.lead_out()));
    assert_eq!(sheet.to_bytes().len(), 15 * 8);
    // Each pack carries its CRC.
    assert!(webburn_cdcode::cdtext::decode_bytes(&sheet.packs.concat()).faults.is_empty());
    let zero = SheetOptions { isrc_control: false, text: false, lead_in: Some(Msf::new(97, 0, 0)) };
    let sheet = SessionSheet::new(&image.layout, 0, zero).unwrap();
    assert_eq!(hex(&sheet.lines[3]), "03 01 55 53 52 43 31 37");
    assert_eq!(hex(&sheet.lines[2]), "31 00 00 01 00 00 00 00", "no text, no ATIP");
    let losses: Vec<String> = Loss::of_session(&image.layout, 0).iter().map(ToString::to_string).collect();
    assert_eq!(losses.len(), 5, "{losses:#?}");
    assert!(losses[1].starts_with("what lies in the 225 sectors before track 01"), "{losses:#?}");
}

#[test]
fn mixed_and_extra_discs_change_their_blocks() {
    let mut image = mixed_disc();
    let sheet = SessionSheet::new(&image.layout, 0, SheetOptions::default()).unwrap();
    let stretches: Vec<_> = sheet.stretches.iter().map(|s| (s.first.0, s.sectors.0, s.block.size(), s.form)).collect();
    assert_eq!(stretches, [(-150, 650, 2048, 0x10), (500, 755, 2352, 0)]);
    let session = whole(BlockStream::session(&mut image, &sheet));
    assert_eq!(session.len(), (650 + 755) * 2352);
    let mut cut = Vec::new();
    for stretch in &sheet.stretches {
        let first = stretch.first.since(sheet.start()).0 as usize * 2352;
        let own = &session[first..][..stretch.sectors.0 as usize * 2352];
        let blocks: Vec<u8> = own.chunks(2352).flat_map(|sector| &sector[stretch.block.range()]).copied().collect();
        assert!(blocks == whole(BlockStream::stretch(&mut image, *stretch)));
        cut.push(blocks);
    }
    let tracks = TrackSheet::of_session(&image.layout, 0).unwrap();
    let own = tracks.iter().map(|track| (track.start.0, track.sectors.0, track.data_block_type)).collect::<Vec<_>>();
    assert_eq!(own, [(0, 500, 8), (650, 300, 0), (950, 305, 0)]);
    // The stream that is past its end says so.
    let mut stream = BlockStream::track(&mut image, &tracks[0]);
    assert!(pollster::block_on(stream.read(500, &mut [0; 2048])).is_err());
    assert!(pollster::block_on(stream.read(499, &mut [0; 2048])).is_ok());

    let mut image = extra_disc();
    let sheet = SessionSheet::new(&image.layout, 1, SheetOptions::default()).unwrap();
    let lines: Vec<String> = sheet.lines.iter().map(|line| hex(line)).collect();
    let start = Msf::from_lba(image.layout.sessions[1].start).unwrap().to_bytes();
    assert_eq!(
        (&lines[0][..], &lines[1][..]),
        ("41 00 00 24 00 00 00 00", &*format!("41 02 00 20 00 {}", hex(&start)))
    );
    assert_eq!((sheet.disc_type, sheet.stretches[0].block.size()), (DiscType::Xa, 2336));
    let track = &TrackSheet::of_session(&image.layout, 1).unwrap()[0];
    assert_eq!((track.data_block_type, track.block.size()), (13, 2332));
    let blocks = whole(BlockStream::track(&mut image, track));
    assert_eq!(blocks[..8], [0, 0, 8, 0, 0, 0, 8, 0], "the sub-header comes first");
}

#[test]
fn what_cannot_be_written_at_once() {
    let mut image = CdImage::default();
    assert_eq!(
        SessionSheet::new(&CdLayout::default(), 0, SheetOptions::default()).unwrap_err().to_string(),
        "there is no session 1"
    );
    let mut session = mixed_disc().layout.sessions.remove(0);
    session.tracks = vec![track(&mut image, 1, TrackMode::Mode0, MainForm::Whole, 300)];
    image.layout = CdLayout::of(session);
    let error = SessionSheet::new(&image.layout, 0, SheetOptions::default()).unwrap_err();
    assert_eq!(error.to_string(), "track 01 is of mode 0, which can only be written raw");
    assert!(matches!(TrackSheet::of_session(&image.layout, 0), Err(NotAtOnce::Mode0(_))));
    image.layout.sessions[0].tracks[0].mode = TrackMode::Audio;
    image.layout.sessions[0].tracks[0].pieces[1].sectors = SectorCount(500_000);
    let error = SessionSheet::new(&image.layout, 0, SheetOptions::default()).unwrap_err();
    assert_eq!(error, NotAtOnce::TooFar(Lba(500_000)));
}
