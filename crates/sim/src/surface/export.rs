//! What a reader would read.

use webburn_sector::{Lba, SECTOR_SIZE, SectorCount};

use super::{BlockForm, StoreError, Surface, SurfaceError};

/// The user data of a disc as a reader sees it, sector by sector from address 0 to the last readable one. Sectors in
/// between that cannot be read (link blocks, border zones, gaps between sessions, audio) come as zeros;
/// [`Export::ranges`] tells them apart.
#[derive(Debug)]
pub struct Export<'d> {
    surface: &'d mut Surface,
    ranges: Vec<(Lba, SectorCount)>,
    sectors: SectorCount,
    formatted_reads_zero: bool,
}

impl<'d> Export<'d> {
    pub(crate) fn new(surface: &'d mut Surface, end: Lba, formatted_reads_zero: bool) -> Self {
        let mut ranges: Vec<(Lba, SectorCount)> = Vec::new();
        for extent in surface.map().extents() {
            let first = extent.first.max(0);
            let last = extent.end().min(end.0);
            if extent.form.user_data_at().is_none() || first >= last {
                continue;
            }
            let count = SectorCount((last - first) as u32);
            match ranges.last_mut() {
                Some((start, len)) if start.0 + len.0 as i32 == first => *len += count,
                _ => ranges.push((Lba(first), count)),
            }
        }
        Export { surface, ranges, sectors: end.since(Lba::ZERO), formatted_reads_zero }
    }

    /// Sectors in all, readable or not.
    #[must_use]
    pub const fn sectors(&self) -> SectorCount {
        self.sectors
    }

    /// The runs of sectors that were written and hold user data, ascending.
    #[must_use]
    pub fn ranges(&self) -> &[(Lba, SectorCount)] {
        &self.ranges
    }

    /// Sectors that are written and hold user data.
    #[must_use]
    pub fn written(&self) -> SectorCount {
        self.ranges.iter().map(|(_, count)| *count).sum()
    }

    /// Whether every sector up to the end can be read.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.formatted_reads_zero || self.written() == self.sectors
    }

    /// Fills `into` (whole sectors of 2048 bytes) with the sectors from `first` on.
    ///
    /// # Errors
    /// The store's failure.
    pub fn read(&mut self, first: u64, into: &mut [u8]) -> Result<(), StoreError> {
        into.fill(0);
        let mut at = i32::try_from(first).unwrap_or(i32::MAX);
        let mut rest = &mut *into;
        while rest.len() >= SECTOR_SIZE {
            let want = (rest.len() / SECTOR_SIZE) as u32;
            let (form, here) = match self.surface.map().find(Lba(at)) {
                Some(extent) => (Some(extent.form), (extent.end() - at) as u32),
                None => match self.surface.map().first_in(Lba(at), want) {
                    Some(next) => (None, (next.0 - at) as u32),
                    None => return Ok(()),
                },
            };
            let (now, later) = rest.split_at_mut(here.min(want) as usize * SECTOR_SIZE);
            match form {
                Some(BlockForm::Data2048) => self.pull(at, BlockForm::Data2048, now)?,
                Some(form) if form.user_data_at().is_some() => {
                    let skip = form.user_data_at().unwrap_or(0);
                    let mut block = vec![0; form.size()];
                    for (i, sector) in now.chunks_mut(SECTOR_SIZE).enumerate() {
                        self.pull(at + i as i32, form, &mut block)?;
                        sector.copy_from_slice(&block[skip..skip + SECTOR_SIZE]);
                    }
                }
                _ => {}
            }
            at = at.saturating_add_unsigned(here.min(want));
            rest = later;
        }
        Ok(())
    }

    fn pull(&mut self, at: i32, form: BlockForm, into: &mut [u8]) -> Result<(), StoreError> {
        match self.surface.read(Lba(at), form, into) {
            Err(SurfaceError::Store(error)) => Err(error),
            // The map was just asked; the other refusals cannot happen, and would leave zeros.
            _ => Ok(()),
        }
    }

    /// The whole contents in memory, for tests and small discs.
    ///
    /// # Errors
    /// The store's failure.
    pub fn contents(&mut self) -> Result<Vec<u8>, StoreError> {
        let mut all = vec![0; self.sectors.data_bytes() as usize];
        self.read(0, &mut all)?;
        Ok(all)
    }
}
