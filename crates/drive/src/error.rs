//! What went wrong in a conversation with a drive: what was being done, where on the disc, and the cause, untouched.

use std::fmt;

use webburn_scsi::{Malformed, Sense, TransportError};
use webburn_sector::Lba;

/// What the engine was at when something went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Doing {
    /// Asking what drive and disc this is.
    Identifying,
    /// Waiting for the drive to become ready.
    WaitingReady,
    /// Asking the drive for one thing.
    Querying,
    /// Formatting.
    Formatting,
    /// Blanking.
    Blanking,
    /// Setting write parameters.
    Preparing,
    /// Setting the speed.
    SettingSpeed,
    /// Power calibration.
    Calibrating,
    /// Reserving a track.
    Reserving,
    /// Writing data.
    Writing,
    /// Writing out the drive's buffer.
    Flushing,
    /// Closing a track.
    ClosingTrack,
    /// Closing a session or border.
    ClosingSession,
    /// Closing the disc for good.
    Finalising,
    /// Stopping a background format.
    StoppingFormat,
    /// Reloading the disc.
    Reloading,
    /// Opening or closing the tray.
    MovingTray,
    /// Locking or unlocking the tray.
    Locking,
    /// Reading the disc back to compare.
    Verifying,
    /// Reading the disc.
    Reading,
    /// A command passed through for somebody else.
    PassingThrough,
}

impl Doing {
    /// A stable name for programs.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Doing::Identifying => "identifying",
            Doing::WaitingReady => "waiting-ready",
            Doing::Querying => "querying",
            Doing::Formatting => "formatting",
            Doing::Blanking => "blanking",
            Doing::Preparing => "preparing",
            Doing::SettingSpeed => "setting-speed",
            Doing::Calibrating => "calibrating",
            Doing::Reserving => "reserving",
            Doing::Writing => "writing",
            Doing::Flushing => "flushing",
            Doing::ClosingTrack => "closing-track",
            Doing::ClosingSession => "closing-session",
            Doing::Finalising => "finalising",
            Doing::StoppingFormat => "stopping-format",
            Doing::Reloading => "reloading",
            Doing::MovingTray => "moving-tray",
            Doing::Locking => "locking",
            Doing::Verifying => "verifying",
            Doing::Reading => "reading",
            Doing::PassingThrough => "passing-through",
        }
    }
}

/// Why a command did not do what it was sent for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CommandError {
    /// The wire broke.
    Transport(TransportError),
    /// The drive said no, or not yet for longer than there was patience.
    CheckCondition(Sense),
    /// The drive answered with a status that is neither GOOD nor CHECK CONDITION.
    Status(u8),
    /// The drive answered something impossible.
    Malformed(Malformed),
}

impl CommandError {
    /// The sense, where the drive gave some.
    #[must_use]
    pub const fn sense(&self) -> Option<&Sense> {
        match self {
            CommandError::CheckCondition(sense) => Some(sense),
            _ => None,
        }
    }
}

impl fmt::Display for CommandError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CommandError::Transport(error) => error.fmt(f),
            CommandError::CheckCondition(sense) => write!(f, "the drive answered {sense}"),
            CommandError::Status(status) => write!(f, "the drive answered with status {status:02X}h"),
            CommandError::Malformed(malformed) => malformed.fmt(f),
        }
    }
}

/// A failed step of a conversation with a drive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// What was being done.
    pub doing: Doing,
    /// Where on the disc, if anywhere.
    pub at_lba: Option<Lba>,
    /// The command, by the name the standard gives it.
    pub command: &'static str,
    /// Its operation code.
    pub opcode: u8,
    /// Why it failed.
    pub cause: CommandError,
}

impl Error {
    /// The sense, where the drive gave some.
    #[must_use]
    pub const fn sense(&self) -> Option<&Sense> {
        self.cause.sense()
    }

    /// Key, ASC and ASCQ, where the drive gave sense.
    #[must_use]
    pub fn triple(&self) -> Option<(u8, u8, u8)> {
        self.sense().map(Sense::triple)
    }

    /// The same error with the address it concerns.
    #[must_use]
    pub const fn at(mut self, lba: Lba) -> Self {
        self.at_lba = Some(lba);
        self
    }

    /// The same error as met while doing something else.
    #[must_use]
    pub const fn while_doing(mut self, doing: Doing) -> Self {
        self.doing = doing;
        self
    }

    /// The drive does not know the command, or not with these fields (5/20/00, 5/24/00).
    #[must_use]
    pub fn is_unsupported(&self) -> bool {
        matches!(self.triple(), Some((5, 0x20 | 0x24, _)))
    }

    /// The drive said no (and answers in general), as opposed to a wire that broke.
    #[must_use]
    pub const fn is_refusal(&self) -> bool {
        matches!(self.cause, CommandError::CheckCondition(_))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "while {}", self.doing.code().replace('-', " "))?;
        if let Some(lba) = self.at_lba {
            write!(f, " at sector {lba}")?;
        }
        write!(f, ", {}: {}", self.command, self.cause)
    }
}

impl std::error::Error for Error {}
