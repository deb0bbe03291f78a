//! What a CD is to hold, as streams of sectors: put together like IMAPI2's `RawCDImageCreator`, or read from an image
//! file; and written down again as image files.
//!
//! | module | what |
//! |---|---|
//! | [`layout`] | the description of a CD that all the others share: sessions, tracks, indices, codes, texts, and where each sector's bytes come from |
//! | [`CdImage`] | a description with its files: any sector's main channel and subcode, made or read when asked for |
//! | [`stream`] | whole sessions with lead-in and lead-out, as raw writing sends them |
//! | [`at_once`] | what session at once and track at once send: cue sheets, CD-Text, blocks |
//! | [`creator`] | `RawCDImageCreator` and `RawCDImageTrackInfo` |
//! | [`format`] | image files in and out: CUE, cdrdao TOC, CCD, MDS, NRG, CHD, ISO, BIN, WAV, AIFF |
//!
//! Nothing here holds an image in memory. Files are reached through [`FileSource`] and [`Files`], which do not block.
//! Sources: ECMA-130, MMC-6, the IMAPI2 documentation; the formats of image files as their programs write them.
#![forbid(unsafe_code)]

pub mod at_once;
pub mod creator;
pub mod format;
pub mod layout;
pub mod stream;

mod error;
mod image;
mod port;

pub use error::{Code, ImageError, Note, Place};
pub use image::{CdImage, SubcodeKind};
pub use layout::CdLayout;
pub use port::{Decoded, FileSource, Files, MemoryFile, OpenError, Pending, SectorFile, Tags};
