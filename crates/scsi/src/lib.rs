//! SAM and SPC vocabulary, and the two ports every command passes through.
//!
//! Host side: [`ScsiTransport`] carries a command to a drive. Device side: [`Target`] obeys it. Between them travel a
//! [`Cdb`], data, a status and [`Sense`]. A CHECK CONDITION is not an error of the transport: it is a completion that
//! carries sense. Floor 0: no I/O, no clock, no runtime.
#![forbid(unsafe_code)]

mod asc;
mod cdb;
mod command;
mod sense;
mod target;
mod transport;

pub mod layout;
pub mod spc;
pub mod wrap;

pub use asc::{Asc, asc_name, asc_names};
pub use cdb::{Cdb, CdbLengthError};
pub use command::{Command, Malformed, Payload, Raw, announced};
pub use sense::{Progress, Sense, SenseKey};
pub use target::{Outcome, Reply, Target};
pub use transport::{
    Caps, Completion, Data, Direction, RunEnd, ScsiTransport, Status, TransportError, TransportErrorKind, Write,
};
pub use webburn_sector::{MaybeSend, MaybeSync};
