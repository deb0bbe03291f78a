//! Nothing on the wire without a golden vector: the wire types are found in the sources, `vectors/types.txt` says which
//! vectors stand for each.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use webburn_tests::vectors;

pub(crate) fn sources(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display())) {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|e| e == "rs") && path.file_name().is_none_or(|n| n != "tests.rs") {
            into.push(path);
        }
    }
}

/// `command! { … Name = 0x… [n]`, `layout! { … Name [n]`, and every `impl Name` that has a `parse`, `decode` or
/// `from_bytes` of bytes.
fn wire_types(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut inside: Option<String> = None;
    let mut awaits_name = false;
    for line in text.lines() {
        if line.starts_with("#[cfg(test)]") {
            break;
        }
        let code = line.trim_start();
        if code.starts_with("command! {") || code.starts_with("layout! {") {
            awaits_name = true;
            continue;
        }
        if awaits_name && code.starts_with(char::is_uppercase) {
            found.insert(code.split([' ', '<']).next().unwrap_or("").to_owned());
            awaits_name = false;
        }
        if let Some(rest) = line.strip_prefix("impl ").or_else(|| line.strip_prefix("impl<'a> ")) {
            inside = (!rest.contains(" for "))
                .then(|| rest.split(['<', ' ']).next().unwrap_or("").to_owned())
                .filter(|name| name.starts_with(char::is_uppercase));
        }
        let reads = ["fn parse(", "fn decode(", "fn from_bytes(", "fn parse_first("];
        if let (Some(name), true) = (&inside, reads.iter().any(|r| code.contains(r)) && code.starts_with("pub ")) {
            found.insert(name.clone());
        }
    }
    found
}

fn table() -> BTreeMap<String, Vec<String>> {
    let mut table = BTreeMap::new();
    for line in vectors::text("types.txt").lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
        let (name, list) = line.split_once('=').unwrap_or_else(|| panic!("types.txt: {line}"));
        let list: Vec<String> = list.split(',').map(|v| v.trim().to_owned()).collect();
        assert!(table.insert(name.trim().to_owned(), list).is_none(), "types.txt: {name} twice");
    }
    table
}

#[test]
fn every_wire_type_has_a_golden_vector() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files = Vec::new();
    for folder in ["crates/mmc/src", "crates/scsi/src", "crates/bot/src", "crates/relay/src"] {
        sources(&root.join(folder), &mut files);
    }
    let mut types = BTreeSet::new();
    for file in &files {
        types.extend(wire_types(&fs::read_to_string(file).unwrap_or_else(|e| panic!("{}: {e}", file.display()))));
    }
    assert!(types.len() > 100, "the sources were not read: {types:?}");
    // Two formats are read by functions instead of a type.
    types.extend(["Reply", "pre_recorded_manufacturer"].map(str::to_owned));
    let table = table();
    let missing: Vec<&String> = types.iter().filter(|t| !table.contains_key(*t)).collect();
    assert!(missing.is_empty(), "no golden vector in tests/vectors/types.txt for: {missing:?}");
    let gone: Vec<&String> = table.keys().filter(|t| !types.contains(*t)).collect();
    assert!(gone.is_empty(), "tests/vectors/types.txt names types that are gone: {gone:?}");
}

#[test]
fn the_table_and_the_vectors_agree() {
    let all: BTreeSet<String> = vectors::all().into_iter().map(|v| v.name).collect();
    let used: BTreeSet<String> = table().into_values().flatten().collect();
    let unknown: Vec<_> = used.difference(&all).collect();
    assert!(unknown.is_empty(), "types.txt names vectors that are not there: {unknown:?}");
    let idle: Vec<_> = all.difference(&used).filter(|name| !name.starts_with("control-")).collect();
    assert!(idle.is_empty(), "vectors that stand for no type: {idle:?}");
}
