//! The rules of `crates/ARCHITECTURE.md` hold for this work tree.

use webburn_xtask::{root, tidy};

#[test]
fn the_house_is_tidy() {
    let found = tidy::check(&root()).expect("the tree can be read");
    let lines: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert!(lines.is_empty(), "\n{}", lines.join("\n"));
}
