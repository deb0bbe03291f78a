//! Every code that a failure, a note or a plan can carry is one of the lists of `imapi::code`, and the lists have their
//! sentences in the command line and in the page. What is searched is the sources themselves: a code that is made up at the
//! place where something fails, and listed nowhere, would reach people as a bare word.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use webburn_imapi::code::{FAILURES, IF_STOPPED, NOTES, SHEET_FAULTS, STEPS};

use crate::complete::sources;

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// Words in quotes that look like a code: small letters with hyphens between.
fn hyphened(text: &str) -> BTreeSet<String> {
    let code = |word: &&str| {
        word.contains('-')
            && word.split('-').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase()))
    };
    let before_tests = text.split("#[cfg(test)]").next().unwrap_or_default();
    before_tests
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| line.split('"').skip(1).step_by(2).filter(code).map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

/// The object model for programs: what it throws carries its own words, and no page shows them.
const LIBRARY: &str = "crates/wasm/src/objects";

fn used(folder: &str) -> BTreeSet<String> {
    let mut files = Vec::new();
    sources(&root().join(folder), &mut files);
    files
        .iter()
        .filter(|file| !file.ends_with("imapi/src/code.rs") && !file.starts_with(root().join(LIBRARY)))
        .flat_map(|file| hyphened(&fs::read_to_string(file).unwrap_or_else(|e| panic!("{}: {e}", file.display()))))
        .collect()
}

/// Keys of the page's sentences on failures.
fn said_by_the_page() -> BTreeSet<String> {
    let folder = root().join("web/src/texts/en/failure");
    let files = fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut keys = BTreeSet::new();
    for file in files {
        let path = file.expect("an entry").path();
        let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        for line in text.lines() {
            let line = line.trim_start();
            let key = line.split_once(':').map(|(key, _)| key.trim_matches('\'')).unwrap_or_default();
            if !key.is_empty() && key.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') {
                keys.insert(key.to_owned());
            }
        }
    }
    keys
}

#[test]
fn every_code_in_the_sources_of_the_engine_is_listed() {
    let listed: BTreeSet<String> =
        [FAILURES, NOTES, STEPS, IF_STOPPED, SHEET_FAULTS].concat().into_iter().map(str::to_owned).collect();
    let used = used("crates/imapi/src");
    assert!(used.len() > 100, "the sources were not read");
    let unlisted: Vec<&String> = used.difference(&listed).collect();
    assert!(unlisted.is_empty(), "in no list of imapi::code: {unlisted:?}");
}

#[test]
fn every_code_has_its_sentence_on_both_sides() {
    let page = said_by_the_page();
    assert!(page.len() > 100, "the page's sentences were not read: {}", page.len());
    let missing: Vec<&&str> = FAILURES.iter().filter(|code| !page.contains(**code)).collect();
    assert!(missing.is_empty(), "the page has no sentence for {missing:?}");
    let missing: Vec<&&str> = SHEET_FAULTS.iter().filter(|code| !page.contains(**code)).collect();
    assert!(missing.is_empty(), "the page has no words for the cue sheet fault {missing:?}");
    // What the sentences say is tested where they are; here only that there is one.
    let path = root().join("bridge/src/texts/failure.rs");
    let said = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let arm = |code: &str| said.contains(&format!("\"{code}\" =>")) || said.contains(&format!("\"{code}\" |"));
    let missing: Vec<&str> = [FAILURES, SHEET_FAULTS].concat().into_iter().filter(|code| !arm(code)).collect();
    assert!(missing.is_empty(), "the command line has no sentence for {missing:?}");
}

/// What the border to JavaScript adds of its own: a code of the page, or of an image that says itself what is wrong.
#[test]
fn every_code_of_the_border_has_its_sentence_in_the_page() {
    let page = said_by_the_page();
    let images: BTreeSet<&str> = webburn_rawimage::Code::ALL.iter().map(|code| code.as_str()).collect();
    // Kinds of errors of a pipe (`PipeErrorKind` in `web/src/transport/pipe.ts`), which become codes by the engine's table.
    let others = ["out-of-memory"];
    let used = used("crates/wasm/src");
    assert!(used.len() > 10, "the sources were not read");
    let listed = |code: &&String| {
        let code = code.as_str();
        page.contains(code) || images.contains(code) || others.contains(&code) || NOTES.contains(&code)
    };
    let unsaid: Vec<&String> = used.iter().filter(|code| !listed(code)).collect();
    assert!(unsaid.is_empty(), "no sentence for {unsaid:?}");
}
