//! The 16-bit check of Q frames and CD-Text packs.

const TABLE: [u16; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut crc = (byte as u16) << 8;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 0x8000 == 0 { crc << 1 } else { crc << 1 ^ 0x1021 };
            bit += 1;
        }
        table[byte] = crc;
        byte += 1;
    }
    table
};

/// The check that goes on the disc, big-endian: generator x¹⁶+x¹²+x⁵+1, start 0, most significant bit first,
/// and the remainder inverted (ECMA-130, 22.3.6; MMC-3 annex J for CD-Text).
#[must_use]
pub const fn crc16(bytes: &[u8]) -> u16 {
    let mut crc = 0_u16;
    let mut at = 0;
    while at < bytes.len() {
        crc = crc << 8 ^ TABLE[(crc >> 8) as usize ^ bytes[at] as usize];
        at += 1;
    }
    !crc
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_frames_have_their_known_checks() {
        assert_eq!(crc16(&[0x41, 1, 1, 0, 0, 0, 0, 0, 2, 0]), 0x2832);
        assert_eq!(crc16(b"\x80\0\0\0Joyful Night"), 0xF0F7);
        assert_eq!(crc16(&[]), 0xFFFF);
    }
}
