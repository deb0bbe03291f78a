//! TOC files of cdrdao: one session, track by track, each put together from stretches of files, silence and zeros.
//!
//! Raw audio in them has its most significant byte first unless `SWAP` stands behind the name. A file written from here
//! names one BIN of 2352 bytes a sector from LBA 0 on, audio with its least significant byte first.

mod cd_text;
mod language;
mod lexer;
mod parser;
mod track;
mod write;

pub use write::{NotInToc, toc};

use super::text;
use crate::error::ImageError;
use crate::image::CdImage;
use crate::port::{FileSource, Files, read_whole};

/// Reads the TOC file `name` and opens the files it names.
///
/// # Errors
/// The first fault, with its line.
pub async fn read(name: &str, file: &mut dyn FileSource, files: &mut dyn Files) -> Result<CdImage, ImageError> {
    let bytes = read_whole(file, text::LONGEST).await.map_err(|error| ImageError::unreadable(name, &error))?;
    let tokens = lexer::tokens(name, &text::decode(&bytes))?;
    parser::Parser::new(name, tokens, files).disc().await
}
