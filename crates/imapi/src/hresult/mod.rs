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
