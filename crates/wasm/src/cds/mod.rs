//! CDs beyond data, in the page: images and audio files as discs, and the writer for them. A module of its own, so that a
//! page that burns plain images does not load decoders.

mod arrange;
mod disc;
mod files;
mod shown;
mod writer;

pub use disc::CdDisc;
pub use files::SyncFile;
pub use writer::CdWriter;
