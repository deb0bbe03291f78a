//! Floors and arrows: which crate may stand on which. The table is law; cargo says what is.

use std::collections::BTreeMap;
use std::process::Command;

use serde_json::Value;

use super::{Offence, Tree};

/// A crate of the house.
struct Row {
    /// Folder name; the package is this with `webburn-` before it.
    name: &'static str,
    /// From 0, vocabulary, to 4, programs.
    floor: u8,
    /// Crates of the house it may depend on.
    may_use: &'static [&'static str],
}

const fn row(name: &'static str, floor: u8, may_use: &'static [&'static str]) -> Row {
    Row { name, floor, may_use }
}

/// The table of `crates/ARCHITECTURE.md`. `*` is every crate.
const TABLE: &[Row] = &[
    row("sector", 0, &[]),
    row("scsi", 0, &["sector"]),
    row("mmc", 0, &["scsi", "sector"]),
    row("bot", 0, &["scsi"]),
    row("cdcode", 0, &["sector"]),
    row("fsimage", 0, &["sector"]),
    row("drive", 1, &["mmc", "scsi", "sector"]),
    row("sim", 1, &["mmc", "bot", "cdcode", "scsi", "sector"]),
    row("relay", 1, &["scsi"]),
    row("imapi", 2, &["drive", "mmc", "scsi", "sector"]),
    row("rawimage", 2, &["cdcode", "sector"]),
    row("extract", 3, &["audio", "imapi", "rawimage", "cdcode", "drive", "mmc", "scsi", "sector"]),
    row("record", 3, &["imapi", "rawimage", "cdcode", "drive", "mmc", "scsi", "sector"]),
    row("audio", 3, &["rawimage", "sector"]),
    row("sgio", 3, &["scsi"]),
    row("usbface", 3, &["bot", "scsi"]),
    row(
        "wasm",
        3,
        &[
            "imapi", "rawimage", "extract", "record", "audio", "cdcode", "drive", "bot", "relay", "fsimage", "sim",
            "mmc", "scsi", "sector",
        ],
    ),
    row("xtask", 4, &[]),
    row(
        "bridge",
        4,
        &[
            "rawimage", "extract", "record", "audio", "cdcode", "relay", "sgio", "usbface", "sim", "imapi", "drive",
            "mmc", "scsi", "sector",
        ],
    ),
    row("tests", 4, &["*"]),
    row("bench", 4, &["*"]),
];

/// What floor 0 may take from elsewhere: nothing that reads a clock, does I/O, logs or brings a runtime.
const FLOOR_0_LIBRARIES: [&str; 2] = ["thiserror", "zerocopy"];
const JS_LIBRARIES: [&str; 6] =
    ["wasm-bindgen", "wasm-bindgen-futures", "js-sys", "web-sys", "tsify", "serde-wasm-bindgen"];

/// Crates whose floor is below `floor`, with their folders.
pub(super) fn folders_below(floor: u8) -> impl Iterator<Item = String> {
    TABLE.iter().filter(move |row| row.floor < floor).map(|row| format!("crates/{}/", row.name))
}

/// What cargo says of the workspace.
pub(super) fn metadata(tree: &Tree) -> Result<Value, String> {
    let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(&tree.root)
        .output()
        .map_err(|e| format!("cannot run cargo metadata: {e}"))?;
    if !output.status.success() {
        return Err(format!("cargo metadata failed: {}", String::from_utf8_lossy(&output.stderr)));
    }
    serde_json::from_slice(&output.stdout).map_err(|e| format!("cargo metadata is not JSON: {e}"))
}

pub(super) fn check(tree: &Tree, metadata: &Value) -> Vec<Offence> {
    let packages = packages(metadata);
    let mut found = compare(&packages);
    if let Some(document) = tree.file("crates/ARCHITECTURE.md") {
        found.extend(document_tells_all(&document.text, &packages));
    }
    found
}

/// Package name → names of its normal and build dependencies.
fn packages(metadata: &Value) -> BTreeMap<String, Vec<String>> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    list(&metadata["packages"])
        .iter()
        .map(|package| {
            let dependencies = list(&package["dependencies"]);
            let normal = dependencies.iter().filter(|d| d["kind"].as_str() != Some("dev"));
            (text(&package["name"]), normal.map(|d| text(&d["name"])).collect())
        })
        .collect()
}

