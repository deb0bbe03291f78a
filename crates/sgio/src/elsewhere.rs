//! Where there is no `SG_IO`.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use webburn_scsi::{Caps, Cdb, Completion, Data, ScsiTransport, TransportError, TransportErrorKind};

const WHY: &str = "commands to a disc drive go through Linux's SG_IO, which this system does not have";

/// Why a drive could not be opened.
#[derive(Debug)]
pub enum OpenError {
    /// Never here.
    NotFound(PathBuf),
    /// Never here.
    Denied(PathBuf),
    /// Never here.
    Busy(PathBuf),
    /// Never here.
    NotOptical(PathBuf),
    /// This system has no `SG_IO`.
    Io(PathBuf, std::io::Error),
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(WHY)
    }
}

impl std::error::Error for OpenError {}

/// Cannot be made on this system.
#[derive(Debug)]
pub struct SgIo(std::convert::Infallible);

impl SgIo {
    /// Says why not.
    ///
    /// # Errors
    /// Always.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        Err(OpenError::Io(path.to_owned(), std::io::Error::new(std::io::ErrorKind::Unsupported, WHY)))
    }
}

impl ScsiTransport for SgIo {
    fn caps(&self) -> Caps {
        match self.0 {}
    }

    async fn execute(&mut self, _: &Cdb, _: Data<'_>, _: Duration) -> Result<Completion, TransportError> {
        Err(TransportError::new(TransportErrorKind::Other, WHY))
    }
}
