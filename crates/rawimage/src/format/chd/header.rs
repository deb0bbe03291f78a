//! The 124 bytes at the start.

use crate::error::{Code, ImageError};
use crate::format::bytes::{Part, table};
use crate::port::FileSource;

pub(super) const HEADER: usize = 124;
/// Bytes of a sector with its subcode.
pub(super) const UNIT: u32 = 2448;
/// Longest hunk that is taken: MAME makes them of 8 sectors.
const LONGEST_HUNK: u32 = 16 << 20;

/// A way to pack, by its name of four letters; all zeros for none.
pub(super) type Codec = [u8; 4];

pub(super) struct Header {
    pub codecs: [Codec; 4],
    /// Bytes when unpacked.
    pub length: u64,
    pub map_at: u64,
    pub metadata_at: u64,
    pub hunk: u32,
    pub hunks: u32,
}

impl Header {
    pub(super) async fn read(name: &str, source: &mut dyn FileSource) -> Result<Self, ImageError> {
        let length = source.length().min(HEADER as u64);
        let bytes = table(source, name, (0, length), length, "the header").await?;
        let part = Part { name, at: 0, bytes: &bytes };
        let what = "the end of the header";
        let version = part.u32_be(12, what)?;
        if version != 5 {
            let what = format!("version {version} is not read, only version 5; “chdman copy” makes it from others");
            return Err(part.fault(Code::NotSupported, 12, what));
        }
        let header = Header {
            codecs: [part.array(16, what)?, part.array(20, what)?, part.array(24, what)?, part.array(28, what)?],
            length: part.u64_be(32, what)?,
            map_at: part.u64_be(40, what)?,
            metadata_at: part.u64_be(48, what)?,
            hunk: part.u32_be(56, what)?,
            hunks: 0,
        };
        let unit = part.u32_be(60, what)?;
        let parent: [u8; 20] = part.array(104, what)?;
        if parent != [0; 20] {
            return Err(part.fault(Code::NotSupported, 104, "it tells only the differences to another CHD"));
        }
        if unit != UNIT {
            let what = format!("its units have {unit} bytes, those of a CD {UNIT}: it is the image of another medium");
            return Err(part.fault(Code::NotSupported, 60, what));
        }
        if header.hunk == 0 || !header.hunk.is_multiple_of(UNIT) || header.hunk > LONGEST_HUNK {
            return Err(part.fault(Code::Damaged, 56, format!("hunks of {} bytes are not possible", header.hunk)));
        }
        let hunks = u32::try_from(header.length.div_ceil(u64::from(header.hunk))).ok().filter(|&hunks| hunks < 1 << 24);
        let too_long = || part.fault(Code::Damaged, 32, format!("{} bytes are more than a CD holds", header.length));
        let hunks = hunks.ok_or_else(too_long)?;
        Ok(Header { hunks, ..header })
    }
}
