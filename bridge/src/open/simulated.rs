//! A simulated drive of this program: the drive, the disc in it, and the file that keeps the disc.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use webburn_sim::surface::{NullStore, Store};
use webburn_sim::{Disc, Pace, SharedSim, SimDrive, VirtualTime};

use crate::cli::complain;
use crate::texts;

use super::{DiscFile, Options, SimTransport, Spec, WbdError};

/// The name under which the disc of a file is offered among the media.
const FILE_MEDIUM: &str = "file";
/// How often the disc's state is kept while data is being written.
const KEEP_EVERY: Duration = Duration::from_secs(1);

/// A simulated drive, shared by its transport and whoever changes its disc.
pub struct Simulated {
    sim: SharedSim,
    pace: Pace,
    shelf: Mutex<Shelf>,
}

/// What belongs to the drive but is not inside it.
struct Shelf {
    /// The id of the medium in the drive.
    medium: String,
    /// The file, and its disc while another lies in the drive.
    file: Option<(DiscFile, Option<Disc>)>,
    kept_at: Instant,
}

/// Why another disc could not be laid in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangeError {
    /// No such medium.
    Unknown,
    /// The drive holds its tray closed: a burn is going on.
    Locked,
    /// The file could not be written.
    File(String),
}

impl fmt::Debug for Simulated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Simulated").field("pace", &self.pace).finish_non_exhaustive()
    }
}

impl Simulated {
    /// Builds the drive and lays in the disc; the disc of a file is made when the file does not exist.
    ///
    /// # Errors
    /// The file cannot be used.
    pub fn new(spec: &Spec, options: &Options) -> Result<Arc<Self>, WbdError> {
        let mut drive = SimDrive::new(options.personality.clone());
        drive.set_pace(options.pace);
        let (disc, file) = match (&spec.file, spec.kind) {
            (Some(path), Some(kind)) => {
                let (file, disc) = DiscFile::open_or_create(path, kind, &spec.medium)?;
                (Some(disc), Some(file))
            }
            (_, Some(kind)) if spec.null => {
                let store: Box<dyn Store> = Box::new(NullStore::new());
                (Some(Disc::blank_on(kind, store)), None)
            }
            // The medium was looked at when the spec was read.
            _ => (Disc::from_id(&spec.medium).unwrap_or_default(), None),
        };
        if let Some(disc) = disc {
            drive.load(disc);
        }
        let medium = if file.is_some() { FILE_MEDIUM.to_owned() } else { spec.medium.clone() };
        let shelf = Shelf { medium, file: file.map(|file| (file, None)), kept_at: Instant::now() };
        Ok(Arc::new(Simulated { sim: SharedSim::new(drive), pace: options.pace, shelf: Mutex::new(shelf) }))
    }

    /// A transport to the drive. One at a time is the caller's to see to.
    #[must_use]
    pub fn transport(self: &Arc<Self>) -> SimTransport {
        SimTransport::new(Arc::clone(self), self.sim.clone(), self.pace)
    }

    /// The drive's own time, for a host clock that shall move with it.
    #[must_use]
    pub fn time(&self) -> VirtualTime {
        self.sim.time()
    }

    /// The pace.
    #[must_use]
    pub fn pace(&self) -> Pace {
        self.pace
    }

    /// The drive, for tests and for looking at the disc.
    #[must_use]
    pub fn sim(&self) -> &SharedSim {
        &self.sim
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The id of the medium in the drive; `None` when it is empty.
    #[must_use]
    pub fn medium(&self) -> Option<String> {
        let there = self.sim.with(|drive| drive.disc().is_some());
        there.then(|| self.shelf().medium.clone())
    }

    /// Every medium that can be laid in: id and a label for people.
    #[must_use]
    pub fn media(&self) -> Vec<(String, String)> {
        let mut all = vec![("none".to_owned(), "No disc".to_owned())];
        if let Some((file, _)) = &self.shelf().file {
            all.push((FILE_MEDIUM.to_owned(), format!("{}, kept in {}", file.kind().name(), file.name())));
        }
        all.extend(webburn_sim::disc::catalogue().into_iter().skip(1).map(|listed| (listed.id, listed.label)));
        all
    }

    /// Takes the disc out and lays in another, as a hand would: not while the drive holds its tray closed.
    ///
    /// # Errors
    /// [`ChangeError`]; the disc in the drive stays.
    pub fn change(&self, medium: &str) -> Result<(), ChangeError> {
        let mut shelf = self.shelf();
        let shelf = &mut *shelf;
        let fresh = match medium {
            FILE_MEDIUM if shelf.medium == FILE_MEDIUM => return Ok(()),
            FILE_MEDIUM => None,
            id => Some(Disc::from_id(id).map_err(|_| ChangeError::Unknown)?),
        };
        if medium == FILE_MEDIUM && shelf.file.is_none() {
            return Err(ChangeError::Unknown);
        }
        self.sim.with(|drive| {
            if drive.locked() {
                return Err(ChangeError::Locked);
            }
            shelf.keep(drive).map_err(|error| ChangeError::File(error.to_string()))?;
            let old = drive.eject();
            if let (FILE_MEDIUM, Some((_, resting))) = (shelf.medium.as_str(), &mut shelf.file) {
                *resting = old;
            }
            let new = match fresh {
                Some(new) => new,
                None => shelf.file.as_mut().and_then(|(_, resting)| resting.take()),
            };
            if let Some(disc) = new {
                drive.load(disc);
            }
            shelf.medium = medium.to_owned();
            Ok(())
        })
    }

    /// A command was obeyed: keeps the disc's state when it may have changed. Trouble with the file is told on
    /// standard error; the burn goes on.
    pub(super) fn obeyed(&self, opcode: u8) {
        let mut shelf = self.shelf();
        let now = match opcode {
            // FORMAT UNIT, START STOP UNIT, SYNCHRONIZE CACHE, RESERVE TRACK, REPAIR TRACK, CLOSE, BLANK, SEND DISC STRUCTURE
            0x04 | 0x1B | 0x35 | 0x53 | 0x58 | 0x5B | 0xA1 | 0xBF => true,
            0x2A | 0x2E | 0xAA => shelf.kept_at.elapsed() >= KEEP_EVERY,
            _ => false,
        };
        if now && shelf.file.is_some() {
            shelf.kept_at = Instant::now();
            if let Err(error) = self.sim.with(|drive| shelf.keep(drive)) {
                complain(&texts::disc_not_kept(&error.to_string()));
            }
        }
    }

    /// Writes the disc of the file down. Without a file there is nothing to do.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn keep(&self) -> Result<(), WbdError> {
        let mut shelf = self.shelf();
        self.sim.with(|drive| shelf.keep(drive))
    }
}

impl Shelf {
    fn keep(&mut self, drive: &mut SimDrive) -> Result<(), WbdError> {
        let Some((file, resting)) = &mut self.file else { return Ok(()) };
        let disc = if self.medium == FILE_MEDIUM { drive.disc_mut() } else { resting.as_mut() };
        match disc {
            Some(disc) => file.keep(disc),
            None => Ok(()),
        }
    }
}
