//! Where sectors go.

use webburn_imapi::{Error, SinkError};
use webburn_sector::MaybeSend;

/// Takes sectors in order, many at once.
pub trait SectorOut: MaybeSend {
    /// Takes whole sectors, or their 2048 bytes of user data where those were wanted; `planes` has 96 bytes of sub-channel
    /// for each (eight planes of twelve bytes), or is empty where the drive gave none. It may make the reading wait.
    ///
    /// # Errors
    /// They cannot be kept: the reading ends.
    fn put(&mut self, sectors: &[u8], planes: &[u8]) -> impl Future<Output = Result<(), SinkError>> + MaybeSend;

    /// What comes now is of the next session, where a whole disc is read.
    fn next_session(&mut self) {}
}

/// Why copying ended.
#[derive(Debug)]
pub enum CopyError {
    /// The drive, or a wish to stop.
    Engine(Error),
    /// The output.
    Output(SinkError),
    /// The format has no word for this disc.
    Format(String),
}

impl From<Error> for CopyError {
    fn from(error: Error) -> Self {
        CopyError::Engine(error)
    }
}

impl From<SinkError> for CopyError {
    fn from(error: SinkError) -> Self {
        CopyError::Output(error)
    }
}
