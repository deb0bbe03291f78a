//! An open `/dev/srN`.

use std::fmt;
use std::fs::{File, OpenOptions};
use std::io;
use std::os::fd::AsFd;
use std::os::unix::fs::{FileTypeExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use nix::errno::Errno;
use nix::fcntl::OFlag;
use nix::sys::stat::major;
use webburn_scsi::{Caps, Cdb, Completion, Data, ScsiTransport, TransportError, TransportErrorKind};

use crate::ioctl::{Failure, sg_io};

/// Block device major of the kernel's optical drives (Linux `Documentation/admin-guide/devices.txt`).
const SCSI_CDROM_MAJOR: u64 = 11;
/// Most bytes of one command: what every host adapter's queue takes.
const MAX_TRANSFER: usize = 65_536;
/// No command's limit is shorter: an expired SG_IO resets the drive, and with it a write-once disc is lost.
const LIMIT_MIN: Duration = Duration::from_secs(30);
/// Likewise for commands that write, calibrate or close, which wait for the laser.
const LIMIT_MIN_WRITING: Duration = Duration::from_secs(200);

/// Why a drive could not be opened. Nothing was sent to it but perhaps an INQUIRY.
#[derive(Debug)]
pub enum OpenError {
    /// There is no such file, or no drive behind it any more.
    NotFound(PathBuf),
    /// The file may not be opened for reading and writing by this user.
    Denied(PathBuf),
    /// It is mounted, or another program burns with it.
    Busy(PathBuf),
    /// A file of another kind, a symbolic link, or a device that is no optical drive.
    NotOptical(PathBuf),
    /// Something else.
    Io(PathBuf, io::Error),
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OpenError::NotFound(path) => write!(f, "there is no {}", path.display()),
            OpenError::Denied(path) => write!(f, "{} may not be opened", path.display()),
            OpenError::Busy(path) => write!(f, "{} is in use", path.display()),
            OpenError::NotOptical(path) => write!(f, "{} is not an optical drive", path.display()),
            OpenError::Io(path, error) => write!(f, "{}: {error}", path.display()),
        }
    }
}

impl std::error::Error for OpenError {}

/// SCSI commands to one optical drive through the kernel.
///
/// Commands *block* the calling thread: give a drive a thread of its own. The kernel applies the time-out, which is never
/// shorter than the caller's limit, and fetches the sense.
///
/// # Drop
/// A command, once begun, runs to its end inside the call: there is no point at which it could be dropped half way.
#[derive(Debug)]
pub struct SgIo {
    file: File,
}

