//! The unpacked bytes of a CHD as a file.

use webburn_sector::{SourceError, SourceErrorKind};

use super::codec;
use super::header::{Codec, Header};
use super::map::{Hunk, crc16};
use crate::port::{FileSource, Pending, past_end};

pub(super) struct ChdFile {
    source: Box<dyn FileSource>,
    codecs: [Codec; 4],
    hunk: usize,
    length: u64,
    map: Vec<Hunk>,
    /// The hunk unpacked last.
    kept: Option<u32>,
    bytes: Vec<u8>,
}

impl ChdFile {
    pub(super) fn new(source: Box<dyn FileSource>, header: &Header, map: Vec<Hunk>) -> Self {
        let (codecs, hunk, length) = (header.codecs, header.hunk as usize, header.length);
        ChdFile { source, codecs, hunk, length, map, kept: None, bytes: Vec::new() }
    }

    async fn unpack(&mut self, number: u32) -> Result<(), SourceError> {
        if self.kept == Some(number) {
            return Ok(());
        }
        self.kept = None;
        let mut hunk = self.map.get(number as usize).copied().unwrap_or(Hunk::Zero);
        // Every step leads to an earlier hunk.
        while let Hunk::Same(other) = hunk {
            hunk = self.map.get(other as usize).copied().unwrap_or(Hunk::Zero);
        }
        let mut bytes = std::mem::take(&mut self.bytes);
        bytes.clear();
        bytes.resize(self.hunk, 0);
        let damaged = |at, what: &str| SourceError {
            kind: SourceErrorKind::Unreadable,
            at_byte: at,
            detail: format!("hunk {number} is damaged: {what}"),
        };
        let (at, crc) = match hunk {
            Hunk::Zero | Hunk::Same(_) => (0, None),
            Hunk::Plain { at, crc } => {
                self.source.read_at(at, &mut bytes).await?;
                (at, crc)
            }
            Hunk::Packed { codec, at, length, crc } => {
                if at.checked_add(u64::from(length)).is_none_or(|end| end > self.source.length()) {
                    return Err(damaged(at, "it lies behind the end of the file"));
                }
                let mut packed = vec![0; length as usize];
                self.source.read_at(at, &mut packed).await?;
                let codec = self.codecs.get(usize::from(codec)).copied().unwrap_or_default();
                codec::unpack(codec, &packed, &mut bytes).map_err(|what| damaged(at, &what))?;
                (at, Some(crc))
            }
        };
        if crc.is_some_and(|crc| crc16(0xFFFF, &bytes) != crc) {
            return Err(damaged(at, "its check does not hold"));
        }
        (self.bytes, self.kept) = (bytes, Some(number));
        Ok(())
    }
}

impl FileSource for ChdFile {
    fn length(&self) -> u64 {
        self.length
    }

    fn read_at<'a>(&'a mut self, at: u64, into: &'a mut [u8]) -> Pending<'a, Result<(), SourceError>> {
        Box::pin(async move {
            if at.checked_add(into.len() as u64).is_none_or(|end| end > self.length) {
                return Err(past_end(self.length));
            }
            let (mut at, mut rest) = (at, into);
            while !rest.is_empty() {
                let (number, skip) = ((at / self.hunk as u64) as u32, (at % self.hunk as u64) as usize);
                self.unpack(number).await?;
                let here = rest.len().min(self.hunk - skip);
                let (now, later) = rest.split_at_mut(here);
                now.copy_from_slice(&self.bytes[skip..skip + here]);
                rest = later;
                at += here as u64;
            }
            Ok(())
        })
    }

    fn check_unchanged(&mut self) -> Pending<'_, Result<(), SourceError>> {
        self.source.check_unchanged()
    }
}
