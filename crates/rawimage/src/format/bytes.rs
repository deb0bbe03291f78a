//! Fields of binary headers, and where they end.

use crate::error::{Code, ImageError, Place};
use crate::port::FileSource;

/// A part of a binary file, read whole, with its place in it.
pub(super) struct Part<'a> {
    pub name: &'a str,
    pub at: u64,
    pub bytes: &'a [u8],
}

impl Part<'_> {
    /// `N` bytes at `at`, counted from the part's start.
    pub(super) fn array<const N: usize>(&self, at: usize, what: &str) -> Result<[u8; N], ImageError> {
        at.checked_add(N).and_then(|end| self.bytes.get(at..end)).and_then(|b| b.try_into().ok()).ok_or_else(|| {
            let place = Place::Byte(self.at + self.bytes.len() as u64);
            ImageError::new(Code::Damaged, self.name, place, format!("it ends before {what}"))
        })
    }

    pub(super) fn u8(&self, at: usize, what: &str) -> Result<u8, ImageError> {
        Ok(u8::from_be_bytes(self.array(at, what)?))
    }

    pub(super) fn u16_be(&self, at: usize, what: &str) -> Result<u16, ImageError> {
        Ok(u16::from_be_bytes(self.array(at, what)?))
    }

    pub(super) fn u16_le(&self, at: usize, what: &str) -> Result<u16, ImageError> {
        Ok(u16::from_le_bytes(self.array(at, what)?))
    }

    pub(super) fn u32_be(&self, at: usize, what: &str) -> Result<u32, ImageError> {
        Ok(u32::from_be_bytes(self.array(at, what)?))
    }

    pub(super) fn u32_le(&self, at: usize, what: &str) -> Result<u32, ImageError> {
        Ok(u32::from_le_bytes(self.array(at, what)?))
    }

    pub(super) fn u64_be(&self, at: usize, what: &str) -> Result<u64, ImageError> {
        Ok(u64::from_be_bytes(self.array(at, what)?))
    }

    pub(super) fn u64_le(&self, at: usize, what: &str) -> Result<u64, ImageError> {
        Ok(u64::from_le_bytes(self.array(at, what)?))
    }

    /// The part from `at` on, at most `length` bytes.
    pub(super) fn from(&self, at: usize, length: usize) -> Part<'_> {
        let bytes = self.bytes.get(at..).unwrap_or_default();
        Part { name: self.name, at: self.at + at as u64, bytes: &bytes[..bytes.len().min(length)] }
    }

    /// A fault at a byte of this part.
    pub(super) fn fault(&self, code: Code, at: usize, what: impl Into<String>) -> ImageError {
        ImageError::new(code, self.name, Place::Byte(self.at + at as u64), what)
    }
}

/// Reads `length` bytes of a table at `at`; a table longer than `limit` is taken for damage.
pub(super) async fn table(
    file: &mut dyn FileSource,
    name: &str,
    (at, length): (u64, u64),
    limit: u64,
    what: &str,
) -> Result<Vec<u8>, ImageError> {
    let fits = at.checked_add(length).is_some_and(|end| end <= file.length());
    if !fits || length > limit {
        let text =
            format!("{what} is said to lie at byte {at} and to have {length} bytes; the file has {}", file.length());
        return Err(ImageError::new(Code::Damaged, name, Place::Byte(at.min(file.length())), text));
    }
    let mut bytes = vec![0; length as usize];
    file.read_at(at, &mut bytes).await.map_err(|error| ImageError::unreadable(name, &error))?;
    Ok(bytes)
}