fn compare(packages: &BTreeMap<String, Vec<String>>) -> Vec<Offence> {
    let mut found = Vec::new();
    for (package, dependencies) in packages {
        let name = package.strip_prefix("webburn-").unwrap_or(package);
        let Some(row) = TABLE.iter().find(|row| row.name == name && package.starts_with("webburn-")) else {
            found.push(Offence::of("Cargo.toml", format!("{package} is not in the table of crates")));
            continue;
        };
        for dependency in dependencies {
            match dependency.strip_prefix("webburn-") {
                Some(own) if row.may_use.contains(&"*") || row.may_use.contains(&own) => {}
                Some(own) => found.push(Offence::of(&manifest(name), format!("{name} must not depend on {own}"))),
                None if row.floor == 0 && !FLOOR_0_LIBRARIES.contains(&dependency.as_str()) => {
                    let what = format!("floor 0 takes only {FLOOR_0_LIBRARIES:?} from elsewhere, not {dependency}");
                    found.push(Offence::of(&manifest(name), what));
                }
                None if name != "wasm" && JS_LIBRARIES.contains(&dependency.as_str()) => {
                    let what = format!("only the wasm crate knows JavaScript; {name} must not use {dependency}");
                    found.push(Offence::of(&manifest(name), what));
                }
                None => {}
            }
        }
    }
    found
}

fn manifest(name: &str) -> String {
    match name {
        "bridge" | "tests" => format!("{name}/Cargo.toml"),
        "bench" => "tests/bench/Cargo.toml".to_owned(),
        _ => format!("crates/{name}/Cargo.toml"),
    }
}

/// Every crate has its row in the document, and behind it the crates of the house that it depends on: no more, no less.
fn document_tells_all(text: &str, packages: &BTreeMap<String, Vec<String>>) -> Vec<Offence> {
    let mut found = Vec::new();
    let mut offend = |what: String| found.push(Offence::of("crates/ARCHITECTURE.md", what));
    for (package, dependencies) in packages {
        let name = package.strip_prefix("webburn-").unwrap_or(package);
        let heads = [format!("| `{name}` |"), format!("| `{name}/` |")];
        let Some(line) = text.lines().find(|line| heads.iter().any(|head| line.starts_with(head))) else {
            offend(format!("the table has no row for {name}"));
            continue;
        };
        let last = line.trim_end().trim_end_matches('|').rsplit('|').next().unwrap_or_default().trim();
        let mut told: Vec<&str> = last.split(", ").filter(|own| !matches!(*own, "–" | "")).collect();
        let mut real: Vec<&str> = dependencies.iter().filter_map(|d| d.strip_prefix("webburn-")).collect();
        told.sort_unstable();
        real.sort_unstable();
        if told != ["all"] && told != real {
            offend(format!("the row of {name} says {told:?}, its manifest {real:?}"));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(package: &str, dependencies: &[&str]) -> Vec<Offence> {
        let dependencies = dependencies.iter().map(|d| (*d).to_owned()).collect();
        compare(&BTreeMap::from([(package.to_owned(), dependencies)]))
    }

    #[test]
    fn an_arrow_that_points_up_is_found() {
        assert_eq!(with("webburn-sim", &["webburn-drive"]).len(), 1);
        assert_eq!(with("webburn-sim", &["webburn-mmc", "serde"]), []);
    }

    #[test]
    fn a_crate_that_nobody_planned_is_found() {
        assert_eq!(with("webburn-util", &[]).len(), 1);
        assert_eq!(with("scsi", &[]).len(), 1);
    }

    #[test]
    fn floor_0_takes_no_runtime_and_nobody_but_wasm_takes_javascript() {
        assert_eq!(with("webburn-bot", &["tokio"]).len(), 1);
        assert_eq!(with("webburn-imapi", &["js-sys"]).len(), 1);
        assert_eq!(with("webburn-wasm", &["js-sys"]), []);
    }

    #[test]
    fn a_document_that_tells_otherwise_is_found() {
        let packages =
            BTreeMap::from([("webburn-mmc".to_owned(), vec!["webburn-scsi".to_owned(), "zerocopy".to_owned()])]);
        assert_eq!(document_tells_all("", &packages).len(), 1);
        assert_eq!(document_tells_all("| `mmc` | Commands. | – |", &packages).len(), 1);
        assert_eq!(document_tells_all("| `mmc` | Commands. | scsi, sector |", &packages).len(), 1);
        assert_eq!(document_tells_all("| `mmc` | Commands. | scsi |", &packages), []);
    }
}
