//! Developer commands, and the checks of the rules that the design of this house rests on.
//!
//! [`tidy`] stands apart so that the test suite can run it without building the page's tools.
#![forbid(unsafe_code)]

use std::path::{Path, PathBuf};

pub mod tidy;

/// The top of the work tree, found from where this package was built.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}
