//! The reference: one symbol, one bit at a time, as ECMA-130 words it. Slow on purpose; shares nothing with the crate.

use std::sync::LazyLock;

/// α·x in GF(2⁸).
fn times_alpha(x: u8) -> u8 {
    let doubled = u16::from(x) << 1;
    (if doubled > 0xFF { doubled ^ 0x11D } else { doubled }) as u8
}

fn product(a: u8, b: u8) -> u8 {
    (0..8).rev().fold(0, |sum, bit| times_alpha(sum) ^ if b >> bit & 1 == 1 { a } else { 0 })
}

fn power_of_alpha(exponent: usize) -> u8 {
    (0..exponent).fold(1, |x, _| times_alpha(x))
}

/// The two parity symbols of a code word, found by trying: the standard only says which sums must be zero.
fn parity(data: &[u8]) -> [u8; 2] {
    let n = data.len() + 2;
    let sum = data.iter().fold(0, |sum, &v| sum ^ v);
    let weighted = data.iter().enumerate().fold(0, |sum, (i, &v)| sum ^ product(v, power_of_alpha(n - 1 - i)));
    for p0 in 0..=255 {
        let p1 = sum ^ p0;
        if weighted ^ times_alpha(p0) ^ p1 == 0 {
            return [p0, p1];
        }
    }
    unreachable!("the two sums always have a solution")
}

/// The EDC of bytes, bit by bit.
pub fn edc(bytes: &[u8]) -> [u8; 4] {
    let mut register = 0_u32;
    for byte in bytes {
        for bit in 0..8 {
            let out = (register ^ u32::from(byte >> bit)) & 1;
            register = register >> 1 ^ if out == 1 { 0xD801_8001 } else { 0 };
        }
    }
    register.to_le_bytes()
}

/// Writes P, then Q, by the word numbers of annex A.
pub fn write_parity(sector: &mut [u8; 2352]) {
    let at = |word: usize, lane: usize| 12 + 2 * word + lane;
    for lane in 0..2 {
        for column in 0..43 {
            let data: Vec<u8> = (0..24).map(|row| sector[at(column + 43 * row, lane)]).collect();
            let [p0, p1] = parity(&data);
            sector[at(43 * 24 + column, lane)] = p0;
            sector[at(43 * 25 + column, lane)] = p1;
        }
        for diagonal in 0..26 {
            let data: Vec<u8> = (0..43).map(|m| sector[at((43 * diagonal + 44 * m) % 1118, lane)]).collect();
            let [q0, q1] = parity(&data);
            sector[at(1118 + diagonal, lane)] = q0;
            sector[at(1144 + diagonal, lane)] = q1;
        }
    }
}

fn head(minute_second_frame: [u8; 3], mode: u8) -> [u8; 2352] {
    let mut sector = [0; 2352];
    sector[1..11].fill(0xFF);
    sector[12..15].copy_from_slice(&minute_second_frame);
    sector[15] = mode;
    sector
}

pub fn mode1(address: [u8; 3], data: &[u8]) -> [u8; 2352] {
    let mut sector = head(address, 1);
    sector[16..2064].copy_from_slice(data);
    let code = edc(&sector[..2064]);
    sector[2064..2068].copy_from_slice(&code);
    write_parity(&mut sector);
    sector
}

pub fn mode2_form1(address: [u8; 3], sub_header_and_data: &[u8]) -> [u8; 2352] {
    let mut sector = head([0; 3], 0);
    sector[16..2072].copy_from_slice(sub_header_and_data);
    let code = edc(&sector[16..2072]);
    sector[2072..2076].copy_from_slice(&code);
    write_parity(&mut sector);
    sector[12..16].copy_from_slice(&[address[0], address[1], address[2], 2]);
    sector
}

pub fn mode2_form2(address: [u8; 3], sub_header_and_data: &[u8]) -> [u8; 2352] {
    let mut sector = head(address, 2);
    sector[16..2348].copy_from_slice(sub_header_and_data);
    let code = edc(&sector[16..2348]);
    sector[2348..].copy_from_slice(&code);
    sector
}

/// The scrambler's stream, bit by bit.
pub fn scrambler_stream() -> &'static [u8] {
    static STREAM: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let mut register: u16 = 1;
        let mut bits = std::iter::from_fn(move || {
            let bit = register & 1;
            let feedback = (register ^ register >> 1) & 1;
            register = register >> 1 | feedback << 14;
            Some(bit as u8)
        });
        (0..2340).map(|_| (0..8).fold(0, |byte, k| byte | bits.next().unwrap() << k)).collect()
    });
    &STREAM
}

pub fn scramble(sector: &mut [u8; 2352]) {
    for (byte, mask) in sector[12..].iter_mut().zip(scrambler_stream()) {
        *byte ^= mask;
    }
}

/// The Q and CD-Text check, bit by bit.
pub fn crc16(bytes: &[u8]) -> [u8; 2] {
    let mut register = 0_u16;
    for byte in bytes {
        for bit in (0..8).rev() {
            let out = register >> 15 ^ u16::from(byte >> bit & 1);
            register = register << 1 ^ if out == 1 { 0x1021 } else { 0 };
        }
    }
    (!register).to_be_bytes()
}

/// P and Q bits of 96 symbols, bit by bit.
pub fn symbols(p: bool, q: &[u8; 12], rw: &[u8; 96]) -> [u8; 96] {
    std::array::from_fn(|at| u8::from(p) << 7 | (q[at / 8] >> (7 - at % 8) & 1) << 6 | rw[at] & 0x3F)
}
