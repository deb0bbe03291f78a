//! `cargo xtask tidy`

use webburn_xtask::{root, tidy};

/// Prints every offence.
///
/// # Errors
/// When there is one, or the tree cannot be read.
pub fn tidy() -> Result<(), String> {
    let found = tidy::check(&root())?;
    for offence in &found {
        println!("{offence}");
    }
    if found.is_empty() { Ok(()) } else { Err(format!("{} rules do not hold", found.len())) }
}
