//! The tests of the program and of its doors, as one program.
#![forbid(unsafe_code)]

mod burn_over_socket;
mod cd;
mod cd_reading;
mod cli;
mod cli_discs;
mod common;
mod program;
mod server;
#[path = "../../../tests/src/sound.rs"]
mod sound;
