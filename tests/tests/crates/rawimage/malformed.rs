//! Whatever is cut off or changed: a sentence with the file's name, never a panic.

use std::sync::Arc;

use webburn_rawimage::format::{ccd, cue, toc};
use webburn_rawimage::stream::{RawOptions, RawStream};
use webburn_sector::{SectorCount, SectorSource};

use crate::rawimage::formats::binary::{mds, nrg};
use crate::rawimage::helpers::{Folder, audio_disc, mixed_disc, noise, open};

/// A description, and the files it names.
struct Sample {
    name: &'static str,
    description: Vec<u8>,
    beside: Vec<(&'static str, Arc<Vec<u8>>)>,
}

fn samples() -> Vec<Sample> {
    let disc = audio_disc();
    let data = Arc::new(noise(1, 1210 * 2352));
    let data = || data.clone();
    let sample = |name, description, beside| Sample { name, description, beside };
    let nrg_tail = |version| {
        let file = nrg(version);
        file[758 * 2352..].to_vec()
    };
    vec![
        sample("d.cue", cue::sheet(&disc.layout, &["d.bin"]).unwrap().into_bytes(), vec![("d.bin", data())]),
        sample("d.toc", toc::toc(&disc.layout, "d.bin").unwrap().into_bytes(), vec![("d.bin", data())]),
        sample("d.ccd", ccd::ccd(&disc.layout).unwrap().into_bytes(), vec![("d.img", data())]),
        sample("e.toc", toc::toc(&mixed_disc().layout, "d.bin").unwrap().into_bytes(), vec![("d.bin", data())]),
        sample("d.mds", mds(true, true), vec![("d.mdf", Arc::new(noise(2, 760 * 2448)))]),
        sample("d.nrg", nrg_tail(1), vec![]),
        sample("d.nrg", nrg_tail(2), vec![]),
        sample("d.chd", include_bytes!("vectors/lzma.chd").to_vec(), vec![]),
    ]
}

/// Opens it, and when it opens, reads from all over it. Sources may fail; nothing may panic.
fn try_it(sample: &Sample, description: Vec<u8>) {
    let mut folder = Folder::default();
    folder.0.extend(sample.beside.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.clone())));
    folder.0.insert(sample.name.to_owned(), Arc::new(description));
    match open(sample.name, &folder) {
        Err(error) => {
            let sentence = error.to_string();
            let stem = sample.name.split('.').next().unwrap();
            assert!(sentence.len() > 15 && sentence.contains(stem), "{sentence}");
        }
        Ok(image) => {
            let options = RawOptions::new(webburn_cdcode::subchannel::Layout::Raw, Default::default());
            let Ok(mut stream) = RawStream::new(image, 0, options) else { return };
            let SectorCount(sectors) = stream.sectors();
            let mut block = vec![0; 2448];
            for at in [0, 22_500, 22_650, 22_700, 23_000, sectors / 2, sectors - 6751, sectors - 1] {
                let _ = pollster::block_on(stream.read(u64::from(at), &mut block));
            }
        }
    }
}

fn long() -> bool {
    std::env::var_os("WEBBURN_LONG").is_some_and(|value| value == "1")
}

#[test]
fn truncated_anywhere() {
    for sample in samples() {
        let length = sample.description.len();
        let step = if long() { 1 } else { (length / 40).max(1) };
        for end in (0..length).step_by(step) {
            try_it(&sample, sample.description[..end].to_vec());
        }
    }
}

#[test]
fn bytes_changed_anywhere() {
    let rounds = if long() { 5_000 } else { 60 };
    for (number, sample) in (1..).zip(samples()) {
        let dice = noise(number * 31, rounds * 8);
        for roll in dice.chunks(8) {
            let mut bent = sample.description.clone();
            let at = u32::from_le_bytes(roll[..4].try_into().unwrap()) as usize % bent.len();
            // Most of a CHD is packed sectors; its header and map are more worth.
            let at = if sample.name == "d.chd" && roll[7] & 1 == 0 { at % 124 } else { at };
            match roll[4] % 5 {
                0 => bent[at] = roll[5],
                1 => bent[at] ^= 1 << (roll[5] % 8),
                2 => drop(bent.remove(at)),
                3 => bent.insert(at, b"0129:\"{}\n\xFF"[usize::from(roll[5] % 10)]),
                _ => {
                    let end = (at + usize::from(roll[5] % 16)).min(bent.len());
                    bent[at..end].fill(roll[6]);
                }
            }
            try_it(&sample, bent);
        }
    }
}
