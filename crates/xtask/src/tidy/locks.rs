//! Lock files name packages and digests, never the host that served them: another reader uses another one.

use super::{Offence, Tree};

const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";

pub(super) fn check(tree: &Tree) -> Vec<Offence> {
    let mut found = Vec::new();
    for file in &tree.files {
        let cargo = file.path.ends_with("Cargo.lock");
        if !cargo && !file.path.ends_with("package-lock.json") {
            continue;
        }
        for (i, line) in file.text.lines().enumerate() {
            let names_host = if cargo {
                line.starts_with("source = ") && !line.contains(CRATES_IO)
            } else {
                line.contains("\"resolved\": \"http")
            };
            if names_host {
                found.push(Offence::at(&file.path, i + 1, "names the host that a package came from"));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::SourceFile;
    use super::*;

    fn lock(path: &str, line: &str) -> usize {
        let file = SourceFile { path: path.to_owned(), text: line.to_owned() };
        check(&Tree { root: ".".into(), top: Vec::new(), files: vec![file] }).len()
    }

    #[test]
    fn hosts_are_found_and_crates_io_is_none() {
        assert_eq!(lock("package-lock.json", "  \"resolved\": \"https://mirror.example/x.tgz\","), 1);
        assert_eq!(lock("package-lock.json", "  \"resolved\": \"web\","), 0);
        assert_eq!(lock("Cargo.lock", &format!("source = \"{CRATES_IO}\"")), 0);
        assert_eq!(lock("Cargo.lock", "source = \"sparse+https://mirror.example/\""), 1);
    }
}
