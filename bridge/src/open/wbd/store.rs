//! The surface of a disc in a file, as holes and bytes.

use std::fs::File;
use std::io::{self, ErrorKind};

use webburn_sim::surface::{Store, StoreError};

/// Most zeros written at once where holes cannot be made.
static ZEROS: [u8; 65_536] = [0; 65_536];

/// Keeps a disc's bytes from `base` of a file on.
#[derive(Debug)]
pub struct FileStore {
    file: File,
    base: u64,
}

impl FileStore {
    pub fn new(file: File, base: u64) -> Self {
        FileStore { file, base }
    }
}

fn failed(error: io::Error) -> StoreError {
    StoreError::new(error.to_string())
}

impl Store for FileStore {
    fn write(&mut self, at: u64, bytes: &[u8]) -> Result<(), StoreError> {
        write_at(&self.file, self.base + at, bytes).map_err(failed)
    }

    fn read(&mut self, at: u64, into: &mut [u8]) -> Result<(), StoreError> {
        read_at(&self.file, self.base + at, into).map_err(failed)
    }

    fn discard(&mut self, at: u64, len: u64) -> Result<(), StoreError> {
        // Beyond the end there is nothing to forget.
        let end = self.file.metadata().map_err(failed)?.len();
        let from = self.base + at;
        let to = from.saturating_add(len).min(end);
        if from >= to {
            return Ok(());
        }
        if punch(&self.file, from, to - from) {
            return Ok(());
        }
        let mut left = from..to;
        while left.start < left.end {
            let step = (left.end - left.start).min(ZEROS.len() as u64);
            write_at(&self.file, left.start, &ZEROS[..step as usize]).map_err(failed)?;
            left.start += step;
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), StoreError> {
        // The kernel keeps what a killed program wrote; only a machine that loses power could lose it, and a simulated
        // disc is not worth waiting for the platter.
        Ok(())
    }

    fn kept(&self) -> u64 {
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            self.file.metadata().map_or(0, |meta| meta.blocks() * 512)
        }
        #[cfg(not(unix))]
        {
            self.file.metadata().map_or(0, |meta| meta.len().saturating_sub(self.base))
        }
    }
}

/// Makes a hole where the file system can.
#[cfg(target_os = "linux")]
fn punch(file: &File, from: u64, len: u64) -> bool {
    use nix::fcntl::{FallocateFlags, fallocate};
    let flags = FallocateFlags::FALLOC_FL_PUNCH_HOLE | FallocateFlags::FALLOC_FL_KEEP_SIZE;
    match (from.try_into(), len.try_into()) {
        (Ok(from), Ok(len)) => fallocate(file, flags, from, len).is_ok(),
        _ => false,
    }
}

#[cfg(not(target_os = "linux"))]
fn punch(_: &File, _: u64, _: u64) -> bool {
    false
}

/// Fills `into` from `at` on; beyond the end there are zeros.
pub fn read_at(file: &File, mut at: u64, mut into: &mut [u8]) -> io::Result<()> {
    while !into.is_empty() {
        match read_some(file, into, at) {
            Ok(0) => {
                into.fill(0);
                return Ok(());
            }
            Ok(n) => {
                at += n as u64;
                into = &mut into[n..];
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

#[cfg(unix)]
fn read_some(file: &File, into: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, into, at)
}

/// Writes all of `bytes` at `at`.
#[cfg(unix)]
pub fn write_at(file: &File, at: u64, bytes: &[u8]) -> io::Result<()> {
    std::os::unix::fs::FileExt::write_all_at(file, bytes, at)
}

#[cfg(windows)]
fn read_some(file: &File, into: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, into, at)
}

/// Writes all of `bytes` at `at`.
#[cfg(windows)]
pub fn write_at(file: &File, mut at: u64, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        let n = std::os::windows::fs::FileExt::seek_write(file, bytes, at)?;
        at += n as u64;
        bytes = &bytes[n..];
    }
    Ok(())
}
