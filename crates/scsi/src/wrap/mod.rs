//! Transports around transports: watch, break, write down, play back. Each is a [`ScsiTransport`](crate::ScsiTransport)
//! itself, so code under test cannot tell.

mod exchange;
mod fault;
mod one_of;
mod record;
mod replay;
mod trace;

pub use exchange::Exchange;
pub use fault::{Effect, Fault, Faulty, Mangler};
pub use record::Recorder;
pub use replay::{Replay, ReplayOrder};
pub use trace::{Trace, TraceEvent};
