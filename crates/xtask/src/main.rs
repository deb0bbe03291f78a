//! `cargo xtask COMMAND`: what developers and the one-line scripts of `package.json` call.
#![forbid(unsafe_code)]
// A developer's command talks on the terminal.
#![allow(clippy::print_stdout)]

mod command;
mod run;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask COMMAND

  start [-- BRIDGE OPTIONS]   build what is missing, start the bridge with a simulated drive, serve the page
  test [--long] [NAME …]      every check, or with --long the longer suites; with names, only the phases that contain one
  wasm                        build the engine for the page into web/src/generated
  wasm --objects              build the object model for programs in JavaScript into web/objects/dist
  page                        the same, then the page into web/dist
  tidy                        check the rules of crates/ARCHITECTURE.md
  bench [NAME …]              measure speed, memory and size, and print figures and ratios
";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let name = arguments.next().unwrap_or_default();
    let rest: Vec<String> = arguments.collect();
    let done = match name.as_str() {
        "start" => command::start::start(&rest),
        "test" => command::test::test(&rest),
        "wasm" => command::wasm::command(&rest),
        "page" => command::page::page(),
        "tidy" => command::tidy::tidy(),
        "bench" => command::bench::bench(&rest),
        "" | "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(())
        }
        other => Err(format!("there is no command `{other}`\n\n{HELP}")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("xtask: {sentence}");
            ExitCode::FAILURE
        }
    }
}
