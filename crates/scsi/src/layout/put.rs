//! Writes fields into bytes, the reverse of [`get`](super::get). What lies beyond the end is dropped; bits of neighbours stay.

use webburn_sector::{Lba, Msf, SectorCount};

/// These bytes from `at` on.
pub fn bytes<const N: usize>(into: &mut [u8], at: usize, value: [u8; N]) {
    for (to, byte) in into.iter_mut().skip(at).zip(value) {
        *to = byte;
    }
}

/// One byte.
pub fn u8(into: &mut [u8], at: usize, value: u8) {
    bytes(into, at, [value]);
}

/// Two bytes, big-endian.
pub fn u16(into: &mut [u8], at: usize, value: u16) {
    bytes(into, at, value.to_be_bytes());
}

/// The low three bytes, big-endian.
pub fn u24(into: &mut [u8], at: usize, value: u32) {
    let [_, a, b, c] = value.to_be_bytes();
    bytes(into, at, [a, b, c]);
}

/// Four bytes, big-endian.
pub fn u32(into: &mut [u8], at: usize, value: u32) {
    bytes(into, at, value.to_be_bytes());
}

/// A number whose two bytes lie apart: least significant first named.
pub fn split16(into: &mut [u8], lsb: usize, msb: usize, value: u16) {
    let [high, low] = value.to_be_bytes();
    u8(into, lsb, low);
    u8(into, msb, high);
}

/// A block address of four bytes, two's complement.
pub fn lba(into: &mut [u8], at: usize, value: Lba) {
    bytes(into, at, value.to_wire());
}

/// A number of sectors of four bytes.
pub fn count(into: &mut [u8], at: usize, value: SectorCount) {
    u32(into, at, value.0);
}

/// A number of sectors, its low three bytes.
pub fn count24(into: &mut [u8], at: usize, value: SectorCount) {
    u24(into, at, value.0);
}

/// A number of sectors, its low two bytes.
pub fn count16(into: &mut [u8], at: usize, value: SectorCount) {
    u16(into, at, value.0 as u16);
}

/// Minute, second, frame: three bytes, binary.
pub fn msf(into: &mut [u8], at: usize, value: Msf) {
    bytes(into, at, value.to_bytes());
}

/// One bit.
pub fn bit(into: &mut [u8], at: usize, bit: u32, value: bool) {
    bits(into, at, bit, 1, value.into());
}

/// `width` bits whose lowest is bit `low`.
pub fn bits(into: &mut [u8], at: usize, low: u32, width: u32, value: u8) {
    if let Some(byte) = into.get_mut(at) {
        let mask = super::get::mask(width);
        *byte = *byte & !(mask << low) | (value & mask) << low;
    }
}

/// A code of `width` bits whose lowest is bit `low`.
pub fn code<T: Into<u8>>(into: &mut [u8], at: usize, low: u32, width: u32, value: T) {
    bits(into, at, low, width, value.into());
}

/// A code of two bytes.
pub fn code16<T: Into<u16>>(into: &mut [u8], at: usize, value: T) {
    u16(into, at, value.into());
}
