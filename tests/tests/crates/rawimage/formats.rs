//! Descriptions typed by hand, and the sentences that bad ones get.

mod bad;
pub mod binary;
mod cue;
mod plain;
mod toc;
mod written;
