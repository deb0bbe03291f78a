//! NRG of Nero Burning ROM: the sectors first, then chunks, big-endian, and at the very end where the chunks begin:
//! `NERO` and 32 bits (version 1), or `NER5` and 64 bits (version 2).

mod build;
mod chunks;

use webburn_sector::SourceError;

use super::bytes::table;
use crate::error::{Code, ImageError, Place};
use crate::image::CdImage;
use crate::layout::{Limits, check};
use crate::port::FileSource;

/// Longest row of chunks that is read.
const LONGEST: u64 = 8 << 20;

/// Whether a file ends like an NRG.
pub(super) async fn is(file: &mut dyn FileSource) -> Result<bool, SourceError> {
    Ok(trailer(file).await?.is_some())
}

/// Where the chunks begin and end.
async fn trailer(file: &mut dyn FileSource) -> Result<Option<(u64, u64)>, SourceError> {
    let length = file.length();
    let mut tail = [0; 12];
    if length < 12 {
        return Ok(None);
    }
    file.read_at(length - 12, &mut tail).await?;
    let [a, b, c, d, rest @ ..] = tail;
    let [e, f, g, h, low @ ..] = rest;
    Ok(match (&[a, b, c, d], &[e, f, g, h]) {
        (b"NER5", _) => Some((u64::from_be_bytes(rest), length - 12)),
        (_, b"NERO") => Some((u64::from(u32::from_be_bytes(low)), length - 8)),
        _ => None,
    })
}

/// Reads `name`.
///
/// # Errors
/// The first fault, with its byte.
pub async fn read(name: &str, mut file: Box<dyn FileSource>) -> Result<CdImage, ImageError> {
    let found = trailer(file.as_mut()).await.map_err(|error| ImageError::unreadable(name, &error))?;
    let Some((from, to)) = found else {
        let what = "it does not end with “NERO” or “NER5” as an NRG file does";
        return Err(ImageError::new(Code::Damaged, name, Place::Byte(file.length()), what));
    };
    if from > to {
        let what = format!("its chunks are said to begin at byte {from}, after their end");
        return Err(ImageError::new(Code::Damaged, name, Place::Byte(to), what));
    }
    let bytes = table(file.as_mut(), name, (from, to - from), LONGEST, "the row of chunks").await?;
    let chunks = chunks::read(&super::bytes::Part { name, at: from, bytes: &bytes })?;
    let mut image = CdImage::default();
    let file = image.add_file(name, file);
    build::build(name, chunks, &mut image, file, from)?;
    check(&image.layout, Limits::READABLE, name)?;
    Ok(image)
}
