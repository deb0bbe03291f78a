//! The program.
#![forbid(unsafe_code)]

fn main() -> std::process::ExitCode {
    webburn_bridge::cli::main()
}
