//! A simulated burner: obeys command descriptor blocks and, one layer lower, the bytes of USB bulk-only transport.
//!
//! It stands at the far end of the wire, so it is written against the standards and not against the host: every reply
//! is laid out here by hand, byte for byte, and not through the host's own decoders. A layout that both ends had from
//! one place would agree with itself and be wrong.
//!
//! | module | what it models |
//! |---|---|
//! | [`SimDrive`] | the drive: dispatch, unit attentions, long operations, tray |
//! | [`cd`] | what lies on a CD, sector by sector, with what the drive adds to what the host sent |
//! | [`disc`] | the media, one file each, and the state of the disc that lies in the tray |
//! | [`recording`] | what may be written where, per kind of medium |
//! | [`surface`] | what has been burnt, and the store that keeps the bytes |
//! | [`timing`] | virtual clock, pace, speeds |
//! | [`personality`] | which drive it is: identity, abilities, oddities |
//! | [`fault`] | what goes wrong, by script |
//! | [`usb`] | the same drive as a USB device, at byte level |
//! | [`Loopback`] | the shortest wire: a transport that is nothing but this drive |
//!
//! Time is virtual: nothing here waits. A command says when its status is due and whoever carries it decides whether
//! to wait ([`Pace`]).
#![forbid(unsafe_code)]

pub mod cache;
pub mod cd;
pub mod disc;
pub mod fault;
pub mod personality;
pub mod recording;
pub mod surface;
pub mod timing;
pub mod usb;

mod command;
mod drive;
mod loopback;
mod sense;

pub use disc::{BadState, Disc, DiscState, MediumKind, UnknownMedium};
pub use drive::SimDrive;
pub use fault::{Fault, FaultScript, Then, When};
pub use loopback::{Loopback, SharedSim};
pub use personality::Personality;
#[cfg(feature = "texts")]
pub use personality::PersonalityError;
pub use timing::{Pace, Pacer, VirtualTime};
