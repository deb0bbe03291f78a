//! Linux `SG_IO` as a [`webburn_scsi::ScsiTransport`]: SCSI commands to `/dev/srN`.
//!
//! Floor 3, and the only crate with `unsafe`: one `ioctl`. It opens optical drives and nothing else, never by symbolic
//! link, and exclusively, so that neither a mounted disc nor another burner is disturbed. The kernel filters commands of
//! programs without `CAP_SYS_RAWIO`; that filter is a second wall behind the relay's policy, not a replacement.
//!
//! On systems other than Linux the crate compiles, finds no drive, and says why.

mod enumerate;
mod status;

#[cfg(target_os = "linux")]
mod ioctl;
#[cfg(target_os = "linux")]
#[path = "linux.rs"]
mod transport;
#[cfg(not(target_os = "linux"))]
#[path = "elsewhere.rs"]
mod transport;

pub use enumerate::{Found, drives, drives_under};
pub use transport::{OpenError, SgIo};
