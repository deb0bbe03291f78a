//! Where files lie, how long they are, and what no file may say.

use super::{Offence, SourceFile, Tree};

/// What may lie at the top. `target/` and `node_modules/` are built, the rest is kept.
const TOP: [&str; 21] = [
    ".cargo/",
    ".ci/",
    ".git",
    ".git/",
    ".gitattributes",
    ".gitignore",
    ".npmrc",
    ".rustfmt.toml",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "bridge/",
    "crates/",
    "node_modules/",
    "package-lock.json",
    "package.json",
    "target/",
    "tests/",
];
const CODE: [&str; 5] = ["rs", "ts", "svelte", "css", "mjs"];
/// Above this a file says why in its head.
const LONG: usize = 400;
/// Above this a file is cut in two.
const TOO_LONG: usize = 700;
const MEDIAN: usize = 150;
/// A long file gives its reason in a comment with these words, within its first lines.
const REASON: &str = "lines because";
const HEAD: usize = 30;

pub(super) fn check(tree: &Tree) -> Vec<Offence> {
    let mut found = Vec::new();
    for name in &tree.top {
        if !TOP.contains(&name.as_str()) && name != "web/" {
            found.push(Offence::of(name, "has no place at the top of the tree"));
        }
    }
    let mut lengths = Vec::new();
    for file in &tree.files {
        if CODE.contains(&file.extension()) && !file.path.starts_with("tests/vectors/") {
            lengths.push(file.text.lines().count());
            found.extend(length(file));
        }
        found.extend(words(file));
    }
    lengths.sort_unstable();
    if let Some(median) = lengths.get(lengths.len() / 2)
        && *median > MEDIAN
    {
        found.push(Offence::of("", format!("the median file has {median} lines; the house keeps it under {MEDIAN}")));
    }
    found
}

fn length(file: &SourceFile) -> Option<Offence> {
    let lines = file.text.lines().count();
    if lines > TOO_LONG {
        return Some(Offence::of(&file.path, format!("{lines} lines; a file ends at {TOO_LONG}")));
    }
    let reasoned = file.text.lines().take(HEAD).any(|line| line.contains(REASON));
    (lines > LONG && !reasoned).then(|| {
        let what = format!("{lines} lines; over {LONG} its head says \"Over {LONG} {REASON} …\" in a comment");
        Offence::of(&file.path, what)
    })
}

/// Folders of one machine have no business in a tree that others clone.
const MACHINE_PATHS: [&str; 4] =
    [concat!("/wor", "k/"), concat!("/roo", "t/"), concat!("/hom", "e/"), concat!("C:\\Us", "ers")];

fn words(file: &SourceFile) -> Vec<Offence> {
    let mut found = Vec::new();
    for (i, line) in file.text.lines().enumerate() {
        for path in MACHINE_PATHS {
            if starts_path(line, path) {
                found.push(Offence::at(&file.path, i + 1, format!("names a folder of one machine ({path}…)")));
            }
        }
    }
    found
}

/// `path` stands in `line` as the start of a path, not inside one (`tests/work/x`) or an address (`https://a.b/home/`).
fn starts_path(line: &str, path: &str) -> bool {
    line.match_indices(path).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '/' | '}' | '*'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: String) -> SourceFile {
        SourceFile { path: path.to_owned(), text }
    }

    #[test]
    fn long_files_need_a_reason_and_very_long_ones_have_none() {
        assert_eq!(length(&file("a.rs", "x\n".repeat(400))), None);
        assert!(length(&file("a.rs", "x\n".repeat(401))).is_some());
        let reasoned = format!("//! Over 400 {REASON} it is one table.\n{}", "x\n".repeat(500));
        assert_eq!(length(&file("a.rs", reasoned.clone())), None);
        assert!(length(&file("a.rs", reasoned + &"x\n".repeat(300))).is_some());
    }

    #[test]
    fn a_machine_path_is_told_from_a_part_of_one() {
        let path = MACHINE_PATHS[0];
        assert!(starts_path(&format!("see {path}x"), path));
        assert!(!starts_path(&format!("tests{path}x"), path));
    }

    #[test]
    fn something_new_at_the_top_is_found() {
        let tree = Tree { root: ".".into(), top: vec!["scripts/".into(), "web/".into()], files: Vec::new() };
        assert_eq!(check(&tree).len(), 1);
    }
}
