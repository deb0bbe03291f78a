//! Every HRESULT of IMAPI2 and IMAPI2FS with its name, value and meaning.
//!
//! Values: `imapi2error.h` and `imapi2fserror.h` of the Windows SDK. Facility is 0AAh; failures are C0AAxxxx, except
//! most of the erase codes and all raw image codes, which are 80AAxxxx. Meanings in our own words.

use std::fmt;

/// Declares the constants of one group and the table to look them up in.
macro_rules! symbols {
    ($table:ident: $($name:ident = $value:literal, $label:literal, $meaning:literal;)*) => {
        $(
            #[doc = $meaning]
            pub const $name: HResult = HResult($value);
        )*
        /// The symbols of this group, in the order of their listing.
        pub(super) const $table: &[Symbol] =
            &[$(Symbol { value: $name, name: $label, meaning: $meaning }),*];
    };
}

mod device;
mod image;
mod system;
mod writers;

pub use device::*;
pub use image::*;
pub use system::*;
pub use writers::*;

/// A result code as COM numbers them: bit 31 set means failure.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HResult(pub u32);

/// One named code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// The number.
    pub value: HResult,
    /// As the header spells it.
    pub name: &'static str,
    /// What it says, in one line.
    pub meaning: &'static str,
}

/// Another name of [`E_INVALIDARG`], listed for `InitializeDiscRecorder`.
pub const STRSAFE_E_INVALID_PARAMETER: HResult = E_INVALIDARG;

impl HResult {
    /// Bit 31 is set.
    #[must_use]
    pub const fn is_failure(self) -> bool {
        self.0 & 0x8000_0000 != 0
    }

    /// The code as the signed number that COM and scripts show.
    #[must_use]
    pub const fn as_i32(self) -> i32 {
        self.0 as i32
    }

    /// Name and meaning, where the code is one of ours.
    #[must_use]
    pub fn symbol(self) -> Option<&'static Symbol> {
        symbols().find(|symbol| symbol.value == self)
    }

    /// The header's name, or `"HRESULT"` for a code that is not in the tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.symbol().map_or("HRESULT", |symbol| symbol.name)
    }
}

const GROUPS: [&[Symbol]; 4] = [SYSTEM, DEVICE, WRITERS, IMAGE];

/// Every symbol of every group.
pub fn symbols() -> impl Iterator<Item = &'static Symbol> {
    GROUPS.into_iter().flatten()
}

impl fmt::Display for HResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "0x{:08X}", self.0)
    }
}

impl fmt::Debug for HResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({self})", self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn values_and_names_are_unique() {
        let values: BTreeSet<_> = symbols().map(|s| s.value).collect();
        let names: BTreeSet<_> = symbols().map(|s| s.name).collect();
        assert_eq!(values.len(), symbols().count());
        assert_eq!(names.len(), symbols().count());
    }

    #[test]
    fn severity_follows_the_name() {
        for symbol in symbols() {
            let success = symbol.name.starts_with("S_") || symbol.name.starts_with("IMAPI_S_");
            assert_eq!(symbol.value.is_failure(), !success, "{}", symbol.name);
            assert!(symbol.meaning.len() > 3, "{}", symbol.name);
        }
    }

    #[test]
    fn known_values() {
        // Spot checks against imapi2error.h: one of each block.
        for (code, value) in [
            (E_IMAPI_RECORDER_MEDIA_NO_MEDIA, 0xC0AA_0202),
            (E_IMAPI_RECORDER_INVALID_RESPONSE_FROM_DEVICE, 0xC0AA_02FF),
            (E_IMAPI_UNEXPECTED_RESPONSE_FROM_DEVICE, 0xC0AA_0301),
            (E_IMAPI_DF2DATA_CLIENT_NAME_IS_NOT_VALID, 0xC0AA_0408),
            (E_IMAPI_DF2TAO_CLIENT_NAME_IS_NOT_VALID, 0xC0AA_050F),
            (E_IMAPI_DF2RAW_STREAM_LEADIN_TOO_SHORT, 0xC0AA_060F),
            (E_IMAPI_ERASE_TOOK_LONGER_THAN_ONE_HOUR, 0x80AA_0906),
            (E_IMAPI_ERASE_CLIENT_NAME_IS_NOT_VALID, 0xC0AA_090B),
            (E_IMAPI_RAW_IMAGE_TRACK_INDEX_TOO_CLOSE_TO_OTHER_INDEX, 0x80AA_0A0A),
            (IMAPI_E_DATA_STREAM_INCONSISTENCY, 0xC0AA_B128),
            (ERROR_INVALID_HANDLE, 0x8007_0006),
            (ERROR_DEV_NOT_EXIST, 0x8007_0037),
            (S_IMAPI_BOTHADJUSTED, 0x00AA_0006),
        ] {
            assert_eq!(code.0, value, "{code:?}");
        }
        assert_eq!(E_NOTIMPL.as_i32(), -2_147_467_263);
        assert_eq!(HResult(0x8000_0001).name(), "HRESULT");
    }
}
