//! The module that the page loads first: all of the crate without its optional parts.
//!
//! Each module is a target of its own around the same library, so that cargo keeps them side by side in one folder and
//! builds what they share once.
#![forbid(unsafe_code)]

extern crate webburn_wasm as _;
