//! The program.

fn main() -> std::process::ExitCode {
    webburn_bridge::cli::main()
}
