//! Sounds and audio files, made byte by byte. The bridge's tests take this file in as a module of their own.
#![allow(dead_code, reason = "they use a part")]

/// Bytes that no two sectors have in common.
#[must_use]
pub fn noise(seed: u32, bytes: usize) -> Vec<u8> {
    let mut state = u64::from(seed).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut out = Vec::with_capacity(bytes + 8);
    // Eight bytes a step: the tests are not optimised, and make many megabytes of it.
    while out.len() < bytes {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        out.extend_from_slice(&state.to_le_bytes());
    }
    out.truncate(bytes);
    out
}

/// A WAV file of 16 bits.
pub fn wave(rate: u32, channels: u16, samples: &[u8]) -> Vec<u8> {
    wave_of(rate, channels, 16, samples)
}

/// A WAV file of any kind.
pub fn wave_of(rate: u32, channels: u16, bits: u16, samples: &[u8]) -> Vec<u8> {
    let (length, align) = (samples.len() as u32, channels * bits / 8);
    let mut out = b"RIFF".to_vec();
    out.extend((36 + length).to_le_bytes());
    out.extend(b"WAVEfmt ");
    out.extend(16_u32.to_le_bytes());
    out.extend(1_u16.to_le_bytes());
    out.extend(channels.to_le_bytes());
    out.extend(rate.to_le_bytes());
    out.extend((rate * u32::from(align)).to_le_bytes());
    out.extend(align.to_le_bytes());
    out.extend(bits.to_le_bytes());
    out.extend(b"data");
    out.extend(length.to_le_bytes());
    out.extend(samples);
    out
}

fn crc(bytes: &[u8], width: u32, polynomial: u32) -> u32 {
    let top = 1 << (width - 1);
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte) << (width - 8), |crc, _| {
            (crc << 1 ^ if crc & top == 0 { 0 } else { polynomial }) & (2 * top - 1)
        })
    };
    bytes.iter().fold(0, step)
}

/// Samples of a frame of [`flac`].
pub const FLAC_BLOCK: usize = 4096;

/// A FLAC file (RFC 9639) of a CD's samples, whose frames hold them as they are.
pub fn flac(samples: &[u8], comments: &[&str]) -> Vec<u8> {
    flac_frames(samples, samples.len() as u64 / 4, comments).0
}

/// The same with another announced number of samples, and where each frame begins.
pub fn flac_frames(samples: &[u8], announced: u64, comments: &[&str]) -> (Vec<u8>, Vec<usize>) {
    let mut bytes = b"fLaC\0\0\0\x22".to_vec();
    bytes.extend([
        (FLAC_BLOCK >> 8) as u8,
        FLAC_BLOCK as u8,
        (FLAC_BLOCK >> 8) as u8,
        FLAC_BLOCK as u8,
        0,
        0,
        0,
        0,
        0,
        0,
    ]);
    // 20 bits rate, 3 bits channels − 1, 5 bits width − 1, 36 bits samples.
    bytes.extend((44_100_u64 << 44 | 1 << 41 | 15 << 36 | announced).to_be_bytes());
    bytes.extend([0; 16]);
    let mut block = 0_u32.to_le_bytes().to_vec();
    block.extend((comments.len() as u32).to_le_bytes());
    for comment in comments {
        block.extend((comment.len() as u32).to_le_bytes());
        block.extend(comment.as_bytes());
    }
    bytes.push(0x84);
    bytes.extend(&(block.len() as u32).to_be_bytes()[1..]);
    bytes.extend(block);
    let mut starts = Vec::new();
    for (number, part) in samples.chunks(FLAC_BLOCK * 4).enumerate() {
        starts.push(bytes.len());
        let mut frame = vec![0xFF, 0xF8, 0x79, 0x18];
        frame.extend(char::from_u32(number as u32).expect("few frames").to_string().bytes());
        frame.extend((part.len() as u16 / 4 - 1).to_be_bytes());
        frame.push(crc(&frame, 8, 0x07) as u8);
        for channel in [0, 2] {
            frame.push(0x02);
            frame.extend(part.chunks(4).flat_map(|pair| [pair[channel + 1], pair[channel]]));
        }
        frame.extend((crc(&frame, 16, 0x8005) as u16).to_be_bytes());
        bytes.extend(frame);
    }
    (bytes, starts)
}
