//! The tests of the ports and of SPC, as one program.

mod sense;
mod spc;
mod wrap;
