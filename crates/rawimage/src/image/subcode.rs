//! Reading the subcode that an image holds.

use webburn_cdcode::subchannel::{planes, pq16, symbols};
use webburn_sector::{Lba, SourceError};

use super::{CdImage, piece_at};
use crate::layout::{Content, FileId, Piece, SubForm};

/// Bytes that are looked through at once.
const AT_ONCE: usize = 1 << 18;

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
        let pieces = self.layout.placed().flat_map(|placed| placed.track.pieces.iter());
        let held: Vec<_> = pieces.filter_map(|piece| held(piece).map(|held| (piece.sectors, held))).collect();
        let mut bytes = Vec::new();
        for (sectors, (file, at, block, form)) in held {
            let mut done = 0;
            while done < sectors.0 {
                let count = (AT_ONCE / block).clamp(1, (sectors.0 - done) as usize);
                // Up to the end of the last subcode: what lies between two is read over.
                bytes.resize((count - 1) * block + form.size(), 0);
                self.read_file(file, at + u64::from(done) * block as u64, &mut bytes).await?;
                if bytes.chunks(block).any(|sub| form.has_rw(&sub[..form.size()])) {
                    return Ok(true);
                }
                done += count as u32;
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

/// Where the subcode of a piece's first sector lies, how far it is from each to the next, and its form.
fn held(piece: &Piece) -> Option<(FileId, u64, usize, SubForm)> {
    match &piece.content {
        Content::Blocks { sub: Some(sub), .. } => Some((sub.file, sub.at, sub.form.size(), sub.form)),
        Content::Blocks { file, at, stored, .. } => {
            let from = at + stored.main.size() as u64 + u64::from(stored.gap);
            Some((*file, from, stored.size(), stored.sub))
        }
        Content::Empty | Content::Samples(_) => None,
    }
    .filter(|(_, _, _, form)| !matches!(form, SubForm::None | SubForm::Pq))
}
