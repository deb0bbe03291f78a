//! One conversation with one drive: readiness, unit attention, sense → what to do, media, long operations, quirks.
//!
//! Knows no USB, no bridge, no simulator: a drive is whatever answers behind a `ScsiTransport`, and time is whatever a
//! [`Clock`] says.
#![forbid(unsafe_code)]

mod clock;
mod cue_sheet;
mod disposition;
mod error;
mod long_operation;
pub mod media;
pub mod patience;
pub mod quirk;
mod ready;
mod talk;

pub use clock::Clock;
pub use disposition::{Disposition, ROWS as DISPOSITIONS, Row as DispositionRow, Situation, disposition, of_triple};
pub use error::{CommandError, Doing, Error};
pub use long_operation::LongProgress;
pub use media::Media;
pub use ready::Readiness;
pub use talk::Drive;
