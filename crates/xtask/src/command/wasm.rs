//! `cargo xtask wasm`: the engine as a module that the page's workers import.

use std::fs;
use std::path::PathBuf;

use wasm_bindgen_cli_support::Bindgen;
use webburn_xtask::root;

use crate::run::{cargo, loud, program, quiet, target_dir};

/// Rust's name for what the page runs.
pub const TARGET: &str = "wasm32-unknown-unknown";
/// Says which wasm the glue was made from.
const STAMP: &str = "made-from.txt";

fn out_dir() -> PathBuf {
    root().join("web/src/generated")
}

/// Adds the compiler's part for wasm where rustup has not got it yet.
///
/// # Errors
/// A sentence when it can be neither found nor added.
pub fn add_target() -> Result<(), String> {
    let installed = target_libraries();
    if installed.is_some_and(|libraries| libraries.is_dir()) {
        return Ok(());
    }
    loud(program("rustup").args(["target", "add", TARGET]))
        .map_err(|e| format!("{e}\nThe engine needs Rust's target {TARGET}; `rustup target add {TARGET}` adds it."))
}

fn target_libraries() -> Option<PathBuf> {
    let text = quiet(program("rustc").args(["--print", "target-libdir", "--target", TARGET])).ok()?;
    text.lines().next().map(PathBuf::from)
}

/// Builds the module and its glue. `true` when anything changed.
///
/// # Errors
/// The compiler's words, or where the glue could not be made.
pub fn wasm() -> Result<bool, String> {
    add_target()?;
    let mut build = cargo();
    build.args(["build", "--quiet", "--package", "webburn-wasm", "--profile", "wasm", "--target", TARGET]);
    // Flags meant for the native build (a linker, a CPU) break this one.
    build.env_remove("RUSTFLAGS").env_remove("CARGO_ENCODED_RUSTFLAGS");
    quiet(&mut build)?;

    let module = target_dir().join(TARGET).join("wasm/webburn_wasm.wasm");
    let metadata = module.metadata().map_err(|e| format!("{}: {e}", module.display()))?;
    let stamp = format!("{} {:?}\n", metadata.len(), metadata.modified().ok());
    let stamp_file = out_dir().join(STAMP);
    if fs::read_to_string(&stamp_file).is_ok_and(|old| old == stamp) {
        return Ok(false);
    }
    let mut bindgen = Bindgen::new();
    bindgen.input_path(&module).out_name("webburn").typescript(true).omit_default_module_path(false);
    bindgen.remove_name_section(true).remove_producers_section(true);
    bindgen.web(true).map_err(|e| format!("wasm-bindgen: {e:#}"))?;
    bindgen.generate(out_dir()).map_err(|e| format!("wasm-bindgen: {e:#}"))?;
    fs::write(&stamp_file, stamp).map_err(|e| format!("{}: {e}", stamp_file.display()))?;
    Ok(true)
}
