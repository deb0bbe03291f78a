//! The four writers of IMAPI2.

mod data;
mod erase;
mod report;

pub use data::{DiscFormat2Data, WriteSpeedDescriptor};
pub use erase::DiscFormat2Erase;
pub use report::{BurnReport, Outcome};
