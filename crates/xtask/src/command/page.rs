//! `cargo xtask page`: everything that the browser loads, in `web/dist`.

use webburn_xtask::root;

use crate::command::wasm::{cds, wasm};
use crate::run::{changed, loud, node, program, quiet};

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
    let made = changed(&web.join("dist/index.html"), &[]);
    let from = changed(&web, &["dist", "node_modules"]).max(changed(&root().join("package-lock.json"), &[]));
    if made.is_some() && made >= from {
        return Ok(false);
    }
    quiet(node("web", "vite").args(["build", "--logLevel", "warn"]))?;
    Ok(true)
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
    let missing = !root().join("web/dist/index.html").exists();
    if missing {
        println!("Building the page; the first time takes a minute or two.");
    }
    if !root().join("node_modules").exists() {
        loud(program("npm").args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]))?;
    }
    page()
}
