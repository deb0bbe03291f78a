//! Audio files of any kind as a CD holds them: 44.1 kHz, 16 bits, stereo.
//!
//! WAV, AIFF, FLAC, MP3 and Ogg Vorbis through symphonia; other rates through rubato's filters, one for each place between two samples. Decoding is
//! done as samples are asked for; no file is held in memory. The other way round, samples become FLAC by flacenc, frame by
//! frame. The crate stands apart so that a page can load it only when an audio file is dropped on it.
#![forbid(unsafe_code)]

mod decoder;
mod flac;
mod pcm;
mod resample;
mod riff;
mod tags;

use std::io;
use std::sync::Arc;

use webburn_rawimage::{Decoded, OpenError};

pub use flac::{FlacEncoder, FlacError};
pub use symphonia::core::io::MediaSource;

use decoder::Decoder;
use pcm::PcmFile;

/// Opens a file from its start; called again when samples are asked for that were already given.
pub type Opener = Arc<dyn Fn() -> io::Result<Box<dyn MediaSource>> + Send + Sync>;

/// Samples of a CD a second.
const RATE: u32 = 44_100;

/// Opens the audio file that `open` gives. `name` helps to guess its format by its ending.
///
/// Of files whose head does not tell their length (MP3, Ogg) all packets are looked at once, so that the length is exact;
/// of the others the last, so that a file that is cut off is found out before anything is written.
///
/// # Errors
/// [`OpenError::NotAudio`]: the format is not known, or damaged from the start. [`OpenError::CutOff`].
pub fn decode(name: &str, open: Opener) -> Result<Decoded, OpenError> {
    let extension = name.rsplit_once('.').map_or(String::new(), |(_, extension)| extension.to_ascii_lowercase());
    let mut decoder = Decoder::open(&open, &extension).map_err(OpenError::NotAudio)?;
    let tags = if decoder.is_wave() { riff::read(&open) } else { tags::read(decoder.format()) };
    let frames = Decoder::open(&open, &extension).map_err(OpenError::NotAudio)?.count()?;
    let (rate, channels) = (decoder.rate(), decoder.channels());
    let bits = decoder.bits();
    let plain = rate == RATE && channels == 2 && bits.is_none_or(|bits| bits == 16);
    let depth = bits.map_or(String::new(), |bits| format!("{bits} bits, "));
    let width = match channels {
        1 => "mono".to_owned(),
        2 => "stereo".to_owned(),
        more => format!("{more} channels, of which the first two are taken"),
    };
    let converted_from = if plain { None } else { Some(format!("{rate} Hz, {depth}{width}")) };
    let samples = PcmFile::new(open, extension, decoder, frames).map_err(OpenError::NotAudio)?;
    Ok(Decoded { samples: Box::new(samples), converted_from, tags })
}
