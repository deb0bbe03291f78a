//! What Rust sources may not contain, by floor.

use super::crates::folders_below;
use super::{Offence, SourceFile, Tree};

/// Unfinished work and leftovers, anywhere.
const NOWHERE: [&str; 3] = [concat!("todo", "!("), concat!("unimplemented", "!("), concat!("dbg", "!(")];
/// Clocks: not below floor 3.
const CLOCKS: [&str; 3] = ["SystemTime", "Instant::", "time::Instant"];
/// The operating system and logging: not in floor 0.
const OUTSIDE: [&str; 8] =
    ["std::fs", "std::net", "std::thread", "std::process", "std::env", "println!", "tracing::", "log::"];
/// JavaScript: only in the wasm crate.
const JAVASCRIPT: [&str; 4] = ["wasm_bindgen::", "js_sys::", "web_sys::", "JsValue"];
/// Crates whose work is an operating system's raw interface.
const MAY_BE_UNSAFE: [&str; 2] = ["crates/sgio/", "crates/usbface/"];

pub(super) fn check(tree: &Tree) -> Vec<Offence> {
    let mut found = Vec::new();
    let floor_0: Vec<_> = folders_below(1).collect();
    let below_3: Vec<_> = folders_below(3).collect();
    for file in tree.under("", &["rs"]) {
        // Tests and measurements of a crate are programs: they may read files and clocks.
        let is_program = ["/tests/", "/benches/", "/examples/"].iter().any(|folder| file.path.contains(folder));
        let inside =
            |folders: &[String]| !is_program && folders.iter().any(|folder| file.path.starts_with(folder.as_str()));
        found.extend(forbid(file, &NOWHERE, "unfinished work or a leftover"));
        if inside(&below_3) {
            found.extend(forbid(file, &CLOCKS, "no clock is read below floor 3"));
            found.extend(forbid(file, &JAVASCRIPT, "only the wasm crate knows JavaScript"));
        }
        if inside(&floor_0) {
            found.extend(forbid(file, &OUTSIDE, "floor 0 does no I/O and keeps no log"));
        }
        found.extend(unsafe_code(file));
    }
    found.extend(untested(tree));
    found
}

/// A library whose manifest says that it has no tests inside must have none: they would never run.
fn untested(tree: &Tree) -> Vec<Offence> {
    let off = |text: &str| text.split("\n[").any(|table| table.starts_with("lib]") && table.contains("\ntest = false"));
    let manifests = tree.under("", &["toml"]).filter(|file| file.path.ends_with("Cargo.toml") && off(&file.text));
    let sources = manifests.flat_map(|manifest| {
        let sources = manifest.path.replace("Cargo.toml", "src/");
        tree.under("", &["rs"]).filter(move |file| file.path.starts_with(&sources))
    });
    sources.flat_map(|file| forbid(file, &["#[test]"], "this library's manifest says that it has no tests")).collect()
}

fn forbid(file: &SourceFile, words: &[&str], why: &str) -> Vec<Offence> {
    let mut found = Vec::new();
    for (line, code) in file.code_lines() {
        if let Some(word) = words.iter().find(|word| has_word(code, word)) {
            found.push(Offence::at(&file.path, line, format!("`{word}`: {why}")));
        }
    }
    found
}

/// `word` stands in `code` and does not continue an identifier (`catalog::` is no `log::`).
fn has_word(code: &str, word: &str) -> bool {
    code.match_indices(word)
        .any(|(at, _)| !code[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '"'))
}

fn unsafe_code(file: &SourceFile) -> Vec<Offence> {
    if MAY_BE_UNSAFE.iter().any(|folder| file.path.starts_with(folder)) {
        return Vec::new();
    }
    let mut found = forbid(
        file,
        &[concat!("unsa", "fe {"), concat!("unsa", "fe fn"), concat!("unsa", "fe impl")],
        "unsafe code lives in sgio",
    );
    // wasm-bindgen's macros expand to unsafe code, which the lint cannot tell from ours; the words above can.
    let is_root = file.path.ends_with("/src/lib.rs") || file.path.ends_with("/src/main.rs");
    if is_root && !file.path.starts_with("crates/wasm/") && !file.text.contains("#![forbid(unsafe_code)]") {
        found.push(Offence::of(&file.path, "the root of a crate says #![forbid(unsafe_code)]"));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offences(path: &str, text: &str) -> usize {
        let file = SourceFile { path: path.to_owned(), text: text.to_owned() };
        check(&Tree { root: ".".into(), top: Vec::new(), files: vec![file] }).len()
    }

    #[test]
    fn floors_are_told_apart() {
        assert_eq!(offences("crates/bot/src/a.rs", "use std::fs;"), 1);
        assert_eq!(offences("crates/imapi/src/a.rs", "use std::fs;"), 0);
        assert_eq!(offences("crates/imapi/src/a.rs", "let t = Instant::now();"), 1);
        assert_eq!(offences("bridge/src/a.rs", "let t = Instant::now();"), 0);
        assert_eq!(offences("crates/drive/src/a.rs", "fn f(v: JsValue) {}"), 1);
    }

    #[test]
    fn comments_and_longer_names_do_not_count() {
        assert_eq!(offences("crates/bot/src/a.rs", "// no std::fs here\nuse crate::catalog::x;"), 0);
    }

    #[test]
    fn unfinished_work_is_found_anywhere() {
        assert_eq!(offences("tests/src/a.rs", NOWHERE[0]), 1);
    }

    #[test]
    fn tests_that_would_never_run_are_found() {
        let file = |path: &str, text: &str| SourceFile { path: path.to_owned(), text: text.to_owned() };
        let with = |manifest: &str| {
            let files =
                vec![file("crates/mmc/Cargo.toml", manifest), file("crates/mmc/src/a.rs", "#[test]\nfn a() {}")];
            check(&Tree { root: ".".into(), top: Vec::new(), files }).len()
        };
        assert_eq!(with("[package]\nname = \"a\"\n\n[lib]\ntest = false\n"), 1);
        assert_eq!(with("[package]\nname = \"a\"\n\n[[bin]]\ntest = false\n"), 0);
    }

    #[test]
    fn the_root_of_a_crate_forbids_unsafe_code() {
        assert_eq!(offences("crates/mmc/src/lib.rs", "pub mod a;"), 1);
        assert_eq!(offences("crates/mmc/src/lib.rs", "#![forbid(unsafe_code)]"), 0);
        assert_eq!(offences("crates/mmc/src/a.rs", concat!("let x = unsa", "fe { y };")), 1);
    }
}
