//! The object model's parts, each without a drive.

mod cd;
mod code;
mod cue_sheets;
mod digest;
mod enums;
mod hresult;
mod master;
mod offset;
mod outcome;
mod pieces;
mod plan;
mod progress;
mod recorder;
mod speed;
mod streams;
