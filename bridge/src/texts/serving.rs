//! Sentences of the server: up, what it offers, why not, ending.

use std::path::Path;

/// The server is up.
#[must_use]
pub fn serving(address: &str) -> String {
    format!("webburn is ready. Open {address} in a browser. Ctrl+C ends it.")
}

/// A simulated drive is offered.
#[must_use]
pub fn offers_simulated(product: &str, medium: &str) -> String {
    format!("Simulated drive: {product}, holding {medium}.")
}

/// A real drive is offered.
#[must_use]
pub fn offers_real(path: &Path, name: &str) -> String {
    format!("Drive: {name} ({}).", path.display())
}

/// The port that was asked for is taken.
#[must_use]
pub fn port_taken(port: u16) -> String {
    format!(
        "Port {port} is taken by another program. Choose another number with --port, or leave the option out: then the \
         next free one is used."
    )
}

/// No port could be had.
#[must_use]
pub fn no_port(error: &str) -> String {
    format!("No port of this computer could be opened for the page: {error}.")
}

/// The browser was not opened.
#[must_use]
pub fn browser_not_opened(address: &str) -> String {
    format!("No browser could be started. Open {address} yourself.")
}

/// Shutting down.
pub const ENDING: &str = "Ending: every drive finishes the command it is at.";
