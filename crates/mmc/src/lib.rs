//! Every MMC command, feature, profile and mode page that is spoken here, as types that encode *and* decode.
//!
//! Host and drive use the same types: the host makes a CDB with [`Command::cdb`](webburn_scsi::Command::cdb) and reads
//! the answer with its `decode`; a device reads the CDB with `from_cdb` and makes the answer with `encode`. Values the
//! standard does not name stay what they are, both ways. Decoders take the length from the answer's own header, clamp it
//! to what arrived, and never panic. Floor 0: no I/O, no clock, no runtime.
//!
//! Section numbers are those of MMC-6 unless another standard is named.
#![forbid(unsafe_code)]

mod address;
mod describe;
mod profile;

pub mod command;
pub mod feature;
pub mod mode_page;
pub mod structure;

pub use address::Address;
pub use command::*;
pub use describe::{command_name, describe};
pub use feature::{Feature, FeatureCode, FeatureDescriptor};
pub use profile::Profile;
