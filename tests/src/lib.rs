//! Tools that the cross-crate tests share: golden vectors, recordings, replay drives, heights, oracle.
#![forbid(unsafe_code)]
#![allow(clippy::missing_panics_doc, reason = "test tools stop the test when its input is wrong")]

/// The suites that take long are wanted: `WEBBURN_LONG=1`.
#[must_use]
pub fn long() -> bool {
    std::env::var_os("WEBBURN_LONG").is_some_and(|value| value == "1")
}

pub mod bot_pipe;
pub mod clock;
pub mod discs;
pub mod frames;
#[path = "../fuzz/targets/mod.rs"]
#[allow(missing_docs, reason = "a target is its name and the line in the table of targets")]
pub mod fuzz;
pub mod images;
pub mod job;
pub mod line;
pub mod mutate;
pub mod oracle;
pub mod raw_cd;
pub mod recorded;
pub mod replay;
pub mod rig;
pub mod scenario;
pub mod second_opinion;
pub mod snapshot;
pub mod sound;
pub mod tap;
pub mod trial;
pub mod vectors;
pub mod workbench;
