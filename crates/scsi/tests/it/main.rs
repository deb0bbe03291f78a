//! The tests of the ports and of SPC, as one program.
#![forbid(unsafe_code)]

mod sense;
mod spc;
mod wrap;
