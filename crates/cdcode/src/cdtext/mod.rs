//! CD-Text: titles and names in the R–W channels of the lead-in.
//!
//! Text is cut into packs of twelve bytes; up to 256 packs make a block, one language; up to eight blocks make a disc.
//! Sources: MMC-3 annex J; the CD-TEXT documents of Sony as reported by libburn's documentation; recorded output of
//! cdrskin, wodim and cdrdao.

mod block;
mod charset;
mod decode;
mod encode;
mod genre;
mod language;
mod pack;
mod pack_type;
mod size_info;
pub mod symbols;

pub use block::{Block, CdText, Interval, Toc};
pub use charset::{Charset, NotInCharset};
pub use decode::{Decoded, Fault, decode, decode_bytes};
pub use encode::{TooLarge, encode};
pub use genre::Genre;
pub use language::Language;
pub use pack::{PACK_SIZE, Pack};
pub use pack_type::{PackType, TextKind};
pub use size_info::SizeInfo;
