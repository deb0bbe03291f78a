//! `tests/SEEDS.md` lists the rows that have a test here; it is written from the tests themselves.

use std::fmt::Write as _;
use std::path::Path;

const SOURCES: &[&str] = &[
    include_str!("s1.rs"),
    include_str!("s1b.rs"),
    include_str!("s2.rs"),
    include_str!("s3.rs"),
    include_str!("s3_faults.rs"),
    include_str!("s4_writes.rs"),
    include_str!("s4_refusals.rs"),
    include_str!("s4_while.rs"),
    include_str!("s4_faults.rs"),
];

fn rows(source: &str) -> Vec<(String, String)> {
    let (mut found, mut statement) = (Vec::new(), String::new());
    for line in source.lines().map(str::trim) {
        match line.strip_prefix("/// ") {
            // A statement may take more than one line.
            Some(text) if statement.is_empty() => text.clone_into(&mut statement),
            Some(text) => statement = format!("{statement} {text}"),
            None => {}
        }
        let name = line.strip_prefix("fn ").unwrap_or(line);
        if name.starts_with("seed_") {
            let end = name.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(name.len());
            found.push((name[..end].to_owned(), std::mem::take(&mut statement)));
        } else if line.starts_with("fn ") || line.starts_with("pub fn ") {
            statement.clear();
        }
    }
    found
}

#[test]
fn the_table_is_what_the_tests_say() {
    let mut text = "# Rows of the IMAPI2 documentation that have a test\n\nWritten from the tests; `WEBBURN_BLESS=1` \
                    writes it anew.\nEach runs at SCSI loopback and as USB bulk-only bytes.\n\n\
                    | row | statement | test | heights |\n|---|---|---|---|\n"
        .to_owned();
    let mut found: Vec<(String, Vec<u8>, String)> = Vec::new();
    for source in SOURCES {
        for (name, statement) in rows(source) {
            assert!(!statement.is_empty(), "{name} has no statement");
            let mut parts = name.split('_').skip(1);
            let page = parts.next().unwrap_or_default().to_uppercase();
            let own = |part: &&str| part.trim_start_matches('d').parse::<u8>().is_ok();
            let id: Vec<_> = parts.take_while(own).map(str::to_uppercase).collect();
            // Statements by number, then the shared faults by theirs.
            let number = |part: &String| (part.starts_with('D'), part.trim_start_matches('D').parse().unwrap_or(0));
            let key = id.iter().map(number).flat_map(|(fault, n)| [u8::from(fault), n]).collect();
            let row = format!("| {page}.{} | {statement} | `{name}` | loopback, BOT |", id.join("."));
            found.push((page, key, row));
        }
    }
    found.sort();
    let _ = found.iter().try_for_each(|(_, _, row)| writeln!(text, "{row}"));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("SEEDS.md");
    if std::env::var_os("WEBBURN_BLESS").is_some() {
        std::fs::write(&path, &text).expect("the table can be written");
    }
    assert!(std::fs::read_to_string(&path).unwrap_or_default() == text, "SEEDS.md is stale: WEBBURN_BLESS=1");
}
