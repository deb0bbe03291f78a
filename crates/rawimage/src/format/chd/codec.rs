//! Unpacking a hunk.
//!
//! The codecs for CDs pack main channel and subcode apart. Of sectors with a valid parity the sync and the parity are
//! left out; a bit for each sector says so.

use std::io::{Cursor, Read};

use claxon::frame::FrameReader;
use webburn_cdcode::sector::{SECTOR_SIZE, Sector, SectorMode, write_sector_parity, write_sync};

use super::header::{Codec, UNIT};

const SUB: usize = 96;

/// Unpacks `packed` into exactly `out`.
pub(super) fn unpack(codec: Codec, packed: &[u8], out: &mut [u8]) -> Result<(), String> {
    match &codec {
        b"zlib" => deflate(packed, out),
        b"lzma" => lzma(packed, out),
        b"zstd" => zstd(packed, out),
        b"cdzl" => disc(packed, out, deflate, deflate),
        b"cdlz" => disc(packed, out, lzma, deflate),
        b"cdzs" => disc(packed, out, zstd, zstd),
        b"cdfl" => flac(packed, out),
        _ => Err(format!("codec “{}” is not known", String::from_utf8_lossy(&codec))),
    }
}

type Unpack = fn(&[u8], &mut [u8]) -> Result<(), String>;

fn disc(packed: &[u8], out: &mut [u8], main: Unpack, sub: Unpack) -> Result<(), String> {
    let sectors = out.len() / UNIT as usize;
    let flags = sectors.div_ceil(8);
    let width = if out.len() < 1 << 16 { 2 } else { 3 };
    let short = || "it ends within its head".to_owned();
    let (head, rest) = packed.split_at_checked(flags + width).ok_or_else(short)?;
    let length = head[flags..].iter().fold(0, |length, &byte| length << 8 | usize::from(byte));
    let (first, second) = rest.split_at_checked(length).ok_or_else(short)?;
    let mut mains = vec![0; sectors * SECTOR_SIZE];
    let mut subs = vec![0; sectors * SUB];
    main(first, &mut mains)?;
    sub(second, &mut subs)?;
    assemble(&mains, &subs, out);
    for (number, block) in out.chunks_mut(UNIT as usize).enumerate() {
        let left_out = head[number / 8] >> (number % 8) & 1 == 1;
        if let (true, Some(sector)) = (left_out, block.first_chunk_mut::<SECTOR_SIZE>()) {
            restore(sector);
        }
    }
    Ok(())
}

/// Sync and parity of a sector that kept its header, data and EDC.
fn restore(sector: &mut Sector) {
    let mode = if sector[15] == 2 { SectorMode::Mode2Form1 } else { SectorMode::Mode1 };
    write_sync(sector);
    write_sector_parity(sector, mode);
}

fn assemble(mains: &[u8], subs: &[u8], out: &mut [u8]) {
    for ((block, main), sub) in out.chunks_mut(UNIT as usize).zip(mains.chunks(SECTOR_SIZE)).zip(subs.chunks(SUB)) {
        block[..SECTOR_SIZE].copy_from_slice(main);
        block[SECTOR_SIZE..].copy_from_slice(sub);
    }
}

/// Frames of FLAC, two channels of 16 bits with the most significant byte first, then deflated subcode.
fn flac(packed: &[u8], out: &mut [u8]) -> Result<(), String> {
    let sectors = out.len() / UNIT as usize;
    let mut mains = Vec::with_capacity(sectors * SECTOR_SIZE);
    let mut reader = FrameReader::new(Cursor::new(packed));
    let mut buffer = Vec::new();
    while mains.len() < sectors * SECTOR_SIZE {
        let block = reader.read_next_or_eof(buffer).map_err(|error| error.to_string())?;
        let block = block.ok_or("its sound ends too early")?;
        if block.channels() != 2 {
            return Err("its sound is not in stereo".into());
        }
        for (left, right) in block.stereo_samples() {
            mains.extend((left as i16).to_be_bytes());
            mains.extend((right as i16).to_be_bytes());
        }
        buffer = block.into_buffer();
    }
    let after = reader.into_inner().position() as usize;
    let mut subs = vec![0; sectors * SUB];
    deflate(packed.get(after..).unwrap_or_default(), &mut subs)?;
    assemble(&mains, &subs, out);
    Ok(())
}

fn deflate(packed: &[u8], out: &mut [u8]) -> Result<(), String> {
    let parts = std::iter::once(packed);
    match miniz_oxide::inflate::decompress_slice_iter_to_slice(out, parts, false, true) {
        Ok(length) if length == out.len() => Ok(()),
        Ok(length) => Err(format!("{length} bytes came out of deflate, not {}", out.len())),
        Err(error) => Err(format!("deflate: {error:?}")),
    }
}

/// Raw LZMA as MAME makes it: lc 3, lp 0, pb 2, no end mark.
fn lzma(packed: &[u8], out: &mut [u8]) -> Result<(), String> {
    let dictionary = (out.len() as u32).next_power_of_two().max(4096);
    let reader = lzma_rust2::LzmaReader::new(packed, out.len() as u64, 3, 0, 2, dictionary, None);
    let mut reader = reader.map_err(|error| format!("LZMA: {error}"))?;
    reader.read_exact(out).map_err(|error| format!("LZMA: {error}"))
}

fn zstd(packed: &[u8], out: &mut [u8]) -> Result<(), String> {
    let length = ruzstd::decoding::FrameDecoder::new().decode_all(packed, out);
    match length.map_err(|error| format!("zstd: {error}"))? {
        length if length == out.len() => Ok(()),
        length => Err(format!("{length} bytes came out of zstd, not {}", out.len())),
    }
}
