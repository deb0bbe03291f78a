//! What went wrong, for programs and people: a stable code, an HRESULT, figures, and the cause untouched.

use std::fmt;
use std::sync::Arc;

use webburn_drive::Media;
use webburn_scsi::Sense;
use webburn_sector::{Lba, SourceError, SourceErrorKind};

use crate::hresult::{self, HResult};
use crate::outcome::{self, Path};
use crate::{Arg, Args};

/// What lies below an [`Error`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The drive or the way to it.
    Drive(webburn_drive::Error),
    /// The source of the sectors.
    Source(SourceError),
}

/// A failure of the object model.
#[derive(Clone, Debug, PartialEq)]
pub struct Error {
    /// A stable name, one of [`code::FAILURES`](crate::code::FAILURES).
    pub code: &'static str,
    /// The number IMAPI2 gives it.
    pub hresult: HResult,
    /// Figures for the sentence.
    pub args: Args,
    /// What lies below, where something does.
    pub cause: Option<Box<Cause>>,
    /// Where on the disc, where that is known.
    pub lba: Option<Lba>,
    /// Nothing was sent to the disc before it failed: a write-once disc is as it was.
    pub refused_before_writing: bool,
    /// The disc afterwards, asked anew; `None` when it was not or could not be asked.
    pub after: Option<Arc<Media>>,
}

impl Error {
    /// A failure without a cause below.
    #[must_use]
    pub fn new(code: &'static str, hresult: HResult) -> Self {
        Error { code, hresult, args: Args::new(), cause: None, lba: None, refused_before_writing: true, after: None }
    }

    /// The same with one more figure.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.push((name, value.into()));
        self
    }

    /// What a drive's refusal or a broken wire means on `path`.
    #[must_use]
    pub fn from_drive(error: webburn_drive::Error, path: Path) -> Self {
        let (hresult, code) = outcome::of_drive_error(&error, path);
        let mut made = Error::new(code, hresult);
        made.lba = error.at_lba;
        if let webburn_drive::CommandError::Transport(transport) = &error.cause
            && transport.kind == webburn_scsi::TransportErrorKind::Locked
        {
            made = made.with("holder", transport.detail.as_str());
        }
        made.cause = Some(Box::new(Cause::Drive(error)));
        made
    }

    /// What a source that fails means: the stream is not what it was announced to be.
    #[must_use]
    pub fn from_source(error: SourceError) -> Self {
        // IMAPI2's own data writer lists no code for a failing stream; the file system side has these two.
        let (code, hresult) = match error.kind {
            SourceErrorKind::Unreadable => ("image-unreadable", hresult::IMAPI_E_DATA_STREAM_READ_FAILURE),
            SourceErrorKind::Shrank => ("image-shrank", hresult::IMAPI_E_DATA_STREAM_INCONSISTENCY),
            SourceErrorKind::Grew => ("image-grew", hresult::IMAPI_E_DATA_STREAM_INCONSISTENCY),
            SourceErrorKind::Changed => ("image-changed", hresult::IMAPI_E_DATA_STREAM_INCONSISTENCY),
        };
        let mut made = Error::new(code, hresult).with("atByte", error.at_byte);
        made.cause = Some(Box::new(Cause::Source(error)));
        made
    }

    /// The same, known to have come after something was sent to the disc.
    #[must_use]
    pub fn after_writing(mut self) -> Self {
        self.refused_before_writing = false;
        self
    }

    /// The drive's own error below.
    #[must_use]
    pub fn drive_error(&self) -> Option<&webburn_drive::Error> {
        match self.cause.as_deref() {
            Some(Cause::Drive(error)) => Some(error),
            _ => None,
        }
    }

    /// The sense below.
    #[must_use]
    pub fn sense(&self) -> Option<&Sense> {
        self.drive_error().and_then(webburn_drive::Error::sense)
    }

    /// The command that failed, by its standard's name.
    #[must_use]
    pub fn command(&self) -> Option<&'static str> {
        self.drive_error().map(|error| error.command)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} {})", self.code, self.hresult, self.hresult.name())?;
        for (name, value) in &self.args {
            write!(f, " {name}={value}")?;
        }
        match self.cause.as_deref() {
            Some(Cause::Drive(error)) => write!(f, ": {error}"),
            Some(Cause::Source(error)) => write!(f, ": {error}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Error {}
