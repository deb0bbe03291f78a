//! `cargo xtask page`: everything that the browser loads, in `web/dist`.

use std::fs;
use std::time::SystemTime;

use webburn_xtask::root;

use crate::command::wasm::{cds, wasm};
use crate::run::{changed, loud, node, program, quiet, target_dir};

/// Fetches the page's tools as the lock file names them, unless they are there.
///
/// # Errors
/// npm's words.
pub fn tools() -> Result<bool, String> {
    let done = changed(&root().join("node_modules/.package-lock.json"), &[]);
    let wanted = changed(&root().join("package-lock.json"), &[]);
    if done.is_some() && done >= wanted {
        return Ok(false);
    }
    quiet(program("npm").args(["ci", "--no-audit", "--no-fund", "--prefer-offline"]))?;
    Ok(true)
}

/// Builds the page when anything it is made of is younger than it.
///
/// # Errors
/// Vite's words.
pub fn build() -> Result<bool, String> {
    let web = root().join("web");
    if changed(&web.join("dist/index.html"), &[]) >= youngest_input() {
        return Ok(false);
    }
    // Built aside and put in its place whole: nobody who embeds it sees half of it.
    let (made, place) = (web.join("dist.new"), web.join("dist"));
    let said = |e: std::io::Error| format!("{}: {e}", place.display());
    quiet(node("web", "vite").args(["build", "--logLevel", "warn", "--emptyOutDir", "--outDir", "dist.new"]))?;
    // An empty folder is replaced in one step, a full one is not.
    if fs::rename(&made, &place).is_err() {
        fs::remove_dir_all(&place).map_err(said)?;
        fs::rename(&made, &place).map_err(said)?;
    }
    Ok(true)
}

/// When anything was last changed that the page is made of, or that its tools look at.
fn youngest_input() -> Option<SystemTime> {
    // What lies in the folder, not the folder itself: tools make folders for themselves there.
    let inputs = root().join("web").read_dir().ok()?.flatten();
    let others = ["cds", "dist", "dist.new", "node_modules", "objects"];
    let inputs = inputs.filter(|entry| !others.iter().any(|other| entry.file_name() == *other));
    let youngest = inputs.filter_map(|entry| changed(&entry.path(), &[])).max();
    youngest.max(changed(&root().join("package-lock.json"), &[]))
}

/// Runs a check of the page's sources, unless it passed since anything was changed there; what it said then counts.
///
/// # Errors
/// What the check found.
pub fn check_once(name: &str, check: impl FnOnce() -> Result<String, String>) -> Result<String, String> {
    let stamp = target_dir().join("passed").join(name);
    // The page's tests lay its sentences beside the engine's codes.
    let youngest = youngest_input().max(changed(&root().join("crates/imapi/src"), &[]));
    if changed(&stamp, &[]) >= youngest {
        return fs::read_to_string(&stamp).map_err(|e| format!("{}: {e}", stamp.display()));
    }
    let begun = SystemTime::now();
    let output = check()?;
    let said = |e: std::io::Error| format!("{}: {e}", stamp.display());
    fs::create_dir_all(stamp.parent().unwrap_or(&stamp)).map_err(said)?;
    fs::write(&stamp, &output).map_err(said)?;
    // What was changed while the check ran is looked at again.
    fs::File::options().append(true).open(&stamp).and_then(|file| file.set_modified(begun)).map_err(said)?;
    Ok(output)
}

/// Whether the page was ever built here.
pub fn is_built() -> bool {
    root().join("web/dist/index.html").exists()
}

/// Tools, engine, page.
///
/// # Errors
/// Of the first that failed.
pub fn page() -> Result<(), String> {
    tools()?;
    wasm()?;
    cds()?;
    build()?;
    Ok(())
}

/// The same with a word about what is under way, for somebody who waits.
///
/// # Errors
/// As [`page`].
pub fn page_loud() -> Result<(), String> {
    if !is_built() {
        println!("Building the page; the first time takes a minute or two.");
    }
    if !root().join("node_modules").exists() {
        loud(program("npm").args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]))?;
    }
    page()
}
