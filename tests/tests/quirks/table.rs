//! `tests/QUIRKS.md` lists what the host works around, and the test that shows it; it is written from the host's table
//! and from the tests.

use std::fmt::Write as _;
use std::path::Path;

use webburn_drive::quirk::{Drives, TABLE};

const SOURCES: [&str; 3] = [include_str!("asking.rs"), include_str!("burning.rs"), include_str!("wire.rs")];

/// The test with this name, and the odd drive that it begins with.
fn shown_on(test: &str) -> Option<String> {
    let body = SOURCES.iter().find_map(|source| source.split_once(&format!("\nfn {test}() {{\n")))?.1;
    let body = body.split_once("\n}\n")?.0;
    let known = webburn_sim::Personality::odd_ids();
    let mut quoted: Vec<&str> = body.split('"').filter(|word| known.contains(word)).collect();
    quoted.extend(body.contains("slow_loader(").then_some("lg-gsa-4082b"));
    quoted.dedup();
    Some(if quoted.is_empty() { "any".to_owned() } else { quoted.join(", ") })
}

#[test]
fn the_table_is_what_host_and_tests_say() {
    let mut text = "# What drives do otherwise, and what is done about it\n\nWritten from the host's table \
                    (`crates/drive/src/quirk/table.rs`) and the tests in `tests/tests/quirks`;\n`WEBBURN_BLESS=1` writes \
                    it anew. The simulated drives are in `crates/sim/src/personality/odd`.\n\n\
                    | what the drive does | what the host does | in force for | simulated as | test |\n\
                    |---|---|---|---|---|\n"
        .to_owned();
    for row in TABLE {
        let drive = shown_on(row.name).unwrap_or_else(|| panic!("no test is called {}", row.name));
        let force = match row.drives {
            Drives::All => "all",
            Drives::These(_) => "these",
            Drives::TheseAndHidden(_) => "these, and what a bridge hides",
            Drives::Hidden => "what a bridge hides",
        };
        let _ = writeln!(text, "| {} | {} | {force} | {drive} | `{}` |", row.does, row.answer, row.name);
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("QUIRKS.md");
    if std::env::var_os("WEBBURN_BLESS").is_some() {
        std::fs::write(&path, &text).expect("the table can be written");
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap_or_default(), text, "QUIRKS.md is stale: WEBBURN_BLESS=1");
}

#[test]
fn every_odd_drive_is_used() {
    for id in webburn_sim::Personality::odd_ids() {
        assert!(SOURCES.iter().any(|source| source.contains(&format!("{id:?}"))), "{id}");
    }
}
