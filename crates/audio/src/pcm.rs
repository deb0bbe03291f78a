//! Samples as a file that can be read anywhere: in order quickly, backwards by starting again.

use webburn_rawimage::{FileSource, Pending};
use webburn_sector::{SourceError, SourceErrorKind};

use crate::decoder::Decoder;
use crate::resample::Converter;
use crate::{Opener, RATE};

pub(crate) struct PcmFile {
    open: Opener,
    extension: String,
    running: Running,
    /// Bytes of the whole.
    length: u64,
    /// The first byte of `ready`.
    at: u64,
    ready: Vec<u8>,
}

struct Running {
    decoder: Decoder,
    converter: Option<Converter>,
    pairs: Vec<[f32; 2]>,
    converted: Vec<[f32; 2]>,
    ended: bool,
}

impl Running {
    fn new(decoder: Decoder) -> Result<Self, String> {
        let converter = if decoder.rate() == RATE { None } else { Some(Converter::new(decoder.rate())?) };
        Ok(Running { decoder, converter, pairs: Vec::new(), converted: Vec::new(), ended: false })
    }

    /// Appends some samples; silence after the end.
    fn more(&mut self, ready: &mut Vec<u8>) {
        self.pairs.clear();
        self.ended = self.ended || !self.decoder.next(&mut self.pairs);
        if self.ended {
            self.pairs.resize(4096, [0.0; 2]);
        }
        let pairs = match &mut self.converter {
            None => &self.pairs,
            Some(converter) => {
                self.converted.clear();
                if self.ended {
                    converter.flush(&mut self.converted);
                } else {
                    converter.push(&self.pairs, &mut self.converted);
                }
                &self.converted
            }
        };
        for sample in pairs.as_flattened() {
            let value = (sample * 32_768.0).round().clamp(-32_768.0, 32_767.0) as i16;
            ready.extend(value.to_le_bytes());
        }
    }
}

/// Bytes kept behind the place read last: a window of the reader may begin a little before.
const KEPT: usize = 1 << 16;

impl PcmFile {
    pub(crate) fn new(open: Opener, extension: String, decoder: Decoder, frames: u64) -> Result<Self, String> {
        let rate = u64::from(decoder.rate());
        let frames = frames.saturating_mul(u64::from(RATE)).div_ceil(rate);
        let running = Running::new(decoder)?;
        Ok(PcmFile { open, extension, running, length: frames * 4, at: 0, ready: Vec::new() })
    }

    fn fill(&mut self, at: u64, into: &mut [u8]) -> Result<(), SourceError> {
        let error = |kind, detail| SourceError { kind, at_byte: at, detail };
        let end = at.checked_add(into.len() as u64).filter(|&end| end <= self.length);
        let end = end.ok_or_else(|| error(SourceErrorKind::Shrank, String::new()))?;
        if at < self.at {
            let decoder = Decoder::open(&self.open, &self.extension).and_then(Running::new);
            self.running = decoder.map_err(|detail| error(SourceErrorKind::Unreadable, detail))?;
            (self.at, self.ready) = (0, Vec::new());
        }
        while self.at + (self.ready.len() as u64) < end {
            // What lies before the place asked for is dropped as it comes.
            let before = at.saturating_sub(self.at).min(self.ready.len() as u64) as usize;
            if before > KEPT {
                self.ready.drain(..before - KEPT);
                self.at += (before - KEPT) as u64;
            }
            self.running.more(&mut self.ready);
        }
        let skip = (at - self.at) as usize;
        into.copy_from_slice(&self.ready[skip..skip + into.len()]);
        Ok(())
    }
}

impl FileSource for PcmFile {
    fn length(&self) -> u64 {
        self.length
    }

    /// Decodes on the spot: the future is ready when it is first asked.
    fn read_at<'a>(&'a mut self, at: u64, into: &'a mut [u8]) -> Pending<'a, Result<(), SourceError>> {
        Box::pin(async move { self.fill(at, into) })
    }
}
