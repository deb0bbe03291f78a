//! The tests of the host's bulk-only transport, as one program.

mod common;
mod recovery;
mod thirteen_cases;
