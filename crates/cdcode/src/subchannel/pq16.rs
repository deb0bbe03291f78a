//! Sixteen bytes: Q with its CRC, three zeros, and a last byte whose bit 7 is P.

use crate::q::QBytes;

/// Writes P and Q.
///
/// wodim and cdrdao hand the CRC over as it is on the disc or inverted; drives seem to make it themselves. It is
/// written as on the disc here.
pub fn write_pq(bytes: &mut [u8; 16], p: bool, q: &QBytes) {
    bytes[..12].copy_from_slice(q);
    bytes[12..].copy_from_slice(&[0, 0, 0, u8::from(p) << 7]);
}

/// The Q frame.
#[must_use]
pub fn read_q(bytes: &[u8; 16]) -> QBytes {
    let mut q = [0; 12];
    q.copy_from_slice(&bytes[..12]);
    q
}

/// The ten bytes of Q before the CRC: what the two bytes after them hold differs between drives and programs.
#[must_use]
pub fn read_q_data(bytes: &[u8; 16]) -> [u8; 10] {
    let mut data = [0; 10];
    data.copy_from_slice(&bytes[..10]);
    data
}

/// The P bit.
#[must_use]
pub const fn read_p(bytes: &[u8; 16]) -> bool {
    bytes[15] & 0x80 != 0
}
