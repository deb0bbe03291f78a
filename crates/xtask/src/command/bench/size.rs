//! What travels to the browser, gzipped.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use webburn_xtask::root;

use super::{Figure, Target};
use crate::command::page;
use crate::run::program;

/// Sizes of wasm and scripts.
///
/// # Errors
/// The page could not be built, or there is no gzip.
pub fn size() -> Result<Vec<Figure>, String> {
    page::page()?;
    let files = files(&root().join("web/dist"))?;
    let sum = |ending: &str| -> Result<f64, String> {
        let chosen = files.iter().filter(|file| file.extension().is_some_and(|e| e == ending));
        chosen.map(|file| gzipped(file)).sum::<Result<f64, String>>()
    };
    let figure = |what: &str, bytes: f64, most: f64| Figure {
        what: what.to_owned(),
        value: bytes / 1000.0,
        unit: "KB",
        target: Some(Target::AtMost(most)),
    };
    Ok(vec![
        figure("wasm, gzipped", sum("wasm")?, 400.0),
        figure("scripts, gzipped", sum("js")?, 120.0),
        figure("styles, gzipped", sum("css")?, 30.0),
    ])
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let mut found = Vec::new();
    for entry in folder.read_dir().map_err(|e| format!("{}: {e}", folder.display()))?.flatten() {
        let path = entry.path();
        if path.is_dir() { found.extend(files(&path)?) } else { found.push(path) }
    }
    Ok(found)
}

fn gzipped(file: &Path) -> Result<f64, String> {
    let output = program("gzip")
        .args(["-9", "--stdout"])
        .arg(file)
        .stdin(Stdio::null())
        .output()
        .map_err(|e| format!("cannot run gzip: {e}"))?;
    Ok(output.stdout.len() as f64)
}
