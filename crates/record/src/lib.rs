//! The image of a CD put onto a disc: by which way, what stands against it, its sessions by cue sheet one after the other or
//! all of it raw, and what comparing found. Stands on the object model and on the formats of images, which do not know each
//! other; the page and the command line share it.
#![forbid(unsafe_code)]

mod decide;
mod refusal;
mod writer;

pub use decide::{Graphics, Recording, Wish};
pub use refusal::Refusal;
pub use writer::{CdWriter, Recorded};
