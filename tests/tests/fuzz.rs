//! The fuzz targets in every test run: golden vectors bent by a mutator with a fixed seed. `tests/fuzz` is the same with
//! libFuzzer in front. `WEBBURN_FUZZ_ROUNDS` changes how often each seed is bent.

use webburn_tests::fuzz::TARGETS;
use webburn_tests::mutate::{Dice, mutate};
use webburn_tests::{recorded, vectors};

fn rounds() -> usize {
    std::env::var("WEBBURN_FUZZ_ROUNDS").ok().and_then(|v| v.parse().ok()).unwrap_or(60)
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
        "sector" => seeds.extend(raw_disc("wodim-data-raw96.txt", "main")),
        "subcode" => seeds.extend(raw_disc("cdrdao-audio-cdtext-raw96.txt", "sub").step_by(8)),
        "cd_text" => seeds.push(raw_disc("cdrskin-audio-sao-cdtext.txt", "pack").flatten().collect()),
        _ => {}
    }
    seeds
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
