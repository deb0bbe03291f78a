//! The drive a person names on the command line.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use webburn_drive::Clock;
use webburn_imapi::DiscRecorder2;
use webburn_sgio::{OpenError, SgIo};
use webburn_sim::{MediumKind, Pace, Personality, VirtualTime};

use super::DriveArgs;
use super::exit::End;
use super::output::Manner;
use crate::open::{OpenDrive, Options, Simulated, Spec, WbdError, parse_pace};
use crate::texts;

/// The simulated drive that writes every kind of disc.
pub const DEFAULT_PERSONALITY: &str = "bd-burner";

/// A recorder of this program.
pub type Recorder = DiscRecorder2<OpenDrive, HostClock>;

/// The engine's clock here.
#[derive(Clone, Debug)]
pub enum HostClock {
    /// The wall's. A wait blocks the thread, as commands do.
    Wall(Instant),
    /// A simulated drive's own: a wait moves it, so that nothing is waited for.
    Virtual(VirtualTime),
}

impl Clock for HostClock {
    fn now(&self) -> Duration {
        match self {
            HostClock::Wall(zero) => zero.elapsed(),
            HostClock::Virtual(time) => time.now(),
        }
    }

    async fn sleep(&self, how_long: Duration) {
        match self {
            HostClock::Wall(_) => std::thread::sleep(how_long),
            HostClock::Virtual(time) => time.advance(how_long),
        }
    }
}

/// An opened drive.
pub struct Opened {
    /// As it was named.
    pub id: String,
    pub transport: OpenDrive,
    pub clock: HostClock,
    /// The simulation behind it.
    pub simulated: Option<Arc<Simulated>>,
}

impl Opened {
    /// Writes a simulated disc down; says so when that fails.
    pub fn keep(simulated: Option<&Arc<Simulated>>, manner: Manner) -> bool {
        match simulated.map(|simulated| simulated.keep()) {
            Some(Err(error)) => {
                let (_, sentence) = wbd_sentence(&error);
                manner.refuse("disc-file-failed", &sentence);
                false
            }
            _ => true,
        }
    }
}

/// Options of simulated drives as they were written.
///
/// # Errors
/// Told; the end of the command.
pub fn options(pace: &str, personality: &str, manner: Manner) -> Result<Options, End> {
    let pace = parse_pace(pace).ok_or_else(|| manner.refuse("unknown-pace", &texts::unknown_pace(pace)))?;
    let personality = Personality::by_id(personality)
        .ok_or_else(|| manner.refuse("unknown-drive", &texts::unknown_personality(personality, &Personality::ids())))?;
    Ok(Options { pace, personality })
}

/// Builds a simulated drive.
///
/// # Errors
/// Told; the end of the command.
pub fn simulate(text: &str, options: &Options, manner: Manner) -> Result<Arc<Simulated>, End> {
    let spec = Spec::parse(text).map_err(|error| {
        let known: Vec<&str> = MediumKind::ALL.iter().map(|kind| kind.id()).collect();
        manner.refuse("unknown-medium", &texts::unknown_medium(&error.medium, &known))
    })?;
    Simulated::new(&spec, options).map_err(|error| {
        let (code, sentence) = wbd_sentence(&error);
        manner.refuse(code, &sentence)
    })
}

/// Opens the drive a person named.
///
/// # Errors
/// Told; the end of the command. Nothing was written.
pub fn open(args: &DriveArgs, manner: Manner) -> Result<Opened, End> {
    let id = args.drive.clone();
    if let Some(text) = args.drive.strip_prefix("sim:") {
        let mut options = options(&args.sim_pace, &args.sim_drive, manner)?;
        // The engine's clock is the drive's own: nothing need be hurried, and nothing is waited for.
        if options.pace == Pace::Instant {
            options.pace = Pace::Virtual;
        }
        let simulated = simulate(text, &options, manner)?;
        let clock = match options.pace {
            Pace::Real { .. } => HostClock::Wall(Instant::now()),
            Pace::Virtual | Pace::Instant => HostClock::Virtual(simulated.time()),
        };
        let transport = OpenDrive::Simulated(simulated.transport());
        return Ok(Opened { id, transport, clock, simulated: Some(simulated) });
    }
    let path = PathBuf::from(&args.drive);
    if !path.is_absolute() {
        return Err(manner.refuse("unknown-drive", &texts::unknown_drive(&args.drive)));
    }
    match SgIo::open(&path) {
        Ok(drive) => {
            let clock = HostClock::Wall(Instant::now());
            Ok(Opened { id, transport: OpenDrive::Real(drive), clock, simulated: None })
        }
        Err(error) => {
            let (code, sentence) = open_sentence(&error);
            Err(manner.refuse(code, &sentence))
        }
    }
}

/// A code and a sentence for a drive that would not open.
pub fn open_sentence(error: &OpenError) -> (&'static str, String) {
    match error {
        OpenError::NotFound(path) if no_devices(path) => ("no-devices", texts::NO_DEVICES.to_owned()),
        OpenError::NotFound(path) => ("drive-missing", texts::drive_missing(path)),
        OpenError::Denied(path) => ("drive-denied", texts::drive_denied(path)),
        OpenError::Busy(path) => ("drive-held", texts::drive_busy(path)),
        OpenError::NotOptical(path) => ("not-optical", texts::not_optical(path)),
        OpenError::Io(path, error) => ("drive-failed", texts::drive_failed(path, &error.to_string())),
    }
}

/// The folder of devices itself is missing.
fn no_devices(path: &Path) -> bool {
    path.starts_with("/dev") && !Path::new("/dev").is_dir()
}

fn wbd_sentence(error: &WbdError) -> (&'static str, String) {
    match error {
        WbdError::InUse(path) => ("disc-file-in-use", texts::disc_file_in_use(path)),
        WbdError::Broken(path, why) => ("disc-file-broken", texts::disc_file_broken(path, why)),
        WbdError::OtherKind(path, kind) => ("disc-file-other", texts::disc_file_other(path, kind.name(), kind.id())),
        WbdError::Io(path, error) if error.kind() == io::ErrorKind::PermissionDenied => {
            ("disc-file-failed", texts::disc_file_failed(path, "you may not write it"))
        }
        WbdError::Io(path, error) => ("disc-file-failed", texts::disc_file_failed(path, &error.to_string())),
        WbdError::StateTooLarge(path) => ("disc-file-failed", texts::disc_file_failed(path, "its state is too large")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_not_to_open_has_its_sentence_and_says_what_to_do() {
        let path = || PathBuf::from("/dev/sr7");
        for (error, code, part) in [
            (OpenError::NotFound(path()), "drive-missing", "There is no drive /dev/sr7."),
            (OpenError::Denied(path()), "drive-denied", "usermod -aG cdrom"),
            (OpenError::Denied(path()), "drive-denied", "udev rule"),
            (OpenError::Busy(path()), "drive-held", "umount /dev/sr7"),
            (OpenError::NotOptical(path()), "not-optical", "It was not touched."),
            (OpenError::Io(path(), io::Error::other("odd")), "drive-failed", "odd"),
        ] {
            let (got, sentence) = open_sentence(&error);
            assert_eq!(got, code);
            assert!(sentence.contains(part), "{sentence}");
        }
        assert!(texts::NO_DEVICES.contains("no /dev"));
    }
}
