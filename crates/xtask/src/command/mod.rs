//! One command, one file.

pub mod bench;
pub mod page;
pub mod start;
pub mod test;
pub mod tidy;
pub mod wasm;