impl SgIo {
    /// Opens `/dev/srN`, exclusively, and makes sure it is an optical drive: block device of major 11, peripheral type 5.
    ///
    /// # Errors
    /// [`OpenError`].
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        let own = || path.to_owned();
        // O_NONBLOCK: open without a disc. O_EXCL: not while mounted. O_NOFOLLOW: the name, not where a link points.
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .custom_flags((OFlag::O_EXCL | OFlag::O_NONBLOCK | OFlag::O_NOFOLLOW | OFlag::O_CLOEXEC).bits())
            .open(path)
            .map_err(|error| match error.raw_os_error().map(Errno::from_raw) {
                Some(Errno::ENOENT | Errno::ENXIO | Errno::ENODEV | Errno::ENOMEDIUM | Errno::ENOTDIR) => {
                    OpenError::NotFound(own())
                }
                Some(Errno::EACCES | Errno::EPERM) => OpenError::Denied(own()),
                Some(Errno::EBUSY) => OpenError::Busy(own()),
                Some(Errno::ELOOP | Errno::EISDIR) => OpenError::NotOptical(own()),
                _ => OpenError::Io(own(), error),
            })?;
        let meta = file.metadata().map_err(|error| OpenError::Io(own(), error))?;
        if !meta.file_type().is_block_device() || major(meta.rdev()) != SCSI_CDROM_MAJOR {
            return Err(OpenError::NotOptical(own()));
        }
        let mut drive = SgIo { file };
        let mut inquiry = [0; 36];
        let cdb = Cdb::new([0x12, 0, 0, 0, 36, 0]);
        match drive.send(&cdb, Data::In(&mut inquiry), LIMIT_MIN) {
            // Peripheral qualifier 0, type 5 (SPC-4, 6.6.2).
            Ok(completion) if completion.is_good() && completion.transferred > 0 && inquiry[0] == 0x05 => Ok(drive),
            Ok(_) => Err(OpenError::NotOptical(own())),
            Err(error) if error.kind == TransportErrorKind::Denied => Err(OpenError::Denied(own())),
            Err(error) => Err(OpenError::Io(own(), io::Error::other(error))),
        }
    }

    fn send(&mut self, cdb: &Cdb, data: Data<'_>, limit: Duration) -> Result<Completion, TransportError> {
        let len = data.len();
        sg_io(self.file.as_fd(), cdb, data, limit.max(limit_min(cdb.opcode()))).map_err(|failure| match failure {
            Failure::Transport(error) => error,
            Failure::System(errno) => {
                let (kind, detail) = match errno {
                    Errno::ENODEV | Errno::ENXIO => (TransportErrorKind::Disconnected, "the drive is gone"),
                    Errno::EPERM | Errno::EACCES => {
                        (TransportErrorKind::Denied, "the kernel does not let this user send the command")
                    }
                    Errno::ENOMEM => (TransportErrorKind::OutOfMemory, "no memory for the transfer"),
                    Errno::EBUSY => (TransportErrorKind::Locked, "another program uses the drive"),
                    Errno::EINVAL if len > MAX_TRANSFER => {
                        (TransportErrorKind::Other, "the transfer is larger than the adapter takes")
                    }
                    _ => (TransportErrorKind::Other, "SG_IO failed"),
                };
                TransportError::new(kind, format!("{detail} ({errno}, command {cdb})"))
            }
        })
    }
}

/// The shortest time-out for a command: an expired one costs the disc.
fn limit_min(opcode: u8) -> Duration {
    match opcode {
        0x04 | 0x2A | 0x2E | 0x35 | 0x53 | 0x54 | 0x58 | 0x5B | 0x5D | 0xA1 | 0xAA | 0xBF => LIMIT_MIN_WRITING,
        _ => LIMIT_MIN,
    }
}

impl ScsiTransport for SgIo {
    fn caps(&self) -> Caps {
        Caps { max_transfer: MAX_TRANSFER, alignment: 1, depth: 1 }
    }

    async fn execute(&mut self, cdb: &Cdb, data: Data<'_>, limit: Duration) -> Result<Completion, TransportError> {
        self.send(cdb, data, limit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_optical_drive_is_not_opened() {
        assert!(matches!(SgIo::open(Path::new("/dev/sr-none")), Err(OpenError::NotFound(_))));
        assert!(matches!(SgIo::open(Path::new("/dev/null")), Err(OpenError::NotOptical(_))));
        let dir = std::env::temp_dir().join(format!("webburn-open-{}", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        let (file, link) = (dir.join("file"), dir.join("link"));
        std::fs::write(&file, b"not a drive").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        assert!(matches!(SgIo::open(&file), Err(OpenError::NotOptical(_))));
        assert!(matches!(SgIo::open(&link), Err(OpenError::NotOptical(_))));
        assert!(matches!(SgIo::open(&dir), Err(OpenError::NotOptical(_) | OpenError::Io(..))));
        std::fs::remove_dir_all(&dir).unwrap();
    }

    #[test]
    fn no_write_is_cut_off_early() {
        for opcode in [0x2A, 0xAA, 0x35, 0x5B] {
            assert!(limit_min(opcode) >= Duration::from_secs(200));
        }
    }
}
