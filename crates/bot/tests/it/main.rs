//! The tests of the host's bulk-only transport, as one program.
#![forbid(unsafe_code)]

mod common;
mod recovery;
mod thirteen_cases;
