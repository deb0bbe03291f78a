//! The disc in the drive: what kind, in what state, how large, how fast.

mod content;
mod geometry;
mod identify;
mod kind;
mod last_written;
mod names;
mod speeds;
mod toc;
mod tracks;
mod types;

pub use kind::{Family, Kind, Recording};
pub use last_written::last_written_of;
pub use types::{
    Abilities, BackgroundFormat, DiscStatus, FormatOffer, FormatState, Media, Protection, Session, SessionStatus,
    Speed, Track, TrackKind,
};
