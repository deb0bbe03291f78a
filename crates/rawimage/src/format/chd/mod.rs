//! CHD of MAME, version 5: hunks of sectors, each packed by one of four codecs, found through a map that is packed
//! itself; tracks told in metadata. A sector takes 2448 bytes in it, audio with its most significant byte first.
//!
//! Only what a request needs is unpacked; one hunk is kept.

mod codec;
mod file;
mod header;
mod huffman;
mod map;
mod metadata;
mod tracks;

use self::file::ChdFile;
use self::header::Header;
use crate::error::ImageError;
use crate::image::CdImage;
use crate::layout::{Limits, check};
use crate::port::FileSource;

/// Reads `name`.
///
/// # Errors
/// The first fault, with its byte. Damage in a hunk shows when it is read.
pub async fn read(name: &str, mut source: Box<dyn FileSource>) -> Result<CdImage, ImageError> {
    let header = Header::read(name, source.as_mut()).await?;
    let map = map::read(name, source.as_mut(), &header).await?;
    let texts = metadata::read(name, source.as_mut(), header.metadata_at).await?;
    let mut image = CdImage::default();
    let file = image.add_file(name, Box::new(ChdFile::new(source, &header, map)));
    image.layout = tracks::layout(name, &texts, file, header.length)?;
    check(&image.layout, Limits::READABLE, name)?;
    Ok(image)
}
