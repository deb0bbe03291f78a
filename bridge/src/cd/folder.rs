//! The folder that an image's files lie in.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use webburn_audio::MediaSource;
use webburn_rawimage::{Decoded, FileSource, Files, OpenError, Pending};
use webburn_sector::{SourceError, SourceErrorKind};

/// A folder; names are looked up in it as descriptions spell them.
#[derive(Clone, Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// The folder of an image, and the image's name in it.
    #[must_use]
    pub fn of(image: &Path) -> (Self, String) {
        let name = image.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        (Folder(image.parent().map_or_else(PathBuf::new, Path::to_path_buf)), name)
    }

    /// Names are paths, as they are given on a command line.
    #[must_use]
    pub fn here() -> Self {
        Folder(PathBuf::new())
    }

    /// Where the file of that name lies: as it is spelled; with the separators of other systems; without the folders of
    /// the computer that the description was made on; without regard to case.
    fn find(&self, name: &str) -> Option<PathBuf> {
        let turned = name.replace('\\', "/");
        let last = turned.rsplit('/').next().unwrap_or(&turned);
        for spelled in [name, &turned, last] {
            let path = self.0.join(spelled);
            if !spelled.is_empty() && path.exists() {
                return Some(path);
            }
        }
        let folder = if self.0.as_os_str().is_empty() { Path::new(".") } else { &self.0 };
        let entries = fs::read_dir(folder).ok()?.filter_map(Result::ok);
        let mut alike = entries.map(|entry| entry.path()).filter(|path| {
            path.file_name().is_some_and(|own| own.to_string_lossy().to_lowercase() == last.to_lowercase())
        });
        alike.next()
    }

    fn open_file(&self, name: &str) -> Result<DiskFile, OpenError> {
        let path = self.find(name).ok_or(OpenError::Missing)?;
        DiskFile::open(&path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => OpenError::Missing,
            _ => OpenError::Unreadable(error.to_string()),
        })
    }
}

impl Files for Folder {
    fn open<'a>(&'a mut self, name: &'a str) -> Pending<'a, Result<Box<dyn FileSource>, OpenError>> {
        let found = self.open_file(name).map(|file| Box::new(file) as Box<dyn FileSource>);
        Box::pin(async { found })
    }

    fn decode<'a>(&'a mut self, name: &'a str) -> Pending<'a, Result<Decoded, OpenError>> {
        let decoded = self.find(name).ok_or(OpenError::Missing).and_then(|path| {
            let open = Arc::new(move || Ok(Box::new(File::open(&path)?) as Box<dyn MediaSource>));
            webburn_audio::decode(name, open)
        });
        Box::pin(async { decoded })
    }
}

/// A regular file, read where it is asked for.
struct DiskFile {
    file: File,
    length: u64,
    modified: Option<SystemTime>,
}

impl DiskFile {
    fn open(path: &Path) -> io::Result<Self> {
        // Looked at before it is opened: opening a pipe would wait for its other end.
        if !fs::metadata(path)?.is_file() {
            return Err(io::Error::other("it is not a file"));
        }
        let file = File::open(path)?;
        let meta = file.metadata()?;
        Ok(DiskFile { file, length: meta.len(), modified: meta.modified().ok() })
    }

    fn fill(&mut self, at: u64, into: &mut [u8]) -> Result<(), SourceError> {
        let result = self.file.seek(SeekFrom::Start(at)).and_then(|_| self.file.read_exact(into));
        result.map_err(|error| {
            let shrank = error.kind() == io::ErrorKind::UnexpectedEof;
            let kind = if shrank { SourceErrorKind::Shrank } else { SourceErrorKind::Unreadable };
            SourceError { kind, at_byte: at, detail: if shrank { String::new() } else { error.to_string() } }
        })
    }

    fn same(&self) -> Result<(), SourceError> {
        let error = |kind, at_byte| Err(SourceError { kind, at_byte, detail: String::new() });
        match self.file.metadata() {
            Ok(meta) if meta.len() > self.length => error(SourceErrorKind::Grew, self.length),
            Ok(meta) if meta.len() < self.length => error(SourceErrorKind::Shrank, meta.len()),
            Ok(meta) if meta.modified().ok() != self.modified => error(SourceErrorKind::Changed, 0),
            Ok(_) => Ok(()),
            Err(_) => error(SourceErrorKind::Unreadable, 0),
        }
    }
}

impl FileSource for DiskFile {
    fn length(&self) -> u64 {
        self.length
    }

    fn read_at<'a>(&'a mut self, at: u64, into: &'a mut [u8]) -> Pending<'a, Result<(), SourceError>> {
        let result = self.fill(at, into);
        Box::pin(async { result })
    }

    fn check_unchanged(&mut self) -> Pending<'_, Result<(), SourceError>> {
        let result = self.same();
        Box::pin(async { result })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_as_other_systems_spell_them() {
        let root = std::env::temp_dir().join(format!("webburn-folder-{}", std::process::id()));
        fs::create_dir_all(root.join("sub")).unwrap();
        fs::write(root.join("Track 01.BIN"), [1, 2, 3]).unwrap();
        fs::write(root.join("sub/b.wav"), []).unwrap();
        let (mut folder, name) = Folder::of(&root.join("disc.cue"));
        assert_eq!(name, "disc.cue");
        for name in ["Track 01.BIN", "track 01.bin", "C:\\rips\\Track 01.bin", "sub\\b.wav", "sub/b.wav"] {
            assert!(folder.find(name).is_some(), "{name}");
        }
        assert!(folder.find("").is_none());
        assert_eq!(pollster::block_on(folder.open("none.bin")).err(), Some(OpenError::Missing));
        assert!(matches!(pollster::block_on(folder.open("sub")).err(), Some(OpenError::Unreadable(_))));
        let mut file = pollster::block_on(folder.open("Track 01.BIN")).unwrap();
        let mut two = [0; 2];
        pollster::block_on(file.read_at(1, &mut two)).unwrap();
        assert_eq!(two, [2, 3]);
        let past = pollster::block_on(file.read_at(2, &mut two)).unwrap_err();
        assert_eq!(past.kind, SourceErrorKind::Shrank);
        fs::write(root.join("Track 01.BIN"), [1, 2, 3, 4]).unwrap();
        assert_eq!(pollster::block_on(file.check_unchanged()).unwrap_err().kind, SourceErrorKind::Grew);
        fs::remove_dir_all(root).unwrap();
    }
}
