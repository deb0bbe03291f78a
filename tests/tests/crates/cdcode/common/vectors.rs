//! Reading `tests/vectors/cd`: what other programs sent to a drive.

use std::path::Path;

/// First address, last address, bytes a block, SHA-256.
pub type Run = (i32, i32, usize, String);

/// A recorded burn.
#[derive(Default)]
pub struct Recording {
    /// What was written in one go.
    pub writes: Vec<Run>,
    /// The same, joined.
    pub payloads: Vec<Run>,
    /// Subcode of some blocks.
    pub sub: Vec<(i32, Vec<u8>)>,
    /// CD-Text packs of some blocks.
    pub packs: Vec<(i32, Vec<u8>)>,
    /// SHA-256 of the main channel of some blocks.
    pub main_digests: Vec<(i32, String)>,
    /// The main channel of some blocks.
    pub main: Vec<(i32, Vec<u8>)>,
}

pub fn recording(name: &str) -> Recording {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors/cd").join(name);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut recording = Recording::default();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let words: Vec<&str> = line.split(' ').collect();
        let at: i32 = words[1].parse().unwrap();
        let run = || (at, words[2].parse().unwrap(), words[3].parse().unwrap(), words[4].to_owned());
        let bytes = || words[2..].iter().map(|byte| u8::from_str_radix(byte, 16).unwrap()).collect();
        match words[0] {
            "write" => recording.writes.push(run()),
            "payload" => recording.payloads.push(run()),
            "sub" => recording.sub.push((at, bytes())),
            "pack" => recording.packs.push((at, bytes())),
            "main-sha256" => recording.main_digests.push((at, words[2].to_owned())),
            "main" => recording.main.push((at, bytes())),
            other => panic!("{name}: what is {other}?"),
        }
    }
    recording
}

/// Generator "data": byte `i` of sector `s` is `(31·s + 7·i + (i >> 8)) mod 256`.
pub fn data_sector(sector: usize) -> Vec<u8> {
    (0..2048_usize).map(|i| (31 * sector + 7 * i + (i >> 8)) as u8).collect()
}

/// Generator "audio": left `37·n·t`, right `11·n·(t+4)`, 16 bits little-endian; sector `sector` of track `track`.
pub fn audio_sector(track: u32, sector: u32) -> Vec<u8> {
    (588 * sector..588 * (sector + 1))
        .flat_map(|n| [37 * u64::from(n) * u64::from(track), 11 * u64::from(n) * u64::from(track + 4)])
        .flat_map(|sample| (sample as u16).to_le_bytes())
        .collect()
}
