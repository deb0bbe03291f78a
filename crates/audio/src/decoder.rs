//! Packets to samples.

use symphonia::core::codecs::audio::{AudioDecoder, AudioDecoderOptions};
use symphonia::core::errors::Error;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatOptions, FormatReader, SeekMode, SeekTo, TrackType};
use symphonia::core::io::MediaSourceStream;
use symphonia::core::meta::MetadataOptions;
use symphonia::core::packet::Packet;
use symphonia::core::units::Timestamp;
use webburn_rawimage::OpenError;

use crate::Opener;

pub(crate) struct Decoder {
    format: Box<dyn FormatReader>,
    decoder: Box<dyn AudioDecoder>,
    track: u32,
    rate: u32,
    channels: usize,
    bits: Option<u32>,
    frames: Option<u64>,
    /// Whether packets are numbered by samples, so that one that is missing shows.
    numbered: bool,
    /// Samples given so far.
    given: u64,
    /// A packet before which samples are missing.
    waiting: Option<Packet>,
    interleaved: Vec<f32>,
}

impl Decoder {
    pub(crate) fn open(open: &Opener, extension: &str) -> Result<Self, String> {
        let source = open().map_err(|error| error.to_string())?;
        let stream = MediaSourceStream::new(source, Default::default());
        let mut hint = Hint::new();
        hint.with_extension(extension);
        let probed =
            symphonia::default::get_probe().probe(&hint, stream, FormatOptions::default(), MetadataOptions::default());
        let format = probed.map_err(|error| error.to_string())?;
        let track = format.default_track(TrackType::Audio).ok_or("it holds no sound")?;
        let codec = track.codec_params.as_ref().and_then(|params| params.audio()).ok_or("its codec is not known")?;
        let decoder = symphonia::default::get_codecs()
            .make_audio_decoder(codec, &AudioDecoderOptions::default())
            .map_err(|error| error.to_string())?;
        let rate = codec.sample_rate.filter(|rate| (1000..=1_536_000).contains(rate)).ok_or("its rate is not told")?;
        let channels = codec.channels.as_ref().map_or(2, |channels| channels.count().max(1));
        let (track, bits, frames) = (track.id, codec.bits_per_sample, track.num_frames);
        // An MP3's count comes from its average rate; only formats that count samples are believed.
        let numbered = matches!(format.format_info().short_name, "wave" | "flac" | "aiff");
        let frames = frames.filter(|&frames| numbered && frames > 0);
        Ok(Decoder {
            format,
            decoder,
            track,
            rate,
            channels,
            bits,
            frames,
            numbered,
            given: 0,
            waiting: None,
            interleaved: Vec::new(),
        })
    }

    pub(crate) fn format(&mut self) -> &mut dyn FormatReader {
        self.format.as_mut()
    }

    pub(crate) fn is_wave(&self) -> bool {
        self.format.format_info().short_name == "wave"
    }

    pub(crate) const fn rate(&self) -> u32 {
        self.rate
    }

    pub(crate) const fn channels(&self) -> usize {
        self.channels
    }

    /// Bits of a sample; `None` for formats that have none, such as MP3.
    pub(crate) const fn bits(&self) -> Option<u32> {
        self.bits
    }

    /// How many samples there are. The decoder is another one than that which gives the samples, and is used up.
    ///
    /// A length that the head tells is believed once the last sample of it is found; otherwise everything is looked at.
    ///
    /// # Errors
    /// The head tells more than there is.
    pub(crate) fn count(mut self) -> Result<u64, OpenError> {
        let Some(frames) = self.frames else { return Ok(self.count_all()) };
        let last = SeekTo::Timestamp { ts: Timestamp::new(frames.min(1 << 62) as i64 - 1), track_id: self.track };
        if self.format.seek(SeekMode::Accurate, last).is_ok() && self.end_of_packets() == frames {
            return Ok(frames);
        }
        // Not found from there: from the start on, as it will be read.
        match self.format.seek(SeekMode::Accurate, SeekTo::Timestamp { ts: Timestamp::new(0), track_id: self.track }) {
            Ok(_) => match self.end_of_packets() {
                end if end < frames => Err(OpenError::CutOff(format!("{end} of {frames} samples are there"))),
                _ => Ok(frames),
            },
            Err(error) => Err(OpenError::NotAudio(error.to_string())),
        }
    }

    /// The end of the last packet from here on.
    fn end_of_packets(&mut self) -> u64 {
        let mut end = 0;
        while let Some(packet) = self.packet() {
            let from = u64::try_from(packet.pts.get()).unwrap_or(0);
            end = from.saturating_add(packet.dur.get()).max(end);
        }
        end
    }

    fn count_all(&mut self) -> u64 {
        let mut pairs = Vec::new();
        while self.next(&mut pairs) {
            pairs.clear();
        }
        self.given
    }

    fn packet(&mut self) -> Option<Packet> {
        loop {
            // What comes after damage that cannot be skipped is silence: the length was announced.
            let packet = self.format.next_packet().ok().flatten()?;
            if packet.track_id == self.track {
                return Some(packet);
            }
        }
    }

    /// How many samples lie between what was given and this packet.
    fn missing_before(&self, packet: &Packet) -> u64 {
        let from = u64::try_from(packet.pts.get()).unwrap_or(0);
        let believed = self.numbered && self.frames.is_some_and(|frames| from < frames);
        if believed { from.saturating_sub(self.given) } else { 0 }
    }

    /// Appends the samples of the next packet, left and right; `false` at the end. A damaged packet is silence, and so is
    /// a missing one where packets are numbered.
    pub(crate) fn next(&mut self, pairs: &mut Vec<[f32; 2]>) -> bool {
        let packet = self.waiting.take().or_else(|| self.packet());
        let Some(packet) = packet else { return false };
        let before = pairs.len();
        let second = u64::from(self.rate);
        let missing = self.missing_before(&packet).min(second);
        if missing > 0 {
            pairs.resize(before + missing as usize, [0.0; 2]);
            self.given += missing;
            self.waiting = Some(packet);
            return true;
        }
        match self.decoder.decode(&packet) {
            Ok(buffer) => {
                let channels = buffer.spec().channels().count().max(1);
                buffer.copy_to_vec_interleaved(&mut self.interleaved);
                pairs.extend(self.interleaved.chunks_exact(channels).map(|frame| match frame {
                    [one] => [*one, *one],
                    [left, right, ..] => [*left, *right],
                    [] => [0.0, 0.0],
                }));
            }
            Err(Error::DecodeError(_) | Error::IoError(_)) => {
                // No packet is longer than a second; what says so is damaged in its head as well.
                let silent = packet.dur.get().min(second);
                pairs.resize(pairs.len() + silent as usize, [0.0; 2]);
            }
            Err(_) => return false,
        }
        self.given += (pairs.len() - before) as u64;
        true
    }
}
