//! Why an image is not put onto a disc, said before the drive is asked.

use std::fmt;

use webburn_imapi::HResult;
use webburn_imapi::hresult::{
    E_IMAPI_DF2RAW_MEDIA_IS_NOT_BLANK, E_IMAPI_DF2RAW_MEDIA_IS_NOT_SUPPORTED, E_IMAPI_DF2RAW_STREAM_NOT_SUPPORTED,
    E_INVALIDARG,
};
use webburn_rawimage::ImageError;
use webburn_rawimage::at_once::NotAtOnce;
use webburn_rawimage::stream::NotStreamable;

/// Why an image is not put onto a disc. Nothing was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The drive holds another kind of disc than a CD; its name.
    NotACd(&'static str),
    /// So many sessions, and raw: lead-in and lead-out of all but the first are the drive's own.
    SessionsNotRaw(usize),
    /// Raw with the laser off, or beyond the end of the disc: no drive offers it.
    RawAsItIs,
    /// Something is on a rewritable disc.
    EraseRequired,
    /// Something is on a disc that is written once.
    NotBlank,
    /// No disc can be what the image says.
    Image(ImageError),
    /// A session that no cue sheet can tell of.
    NotAtOnce {
        /// Why.
        why: NotAtOnce,
        /// Sessions of the image: one alone may be written raw.
        sessions: usize,
    },
    /// A session that cannot be written raw either.
    NotRaw(NotStreamable),
}

impl Refusal {
    /// Its stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Refusal::NotACd(_) => "disc-unsupported",
            Refusal::EraseRequired => "disc-erase-required",
            Refusal::NotBlank => "disc-not-blank",
            Refusal::RawAsItIs => "argument-invalid",
            Refusal::Image(error) => error.code.as_str(),
            Refusal::NotAtOnce { why: NotAtOnce::Text(_), .. } | Refusal::NotRaw(NotStreamable::Text(_)) => {
                "image-text-too-large"
            }
            Refusal::SessionsNotRaw(_) | Refusal::NotAtOnce { .. } | Refusal::NotRaw(_) => "image-not-supported",
        }
    }

    /// Which of those that share a code: for whoever has sentences of its own.
    #[must_use]
    pub const fn reason(&self) -> Option<&'static str> {
        match self {
            Refusal::SessionsNotRaw(_) => Some("sessions-not-raw"),
            _ if self.needs_raw() => Some("needs-raw"),
            _ => None,
        }
    }

    /// The number under which the raw writer would refuse it.
    #[must_use]
    pub const fn hresult(&self) -> HResult {
        match self {
            Refusal::NotACd(_) => E_IMAPI_DF2RAW_MEDIA_IS_NOT_SUPPORTED,
            Refusal::EraseRequired | Refusal::NotBlank => E_IMAPI_DF2RAW_MEDIA_IS_NOT_BLANK,
            Refusal::RawAsItIs => E_INVALIDARG,
            Refusal::SessionsNotRaw(_) | Refusal::Image(_) | Refusal::NotAtOnce { .. } | Refusal::NotRaw(_) => {
                E_IMAPI_DF2RAW_STREAM_NOT_SUPPORTED
            }
        }
    }

    /// Written raw, with its sub-channel, it would go: a track of mode 0 in an image of one session.
    #[must_use]
    pub const fn needs_raw(&self) -> bool {
        matches!(self, Refusal::NotAtOnce { why: NotAtOnce::Mode0(_), sessions: 1 })
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::NotACd(medium) => write!(f, "the image of a CD, and the disc is a {medium}"),
            Refusal::SessionsNotRaw(sessions) => write!(f, "{sessions} sessions cannot be written raw"),
            Refusal::RawAsItIs => f.write_str("raw goes neither with the laser off nor beyond the end of the disc"),
            Refusal::EraseRequired => f.write_str("something is on the rewritable disc"),
            Refusal::NotBlank => f.write_str("something is on the disc"),
            Refusal::Image(error) => error.fmt(f),
            Refusal::NotAtOnce { why, .. } => why.fmt(f),
            Refusal::NotRaw(why) => why.fmt(f),
        }
    }
}

impl std::error::Error for Refusal {}
