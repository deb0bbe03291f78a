//! The writers of IMAPI2, and one that formats.

mod data;
mod desk;
mod erase;
mod in_common;
mod media_format;
mod raw_cd;
mod report;
mod session_at_once;
mod track_at_once;

pub use data::{DiscFormat2Data, WriteSpeedDescriptor};
pub use erase::DiscFormat2Erase;
pub use media_format::MediaFormat;
pub use raw_cd::{DiscFormat2RawCD, LEAD_IN_SECTORS, RawReport, SessionRaw};
pub use report::{BurnReport, Outcome};
pub use session_at_once::{DiscSession, SessionAtOnce, SessionReport, SessionSources, SessionSpec};
pub use track_at_once::{AudioTrack, DiscFormat2TrackAtOnce, TocEntry};
