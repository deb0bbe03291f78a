//! Reading the main channel.

use webburn_cdcode::sector::SECTOR_SIZE;
use webburn_sector::{Lba, SectorCount, SourceError};

use super::{CdImage, expand, piece_at};
use crate::layout::{Content, Stored, SubForm};

/// Stored bytes fetched at once when they have to be unfolded: bounds what is held beside the caller's buffer.
const FETCH: usize = 1 << 20;

impl CdImage {
    /// Fills `into` (a whole number of sectors of 2352 bytes) with the main channel from `at` on. Data sectors come whole
    /// and not scrambled. Between sessions and outside of them is silence.
    ///
    /// # Errors
    /// What the file says that the sectors come from.
    pub async fn read_main(&mut self, at: Lba, into: &mut [u8]) -> Result<(), SourceError> {
        let mut rest = into;
        let mut next = at;
        while rest.len() >= SECTOR_SIZE {
            let wanted = (rest.len() / SECTOR_SIZE) as u32;
            let run = self.run_at(next, wanted);
            let (now, later) = rest.split_at_mut(run.sectors as usize * SECTOR_SIZE);
            self.fill(&run, next, now).await?;
            rest = later;
            next += SectorCount(run.sectors);
        }
        Ok(())
    }

    /// What lies at `at`, for up to `wanted` sectors.
    fn run_at(&self, at: Lba, wanted: u32) -> Run {
        for session in &self.layout.sessions {
            for placed in session.placed() {
                if at < placed.pregap {
                    let gap = placed.pregap.since(at).0;
                    return Run { sectors: wanted.min(gap), within: 0, kind: Kind::Silence };
                }
                if at >= placed.end {
                    continue;
                }
                let mode = placed.track.mode;
                let from = at.since(placed.pregap);
                let Some((piece, within, left)) = piece_at(&placed.track.pieces, from) else { continue };
                let kind = match &piece.content {
                    Content::Empty => Kind::Empty(mode.empty_sector(session.disc_type)),
                    Content::Blocks { file, at, stored, .. } => {
                        Kind::Blocks { file: *file, at: *at, stored: *stored, audio: !mode.is_data() }
                    }
                    Content::Samples(extents) => Kind::Samples(extents.clone()),
                };
                return Run { sectors: wanted.min(left), within, kind };
            }
        }
        Run { sectors: wanted, within: 0, kind: Kind::Silence }
    }

    async fn fill(&mut self, run: &Run, first: Lba, into: &mut [u8]) -> Result<(), SourceError> {
        match &run.kind {
            Kind::Silence => into.fill(0),
            Kind::Empty(mode) => {
                for (n, sector) in (0..).zip(into.as_chunks_mut::<SECTOR_SIZE>().0) {
                    expand::empty(*mode, first + SectorCount(n), sector);
                }
            }
            Kind::Samples(extents) => self.read_samples(extents, u64::from(run.within) * 2352, into).await?,
            Kind::Blocks { file, at, stored, audio } => {
                let at = at + u64::from(run.within) * stored.size() as u64;
                if *stored == Stored::WHOLE {
                    return self.read_file(*file, at, into).await;
                }
                self.unfold(*file, at, (*stored, *audio), first, into).await?;
            }
        }
        Ok(())
    }

    async fn unfold(
        &mut self,
        file: crate::layout::FileId,
        at: u64,
        (stored, audio): (Stored, bool),
        first: Lba,
        into: &mut [u8],
    ) -> Result<(), SourceError> {
        let size = stored.size();
        let mut scratch = std::mem::take(&mut self.scratch);
        let (mut at, mut next) = (at, first);
        let mut result = Ok(());
        for part in into.chunks_mut(FETCH / SECTOR_SIZE * SECTOR_SIZE) {
            let (sectors, _) = part.as_chunks_mut::<SECTOR_SIZE>();
            // The last sector's subcode is not needed: some images end before it.
            let bytes = sectors.len() * size - if stored.sub == SubForm::None { 0 } else { stored.sub.size() };
            scratch.resize(bytes, 0);
            result = self.read_file(file, at, &mut scratch).await;
            if result.is_err() {
                break;
            }
            for (sector, block) in sectors.iter_mut().zip(scratch.chunks(size)) {
                expand::expand(stored, audio, &block[..stored.main.size()], next, sector);
                next += SectorCount(1);
            }
            at += (sectors.len() * size) as u64;
        }
        self.scratch = scratch;
        result
    }
}

/// Sectors from one place.
struct Run {
    sectors: u32,
    /// The first one's number within its piece.
    within: u32,
    kind: Kind,
}

enum Kind {
    Silence,
    Empty(webburn_cdcode::sector::SectorMode),
    Blocks { file: crate::layout::FileId, at: u64, stored: Stored, audio: bool },
    Samples(Vec<crate::layout::Extent>),
}
