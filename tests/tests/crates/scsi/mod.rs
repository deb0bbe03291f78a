//! The tests of the ports and of SPC.

mod sense;
mod spc;
mod wrap;
