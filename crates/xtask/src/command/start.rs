//! `cargo xtask start`: a working bridge with a simulated drive, from a fresh clone.

use crate::command::page::page_loud;
use crate::run::{cargo, loud};

/// Builds what is missing and starts the bridge. Further arguments go to `webburn serve`.
///
/// # Errors
/// A sentence when something cannot be built or the bridge fails.
pub fn start(arguments: &[String]) -> Result<(), String> {
    page_loud()?;
    let given: Vec<&str> = arguments.iter().map(String::as_str).filter(|word| *word != "--").collect();
    let mut bridge = cargo();
    bridge.args(["run", "--quiet", "--package", "webburn-bridge", "--bin", "webburn", "--", "serve"]);
    if !given.contains(&"--simulate") {
        bridge.args(["--simulate", "dvd+rw"]);
    }
    bridge.args(given);
    loud(&mut bridge)
}
