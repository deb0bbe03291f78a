//! Command descriptor blocks.

use std::fmt;

/// A command descriptor block of 6 to 16 bytes (SPC-4, 4.3). Bus encapsulations pad it, it does not.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Cdb {
    bytes: [u8; 16],
    len: u8,
}

/// The bytes handed over are no CDB: shorter than 6 or longer than 16.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CdbLengthError(pub usize);

impl fmt::Display for CdbLengthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a command descriptor block has 6 to 16 bytes, not {}", self.0)
    }
}

impl std::error::Error for CdbLengthError {}

impl Cdb {
    /// A block of a length known at compile time (6, 10, 12 or 16; checked when compiled).
    #[must_use]
    pub const fn new<const N: usize>(block: [u8; N]) -> Self {
        const { assert!(N >= 6 && N <= 16, "a CDB has 6 to 16 bytes") };
        let mut bytes = [0; 16];
        let mut i = 0;
        while i < N {
            bytes[i] = block[i];
            i += 1;
        }
        Cdb { bytes, len: N as u8 }
    }

    /// A block from bytes that came from elsewhere (pass-through, a relay frame, a CBW).
    ///
    /// # Errors
    /// A length outside 6..=16.
    pub fn from_slice(block: &[u8]) -> Result<Self, CdbLengthError> {
        if !(6..=16).contains(&block.len()) {
            return Err(CdbLengthError(block.len()));
        }
        let mut bytes = [0; 16];
        bytes[..block.len()].copy_from_slice(block);
        Ok(Cdb { bytes, len: block.len() as u8 })
    }

    /// The bytes of the block.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes[..usize::from(self.len)]
    }

    /// The operation code, byte 0.
    #[must_use]
    pub const fn opcode(&self) -> u8 {
        self.bytes[0]
    }

    /// The sixteen bytes of a CBW or relay frame, zero padded.
    #[must_use]
    pub const fn padded(&self) -> &[u8; 16] {
        &self.bytes
    }
}

impl fmt::Debug for Cdb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Cdb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, byte) in self.as_bytes().iter().enumerate() {
            if i > 0 {
                f.write_str(" ")?;
            }
            write!(f, "{byte:02x}")?;
        }
        Ok(())
    }
}
