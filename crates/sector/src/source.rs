//! Streams of sectors: what a burn reads from.

use std::fmt;
use std::future::Future;

use crate::{Lba, MaybeSend, SECTOR_SIZE, SectorCount};

/// Why a source could not give its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceError {
    /// What went wrong, for programs.
    pub kind: SourceErrorKind,
    /// The first byte that could not be had, from the start of the source.
    pub at_byte: u64,
    /// What the platform said, for the fold-out. Never shown alone.
    pub detail: String,
}

/// Kinds of [`SourceError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceErrorKind {
    /// The file is gone or may not be read any more.
    Unreadable,
    /// The file ended before its announced size.
    Shrank,
    /// The file is longer than announced.
    Grew,
    /// The file's bytes or its time of change differ from those announced.
    Changed,
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.kind {
            SourceErrorKind::Unreadable => "the source cannot be read",
            SourceErrorKind::Shrank => "the source became shorter",
            SourceErrorKind::Grew => "the source became longer",
            SourceErrorKind::Changed => "the source changed",
        };
        write!(f, "{what} at byte {}", self.at_byte)?;
        if self.detail.is_empty() { Ok(()) } else { write!(f, " ({})", self.detail) }
    }
}

impl std::error::Error for SourceError {}

/// A stream of sectors of known length, readable in large pieces.
///
/// `IStream` of IMAPI2 stands behind the same need; this is narrower: a length, and reads at a sector.
/// A reader that works ahead asks for 1 to 4 MiB at a time, in ascending order, from one task.
pub trait SectorSource: MaybeSend {
    /// Bytes of one sector: 2048 for data, 2352 for audio, 2368 or 2448 for raw.
    fn sector_size(&self) -> usize {
        SECTOR_SIZE
    }

    /// How many whole sectors the source announces.
    fn sectors(&self) -> SectorCount;

    /// How many bytes the source announces, a tail shorter than a sector included: what an image that is no whole number
    /// of sectors is told by.
    fn byte_length(&self) -> u64 {
        self.sectors().bytes(self.sector_size())
    }

    /// The parts of the stream that are to be written to a disc that is overwritten, in that order, both ends included
    /// (`IBlockRangeList` of IMAPI2): what appending to such a disc changes. `None` for all of it.
    fn block_ranges(&self) -> Option<Vec<(Lba, Lba)>> {
        None
    }

    /// Fills `into` (a whole number of sectors) with the sectors from `first` (counted from the source's start) on.
    ///
    /// # Errors
    /// [`SourceError`] when the bytes are not to be had; `into` is then unspecified.
    ///
    /// # Drop
    /// A dropped read has no effect on the next one.
    fn read(&mut self, first: u64, into: &mut [u8]) -> impl Future<Output = Result<(), SourceError>> + MaybeSend;

    /// Asked once after the last read, before the disc is closed: is the source still what it was when it was announced?
    ///
    /// # Errors
    /// [`SourceErrorKind::Grew`] or [`SourceErrorKind::Changed`].
    fn check_unchanged(&mut self) -> impl Future<Output = Result<(), SourceError>> + MaybeSend {
        async { Ok(()) }
    }
}

/// A source in memory, for tests and small images.
#[derive(Clone, Debug)]
pub struct BytesSource {
    bytes: Vec<u8>,
    sector_size: usize,
}

impl BytesSource {
    /// Takes `bytes`; a tail shorter than a sector is not announced.
    #[must_use]
    pub fn new(bytes: Vec<u8>, sector_size: usize) -> Self {
        BytesSource { bytes, sector_size }
    }
}

impl SectorSource for BytesSource {
    fn sector_size(&self) -> usize {
        self.sector_size
    }
    fn sectors(&self) -> SectorCount {
        SectorCount((self.bytes.len() / self.sector_size) as u32)
    }
    fn byte_length(&self) -> u64 {
        self.bytes.len() as u64
    }
    async fn read(&mut self, first: u64, into: &mut [u8]) -> Result<(), SourceError> {
        let at = first * self.sector_size as u64;
        let got = usize::try_from(at).ok().and_then(|at| self.bytes.get(at..at.checked_add(into.len())?));
        match got {
            Some(bytes) => {
                into.copy_from_slice(bytes);
                Ok(())
            }
            None => Err(SourceError {
                kind: SourceErrorKind::Shrank,
                at_byte: self.bytes.len() as u64,
                detail: String::new(),
            }),
        }
    }
}

/// Zeros (`MsftStreamZero`).
#[derive(Clone, Copy, Debug)]
pub struct ZeroSource(pub SectorCount);

impl SectorSource for ZeroSource {
    fn sectors(&self) -> SectorCount {
        self.0
    }
    async fn read(&mut self, _first: u64, into: &mut [u8]) -> Result<(), SourceError> {
        into.fill(0);
        Ok(())
    }
}

/// A cheap pattern in which every sector differs: byte `i` of sector `s` is `(31·s + 7·i + (i >> 8)) mod 256`.
#[derive(Clone, Copy, Debug)]
pub struct PatternSource(pub SectorCount);

impl PatternSource {
    /// Writes sector `sector` of the pattern into `into` (2048 bytes, or fewer for a prefix).
    pub fn fill(sector: u64, into: &mut [u8]) {
        let base = (sector as u8).wrapping_mul(31);
        for (i, byte) in into.iter_mut().enumerate() {
            *byte = Self::byte(base, i);
        }
    }

    /// Whether `sector` is a sector of the pattern, or the beginning of one: its first byte tells which.
    #[must_use]
    pub fn holds(sector: &[u8]) -> bool {
        let Some(base) = sector.first() else { return true };
        // Looks at all of them: without a way out it runs many bytes at a time.
        sector.iter().enumerate().fold(0, |differs, (i, found)| differs | (found ^ Self::byte(*base, i))) == 0
    }

    /// Byte `i` of a sector that begins with `base`.
    const fn byte(base: u8, i: usize) -> u8 {
        base.wrapping_add((i as u8).wrapping_mul(7)).wrapping_add((i >> 8) as u8)
    }
}

impl SectorSource for PatternSource {
    fn sectors(&self) -> SectorCount {
        self.0
    }
    async fn read(&mut self, first: u64, into: &mut [u8]) -> Result<(), SourceError> {
        for (k, sector) in into.chunks_mut(SECTOR_SIZE).enumerate() {
            PatternSource::fill(first + k as u64, sector);
        }
        Ok(())
    }
}
