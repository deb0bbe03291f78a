//! SCSI over a frame channel: one binary frame carries one command, one carries its answer.
//!
//! [`RelayTransport`] is the client: a [`webburn_scsi::ScsiTransport`] over a [`FrameChannel`]. [`Server`] is the far end:
//! it takes a frame, obeys the [policy] of permitted commands, and gives the reply frame. The [wire] format is documented
//! byte by byte. Floor 1: no sockets, no threads, no clock.
#![forbid(unsafe_code)]

mod channel;
mod client;
pub mod policy;
mod server;
pub mod wire;

pub use channel::{FrameChannel, Used};
pub use client::RelayTransport;
pub use server::{Intake, Served, Server};
pub use wire::{FrameError, Hello, Lease};

/// Most bytes of one command's data phase: 1 MiB.
pub const MAX_TRANSFER: usize = 1 << 20;
/// Most bytes of a message: the largest data phase and a header, or as many smaller ones.
pub const MAX_FRAME: usize = MAX_TRANSFER + 4096;
/// WRITEs in one message where a channel packs. A message costs a browser the same whatever its length: with one WRITE in
/// each, that cost is the limit of the speed.
pub const PACKED: usize = 8;
/// Commands of a run under way at once: four messages.
pub const DEPTH: usize = 4 * PACKED;
