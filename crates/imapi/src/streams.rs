//! The stream helpers: one behind the other, interleaved, pseudo-random. Zeros are [`webburn_sector::ZeroSource`].

use webburn_sector::{SectorCount, SectorSource, SourceError};

use crate::Error;
use crate::hresult::{E_INVALIDARG, E_NOTIMPL};

/// `IStreamConcatenate`: streams one behind the other.
#[derive(Clone, Debug)]
pub struct StreamConcatenate<S>(Vec<S>);

impl<S: SectorSource> StreamConcatenate<S> {
    /// `Initialize2`, and with two streams `Initialize`.
    ///
    /// # Errors
    /// `E_INVALIDARG` for no stream at all, or streams of different sector sizes.
    pub fn initialize(streams: Vec<S>) -> Result<Self, Error> {
        same_sectors(&streams)?;
        Ok(StreamConcatenate(streams))
    }

    /// `Append`.
    ///
    /// # Errors
    /// `E_INVALIDARG` for another sector size.
    pub fn append(&mut self, stream: S) -> Result<(), Error> {
        if stream.sector_size() != self.sector_size() {
            return Err(Error::new("argument-invalid", E_INVALIDARG));
        }
        self.0.push(stream);
        Ok(())
    }

    /// `Append2`: all of them or, when one does not fit, none.
    ///
    /// # Errors
    /// `E_INVALIDARG` for another sector size.
    pub fn append_all(&mut self, streams: Vec<S>) -> Result<(), Error> {
        if streams.iter().any(|stream| stream.sector_size() != self.sector_size()) {
            return Err(Error::new("argument-invalid", E_INVALIDARG));
        }
        self.0.extend(streams);
        Ok(())
    }
}

fn same_sectors<S: SectorSource>(streams: &[S]) -> Result<(), Error> {
    let same = streams.iter().all(|stream| stream.sector_size() == streams[0].sector_size());
    if streams.is_empty() || !same { Err(Error::new("argument-invalid", E_INVALIDARG)) } else { Ok(()) }
}

impl<S: SectorSource> SectorSource for StreamConcatenate<S> {
    fn sector_size(&self) -> usize {
        self.0.first().map_or(webburn_sector::SECTOR_SIZE, SectorSource::sector_size)
    }

    fn sectors(&self) -> SectorCount {
        self.0.iter().map(SectorSource::sectors).sum()
    }

    async fn read(&mut self, first: u64, mut into: &mut [u8]) -> Result<(), SourceError> {
        let size = self.sector_size();
        let mut begins = 0;
        let mut at = first;
        for stream in &mut self.0 {
            let ends = begins + u64::from(stream.sectors().0);
            if at < ends && !into.is_empty() {
                let here = usize::try_from(ends - at).unwrap_or(usize::MAX).min(into.len() / size);
                let (now, later) = into.split_at_mut(here * size);
                stream.read(at - begins, now).await?;
                into = later;
                at += here as u64;
            }
            begins = ends;
        }
        if into.is_empty() { Ok(()) } else { Err(ended(at * size as u64)) }
    }

    async fn check_unchanged(&mut self) -> Result<(), SourceError> {
        for stream in &mut self.0 {
            stream.check_unchanged().await?;
        }
        Ok(())
    }
}

fn ended(at_byte: u64) -> SourceError {
    SourceError { kind: webburn_sector::SourceErrorKind::Shrank, at_byte, detail: String::new() }
}

/// `IStreamInterleave`: a run of each stream in turn, until the first of them has no whole run left.
#[derive(Clone, Debug)]
pub struct StreamInterleave<S> {
    streams: Vec<S>,
    /// Sectors of a run of each stream.
    runs: Vec<u32>,
}

impl<S: SectorSource> StreamInterleave<S> {
    /// `Initialize`: `sizes` are bytes of a run, one for each stream.
    ///
    /// # Errors
    /// `E_INVALIDARG` for no stream, a size for each that is missing, or one that is no whole number of sectors.
    pub fn initialize(streams: Vec<S>, sizes: &[u32]) -> Result<Self, Error> {
        same_sectors(&streams)?;
        let sector = streams[0].sector_size() as u32;
        if sizes.len() != streams.len() || sizes.iter().any(|size| *size == 0 || size % sector != 0) {
            return Err(Error::new("argument-invalid", E_INVALIDARG));
        }
        let runs = sizes.iter().map(|size| size / sector).collect();
        Ok(StreamInterleave { streams, runs })
    }

