//! The recovery ladder: reset recovery (BOT 1.0, 5.3.4), then the port.

use std::time::Duration;

use webburn_scsi::{TransportError, TransportErrorKind};

use crate::{BulkPipe, Endpoint};

/// How long reset recovery may take: Linux gives the reset request 5 s and waits up to 6 s more before clearing the halts.
pub(crate) const RESET_LIMIT: Duration = Duration::from_secs(20);

/// Which rung of the ladder brought the device back into step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rung {
    /// Bulk-Only Mass Storage Reset, clear halt bulk-in, clear halt bulk-out.
    ResetRecovery,
    /// The port was reset: the drive starts over, with a unit attention.
    PortReset,
}

/// Brings the device back to waiting for a CBW.
///
/// # Errors
/// The device is gone or the pipe closed, or both rungs failed; the last rung's error is given.
pub(crate) async fn recover<P: BulkPipe>(pipe: &mut P) -> Result<Rung, TransportError> {
    pipe.begin_command(RESET_LIMIT);
    match reset_recovery(pipe).await {
        Ok(()) => Ok(Rung::ResetRecovery),
        // Nothing is left to climb to.
        Err(error) if matches!(error.kind, TransportErrorKind::Disconnected | TransportErrorKind::Closed) => Err(error),
        Err(_) => {
            pipe.begin_command(RESET_LIMIT);
            pipe.port_reset().await?;
            Ok(Rung::PortReset)
        }
    }
}

/// The order is the standard's: reset first, then bulk-in, then bulk-out.
async fn reset_recovery<P: BulkPipe>(pipe: &mut P) -> Result<(), TransportError> {
    pipe.mass_storage_reset().await?;
    pipe.clear_halt(Endpoint::In).await?;
    pipe.clear_halt(Endpoint::Out).await
}
