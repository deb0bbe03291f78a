//! The Q channel, as far as a burner reads it: to find the table of contents in a raw stream, and to tell a damaged frame
//! from a different one (ECMA-130, clause 22).

/// Twelve bytes of Q.
pub type Frame = [u8; 12];

/// Q out of 96 interleaved bytes, bit 6 of each.
#[must_use]
pub fn of_symbols(symbols: &[u8; 96]) -> Frame {
    let mut frame = [0; 12];
    for (byte, eight) in frame.iter_mut().zip(symbols.as_chunks::<8>().0) {
        *byte = eight.iter().fold(0, |byte, symbol| byte << 1 | symbol >> 6 & 1);
    }
    frame
}

/// Q of a block as it is written or read: 2448 bytes have interleaved symbols, 2368 have twelve bytes of Q.
#[must_use]
pub fn of_block(block: &[u8]) -> Option<Frame> {
    let sub = block.get(super::MAIN..)?;
    match sub.len() {
        96 => Some(of_symbols(sub.try_into().ok()?)),
        16 => sub[..12].try_into().ok(),
        _ => None,
    }
}

/// CRC over the first ten bytes: x^16 + x^12 + x^5 + 1, from zero, inverted on the disc.
#[must_use]
pub fn crc(frame: &Frame) -> u16 {
    let mut crc = 0_u16;
    for byte in &frame[..10] {
        crc ^= u16::from(*byte) << 8;
        for _ in 0..8 {
            crc = if crc & 0x8000 == 0 { crc << 1 } else { crc << 1 ^ 0x1021 };
        }
    }
    !crc
}

/// The frame's CRC is right: what it says was read as it was written.
#[must_use]
pub fn is_sound(frame: &Frame) -> bool {
    crc(frame).to_be_bytes() == frame[10..]
}

fn decimal(byte: u8) -> Option<i32> {
    (byte >> 4 <= 9 && byte & 0x0F <= 9).then_some(i32::from(byte >> 4) * 10 + i32::from(byte & 0x0F))
}

/// The address that a frame of the lead-in names as the start of the lead-out (POINT A2h, ADR 1), as frames from
/// 00:00:00; `None` for any other frame.
#[must_use]
pub fn lead_out(frame: &Frame) -> Option<i32> {
    if frame[0] & 0x0F != 1 || frame[1] != 0 || frame[2] != 0xA2 {
        return None;
    }
    let (minute, second, frames) = (decimal(frame[7])?, decimal(frame[8])?, decimal(frame[9])?);
    Some((minute * 60 + second) * 75 + frames)
}
