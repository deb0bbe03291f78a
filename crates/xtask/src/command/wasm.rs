//! `cargo xtask wasm`: the engine as a module that the page's workers import; with `--objects`, the object model as a module
//! for programs of other people; with `--cds`, images of CDs, audio files and the writer for them.

use std::fs;
use std::path::PathBuf;

use wasm_bindgen_cli_support::Bindgen;
use webburn_xtask::root;

use crate::run::{cargo, loud, program, quiet, target_dir};

/// Rust's name for what the page runs.
pub const TARGET: &str = "wasm32-unknown-unknown";
/// Says which wasm the glue was made from.
const STAMP: &str = "made-from.txt";

/// One of the modules that are made of the crate `wasm`.
struct Module {
    /// Its target in the crate.
    name: &'static str,
    features: &'static [&'static str],
    out: PathBuf,
}

impl Module {
    fn page() -> Self {
        Module { name: "engine", features: &[], out: root().join("web/src/generated") }
    }

    /// CDs beyond data, in a folder of its own below the page's module.
    fn cds() -> Self {
        let out = root().join("web/src/generated/cds");
        Module { name: "cds", features: &["--features", "cds"], out }
    }

    fn objects() -> Self {
        Module { name: "objects", features: &["--features", "objects"], out: objects_dir() }
    }
}

/// Where the object model for other people's programs is laid.
pub fn objects_dir() -> PathBuf {
    root().join("web/objects/dist")
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

/// Builds the page's module and its glue. `true` when anything changed.
///
/// # Errors
/// The compiler's words, or where the glue could not be made.
pub fn wasm() -> Result<bool, String> {
    make(&Module::page())
}

/// Builds the module for CDs beyond data. `true` when anything changed.
///
/// # Errors
/// As [`wasm`].
pub fn cds() -> Result<bool, String> {
    make(&Module::cds())
}

/// Builds the object model as a library. `true` when anything changed.
///
/// # Errors
/// As [`wasm`].
pub fn objects() -> Result<bool, String> {
    let module = Module::objects();
    let made = make(&module)?;
    let manifest = module.out.join("package.json");
    fs::write(&manifest, MANIFEST).map_err(|e| format!("{}: {e}", manifest.display()))?;
    Ok(made)
}

/// `cargo xtask wasm [--objects | --cds]`.
///
/// # Errors
/// As [`wasm`], and a sentence for a word that is none.
pub fn command(words: &[String]) -> Result<(), String> {
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => wasm().map(|_| ()),
        ["--objects"] => objects().map(|_| ()),
        ["--cds"] => cds().map(|_| ()),
        _ => Err(format!("`wasm` takes `--objects`, `--cds` or nothing, not `{}`", words.join(" "))),
    }
}

/// What makes the folder a package that bundlers and Node can import.
const MANIFEST: &str = r#"{
  "name": "webburn-objects",
  "version": "0.1.0",
  "license": "MIT OR Apache-2.0",
  "type": "module",
  "main": "webburn.js",
  "types": "webburn.d.ts",
  "sideEffects": false
}
"#;

fn make(module: &Module) -> Result<bool, String> {
    add_target()?;
    let mut build = cargo();
    build.args(["build", "--quiet", "--package", "webburn-wasm", "--profile", "wasm", "--target", TARGET]);
    build.args(["--example", module.name]).args(module.features);
    // Flags meant for the native build (a linker, a CPU) break this one.
    build.env_remove("RUSTFLAGS").env_remove("CARGO_ENCODED_RUSTFLAGS");
    quiet(&mut build)?;

    let built = target_dir().join(TARGET).join("wasm/examples").join(module.name).with_extension("wasm");
    let metadata = built.metadata().map_err(|e| format!("{}: {e}", built.display()))?;
    let stamp = format!("{} {:?}\n", metadata.len(), metadata.modified().ok());
    let stamp_file = module.out.join(STAMP);
    if fs::read_to_string(&stamp_file).is_ok_and(|old| old == stamp) {
        return Ok(false);
    }
    let mut bindgen = Bindgen::new();
    bindgen.input_path(&built).out_name("webburn").typescript(true).omit_default_module_path(false);
    bindgen.remove_name_section(true).remove_producers_section(true);
    bindgen.web(true).map_err(|e| format!("wasm-bindgen: {e:#}"))?;
    bindgen.generate(&module.out).map_err(|e| format!("wasm-bindgen: {e:#}"))?;
    fs::write(&stamp_file, stamp).map_err(|e| format!("{}: {e}", stamp_file.display()))?;
    Ok(true)
}
