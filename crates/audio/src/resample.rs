//! From any rate to that of a CD.

use rubato::audioadapter_buffers::direct::InterleavedSlice;
use rubato::{Fft, FixedSync, Resampler, WindowFunction};

use crate::RATE;

/// Samples given to the filter at once, at least.
const CHUNK: usize = 4096;

pub(crate) struct Converter {
    filter: Fft<f32>,
    waiting: Vec<f32>,
    /// Samples that come out before the first one that went in.
    delay: usize,
    out: Vec<f32>,
}

impl Converter {
    pub(crate) fn new(rate: u32) -> Result<Self, String> {
        // An even number of the smallest blocks: the delay is then a whole number of samples.
        let block = 2 * (rate / common_divisor(rate, RATE)) as usize;
        let (chunk, window) = (CHUNK.next_multiple_of(block), WindowFunction::BlackmanHarris2);
        let filter = Fft::new_custom(rate as usize, RATE as usize, chunk, 1, 2, window, FixedSync::Input);
        let filter = filter.map_err(|error| error.to_string())?;
        let delay = filter.output_delay();
        Ok(Converter { filter, waiting: Vec::new(), delay, out: Vec::new() })
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
