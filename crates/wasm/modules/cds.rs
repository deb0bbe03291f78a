//! The module for CDs beyond data: images of CDs, audio files and the writer for them.
#![forbid(unsafe_code)]

extern crate webburn_wasm as _;
