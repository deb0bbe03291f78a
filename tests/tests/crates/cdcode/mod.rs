//! The tests of sector, sub-channel and CD-Text coding.

mod cdtext;
pub mod common;
mod correct;
mod recorded;
mod sector;
mod session;
mod subcode;
