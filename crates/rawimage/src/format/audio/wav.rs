//! WAV: RIFF chunks, little-endian (RIFX: big-endian).

use super::Plain;
use crate::error::{Code, ImageError, Place};
use crate::format::bytes::Part;
use crate::port::FileSource;

/// Bytes before the samples of a plain WAV file.
pub const WAV_HEADER: usize = 44;

/// The head of a WAV file with `bytes` of samples as a CD holds them.
#[must_use]
pub fn wav_header(bytes: u32) -> [u8; WAV_HEADER] {
    let mut head = [0; WAV_HEADER];
    head[..4].copy_from_slice(b"RIFF");
    head[4..8].copy_from_slice(&bytes.saturating_add(36).to_le_bytes());
    head[8..16].copy_from_slice(b"WAVEfmt ");
    // Sixteen bytes of format: PCM, 2 channels, 44,100 a second, 176,400 bytes a second, 4 bytes a sample, 16 bits.
    head[16..36].copy_from_slice(&[16, 0, 0, 0, 1, 0, 2, 0, 0x44, 0xAC, 0, 0, 0x10, 0xB1, 2, 0, 4, 0, 16, 0]);
    head[36..40].copy_from_slice(b"data");
    head[40..].copy_from_slice(&bytes.to_le_bytes());
    head
}

/// The same with tags before the samples: a list of names of four letters (`INAM`, `IART`, …; Multimedia Programming
/// Interface and Data Specifications 1.0, chapter 2) and texts, in UTF-8; and an ID3 tag, in the chunk that players look
/// for it in. Either may be empty.
#[must_use]
pub fn wav_head(bytes: u32, tags: &[([u8; 4], String)], id3: &[u8]) -> Vec<u8> {
    let mut list = b"INFO".to_vec();
    for (name, text) in tags {
        // With a zero at its end.
        chunk(&mut list, *name, &[text.as_bytes(), &[0]].concat());
    }
    let mut chunks = Vec::new();
    if !tags.is_empty() {
        chunk(&mut chunks, *b"LIST", &list);
    }
    if !id3.is_empty() {
        chunk(&mut chunks, *b"id3 ", id3);
    }
    let mut head = wav_header(bytes).to_vec();
    let all = bytes.saturating_add(36).saturating_add(chunks.len() as u32);
    head[4..8].copy_from_slice(&all.to_le_bytes());
    head.splice(36..36, chunks);
    head
}

/// Chunks begin at even bytes; what fills them up is not counted.
fn chunk(out: &mut Vec<u8>, name: [u8; 4], body: &[u8]) {
    out.extend_from_slice(&name);
    out.extend_from_slice(&(body.len() as u32).to_le_bytes());
    out.extend_from_slice(body);
    out.resize(out.len().next_multiple_of(2), 0);
}

/// Looks for the samples of a RIFF or RIFX file.
pub(super) async fn find(file: &mut dyn FileSource, name: &str, big_endian: bool) -> Result<Plain, ImageError> {
    let length = file.length();
    let word = |bytes: [u8; 4]| if big_endian { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) };
    let mut format = None;
    let mut at = 12;
    loop {
        let head = chunk_head(file, name, at, "the samples (chunk “data”)").await?;
        let [a, b, c, d, size @ ..] = head;
        let (body, size) = (at + 8, u64::from(word(size)));
        match &[a, b, c, d] {
            b"fmt " => {
                let bytes = crate::format::bytes::table(file, name, (body, size), 4096, "the chunk “fmt ”").await?;
                format = Some(parse_format(&Part { name, at: body, bytes: &bytes }, big_endian)?);
            }
            b"data" => {
                let Some(format) = format else {
                    let what = "the samples come before the chunk “fmt ” that tells what they are";
                    return Err(ImageError::new(Code::Damaged, name, Place::Byte(at), what));
                };
                let left = length - body;
                let endless = size == 0 && left > 0 || size == u64::from(u32::MAX);
                let remark = "the length of its samples is not filled in; everything to its end is taken";
                let (bytes, remark) = if endless { (left, Some(remark)) } else { (size, None) };
                if bytes > left {
                    let what = format!("it is cut off: {left} bytes of {bytes} bytes of samples are there");
                    return Err(ImageError::new(Code::FileTruncated, name, Place::Byte(length), what));
                }
                return Ok(match format {
                    Ok(()) => Plain::Ready { at: body, bytes: bytes / 4 * 4, big_endian, remark },
                    Err(words) => Plain::Other(words),
                });
            }
            _ => {}
        }
        // Chunks begin at even bytes.
        at = body + size + size % 2;
    }
}

/// Eight bytes: name and size of a chunk.
pub(super) async fn chunk_head(
    file: &mut dyn FileSource,
    name: &str,
    at: u64,
    what: &str,
) -> Result<[u8; 8], ImageError> {
    let mut head = [0; 8];
    if at.checked_add(8).is_none_or(|end| end > file.length()) {
        return Err(ImageError::new(
            Code::FileTruncated,
            name,
            Place::Byte(file.length()),
            format!("it ends before {what}"),
        ));
    }
    file.read_at(at, &mut head).await.map_err(|error| ImageError::unreadable(name, &error))?;
    Ok(head)
}

/// `Ok` for the format of a CD, otherwise words for what it is.
fn parse_format(part: &Part<'_>, big_endian: bool) -> Result<Result<(), String>, ImageError> {
    let half = |at| {
        let what = "the end of the format";
        if big_endian { part.u16_be(at, what) } else { part.u16_le(at, what) }
    };
    let (mut tag, channels, bits) = (half(0)?, half(2)?, half(14)?);
    let rate = if big_endian { part.u32_be(4, "the rate")? } else { part.u32_le(4, "the rate")? };
    if tag == 0xFFFE {
        // Extensible: the true tag is the first half-word of the sub-format.
        tag = half(24)?;
    }
    if (tag, channels, bits, rate) == (1, 2, 16, 44_100) {
        return Ok(Ok(()));
    }
    let kind = match tag {
        1 => format!("{bits} bits"),
        3 => format!("{bits} bits floating point"),
        6 => "A-law".into(),
        7 => "µ-law".into(),
        0x55 => "MP3".into(),
        _ => format!("format {tag:04X}h"),
    };
    Ok(Err(format!("{rate} Hz, {kind}, {}", super::aiff::channels(channels))))
}
