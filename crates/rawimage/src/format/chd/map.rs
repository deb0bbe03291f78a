//! Where each hunk lies.

use super::header::Header;
use super::huffman::{Bits, Huffman};
use crate::error::{Code, ImageError, Place};
use crate::format::bytes::{Part, table};
use crate::port::FileSource;

/// How a hunk is to be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hunk {
    /// Packed by codec number `codec`.
    Packed { codec: u8, at: u64, length: u32, crc: u16 },
    /// As it is.
    Plain { at: u64, crc: Option<u16> },
    /// The same as another one, which comes before it.
    Same(u32),
    /// Nowhere: zeros.
    Zero,
}

const LONGEST: u64 = 64 << 20;

pub(super) async fn read(name: &str, source: &mut dyn FileSource, header: &Header) -> Result<Vec<Hunk>, ImageError> {
    if header.codecs[0] == [0; 4] {
        return plain(name, source, header).await;
    }
    let head = table(source, name, (header.map_at, 16), 16, "the map of hunks").await?;
    let head = Part { name, at: header.map_at, bytes: &head };
    let what = "the end of the map's head";
    let length = u64::from(head.u32_be(0, what)?);
    let [a, b, c, d, e, f] = head.array(4, what)?;
    let first = u64::from_be_bytes([0, 0, a, b, c, d, e, f]);
    let crc = head.u16_be(10, what)?;
    let widths = [head.u8(12, what)?, head.u8(13, what)?, head.u8(14, what)?];
    if widths.iter().any(|&width| width > 64) {
        return Err(head.fault(Code::Damaged, 12, "its fields would have more than 64 bits"));
    }
    let bytes = table(source, name, (header.map_at + 16, length), LONGEST, "the map of hunks").await?;
    unpack(&bytes, header, first, widths)
        .filter(|(_, own)| *own == crc)
        .map(|(hunks, _)| hunks)
        .ok_or_else(|| head.fault(Code::Checksum, 0, "the map of hunks is damaged: its check does not hold"))
}

/// Four bytes a hunk, in units of hunks.
async fn plain(name: &str, source: &mut dyn FileSource, header: &Header) -> Result<Vec<Hunk>, ImageError> {
    let length = u64::from(header.hunks) * 4;
    let bytes = table(source, name, (header.map_at, length), LONGEST, "the map of hunks").await?;
    let places = bytes.as_chunks::<4>().0.iter().map(|&place| u32::from_be_bytes(place));
    let hunk = |place: u32| match place {
        0 => Hunk::Zero,
        place => Hunk::Plain { at: u64::from(place) * u64::from(header.hunk), crc: None },
    };
    let hunks: Vec<Hunk> = places.map(hunk).collect();
    if hunks.len() < header.hunks as usize {
        return Err(ImageError::new(Code::Damaged, name, Place::Byte(header.map_at), "the map of hunks is too short"));
    }
    Ok(hunks)
}

/// Types of the packed map.
const NONE: u8 = 4;
const SAME: u8 = 5;
const PARENT: u8 = 6;
const RUN_SHORT: u8 = 7;
const RUN_LONG: u8 = 8;
const SAME_AGAIN: u8 = 9;
const SAME_NEXT: u8 = 10;

/// The map and the check of its plain form.
fn unpack(bytes: &[u8], header: &Header, first: u64, widths: [u8; 3]) -> Option<(Vec<Hunk>, u16)> {
    let mut bits = Bits::new(bytes);
    let code = Huffman::read(&mut bits)?;
    let kinds = kinds(&mut bits, &code, header.hunks as usize)?;
    let [length_width, same_width, _] = widths;
    let (mut next, mut last_same) = (first, 0_u64);
    let mut crc = 0xFFFF;
    let mut hunks = Vec::with_capacity(kinds.len());
    for (number, kind) in kinds.into_iter().enumerate() {
        let (mut kind, mut at, mut length, mut check) = (kind, next, 0, 0);
        match kind {
            0..NONE => {
                length = bits.take(length_width);
                check = bits.take(16) as u16;
            }
            NONE => {
                length = u64::from(header.hunk);
                check = bits.take(16) as u16;
            }
            SAME => {
                at = bits.take(same_width);
                last_same = at;
            }
            SAME_AGAIN | SAME_NEXT => {
                last_same += u64::from(kind == SAME_NEXT);
                (kind, at) = (SAME, last_same);
            }
            // PARENT and what is after it: there is none.
            PARENT.. => return None,
        }
        next = next.checked_add(length)?;
        let mut raw = [0; 12];
        raw[0] = kind;
        raw[1..4].copy_from_slice(&(length as u32).to_be_bytes()[1..]);
        raw[4..10].copy_from_slice(&at.to_be_bytes()[2..]);
        raw[10..].copy_from_slice(&check.to_be_bytes());
        crc = crc16(crc, &raw);
        hunks.push(match kind {
            0..NONE => Hunk::Packed { codec: kind, at, length: u32::try_from(length).ok()?, crc: check },
            NONE => Hunk::Plain { at, crc: Some(check) },
            _ => Hunk::Same(u32::try_from(at).ok().filter(|&at| (at as usize) < number)?),
        });
    }
    if bits.overrun() { None } else { Some((hunks, crc)) }
}

/// One type a hunk, runs shortened.
fn kinds(bits: &mut Bits<'_>, code: &Huffman, hunks: usize) -> Option<Vec<u8>> {
    let mut kinds = Vec::with_capacity(hunks);
    let mut last = 0;
    while kinds.len() < hunks {
        let run = match code.symbol(bits)? {
            RUN_SHORT => 3 + usize::from(code.symbol(bits)?),
            RUN_LONG => {
                let high = usize::from(code.symbol(bits)?) << 4;
                3 + 16 + high + usize::from(code.symbol(bits)?)
            }
            kind => {
                last = kind;
                1
            }
        };
        kinds.extend(std::iter::repeat_n(last, run.min(hunks - kinds.len())));
        if bits.overrun() {
            return None;
        }
    }
    Some(kinds)
}

/// CRC-16 with x¹⁶+x¹²+x⁵+1, most significant bit first.
pub(super) fn crc16(start: u16, bytes: &[u8]) -> u16 {
    bytes.iter().fold(start, |crc, &byte| {
        (0..8).fold(crc ^ u16::from(byte) << 8, |crc, _| if crc & 0x8000 == 0 { crc << 1 } else { crc << 1 ^ 0x1021 })
    })
}
