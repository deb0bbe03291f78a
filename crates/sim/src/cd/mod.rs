//! CDs as they lie on the disc: every sector with sync, header, parity and subcode, whoever made them.
//!
//! A host sends anything from 2048 bytes of user data to the whole of lead-in, program area and lead-out; the disc holds
//! 2352 bytes and 96 symbols of subcode for every sector all the same. What the host left out the drive makes.

mod export;
mod sector;
mod subcode;

pub use export::{CdImage, CdSector};
pub(crate) use subcode::drives_own;

pub use sector::{SectorKind, Unreadable};
