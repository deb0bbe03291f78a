//! Results as text files in the tree. `WEBBURN_BLESS=1` writes them anew; what changed is then read in review.

use std::fs;
use std::path::{Path, PathBuf};

/// The folder `tests/suite`.
#[must_use]
pub fn suite() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("suite")
}

/// Compares `got` with the file; says the first line that differs.
///
/// # Errors
/// A sentence naming the file, the line and both texts.
pub fn check(path: &Path, got: &str) -> Result<(), String> {
    if std::env::var_os("WEBBURN_BLESS").is_some_and(|v| v == "1") {
        return fs::write(path, got).map_err(|e| format!("{}: {e}", path.display()));
    }
    let wanted = fs::read_to_string(path)
        .map_err(|e| format!("{}: {e}; write it with WEBBURN_BLESS=1 and read it", path.display()))?;
    if wanted == got {
        return Ok(());
    }
    let (mut w, mut g) = (wanted.lines(), got.lines());
    let mut number = 0;
    loop {
        number += 1;
        match (w.next(), g.next()) {
            (Some(a), Some(b)) if a == b => {}
            (a, b) => {
                return Err(format!(
                    "{} line {number}\n  expected: {}\n  got:      {}\n(WEBBURN_BLESS=1 writes the new text)",
                    path.display(),
                    a.unwrap_or("(end)"),
                    b.unwrap_or("(end)")
                ));
            }
        }
    }
}
