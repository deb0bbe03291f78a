//! Writing FLAC: samples of a CD in, frames out as soon as they are whole. What is held is one frame; what only the end
//! knows (length, checksum) goes to the head, which is written again then. RFC 9639.

use std::fmt;

use flacenc::bitsink::ByteSink;
use flacenc::component::{BitRepr, StreamInfo};
use flacenc::config;
use flacenc::error::{Verified, Verify};
use flacenc::source::{Context, Fill, FrameBuf};

use crate::RATE;

/// Bytes of a sample of both channels.
const SAMPLE: usize = 4;
/// Samples of a frame: seven sectors, so that the last frame of whole sectors is never a tiny one. Players with little
/// memory take 4608 at this rate (RFC 9639, 7).
const FRAME: usize = 7 * 588;
/// What a reader of the file is told of its maker.
const VENDOR: &str = concat!("webburn ", env!("CARGO_PKG_VERSION"));

/// Why nothing more can be written: samples that are no samples of a CD.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlacError(String);

impl fmt::Display for FlacError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FLAC: {}", self.0)
    }
}

impl std::error::Error for FlacError {}

fn failed(error: impl fmt::Display) -> FlacError {
    FlacError(error.to_string())
}

/// Makes a FLAC file of 44.1 kHz, 16 bits, stereo.
///
/// The file is [`FlacEncoder::head`], then what [`FlacEncoder::push`] and [`FlacEncoder::finish`] give; at the end the head
/// that `finish` gives goes over the first one, which has the same length.
pub struct FlacEncoder {
    config: Verified<config::Encoder>,
    info: StreamInfo,
    /// Sums up what was given.
    given: Context,
    frame: FrameBuf,
    waiting: Vec<u8>,
    comments: Vec<u8>,
    frames: usize,
    /// The shortest and the longest frame, in bytes.
    sizes: Option<(u32, u32)>,
}

impl FlacEncoder {
    /// An encoder; `comments` are names and values as Vorbis comments have them (`TITLE`, `ARTIST`, …).
    ///
    /// # Errors
    /// None that is known of: the settings are the same for every file.
    pub fn new(comments: &[(&str, String)]) -> Result<Self, FlacError> {
        let mut config = config::Encoder::default();
        (config.block_size, config.multithread) = (FRAME, false);
        Ok(FlacEncoder {
            config: config.into_verified().map_err(|(_, error)| failed(error))?,
            info: StreamInfo::new(RATE as usize, 2, 16).map_err(failed)?,
            given: Context::new(16, 2),
            frame: FrameBuf::with_size(2, FRAME).map_err(failed)?,
            waiting: Vec::with_capacity(FRAME * SAMPLE),
            comments: vorbis(comments),
            frames: 0,
            sizes: None,
        })
    }

    /// The head of the file, as far as it is known by now.
    #[must_use]
    pub fn head(&self) -> Vec<u8> {
        let mut head = b"fLaC".to_vec();
        // STREAMINFO, 34 bytes; more blocks follow.
        head.extend([0, 0, 0, 34]);
        head.extend([(FRAME as u16).to_be_bytes(), (FRAME as u16).to_be_bytes()].concat());
        let (least, most) = self.sizes.unwrap_or_default();
        head.extend([&least.to_be_bytes()[1..], &most.to_be_bytes()[1..]].concat());
        // 20 bits of rate, 3 of channels less one, 5 of bits less one, 36 of length in samples.
        let samples = self.given.total_samples() as u64;
        let packed = u64::from(RATE) << 44 | 1 << 41 | 15 << 36 | samples & 0xF_FFFF_FFFF;
        head.extend(packed.to_be_bytes());
        head.extend(if samples > 0 { self.given.md5_digest() } else { [0; 16] });
        head.push(0x80 | 4);
        head.extend(&(self.comments.len() as u32).to_be_bytes()[1..]);
        head.extend(&self.comments);
        head
    }

    /// Takes samples (left first, little-endian; any number of bytes) and appends the frames that they complete to `out`.
    ///
    /// # Errors
    /// [`FlacError`]; the file cannot be gone on with.
    pub fn push(&mut self, mut samples: &[u8], out: &mut Vec<u8>) -> Result<(), FlacError> {
        while !samples.is_empty() {
            let room = (FRAME * SAMPLE - self.waiting.len()).min(samples.len());
            let (now, later) = samples.split_at(room);
            self.waiting.extend(now);
            samples = later;
            if self.waiting.len() == FRAME * SAMPLE {
                self.encode(out)?;
            }
        }
        Ok(())
    }

    /// Appends the last frame to `out` and gives the head as it must be.
    ///
    /// # Errors
    /// [`FlacError`], also when half a sample is left over.
    pub fn finish(mut self, out: &mut Vec<u8>) -> Result<Vec<u8>, FlacError> {
        if !self.waiting.len().is_multiple_of(SAMPLE) {
            return Err(failed("the samples end in the middle of one"));
        }
        if !self.waiting.is_empty() {
            self.encode(out)?;
        }
        Ok(self.head())
    }

    fn encode(&mut self, out: &mut Vec<u8>) -> Result<(), FlacError> {
        self.given.fill_le_bytes(&self.waiting, 2).map_err(failed)?;
        self.frame.fill_le_bytes(&self.waiting, 2).map_err(failed)?;
        self.waiting.clear();
        let frame = flacenc::encode_fixed_size_frame(&self.config, &self.frame, self.frames, &self.info);
        let frame = frame.map_err(failed)?;
        let mut sink = ByteSink::new();
        frame.write(&mut sink).map_err(failed)?;
        let bytes = sink.as_slice();
        let size = bytes.len() as u32;
        let (least, most) = self.sizes.unwrap_or((size, size));
        self.sizes = Some((least.min(size), most.max(size)));
        self.frames += 1;
        out.extend(bytes);
        Ok(())
    }
}

/// The body of a block of comments: lengths are little-endian, against the rest of the file (RFC 9639, 8.6).
fn vorbis(comments: &[(&str, String)]) -> Vec<u8> {
    let text = |out: &mut Vec<u8>, text: &str| {
        out.extend((text.len() as u32).to_le_bytes());
        out.extend(text.bytes());
    };
    let mut body = Vec::new();
    text(&mut body, VENDOR);
    body.extend((comments.len() as u32).to_le_bytes());
    for (name, value) in comments {
        text(&mut body, &format!("{name}={value}"));
    }
    body
}
