//! A disc that can be read: the description and the files it speaks of.

mod expand;
mod file;
mod main_channel;
mod samples;
mod subcode;

pub(crate) use expand::empty;
pub use subcode::SubcodeKind;

use webburn_sector::{SectorCount, SourceError};

use crate::error::Note;
use crate::layout::{CdLayout, FileId, Piece};
use crate::port::FileSource;
use file::NamedFile;

/// A description with its files. Reads sector by sector, in any order; holds no more of the image than one request.
pub struct CdImage {
    /// What the disc holds.
    pub layout: CdLayout,
    /// What was put right or left out while it was read.
    pub notes: Vec<Note>,
    files: Vec<NamedFile>,
    scratch: Vec<u8>,
}

impl Default for CdImage {
    fn default() -> Self {
        CdImage::new(CdLayout::default())
    }
}

impl CdImage {
    /// A disc without files yet.
    #[must_use]
    pub const fn new(layout: CdLayout) -> Self {
        CdImage { layout, notes: Vec::new(), files: Vec::new(), scratch: Vec::new() }
    }

    /// Takes a file, and says how the description is to speak of it.
    pub fn add_file(&mut self, name: impl Into<String>, source: Box<dyn FileSource>) -> FileId {
        self.files.push(NamedFile::new(name.into(), source));
        FileId(self.files.len() - 1)
    }

    /// The name of a file.
    #[must_use]
    pub fn file_name(&self, file: FileId) -> &str {
        self.files.get(file.0).map_or("", |file| &file.name)
    }

    /// Bytes of a file.
    #[must_use]
    pub fn file_length(&self, file: FileId) -> u64 {
        self.files.get(file.0).map_or(0, |file| file.source.length())
    }

    /// Fills `into` from byte `at` of a file.
    ///
    /// # Errors
    /// What the file says, with its name.
    pub async fn read_file(&mut self, file: FileId, at: u64, into: &mut [u8]) -> Result<(), SourceError> {
        let Some(file) = self.files.get_mut(file.0) else {
            return Err(SourceError { detail: "no such file".into(), ..crate::port::past_end(0) });
        };
        file.read(at, into).await.map_err(|error| file.named(error))
    }

    /// Asks every file whether it is still what it was.
    ///
    /// # Errors
    /// The first that is not.
    pub async fn check_unchanged(&mut self) -> Result<(), SourceError> {
        for file in &mut self.files {
            let result = file.source.check_unchanged().await;
            result.map_err(|error| file.named(error))?;
        }
        Ok(())
    }
}

/// The piece that holds sector `at` of a track, counted from its index 0, the sector within the piece, and how many are
/// left in it.
fn piece_at(pieces: &[Piece], at: SectorCount) -> Option<(&Piece, u32, u32)> {
    let mut before = 0;
    for piece in pieces {
        let within = at.0.checked_sub(before)?;
        if within < piece.sectors.0 {
            return Some((piece, within, piece.sectors.0 - within));
        }
        before = before.checked_add(piece.sectors.0)?;
    }
    None
}
