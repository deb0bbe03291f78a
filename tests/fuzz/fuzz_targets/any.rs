//! All targets behind one libFuzzer entry: the first byte chooses, or the environment variable `TARGET` by name.
#![no_main]

#[path = "../targets/mod.rs"]
mod targets;

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use targets::{TARGETS, Target};

static CHOSEN: OnceLock<Option<&'static Target>> = OnceLock::new();

fuzz_target!(|data: &[u8]| {
    let chosen = CHOSEN.get_or_init(|| {
        let name = std::env::var("TARGET").ok()?;
        Some(TARGETS.iter().find(|t| t.name == name).unwrap_or_else(|| panic!("no target {name}")))
    });
    if let Some(target) = chosen {
        (target.run)(data);
    } else if let Some((first, rest)) = data.split_first() {
        (TARGETS[usize::from(*first) % TARGETS.len()].run)(rest);
    }
});
