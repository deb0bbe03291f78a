//! The writers of IMAPI2, and one that formats.

mod data;
mod erase;
mod media_format;
mod report;

pub use data::{DiscFormat2Data, WriteSpeedDescriptor};
pub use erase::DiscFormat2Erase;
pub use media_format::MediaFormat;
pub use report::{BurnReport, Outcome};
