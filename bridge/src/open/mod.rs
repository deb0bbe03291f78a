//! Ways to a drive from this program: the kernel's pass-through, or a simulated drive.

use std::time::Duration;

use webburn_scsi::{Cdb, Data, ScsiTransport, one_of};
use webburn_sgio::SgIo;

mod identity;
mod simulated;
mod spec;
mod transport;
mod wbd;

pub use identity::Identity;
pub use simulated::{ChangeError, Simulated};
pub use spec::{Options, Spec, SpecError, parse_pace};
pub use transport::SimTransport;
pub use wbd::{DiscFile, WbdError};

/// An open drive. Commands block the calling thread: a drive has a thread of its own.
#[derive(Debug)]
pub enum OpenDrive {
    /// `/dev/srN`.
    Real(SgIo),
    /// A simulated drive at its pace.
    Simulated(SimTransport),
}

one_of!(OpenDrive: Real, Simulated);

/// Unlocks the tray: what is owed to a person whose program went away. PREVENT ALLOW MEDIUM REMOVAL, prevent 0.
///
/// Whatever comes of it is of no use any more, so nothing is returned.
pub async fn unlock_tray<T: ScsiTransport>(drive: &mut T) {
    let cdb = Cdb::new([0x1E, 0, 0, 0, 0, 0]);
    if let Err(error) = drive.execute(&cdb, Data::None, Duration::from_secs(30)).await {
        tracing::debug!("the tray was not unlocked: {error}");
    }
}
