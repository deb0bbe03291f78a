//! Debian's Chromium, for the tests that need a browser.

use std::path::Path;

use crate::run::{program, quiet};

const CHROMIUM: &str = "/usr/bin/chromium";

/// Sees to it that the browser is there: looks, else installs it where that is allowed.
///
/// # Errors
/// A sentence that says what to do.
pub fn chromium() -> Result<(), String> {
    if Path::new(CHROMIUM).exists() {
        return Ok(());
    }
    let root = quiet(program("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    let wanted = format!("The browser tests run in {CHROMIUM}, Debian's package `chromium`, and it is not installed.");
    if !root {
        return Err(format!("{wanted}\nInstall it with: sudo apt-get install chromium"));
    }
    let install = ["apt-get install -y --no-install-recommends chromium", "apt-get update"];
    if quiet(program("sh").args(["-c", install[0]])).is_err() {
        quiet(program("sh").args(["-c", install[1]])).map_err(|e| format!("{wanted}\n{e}"))?;
        quiet(program("sh").args(["-c", install[0]])).map_err(|e| format!("{wanted}\n{e}"))?;
    }
    Ok(())
}
