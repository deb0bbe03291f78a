//! The tests of the host's bulk-only transport.

mod common;
mod recovery;
mod thirteen_cases;
