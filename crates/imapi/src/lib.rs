//! The object model of IMAPI v2, and the engine below it: *plan* a burn, then *carry it out*.
#![forbid(unsafe_code)]

mod arg;
mod block_ranges;
mod cancel;
pub mod carry_out;
pub mod cd;
pub mod code;
mod digest;
mod disc_contents;
pub mod enums;
mod error;
pub mod events;
pub mod format;
pub mod hresult;
mod master;
mod meter;
pub mod multisession;
mod options;
pub mod out;
pub mod outcome;
pub mod plan;
pub mod progress;
pub mod read_cd;
mod read_disc;
pub mod recorder;
mod send_check;
pub mod speed;
pub mod state;
pub mod state_query;
pub mod streams;
mod verify;
pub mod verify_cd;
mod write_engine;

pub use arg::{Arg, Args};
pub use block_ranges::BlockRangeList;
pub use cancel::Cancel;
pub use carry_out::{Burned, Statistics, Written, carry_out};
pub use digest::{Digest, NoDigest, Sha256};
pub use disc_contents::{ContentSession, ContentTrack, DiscContents, disc_contents};
pub use error::{Cause, Error};
pub use events::{Event, Fill, Phase, Progress};
pub use format::{
    AudioTrack, BurnReport, DiscFormat2Data, DiscFormat2Erase, DiscFormat2RawCD, DiscFormat2TrackAtOnce, DiscSession,
    MediaFormat, Outcome, RawReport, SessionAtOnce, SessionRaw, SessionReport, SessionSources, SessionSpec,
    WriteSpeedDescriptor,
};
pub use hresult::HResult;
pub use master::{DiscMaster2, MasterEvent, MasterEvents};
pub use options::{BlockRange, Options, SpeedWish};
pub use plan::{BurnPlan, FormatGoal, FormatOptions, Spare, plan};
pub use progress::{Events, Reporter};
pub use read_cd::{CdForm, CdSource, read_cd};
pub use read_disc::{SectorSink, SinkError, read_disc, readable_stretches};
pub use recorder::DiscRecorder2;
pub use state_query::{StateField, StateQuery};
pub use verify::{Reloaded, Verified, reload};
pub use write_engine::WriteEngine2;
