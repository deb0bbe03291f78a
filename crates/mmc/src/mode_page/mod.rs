//! Mode pages, each with its header of two bytes (MMC-6, 7.2; SPC-4, 7.5).

mod caching;
mod capabilities;
mod cd_audio;
mod error_recovery;
mod informational_exceptions;
mod power_condition;
mod time_out_protect;
mod write_parameters;

pub use caching::Caching;
pub use capabilities::{Capabilities, CapabilityFields, PageWriteSpeed};
pub use cd_audio::CdAudioControl;
pub use error_recovery::ErrorRecovery;
pub use informational_exceptions::InformationalExceptions;
pub use power_condition::PowerCondition;
pub use time_out_protect::TimeOutProtect;
pub use write_parameters::{DataBlockType, MultiSession, SessionFormat, WriteParameters, WriteType};

use webburn_scsi::codes;

codes! {
    /// Mode page code.
    ModePageCode(u8) {
        ERROR_RECOVERY = 0x01 "read/write error recovery",
        MRW = 0x03 "MRW",
        WRITE_PARAMETERS = 0x05 "write parameters",
        CACHING = 0x08 "caching",
        CD_AUDIO = 0x0E "CD audio control",
        POWER_CONDITION = 0x1A "power condition",
        INFORMATIONAL_EXCEPTIONS = 0x1C "informational exceptions control",
        TIME_OUT_PROTECT = 0x1D "time-out and protect",
        CAPABILITIES = 0x2A "capabilities and mechanical status",
        ALL = 0x3F "all pages",
    }
}

/// Reading and writing of a page made by `layout!`: header checked and made.
macro_rules! page {
    ($name:ident, $code:ident, at least $least:literal) => {
        impl $name {
            /// Page code.
            pub const CODE: super::ModePageCode = super::ModePageCode::$code;

            /// Reads a page, header included. What a shorter (older) page lacks is zero.
            ///
            /// # Errors
            /// Another page code, or fewer bytes than the oldest version has.
            pub fn parse(page: &[u8]) -> Result<Self, ::webburn_scsi::Malformed> {
                Ok(Self::read(super::checked(stringify!($name), Self::CODE, page, $least)?))
            }

            /// The page, header included.
            #[must_use]
            pub fn page(&self) -> [u8; Self::LEN] {
                let mut page = self.encode();
                page[0] |= Self::CODE.0;
                page[1] = (Self::LEN - 2) as u8;
                page
            }
        }
    };
}
use page;

/// The bytes of a page as far as its own header says; `least` of them must be there.
fn checked<'a>(
    what: &'static str,
    code: ModePageCode,
    page: &'a [u8],
    least: usize,
) -> Result<&'a [u8], webburn_scsi::Malformed> {
    let [first, length, ..] = *page else {
        return Err(webburn_scsi::Malformed::new(what, "shorter than its header", page.len()));
    };
    if first & 0x3F != code.0 {
        return Err(webburn_scsi::Malformed::new(what, "another mode page", page.len()));
    }
    webburn_scsi::announced(what, page, usize::from(length) + 2, least)
}
