//! Each crate by itself, from outside. They are not in the crates' own folders: a package is compiled with one optimisation,
//! and tests of the optimised ones would take longer to build than they save when they run.
#![forbid(unsafe_code)]

mod audio;
mod bot;
mod cdcode;
mod imapi;
mod mmc;
mod rawimage;
mod scsi;
mod sim;
