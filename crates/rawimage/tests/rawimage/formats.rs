//! Descriptions typed by hand, and the sentences that bad ones get.

mod bad;
mod cue;
mod plain;
mod toc;
