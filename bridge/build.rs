//! A clean checkout has no built page, and embedding needs the folder to exist. The server then says how to build it.

fn main() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../web/dist");
    if let Err(error) = std::fs::create_dir_all(folder) {
        // Embedding will fail next and name the folder; this names the reason.
        println!("cargo::warning={folder} could not be made: {error}");
    }
    println!("cargo::rerun-if-changed=../web/dist");
}
