//! A simulated disc in a file (`.wbd`), so that it outlives the program.
//!
//! | bytes | what |
//! |---|---|
//! | 0–15 | "webburn disc 1\r\n" |
//! | 4096… | state slot A: length (u32), generation (u64), checksum (u64), JSON |
//! | 4096 + 2 MiB… | state slot B, likewise |
//! | 8 MiB… | the surface, byte for byte, sparse: what was never written is a hole |
//!
//! Numbers little-endian. Data is written in place; the state goes to the older slot and is then the newer one, so that
//! a program killed in between leaves the state of a moment before: as a burner whose plug was pulled.

use std::fmt;
use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use webburn_sim::surface::{Store, StoreError};
use webburn_sim::{Disc, MediumKind};

mod slots;
mod store;

use store::FileStore;

const MAGIC: &[u8; 16] = b"webburn disc 1\r\n";
/// Where the surface begins.
const SURFACE: u64 = 8 << 20;

/// Why a disc file cannot be used.
#[derive(Debug)]
pub enum WbdError {
    /// The system says no.
    Io(PathBuf, io::Error),
    /// Another program has it open.
    InUse(PathBuf),
    /// Not a disc file, or one whose state is broken.
    Broken(PathBuf, &'static str),
    /// It holds another kind of disc: the kind it holds.
    OtherKind(PathBuf, MediumKind),
    /// The state has outgrown its slot.
    StateTooLarge(PathBuf),
}

impl fmt::Display for WbdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WbdError::Io(path, error) => write!(f, "{}: {error}", path.display()),
            WbdError::InUse(path) => write!(f, "{} is used by another program", path.display()),
            WbdError::Broken(path, why) => write!(f, "{} is no disc of a simulated drive: {why}", path.display()),
            WbdError::OtherKind(path, kind) => write!(f, "{} holds a {}", path.display(), kind.name()),
            WbdError::StateTooLarge(path) => write!(f, "{}: the disc's state is too large", path.display()),
        }
    }
}

impl std::error::Error for WbdError {}

/// An open disc file. The disc itself lives in the drive; this writes its state down.
#[derive(Debug)]
pub struct DiscFile {
    path: PathBuf,
    file: File,
    kind: MediumKind,
    slots: slots::Slots,
}

impl DiscFile {
    /// Opens the file, or makes it with a fresh disc of `medium` (an id whose kind is `kind`) when it is missing or empty.
    ///
    /// # Errors
    /// [`WbdError`]; an existing file is then unchanged.
    pub fn open_or_create(path: &Path, kind: MediumKind, medium: &str) -> Result<(Self, Disc), WbdError> {
        let io = |error| WbdError::Io(path.to_owned(), error);
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path).map_err(io)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(WbdError::InUse(path.to_owned())),
            Err(TryLockError::Error(error)) => return Err(io(error)),
        }
        let store: Box<dyn Store> = Box::new(FileStore::new(file.try_clone().map_err(io)?, SURFACE));
        let fresh = file.metadata().map_err(io)?.len() == 0;
        if fresh {
            slots::write_magic(&file).map_err(io)?;
            let broken = || WbdError::Broken(path.to_owned(), "the medium is unknown");
            let disc = Disc::from_id_on(medium, || store).map_err(|_| broken())?.ok_or_else(broken)?;
            let mut this = DiscFile { path: path.to_owned(), file, kind, slots: slots::Slots::default() };
            let mut disc = disc;
            this.keep(&mut disc)?;
            return Ok((this, disc));
        }
        let broken = |why| WbdError::Broken(path.to_owned(), why);
        let (slots, json) =
            slots::read(&file).map_err(io)?.ok_or_else(|| broken("its beginning is not that of one"))?;
        let state = serde_json::from_slice(&json).map_err(|_| broken("its state cannot be read"))?;
        let disc = Disc::from_state(state, store).map_err(|_| broken("its state contradicts itself"))?;
        // Blanking and formatting turn some kinds into others; the disc is the same.
        if disc.kind().as_sold() != kind.as_sold() {
            return Err(WbdError::OtherKind(path.to_owned(), disc.kind()));
        }
        Ok((DiscFile { path: path.to_owned(), file, kind, slots }, disc))
    }

    /// The kind of disc.
    #[must_use]
    pub fn kind(&self) -> MediumKind {
        self.kind
    }

    /// The file's name, without its folder.
    #[must_use]
    pub fn name(&self) -> String {
        self.path.file_name().unwrap_or(self.path.as_os_str()).to_string_lossy().into_owned()
    }

    /// Writes the disc's state, after its data.
    ///
    /// # Errors
    /// The system says no.
    pub fn keep(&mut self, disc: &mut Disc) -> Result<(), WbdError> {
        let io = |error| WbdError::Io(self.path.clone(), error);
        disc.store_mut().flush().map_err(|error: StoreError| io(io::Error::other(error)))?;
        let json = serde_json::to_vec(&disc.to_state()).map_err(|error| io(io::Error::other(error)))?;
        if json.len() > slots::CAPACITY {
            return Err(WbdError::StateTooLarge(self.path.clone()));
        }
        self.slots.write(&self.file, &json).map_err(io)
    }
}

#[cfg(test)]
mod tests;
