//! The program `webburn`: a server on this computer that gives a web page a way to its disc drives, and the same engine
//! on the command line.
//!
//! The server listens on loopback addresses alone, serves the page, and relays SCSI commands of one client at a time to
//! each drive: real ones through `SG_IO`, simulated ones at the pace of a real drive.
#![forbid(unsafe_code)]

pub mod app;
pub mod cd;
pub mod cli;
pub mod drives;
pub mod guard;
pub mod lease;
pub mod open;
pub mod page;
pub mod pump;
pub mod server;
pub mod socket;
pub mod source;
pub mod texts;
