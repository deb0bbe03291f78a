//! AIFF and AIFF-C: IFF chunks, big-endian.

use super::Plain;
use super::wav::chunk_head;
use crate::error::{Code, ImageError, Place};
use crate::format::bytes::{Part, table};
use crate::port::FileSource;

struct Common {
    channels: u16,
    bits: u16,
    rate: u32,
    compression: [u8; 4],
}

/// Looks for the samples of a FORM of type AIFF or AIFC.
pub(super) async fn find(file: &mut dyn FileSource, name: &str, compressed: bool) -> Result<Plain, ImageError> {
    let length = file.length();
    let mut common: Option<Common> = None;
    let mut sound = None;
    let mut at = 12;
    while common.is_none() || sound.is_none() {
        let [a, b, c, d, size @ ..] = chunk_head(file, name, at, "the chunks “COMM” and “SSND”").await?;
        let (body, size) = (at + 8, u64::from(u32::from_be_bytes(size)));
        match &[a, b, c, d] {
            b"COMM" => {
                let bytes = table(file, name, (body, size), 4096, "the chunk “COMM”").await?;
                common = Some(parse_common(&Part { name, at: body, bytes: &bytes }, compressed)?);
            }
            b"SSND" => {
                let left = length - body;
                if size > left || size < 8 {
                    let what = format!("it is cut off: {left} bytes of {size} bytes of samples are there");
                    return Err(ImageError::new(Code::FileTruncated, name, Place::Byte(length), what));
                }
                let bytes = table(file, name, (body, 8), 8, "the chunk “SSND”").await?;
                let offset = u64::from(Part { name, at: body, bytes: &bytes }.u32_be(0, "the samples")?);
                sound = Some((body + 8 + offset, (size - 8).saturating_sub(offset)));
            }
            _ => {}
        }
        at = body + size + size % 2;
    }
    // The loop ends with both.
    let (Some(common), Some((at, bytes))) = (common, sound) else {
        return Err(ImageError::new(Code::Damaged, name, Place::Whole, "it has no samples"));
    };
    let order = match &common.compression {
        b"NONE" | b"twos" => Some(true),
        b"sowt" => Some(false),
        _ => None,
    };
    Ok(match order {
        Some(big_endian) if (common.channels, common.bits, common.rate) == (2, 16, 44_100) => {
            Plain::Ready { at, bytes: bytes / 4 * 4, big_endian, remark: None }
        }
        Some(_) => Plain::Other(format!("{} Hz, {} bits, {}", common.rate, common.bits, channels(common.channels))),
        None => {
            let kind = String::from_utf8_lossy(&common.compression).into_owned();
            Plain::Other(format!("{} Hz, compression {kind}, {}", common.rate, channels(common.channels)))
        }
    })
}

pub(super) fn channels(count: u16) -> String {
    match count {
        1 => "mono".into(),
        2 => "stereo".into(),
        _ => format!("{count} channels"),
    }
}

fn parse_common(part: &Part<'_>, compressed: bool) -> Result<Common, ImageError> {
    let what = "the end of the chunk “COMM”";
    let compression = if compressed { part.array(18, what)? } else { *b"NONE" };
    let rate = extended(part.array(8, what)?);
    Ok(Common { channels: part.u16_be(0, what)?, bits: part.u16_be(6, what)?, rate, compression })
}

/// An 80-bit floating point number as a whole one, which every real sampling rate is; 0 when it is none.
fn extended(bytes: [u8; 10]) -> u32 {
    let [high, low, mantissa @ ..] = bytes;
    let exponent = i32::from(u16::from_be_bytes([high, low])) - 16_383;
    let mantissa = u64::from_be_bytes(mantissa);
    if (0..32).contains(&exponent) { (mantissa >> (63 - exponent)) as u32 } else { 0 }
}
