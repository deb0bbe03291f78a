//! The four writers of IMAPI2.

mod data;
mod report;

pub use data::{DiscFormat2Data, WriteSpeedDescriptor};
pub use report::{BurnReport, Outcome};