    fn round(&self) -> u64 {
        self.runs.iter().map(|run| u64::from(*run)).sum()
    }
}

impl<S: SectorSource> SectorSource for StreamInterleave<S> {
    fn sector_size(&self) -> usize {
        self.streams.first().map_or(webburn_sector::SECTOR_SIZE, SectorSource::sector_size)
    }

    fn sectors(&self) -> SectorCount {
        let rounds =
            self.streams.iter().zip(&self.runs).map(|(stream, run)| stream.sectors().0 / run).min().unwrap_or(0);
        SectorCount(u32::try_from(u64::from(rounds) * self.round()).unwrap_or(u32::MAX))
    }

    async fn read(&mut self, first: u64, into: &mut [u8]) -> Result<(), SourceError> {
        let size = self.sector_size();
        let round = self.round();
        for (k, sector) in into.chunks_mut(size).enumerate() {
            let at = first + k as u64;
            let (turn, mut within) = (at / round, at % round);
            for (stream, run) in self.streams.iter_mut().zip(&self.runs) {
                let run = u64::from(*run);
                if within < run {
                    stream.read(turn * run + within, sector).await?;
                    break;
                }
                within -= run;
            }
        }
        Ok(())
    }

    async fn check_unchanged(&mut self) -> Result<(), SourceError> {
        for stream in &mut self.streams {
            stream.check_unchanged().await?;
        }
        Ok(())
    }
}

/// `IStreamPseudoRandomBased`: the linear congruential generator with multiplier 19660Dh and increment 3C6EF35Fh. Which
/// bits of its state become bytes is not documented; here, bits 16 to 23 of each state. *guess*
#[derive(Clone, Copy, Debug)]
pub struct StreamPseudoRandom {
    seed: u32,
    sectors: SectorCount,
}

const MULTIPLIER: u32 = 0x0019_660D;
const INCREMENT: u32 = 0x3C6E_F35F;

impl StreamPseudoRandom {
    /// A stream of so many sectors (`SetSize`) from `seed`.
    #[must_use]
    pub const fn new(seed: u32, sectors: SectorCount) -> Self {
        StreamPseudoRandom { seed, sectors }
    }

    /// `Seed`.
    #[must_use]
    pub const fn seed(&self) -> u32 {
        self.seed
    }

    /// `Seed`: the stream begins anew from there. What was read from it before stays what it was.
    pub fn set_seed(&mut self, seed: u32) {
        self.seed = seed;
    }

    /// `SetSize`.
    pub fn set_size(&mut self, sectors: SectorCount) {
        self.sectors = sectors;
    }

    /// `put_ExtendedSeed`.
    ///
    /// # Errors
    /// `E_NOTIMPL`: the generator has one number of state and no use for more.
    pub fn set_extended_seed(&mut self, _values: &[u32]) -> Result<(), Error> {
        Err(Error::new("not-implemented", E_NOTIMPL))
    }

    /// `get_ExtendedSeed`.
    ///
    /// # Errors
    /// `E_NOTIMPL`.
    pub fn extended_seed(&self) -> Result<Vec<u32>, Error> {
        Err(Error::new("not-implemented", E_NOTIMPL))
    }

    /// The state after `steps` steps, by squaring: any place of the stream is reached in a moment.
    fn state_after(&self, mut steps: u64) -> u32 {
        let (mut multiplier, mut increment) = (MULTIPLIER, INCREMENT);
        let mut state = self.seed;
        while steps > 0 {
            if steps & 1 == 1 {
                state = state.wrapping_mul(multiplier).wrapping_add(increment);
            }
            increment = increment.wrapping_mul(multiplier).wrapping_add(increment);
            multiplier = multiplier.wrapping_mul(multiplier);
            steps >>= 1;
        }
        state
    }
}

impl SectorSource for StreamPseudoRandom {
    fn sectors(&self) -> SectorCount {
        self.sectors
    }

    async fn read(&mut self, first: u64, into: &mut [u8]) -> Result<(), SourceError> {
        let mut state = self.state_after(first * self.sector_size() as u64);
        for byte in into {
            state = state.wrapping_mul(MULTIPLIER).wrapping_add(INCREMENT);
            *byte = (state >> 16) as u8;
        }
        Ok(())
    }
}
