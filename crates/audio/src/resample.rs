//! From any rate to that of a CD.

use rubato::audioadapter_buffers::direct::InterleavedSlice;
use rubato::{Async, FixedAsync, Resampler, SincInterpolationParameters, SincInterpolationType, WindowFunction};

use crate::RATE;

/// Samples given to the filter at once.
const CHUNK: usize = 4096;

/// Length of the filter, in samples of the lower of the two rates.
const TAPS: usize = 256;

/// Where the samples of a CD lie between those of the file: a filter of its own for each place, as long as they are few.
const PLACES: u32 = 1024;

pub(crate) struct Converter {
    filter: Async<f32>,
    waiting: Vec<f32>,
    /// Samples that come out before the one that stands for the first that went in.
    delay: usize,
    out: Vec<f32>,
}

impl Converter {
    pub(crate) fn new(rate: u32) -> Result<Self, String> {
        let common = common_divisor(rate, RATE);
        let (step, places) = (rate / common, RATE / common);
        let taps = TAPS * rate.div_ceil(RATE) as usize;
        let mut settings = SincInterpolationParameters::new(taps, WindowFunction::BlackmanHarris2);
        if places <= PLACES {
            settings = settings.oversampling_factor(places as usize).interpolation(SincInterpolationType::Nearest);
        }
        // Rubato's filters lie this much beside the place that they stand for.
        let beside = places as usize / settings.oversampling_factor;
        let ratio = f64::from(RATE) / f64::from(rate);
        let filter = Async::new_sinc(ratio, 1.0, &settings, CHUNK, 2, FixedAsync::Input);
        let filter = filter.map_err(|error| error.to_string())?;
        // What comes out first lies a step behind `taps / 2` samples before what goes in first. So much silence goes ahead
        // that one of those that come out lies exactly on the file's first one.
        let (step, places) = (step as usize, places as usize);
        let ahead = |silence: usize| places * (taps / 2 + silence) - beside;
        let silence = (0..step).find(|&silence| ahead(silence).is_multiple_of(step)).unwrap_or(0);
        let delay = ahead(silence) / step - 1;
        Ok(Converter { filter, waiting: vec![0.0; 2 * silence], delay, out: Vec::new() })
    }

    /// Takes samples and appends what they give to `out`.
    pub(crate) fn push(&mut self, pairs: &[[f32; 2]], out: &mut Vec<[f32; 2]>) {
        self.waiting.extend(pairs.as_flattened());
        let mut taken = 0;
        loop {
            let needed = self.filter.input_frames_next();
            let Some(chunk) = self.waiting.get(taken..taken + 2 * needed) else { break };
            let room = self.filter.output_frames_next();
            self.out.resize(2 * room, 0.0);
            let result =
                match (InterleavedSlice::new(chunk, 2, needed), InterleavedSlice::new_mut(&mut self.out, 2, room)) {
                    (Ok(from), Ok(mut to)) => self.filter.process_into_buffer(&from, &mut to, None).ok(),
                    _ => None,
                };
            taken += 2 * needed;
            // Buffers of the right size are never refused.
            let made = result.map_or(0, |(_, made)| made);
            let skip = self.delay.min(made);
            self.delay -= skip;
            out.extend(self.out[2 * skip..2 * made].as_chunks::<2>().0);
        }
        self.waiting.drain(..taken);
    }

    /// Silence after the end, so that the last samples come out.
    pub(crate) fn flush(&mut self, out: &mut Vec<[f32; 2]>) {
        let silence = vec![[0.0; 2]; self.filter.input_frames_next()];
        self.push(&silence, out);
    }
}

fn common_divisor(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { common_divisor(b, a % b) }
}
