//! CUE sheets: CDRWIN's format with what EAC, Redump and libburn added to it.
//!
//! A sheet names files and says where in them tracks and indices begin. `REM SESSION n` begins a session. A BIN written
//! from here holds everything from LBA 0 on with 2352 bytes a sector.

mod build;
mod parse;
mod sheet;
mod tracks;
mod words;
mod write;

pub use write::{NotInSheet, in_sheet, sheet};

use super::text;
use crate::error::ImageError;
use crate::image::CdImage;
use crate::port::{FileSource, Files, read_whole};

/// Reads the sheet `name` and opens the files it names.
///
/// # Errors
/// The first fault, with its line.
pub async fn read(name: &str, file: &mut dyn FileSource, files: &mut dyn Files) -> Result<CdImage, ImageError> {
    let bytes = read_whole(file, text::LONGEST).await.map_err(|error| ImageError::unreadable(name, &error))?;
    let sheet = parse::parse(name, &text::decode(&bytes))?;
    build::build(name, sheet, files).await
}
