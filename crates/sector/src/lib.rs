//! Addresses, counts and streams of sectors.
//!
//! Floor 0: no I/O, no clock, no runtime. Units are types here so that no bare `u32` crosses a public border:
//! [`Lba`] is a place on a disc, [`SectorCount`] an amount, [`Msf`] the minute-second-frame form of a CD address,
//! and [`SectorSource`] a stream of sectors that a burn reads from.
#![forbid(unsafe_code)]

mod count;
mod fill;
mod lba;
mod maybe_send;
mod msf;
mod source;

pub use count::SectorCount;
pub use fill::is_filled;
pub use lba::Lba;
pub use maybe_send::{MaybeSend, MaybeSync};
pub use msf::{InvalidMsf, Msf};
pub use source::{BytesSource, PatternSource, SectorSource, SourceError, SourceErrorKind, ZeroSource};

/// Bytes of user data in a data sector of every medium (`IMAPI_SECTOR_SIZE`).
pub const SECTOR_SIZE: usize = 2048;
