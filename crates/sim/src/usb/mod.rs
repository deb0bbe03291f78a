//! The drive as a USB device, at byte level: bulk-only transport 1.0 and the requests of endpoint 0.

mod bot_device;
mod control;
pub mod descriptors;
mod options;
mod result;
mod target;

pub use bot_device::BotDevice;
pub use control::{ControlResult, Setup};
pub use options::{BotOptions, MaxLun, Misbehaviour, Occurs, Oddity, Shortfall};
pub use result::{InResult, OutResult};
pub use target::{UsbTarget, Wants};
