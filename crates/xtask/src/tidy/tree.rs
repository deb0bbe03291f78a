//! The work tree as the checks see it: text files, without what is built or fetched.

use std::fs;
use std::path::{Path, PathBuf};

/// One text file.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// From the top of the tree, with `/`.
    pub path: String,
    /// All of it.
    pub text: String,
}

impl SourceFile {
    /// The part after the last dot.
    #[must_use]
    pub fn extension(&self) -> &str {
        self.path.rsplit_once('.').map_or("", |(_, extension)| extension)
    }

    /// Lines with their numbers from 1, comments of Rust and TypeScript cut away.
    pub fn code_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let mut in_block = false;
        self.text.lines().enumerate().map(move |(i, line)| {
            let trimmed = line.trim_start();
            if in_block || trimmed.starts_with("/*") {
                in_block = !line.contains("*/");
                return (i + 1, "");
            }
            // A `//` inside a string (an address) is taken for a comment too: that hides text, never invents any.
            (i + 1, line.split_once("//").map_or(line, |(code, _)| code))
        })
    }
}

/// Everything the checks look at.
#[derive(Debug)]
pub struct Tree {
    /// Where it lies.
    pub root: PathBuf,
    /// Names at the top, folders with a trailing `/`.
    pub top: Vec<String>,
    /// Text files, sorted by path.
    pub files: Vec<SourceFile>,
}

/// Folders that hold what is built, fetched or somebody else's.
const SKIPPED: [&str; 9] = [
    "target",
    "node_modules",
    ".git",
    "dist",
    "generated",
    "results",
    "test-results",
    "playwright-report",
    ".svelte-kit",
];
const TEXT: [&str; 14] =
    ["rs", "ts", "svelte", "css", "html", "js", "mjs", "toml", "json", "md", "sh", "yml", "lock", "snap"];

impl Tree {
    /// Reads the tree.
    ///
    /// # Errors
    /// A sentence naming the folder or file that cannot be read.
    pub fn read(root: &Path) -> Result<Self, String> {
        let mut tree = Tree { root: root.to_path_buf(), top: Vec::new(), files: Vec::new() };
        for (path, is_dir) in entries(root)? {
            let name = relative(root, &path);
            tree.top.push(if is_dir { format!("{name}/") } else { name });
        }
        tree.walk(root)?;
        tree.files.sort_by(|a, b| a.path.cmp(&b.path));
        tree.top.sort();
        Ok(tree)
    }

    fn walk(&mut self, folder: &Path) -> Result<(), String> {
        for (path, is_dir) in entries(folder)? {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if is_dir {
                if !SKIPPED.contains(&name) {
                    self.walk(&path)?;
                }
            } else if TEXT.contains(&name.rsplit_once('.').map_or("", |(_, e)| e)) || path.ends_with(".ci/run") {
                // A file that is no UTF-8 is data, whatever its name says.
                if let Ok(text) = fs::read_to_string(&path) {
                    self.files.push(SourceFile { path: relative(&self.root, &path), text });
                }
            }
        }
        Ok(())
    }

    /// Files under `prefix` with one of `extensions`.
    pub fn under<'a>(&'a self, prefix: &'a str, extensions: &'a [&'a str]) -> impl Iterator<Item = &'a SourceFile> {
        self.files.iter().filter(move |f| f.path.starts_with(prefix) && extensions.contains(&f.extension()))
    }

    /// One file by its path.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<&SourceFile> {
        self.files.iter().find(|f| f.path == path)
    }
}

fn entries(folder: &Path) -> Result<Vec<(PathBuf, bool)>, String> {
    let unreadable = |e: std::io::Error| format!("cannot read {}: {e}", folder.display());
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let kind = entry.file_type().map_err(unreadable)?;
        if !kind.is_symlink() {
            found.push((entry.path(), kind.is_dir()));
        }
    }
    Ok(found)
}

fn relative(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/")
}
