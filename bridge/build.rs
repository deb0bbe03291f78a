//! A clean checkout has no built page, and embedding needs the folder to exist. The server then says how to build it.

fn main() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../web/dist");
    if let Err(error) = std::fs::create_dir_all(folder) {
        // Embedding will fail next and name the folder; this names the reason.
        println!("cargo::warning={folder} could not be made: {error}");
    }
    let reads = std::env::var("PROFILE").is_ok_and(|profile| profile == "debug");
    let embeds = !reads || std::env::var_os("CARGO_FEATURE_EMBED_PAGE").is_some();
    println!("cargo::rerun-if-changed={}", if embeds { "../web/dist" } else { "build.rs" });
}
