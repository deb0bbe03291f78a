//! USB mass storage, bulk-only transport (BOT 1.0).
//!
//! Both ends' wire types ([`Cbw`], [`Csw`]), the [thirteen cases](cases), and the host side: [`BotTransport`] makes a
//! [`webburn_scsi::ScsiTransport`] of any [`BulkPipe`]. Floor 0: no I/O of its own, no clock, no runtime.
#![forbid(unsafe_code)]

pub mod cases;
mod pipe;
mod recovery;
mod transport;
mod wire;

pub use cases::Case;
pub use pipe::{BulkPipe, Endpoint, TransferEnd, Transferred};
pub use recovery::Rung;
pub use transport::{BotOptions, BotTransport, Subclass};
pub use wire::{Cbw, Csw, CswStatus, NotMeaningful, NotValid, flags};

/// `bInterfaceClass` of mass storage.
pub const CLASS_MASS_STORAGE: u8 = 0x08;
/// `bInterfaceProtocol` of bulk-only transport.
pub const PROTOCOL_BULK_ONLY: u8 = 0x50;
/// `bRequest` of the class request Bulk-Only Mass Storage Reset (BOT 1.0, 3.1): 21h, FFh, 0, interface, 0.
pub const REQUEST_RESET: u8 = 0xFF;
/// `bRequest` of the class request Get Max LUN (BOT 1.0, 3.2): A1h, FEh, 0, interface, 1.
pub const REQUEST_GET_MAX_LUN: u8 = 0xFE;
