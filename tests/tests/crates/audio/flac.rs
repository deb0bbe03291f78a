//! Samples become FLAC and come back.

use webburn_audio::{FlacEncoder, decode};
use webburn_rawimage::Decoded;

use super::decode as decoding;

fn encoded(samples: &[u8], piece: usize, comments: &[(&str, String)]) -> Vec<u8> {
    let mut encoder = FlacEncoder::new(comments).unwrap();
    let mut file = encoder.head();
    for part in samples.chunks(piece) {
        encoder.push(part, &mut file).unwrap();
    }
    let head = encoder.finish(&mut file).unwrap();
    file[..head.len()].copy_from_slice(&head);
    file
}

fn decoded(file: Vec<u8>) -> (Vec<u8>, Decoded) {
    let mut decoded = decode("a.flac", decoding::opener(file)).unwrap();
    (decoding::samples(&mut decoded), decoded)
}

/// Silence, a tone, the loudest that there is, and noise.
fn samples(sectors: usize) -> Vec<u8> {
    let mut state = 1_u32;
    let mut bytes = Vec::new();
    for n in 0..sectors * 588 {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        let (left, right) = match n / 2000 % 4 {
            0 => (0, 0),
            1 => ((n % 100) as i16 * 300 - 15_000, (n % 50) as i16 * 600 - 15_000),
            2 => (i16::MIN, i16::MAX),
            _ => (state as i16, (state >> 16) as i16),
        };
        bytes.extend([left.to_le_bytes(), right.to_le_bytes()].concat());
    }
    bytes
}

#[test]
fn what_is_written_is_read_again() {
    let comments = [("TITLE", "Überall".to_owned()), ("ARTIST", "Her".to_owned())];
    for (sectors, piece) in [(1, 2352), (7, 1000), (50, 2352), (100, 100_001)] {
        let samples = samples(sectors);
        let file = encoded(&samples, piece, &comments);
        let (read, decoded) = decoded(file);
        assert!(read == samples, "{sectors} sectors in pieces of {piece}");
        assert_eq!(decoded.converted_from, None);
        assert_eq!(decoded.tags.title.as_deref(), Some("Überall"));
        assert_eq!(decoded.tags.performer.as_deref(), Some("Her"));
    }
}

#[test]
fn ends_that_are_none() {
    let mut encoder = FlacEncoder::new(&[]).unwrap();
    let mut out = Vec::new();
    encoder.push(&[0; 6], &mut out).unwrap();
    assert!(encoder.finish(&mut out).is_err());
    let nothing = FlacEncoder::new(&[]).unwrap().finish(&mut out).unwrap();
    assert_eq!((&nothing[..4], out.len()), (&b"fLaC"[..], 0));
}
