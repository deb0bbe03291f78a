//! Tags of WAV files, wherever in the file they stand: the list of names that RIFF has (Multimedia Programming Interface and
//! Data Specifications 1.0, chapter 2) and the ID3 tag that programs put beside it. The decoder looks at the samples alone.

use std::io::{Read, SeekFrom};

use symphonia::core::io::BufReader;
use symphonia::default::meta::embedded::riff::read_riff_id3_chunk;
use webburn_rawimage::Tags;

use crate::{MediaSource, Opener, tags};

/// A list with more bytes than that is none of texts.
const MOST_LISTED: u32 = 1 << 20;
/// An ID3 tag may have pictures; one with more bytes is not looked at.
const MOST_ID3: u32 = 16 << 20;
/// Chunks of a file; more of them are damage.
const MOST_CHUNKS: usize = 1000;

/// What the file says about itself; nothing where it cannot be read, which whoever reads its samples finds out.
pub(crate) fn read(open: &Opener) -> Tags {
    let Ok(mut file) = open() else { return Tags::default() };
    let (mut listed, mut id3) = (Tags::default(), Tags::default());
    // What was found before the file ended too early is true all the same.
    let _ = look(file.as_mut(), &mut listed, &mut id3);
    // ID3 tells in which characters it is written, and has more names.
    id3.or(listed)
}

fn look(file: &mut dyn MediaSource, listed: &mut Tags, id3: &mut Tags) -> Option<()> {
    let mut head = [0; 12];
    file.read_exact(&mut head).ok()?;
    if &head[..4] != b"RIFF" || &head[8..] != b"WAVE" {
        return None;
    }
    let mut at = 12;
    for _ in 0..MOST_CHUNKS {
        let mut chunk = [0; 8];
        file.seek(SeekFrom::Start(at)).ok()?;
        file.read_exact(&mut chunk).ok()?;
        let [a, b, c, d, size @ ..] = chunk;
        let size = u32::from_le_bytes(size);
        match &[a, b, c, d] {
            b"LIST" if size <= MOST_LISTED => names(&body(file, size)?, listed),
            b"id3 " | b"ID3 " if size <= MOST_ID3 => {
                let bytes = body(file, size)?;
                if let Ok(revision) = read_riff_id3_chunk(&mut BufReader::new(&bytes), &mut Vec::new()) {
                    tags::of(&revision, id3);
                }
            }
            _ => {}
        }
        // Chunks begin at even bytes.
        at += 8 + u64::from(size) + u64::from(size % 2);
    }
    None
}

fn body(file: &mut dyn MediaSource, size: u32) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    file.take(u64::from(size)).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// The texts of a list: chunks again.
fn names(list: &[u8], tags: &mut Tags) {
    let Some(mut rest) = list.strip_prefix(b"INFO") else { return };
    while let Some((head, tail)) = rest.split_at_checked(8) {
        let size = u32::from_le_bytes([head[4], head[5], head[6], head[7]]) as usize;
        let (text, after) = tail.split_at(size.min(tail.len()));
        rest = after.get(size % 2..).unwrap_or_default();
        let field = match &head[..4] {
            b"INAM" => &mut tags.title,
            b"IART" => &mut tags.performer,
            b"IPRD" => &mut tags.album,
            b"IMUS" => &mut tags.composer,
            b"IWRI" => &mut tags.songwriter,
            b"IGNR" => &mut tags.genre,
            _ => continue,
        };
        let text = words(text);
        if field.is_none() && !text.is_empty() {
            *field = Some(text);
        }
    }
}

/// Up to the zero that ends it. The specification leaves the characters open: UTF-8 where it can be that, otherwise
/// Latin-1, which is what most programs wrote before.
fn words(text: &[u8]) -> String {
    let text = text.split(|&byte| byte == 0).next().unwrap_or_default();
    let words =
        std::str::from_utf8(text).map_or_else(|_| text.iter().copied().map(char::from).collect(), str::to_owned);
    words.trim().to_owned()
}
