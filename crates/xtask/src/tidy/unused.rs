//! Dependencies that nobody names: each costs every build its time and every reader a question.

use serde_json::Value;

use super::{Offence, SourceFile, Tree};

/// Package and dependency that is only there for the features that it asks for; see the workspace's manifest.
const FOR_THEIR_FEATURES: [(&str, &str); 5] = [
    ("webburn-bridge", "syn"),
    ("webburn-xtask", "memchr"),
    ("webburn-xtask", "serde"),
    ("webburn-xtask", "serde_core"),
    ("webburn-xtask", "syn"),
];
/// Parts of `tests/` with manifests of their own.
const OTHERS_IN_TESTS: [&str; 2] = ["tests/bench/", "tests/fuzz/"];

/// `metadata` is what cargo says of the workspace.
pub(super) fn check(tree: &Tree, metadata: &Value) -> Vec<Offence> {
    let packages = metadata["packages"].as_array().into_iter().flatten();
    packages.flat_map(|package| of_package(tree, package)).collect()
}

fn of_package(tree: &Tree, package: &Value) -> Vec<Offence> {
    let manifest = package["manifest_path"].as_str().unwrap_or_default();
    let root = tree.root.to_string_lossy();
    let manifest = manifest.strip_prefix(&*root).unwrap_or(manifest).trim_start_matches('/');
    let folder = manifest.trim_end_matches("Cargo.toml");
    let sources: Vec<&SourceFile> = tree.files.iter().filter(|file| is_source_of(folder, file)).collect();
    let for_its_features = |name| FOR_THEIR_FEATURES.contains(&(package["name"].as_str().unwrap_or_default(), name));
    let dependencies = package["dependencies"].as_array().into_iter().flatten();
    dependencies
        .filter_map(|dependency| {
            let name = dependency["name"].as_str()?;
            let called = dependency["rename"].as_str().unwrap_or(name).replace('-', "_");
            let named = || sources.iter().any(|file| file.code_lines().any(|(_, line)| names(line, &called)));
            let unused = !for_its_features(name) && !named();
            unused.then(|| Offence::of(manifest, format!("nothing here uses {name}")))
        })
        .collect()
}

fn is_source_of(folder: &str, file: &SourceFile) -> bool {
    let other = OTHERS_IN_TESTS.iter().any(|other| folder != *other && file.path.starts_with(other));
    file.extension() == "rs" && file.path.starts_with(folder) && !other
}

/// `line` holds `word`, not as a part of another.
fn names(line: &str, word: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(at, _)| {
        let (before, behind) = (&line[..at], &line[at + word.len()..]);
        !before.ends_with(part) && !behind.starts_with(part)
    })
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use serde_json::json;

    use super::*;

    fn found(source: &str, dependency: Value) -> usize {
        found_in("webburn-sim", source, dependency)
    }

    fn found_in(package: &str, source: &str, dependency: Value) -> usize {
        let file = SourceFile { path: "crates/sim/src/lib.rs".to_owned(), text: source.to_owned() };
        let tree = Tree { root: PathBuf::from("/house"), top: vec![], files: vec![file] };
        let package =
            json!({ "name": package, "manifest_path": "/house/crates/sim/Cargo.toml", "dependencies": [dependency] });
        check(&tree, &json!({ "packages": [package] })).len()
    }

    #[test]
    fn a_dependency_that_nobody_names_is_found() {
        assert_eq!(found("use serde_json::Value;", json!({ "name": "serde-json" })), 0);
        assert_eq!(found("use serde_json_too::Value;", json!({ "name": "serde-json" })), 1);
        assert_eq!(found("// toml::Value", json!({ "name": "toml" })), 1);
        assert_eq!(found("use other::Value;", json!({ "name": "toml", "rename": "other" })), 0);
        assert_eq!(found("", json!({ "name": "serde" })), 1);
        assert_eq!(found_in("webburn-xtask", "", json!({ "name": "syn", "rename": "syn-2" })), 0);
    }
}
