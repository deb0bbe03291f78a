//! The texts that tell of tracks.

use crate::error::{Code, ImageError, Place};
use crate::format::bytes::{Part, table};
use crate::port::FileSource;

/// A track's text and where it stands.
pub(super) struct TrackText {
    pub text: String,
    pub at: u64,
}

/// Entries that are followed: a CD has at most 99 and some others.
const MOST: usize = 1000;

/// The texts of tracks (`CHT2`, `CHTR`), along the chain that begins at `at`.
pub(super) async fn read(name: &str, source: &mut dyn FileSource, first: u64) -> Result<Vec<TrackText>, ImageError> {
    let mut texts = Vec::new();
    let mut at = first;
    for _ in 0..MOST {
        if at == 0 {
            return Ok(texts);
        }
        let head = table(source, name, (at, 16), 16, "an entry of metadata").await?;
        let part = Part { name, at, bytes: &head };
        let what = "the end of an entry of metadata";
        let tag: [u8; 4] = part.array(0, what)?;
        let length = u64::from(part.u32_be(4, what)? & 0x00FF_FFFF);
        match &tag {
            b"CHT2" | b"CHTR" => {
                let bytes = table(source, name, (at + 16, length), 4096, "a track's text").await?;
                let text = String::from_utf8_lossy(&bytes).trim_end_matches('\0').to_owned();
                texts.push(TrackText { text, at });
            }
            b"CHGD" | b"CHGT" => {
                return Err(part.fault(Code::NotSupported, 0, "it is the image of a GD-ROM, which no CD can hold"));
            }
            b"CHCD" => {
                return Err(part.fault(Code::NotSupported, 0, "its tracks are told in an old form that is not read"));
            }
            _ => {}
        }
        at = part.u64_be(8, what)?;
    }
    Err(ImageError::new(Code::Damaged, name, Place::Byte(at), "its metadata never ends"))
}
