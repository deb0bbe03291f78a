//! CHD of MAME.

use crate::error::{Code, ImageError, Place};
use crate::image::CdImage;
use crate::port::FileSource;

/// Reads `name`.
///
/// # Errors
/// Not read yet.
pub async fn read(name: &str, _file: Box<dyn FileSource>) -> Result<CdImage, ImageError> {
    Err(ImageError::new(Code::NotSupported, name, Place::Byte(0), "CHD files are not read yet"))
}
