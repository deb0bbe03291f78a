//! CCD, IMG and SUB of CloneCD: the table of contents entry by entry, the main channel with 2352 bytes a sector from
//! LBA 0 on, and the subcode as eight planes of twelve bytes.
//!
//! The IMG goes on with a further session's first track where the one before it ends; by its length an IMG is recognised
//! that also holds the two seconds before that track, or all sectors at their addresses.

mod ini;
mod read;
mod sessions;
mod write;

pub use read::read;
pub use write::ccd;
