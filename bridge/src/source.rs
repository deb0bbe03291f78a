//! An image file as a source of sectors.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use webburn_sector::{SECTOR_SIZE, SectorCount, SectorSource, SourceError, SourceErrorKind};

/// Why an image could not be opened.
#[derive(Debug)]
pub enum ImageError {
    /// There is none.
    Missing(PathBuf),
    /// A folder or a device.
    NotFile(PathBuf),
    /// The system says no.
    Io(PathBuf, io::Error),
}

/// A file, read in large pieces; nothing of it is kept.
#[derive(Debug)]
pub struct FileSource {
    file: File,
    bytes: u64,
    modified: Option<SystemTime>,
    at: u64,
}

impl FileSource {
    /// Opens a regular file and notes its length and time of change.
    ///
    /// # Errors
    /// [`ImageError`].
    pub fn open(path: &Path) -> Result<Self, ImageError> {
        let io = |error: io::Error| match error.kind() {
            io::ErrorKind::NotFound => ImageError::Missing(path.to_owned()),
            _ => ImageError::Io(path.to_owned(), error),
        };
        // Looked at before it is opened: opening a pipe would wait for its other end.
        if !std::fs::metadata(path).map_err(io)?.is_file() {
            return Err(ImageError::NotFile(path.to_owned()));
        }
        let file = File::open(path).map_err(io)?;
        let meta = file.metadata().map_err(io)?;
        Ok(FileSource { file, bytes: meta.len(), modified: meta.modified().ok(), at: 0 })
    }
}

fn error(kind: SourceErrorKind, at_byte: u64, detail: impl Into<String>) -> SourceError {
    SourceError { kind, at_byte, detail: detail.into() }
}

impl SectorSource for FileSource {
    fn sectors(&self) -> SectorCount {
        // More sectors than 32 bits hold fit on no disc; the byte length tells the truth to whoever asks.
        SectorCount(u32::try_from(self.bytes / SECTOR_SIZE as u64).unwrap_or(u32::MAX))
    }

    fn byte_length(&self) -> u64 {
        self.bytes
    }

    async fn read(&mut self, first: u64, into: &mut [u8]) -> Result<(), SourceError> {
        let start = first * SECTOR_SIZE as u64;
        let unreadable = |at: u64, problem: io::Error| error(SourceErrorKind::Unreadable, at, problem.to_string());
        if self.at != start {
            self.file.seek(SeekFrom::Start(start)).map_err(|problem| unreadable(start, problem))?;
            self.at = start;
        }
        let mut filled = 0;
        while filled < into.len() {
            match self.file.read(&mut into[filled..]) {
                Ok(0) => return Err(error(SourceErrorKind::Shrank, self.at, "end of file")),
                Ok(n) => {
                    filled += n;
                    self.at += n as u64;
                }
                Err(problem) if problem.kind() == io::ErrorKind::Interrupted => {}
                Err(problem) => return Err(unreadable(self.at, problem)),
            }
        }
        Ok(())
    }

    async fn check_unchanged(&mut self) -> Result<(), SourceError> {
        let meta = self.file.metadata().map_err(|gone| error(SourceErrorKind::Unreadable, 0, gone.to_string()))?;
        if meta.len() > self.bytes {
            return Err(error(SourceErrorKind::Grew, self.bytes, ""));
        }
        if meta.len() < self.bytes {
            return Err(error(SourceErrorKind::Shrank, meta.len(), ""));
        }
        if meta.modified().ok() != self.modified {
            return Err(error(SourceErrorKind::Changed, 0, "its time of change differs"));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn image(name: &str, bytes: &[u8]) -> PathBuf {
        let path = std::env::temp_dir().join(format!("webburn-source-{}-{name}", std::process::id()));
        std::fs::write(&path, bytes).unwrap();
        path
    }

    #[test]
    fn reads_where_it_is_told_and_announces_the_tail() {
        let bytes: Vec<u8> = (0..5000u32).map(|i| i as u8).collect();
        let path = image("tail", &bytes);
        let mut source = FileSource::open(&path).unwrap();
        assert_eq!((source.sectors(), source.byte_length()), (SectorCount(2), 5000));
        let mut sector = [0; SECTOR_SIZE];
        for first in [1, 0, 1] {
            pollster::block_on(source.read(first, &mut sector)).unwrap();
            assert_eq!(sector[..], bytes[first as usize * 2048..][..2048]);
        }
        let past = pollster::block_on(source.read(2, &mut sector)).unwrap_err();
        assert_eq!((past.kind, past.at_byte), (SourceErrorKind::Shrank, 5000));
        std::fs::remove_file(path).unwrap();
    }

    #[test]
    fn every_change_is_noticed() {
        let path = image("change", &[0; 8192]);
        let check = |source: &mut FileSource| pollster::block_on(source.check_unchanged()).map_err(|error| error.kind);
        let mut source = FileSource::open(&path).unwrap();
        assert_eq!(check(&mut source), Ok(()));
        let file = File::options().append(true).open(&path).unwrap();
        (&file).write_all(b"x").unwrap();
        assert_eq!(check(&mut source), Err(SourceErrorKind::Grew));
        file.set_len(2048).unwrap();
        assert_eq!(check(&mut source), Err(SourceErrorKind::Shrank));
        let mut half = vec![0; 4096];
        let cut = pollster::block_on(source.read(0, &mut half)).unwrap_err();
        assert_eq!((cut.kind, cut.at_byte), (SourceErrorKind::Shrank, 2048));
        file.set_len(8192).unwrap();
        file.set_modified(SystemTime::UNIX_EPOCH).unwrap();
        assert_eq!(check(&mut source), Err(SourceErrorKind::Changed));
        std::fs::remove_file(path).unwrap();
    }

    #[test]
    fn what_is_no_file_is_told_apart() {
        assert!(matches!(FileSource::open(&std::env::temp_dir()), Err(ImageError::NotFile(_))));
        assert!(matches!(FileSource::open(Path::new("/nowhere/x.iso")), Err(ImageError::Missing(_))));
    }
}
