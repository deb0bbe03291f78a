//! Reading the subcode that an image holds.

use webburn_cdcode::subchannel::{planes, pq16, symbols};
use webburn_sector::{Lba, SectorCount, SourceError};

use super::{CdImage, piece_at};
use crate::layout::{Content, FileId, SubForm};

/// How the R–W channels of stored subcode lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SubcodeKind {
    /// As on the disc, with parity and interleave.
    Raw,
    /// Four packs, not interleaved.
    Packed,
}

impl CdImage {
    /// Fills `into` with the 96 symbols of the sector at `at` as the image holds them, P and Q included; `None` when it
    /// holds none.
    ///
    /// # Errors
    /// What the file says that they come from.
    pub async fn read_sub(&mut self, at: Lba, into: &mut [u8; 96]) -> Result<Option<SubcodeKind>, SourceError> {
        let Some((file, at, form)) = self.sub_at(at) else { return Ok(None) };
        if form == SubForm::Pq {
            let mut pq = [0; 16];
            self.read_file(file, at, &mut pq).await?;
            into.fill(0);
            symbols::write_pq(into, pq16::read_p(&pq), &pq16::read_q(&pq));
            return Ok(Some(SubcodeKind::Raw));
        }
        self.read_file(file, at, into).await?;
        Ok(match form {
            SubForm::None | SubForm::Pq => None,
            SubForm::Raw => Some(SubcodeKind::Raw),
            SubForm::Packed => Some(SubcodeKind::Packed),
            SubForm::Planes => {
                *into = planes::to_symbols(into);
                Some(SubcodeKind::Raw)
            }
        })
    }

    /// Whether any track has stored subcode.
    #[must_use]
    pub fn has_subcode(&self) -> bool {
        let mut pieces = self.layout.placed().flat_map(|placed| &placed.track.pieces);
        pieces.any(|piece| match &piece.content {
            Content::Blocks { stored, sub, .. } => stored.sub != SubForm::None || sub.is_some(),
            Content::Empty | Content::Samples(_) => false,
        })
    }

    /// Whether the R–W channels hold anything (CD+G, CD-MIDI): all stored subcode is read until something is found.
    ///
    /// # Errors
    /// What a file says.
    pub async fn has_rw(&mut self) -> Result<bool, SourceError> {
        if !self.has_subcode() {
            return Ok(false);
        }
        let spans: Vec<(Lba, Lba)> = self.layout.placed().map(|placed| (placed.pregap, placed.end)).collect();
        let mut symbols = [0; 96];
        for (start, end) in spans {
            let mut at = start;
            while at < end {
                let held = self.read_sub(at, &mut symbols).await?.is_some();
                if held && symbols.iter().any(|symbol| symbol & 0x3F != 0) {
                    return Ok(true);
                }
                at += SectorCount(1);
            }
        }
        Ok(false)
    }

    fn sub_at(&self, at: Lba) -> Option<(FileId, u64, SubForm)> {
        let placed = self.layout.placed().find(|placed| at >= placed.pregap && at < placed.end)?;
        let (piece, within, _) = piece_at(&placed.track.pieces, at.since(placed.pregap))?;
        match &piece.content {
            Content::Blocks { sub: Some(sub), .. } => {
                Some((sub.file, sub.at + u64::from(within) * sub.form.size() as u64, sub.form))
            }
            Content::Blocks { file, at, stored, .. } if stored.sub != SubForm::None => {
                let block = at + u64::from(within) * stored.size() as u64;
                Some((*file, block + stored.main.size() as u64 + u64::from(stored.gap), stored.sub))
            }
            _ => None,
        }
    }
}
