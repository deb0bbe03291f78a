//! MDS and MDF of Alcohol 120%: tables at offsets, little-endian; the sectors in an MDF, with 2448 bytes where the
//! subcode was read.

mod build;
mod tables;

use super::audio::open_file;
use super::bytes::Part;
use crate::error::{Code, ImageError, Place};
use crate::image::CdImage;
use crate::layout::{Limits, check};
use crate::port::{FileSource, Files, read_whole};

/// Longest MDS that is read.
const LONGEST: u64 = 8 << 20;

/// Reads `name` and opens the MDF that it names.
///
/// # Errors
/// The first fault, with its byte.
pub async fn read(name: &str, file: &mut dyn FileSource, files: &mut dyn Files) -> Result<CdImage, ImageError> {
    let bytes = read_whole(file, LONGEST).await.map_err(|error| ImageError::unreadable(name, &error))?;
    let part = Part { name, at: 0, bytes: &bytes };
    let tables = tables::read(&part)?;
    let mut image = CdImage::default();
    let mdf = tables.mdf_name(&part, name)?;
    let source = open_file(files, &mdf, name, Place::Whole).await?;
    let mdf = image.add_file(mdf, source);
    image.layout.sessions = build::sessions(&tables, &image, mdf)?;
    if image.layout.sessions.is_empty() {
        return Err(ImageError::new(Code::Incomplete, name, Place::Whole, "it has no session"));
    }
    check(&image.layout, Limits::READABLE, name)?;
    Ok(image)
}
