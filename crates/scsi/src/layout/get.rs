//! Reads fields out of bytes. What lies beyond the end is zero.

use webburn_sector::{Lba, Msf, SectorCount};

/// The `N` bytes from `at` on.
#[must_use]
pub fn bytes<const N: usize>(from: &[u8], at: usize) -> [u8; N] {
    let mut out = [0; N];
    for (to, byte) in out.iter_mut().zip(from.iter().skip(at)) {
        *to = *byte;
    }
    out
}

/// One byte.
#[must_use]
pub fn u8(from: &[u8], at: usize) -> u8 {
    from.get(at).copied().unwrap_or(0)
}

/// Two bytes, big-endian.
#[must_use]
pub fn u16(from: &[u8], at: usize) -> u16 {
    u16::from_be_bytes(bytes(from, at))
}

/// Three bytes, big-endian.
#[must_use]
pub fn u24(from: &[u8], at: usize) -> u32 {
    let [a, b, c] = bytes(from, at);
    u32::from_be_bytes([0, a, b, c])
}

/// Four bytes, big-endian.
#[must_use]
pub fn u32(from: &[u8], at: usize) -> u32 {
    u32::from_be_bytes(bytes(from, at))
}

/// A number whose two bytes lie apart: least significant first named.
#[must_use]
pub fn split16(from: &[u8], lsb: usize, msb: usize) -> u16 {
    u16::from_be_bytes([u8(from, msb), u8(from, lsb)])
}

/// A block address of four bytes, two's complement.
#[must_use]
pub fn lba(from: &[u8], at: usize) -> Lba {
    Lba::from_wire(bytes(from, at))
}

/// A number of sectors of four bytes.
#[must_use]
pub fn count(from: &[u8], at: usize) -> SectorCount {
    SectorCount(u32(from, at))
}

/// A number of sectors of three bytes.
#[must_use]
pub fn count24(from: &[u8], at: usize) -> SectorCount {
    SectorCount(u24(from, at))
}

/// A number of sectors of two bytes.
#[must_use]
pub fn count16(from: &[u8], at: usize) -> SectorCount {
    SectorCount(u16(from, at).into())
}

/// Minute, second, frame: three bytes, binary.
#[must_use]
pub fn msf(from: &[u8], at: usize) -> Msf {
    Msf::from(bytes::<3>(from, at))
}

/// One bit.
#[must_use]
pub fn bit(from: &[u8], at: usize, bit: u32) -> bool {
    u8(from, at) >> bit & 1 == 1
}

/// `width` bits whose lowest is bit `low`.
#[must_use]
pub fn bits(from: &[u8], at: usize, low: u32, width: u32) -> u8 {
    u8(from, at) >> low & mask(width)
}

/// A code of `width` bits whose lowest is bit `low`.
#[must_use]
pub fn code<T: From<u8>>(from: &[u8], at: usize, low: u32, width: u32) -> T {
    T::from(bits(from, at, low, width))
}

/// A code of two bytes.
#[must_use]
pub fn code16<T: From<u16>>(from: &[u8], at: usize) -> T {
    T::from(u16(from, at))
}

pub(super) const fn mask(width: u32) -> u8 {
    if width >= 8 { 0xFF } else { (1 << width) - 1 }
}
