//! The object model as a module for programs in JavaScript.
#![forbid(unsafe_code)]

extern crate webburn_wasm as _;
