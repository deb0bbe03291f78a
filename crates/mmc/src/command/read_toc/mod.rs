//! READ TOC/PMA/ATIP (MMC-6, 6.26): one type a format.

mod atip;
mod cd_text;
mod full_toc;
mod session_info;
mod toc;

pub use atip::{Atip, ReadAtip};
pub use cd_text::{CdText, ReadCdText, TextPack};
pub use full_toc::{FullToc, FullTocEntry, ReadFullToc, ReadPma};
pub use session_info::{ReadSessionInfo, SessionInfo};
pub use toc::{ReadToc, Toc, TocTrack};

use webburn_scsi::Malformed;
use webburn_scsi::layout::{get, put};

/// The answer as far as its own header says, at least its four bytes; `fixed` bytes must be there.
fn within<'a>(what: &'static str, data: &'a [u8], fixed: usize) -> Result<&'a [u8], Malformed> {
    webburn_scsi::announced(what, data, usize::from(get::u16(data, 0)) + 2, fixed)
}

/// Header of four bytes and what follows.
fn with_header(first: u8, last: u8, entries: impl IntoIterator<Item = u8>) -> Vec<u8> {
    let mut out = vec![0, 0, first, last];
    out.extend(entries);
    let length = (out.len() - 2).min(0xFFFF) as u16;
    put::u16(&mut out, 0, length);
    out
}
