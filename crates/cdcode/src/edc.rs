//! The 32-bit error detection code of data sectors.

/// (x¹⁶+x¹⁵+x²+1)(x¹⁶+x²+x+1), reflected (ECMA-130, 14.3).
const POLYNOMIAL: u32 = 0xD801_8001;

/// Table `k` advances a byte over `k` more zero bytes, so that sixteen bytes go in one step.
static TABLES: [[u32; 256]; 16] = {
    let mut tables = [[0; 256]; 16];
    let mut byte = 0;
    while byte < 256 {
        let mut crc = byte as u32;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 1 == 0 { crc >> 1 } else { crc >> 1 ^ POLYNOMIAL };
            bit += 1;
        }
        tables[0][byte] = crc;
        byte += 1;
    }
    let mut k = 1;
    while k < 16 {
        let mut byte = 0;
        while byte < 256 {
            let before = tables[k - 1][byte];
            tables[k][byte] = before >> 8 ^ tables[0][(before & 0xFF) as usize];
            byte += 1;
        }
        k += 1;
    }
    tables
};

/// The EDC of `bytes`, to be stored little-endian: start 0, least significant bit first, not inverted.
#[must_use]
pub fn edc(bytes: &[u8]) -> u32 {
    let (blocks, rest) = bytes.as_chunks::<16>();
    let mut crc = 0_u32;
    for block in blocks {
        let mixed = u128::from_le_bytes(*block) ^ u128::from(crc);
        let byte = |k: u32| (mixed >> (8 * k)) as u8 as usize;
        // Two halves, so that the processor may look up one while it waits for the other.
        let low = TABLES[15][byte(0)] ^ TABLES[14][byte(1)] ^ TABLES[13][byte(2)] ^ TABLES[12][byte(3)];
        let rest = TABLES[11][byte(4)] ^ TABLES[10][byte(5)] ^ TABLES[9][byte(6)] ^ TABLES[8][byte(7)];
        let high = TABLES[7][byte(8)] ^ TABLES[6][byte(9)] ^ TABLES[5][byte(10)] ^ TABLES[4][byte(11)];
        let last = TABLES[3][byte(12)] ^ TABLES[2][byte(13)] ^ TABLES[1][byte(14)] ^ TABLES[0][byte(15)];
        crc = low ^ (rest ^ high ^ last);
    }
    for &byte in rest {
        crc = crc >> 8 ^ TABLES[0][(crc as u8 ^ byte) as usize];
    }
    crc
}
