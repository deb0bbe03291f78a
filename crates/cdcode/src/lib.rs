//! The channel coding of a CD that a host does: what raw writing sends and raw reading gets back.
//!
//! Floor 0: no I/O, no clock, no runtime, and no allocation where sectors pass through. Sectors are coded in place,
//! in the caller's buffers.
//!
//! | module | what |
//! |---|---|
//! | [`sector`] | the 2352 bytes: layouts, headers, EDC, P and Q parity, scrambler; detection, checking, correction |
//! | [`q`] | one Q frame: position, table of contents, catalogue number, ISRC, with its CRC |
//! | [`subchannel`] | the 96 or 16 bytes beside a sector, and the planes of clone images |
//! | [`rw`] | R–W packs: parity over GF(64), the eight-pack interleave, and the way back |
//! | [`cdtext`] | CD-Text packs of the lead-in: building, reading, 6-bit symbols |
//! | [`session`] | a session's tracks → the subcode of every sector, lead-in and lead-out, ready to write |
//!
//! Sources: ECMA-130 (sectors, P and Q subcode, IEC 60908 for audio), MMC-6 (data block types, CD-Text), and the
//! observed behaviour of wodim, cdrdao and libburn, to whose recorded output the tests compare byte for byte.
#![forbid(unsafe_code)]

mod bcd;
mod crc16;
mod edc;
mod gf256;
mod rspc;
mod scramble;

pub mod cdtext;
pub mod q;
pub mod rw;
pub mod sector;
pub mod session;
pub mod subchannel;

mod control;
mod isrc;
mod mcn;
mod track_number;

pub use bcd::{from_bcd, to_bcd};
pub use control::Control;
pub use crc16::crc16;
pub use edc::edc;
pub use isrc::{InvalidIsrc, Isrc};
pub use mcn::{InvalidMcn, Mcn};
pub use scramble::scramble;
pub use track_number::{InvalidTrackNumber, TrackNumber};
