//! The invariants of `crates/ARCHITECTURE.md` that a program can check. One file a family of rules.

use std::fmt;
use std::path::Path;

mod crates;
mod files;
mod imports;
mod locks;
mod rust_text;
mod tree;
mod unused;

pub use tree::{SourceFile, Tree};

/// A rule that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offence {
    /// The file, from the top of the work tree; empty where the whole tree is meant.
    pub file: String,
    /// Line from 1; 0 where the whole file is meant.
    pub line: usize,
    /// What is wrong and what the rule wants.
    pub what: String,
}

impl Offence {
    fn at(file: &str, line: usize, what: impl Into<String>) -> Self {
        Offence { file: file.to_owned(), line, what: what.into() }
    }
    fn of(file: &str, what: impl Into<String>) -> Self {
        Self::at(file, 0, what)
    }
}

impl fmt::Display for Offence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.file.is_empty(), self.line) {
            (true, _) => write!(f, "{}", self.what),
            (false, 0) => write!(f, "{}: {}", self.file, self.what),
            (false, line) => write!(f, "{}:{line}: {}", self.file, self.what),
        }
    }
}

/// Runs every check over the work tree at `root`.
///
/// # Errors
/// A sentence when the tree or cargo's description of it cannot be read.
pub fn check(root: &Path) -> Result<Vec<Offence>, String> {
    let tree = Tree::read(root)?;
    let mut found = Vec::new();
    let metadata = crates::metadata(&tree)?;
    found.extend(crates::check(&tree, &metadata));
    found.extend(unused::check(&tree, &metadata));
    found.extend(files::check(&tree));
    found.extend(rust_text::check(&tree));
    found.extend(imports::check(&tree));
    found.extend(locks::check(&tree));
    found.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
    Ok(found)
}
