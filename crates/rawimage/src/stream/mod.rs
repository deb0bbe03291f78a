//! Streams of sectors made from a [`crate::CdImage`]: what writers send and exporters write down.

mod main_channel;
mod raw;
pub(crate) mod rw;

pub use main_channel::{MainStream, SubStream};
pub use raw::{NotStreamable, RawOptions, RawStream, StoredSubcode};
