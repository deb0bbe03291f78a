//! What a job tells while it runs.

use std::time::Duration;

use webburn_sector::{Lba, SectorCount};

use crate::Args;
use crate::enums::DataWriteAction;

/// The five phases a person sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Phase {
    /// Looking at the disc, formatting, setting up the drive.
    Prepare,
    /// Power calibration.
    Calibrate,
    /// Writing.
    Write,
    /// Flushing and closing.
    Close,
    /// Reading back.
    Verify,
}

impl Phase {
    /// The name the page knows it by.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Phase::Prepare => "prepare",
            Phase::Calibrate => "calibrate",
            Phase::Write => "write",
            Phase::Close => "close",
            Phase::Verify => "verify",
        }
    }
}

/// How full a buffer is, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fill {
    /// Bytes waiting in it.
    pub used: u64,
    /// Bytes it can hold.
    pub total: u64,
}

impl Fill {
    /// Room left (`FreeSystemBuffer`).
    #[must_use]
    pub const fn free(self) -> u64 {
        self.total.saturating_sub(self.used)
    }
}

/// The state of a job at one moment: `IDiscFormat2DataEventArgs` with its base `IWriteEngine2EventArgs`, and the figures
/// of the drive's own buffer, which IMAPI2 numbers but never shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// The phase.
    pub phase: Phase,
    /// `CurrentAction`.
    pub action: DataWriteAction,
    /// 0..=1, `None` where nobody knows.
    pub fraction: Option<f64>,
    /// Sectors done in this phase.
    pub sectors_done: SectorCount,
    /// Sectors to do in this phase.
    pub sectors_total: SectorCount,
    /// Of the last seconds.
    pub bytes_per_second: f64,
    /// The same as a multiple of the medium's 1×.
    pub times: f64,
    /// `ElapsedTime`, since the job began.
    pub elapsed: Duration,
    /// `RemainingTime` of the whole job.
    pub remaining: Option<Duration>,
    /// `TotalTime` of the whole job.
    pub total: Option<Duration>,
    /// `UsedSystemBuffer` and `TotalSystemBuffer`.
    pub host_buffer: Fill,
    /// The drive's buffer, `None` where it does not tell.
    pub drive_buffer: Option<Fill>,
    /// `StartLba` of the section being written.
    pub start_lba: Lba,
    /// `SectorCount` of it.
    pub sector_count: SectorCount,
    /// `LastReadLba`: the last sector made ready, zeros that fill up included, as an address on the disc.
    pub last_read_lba: Lba,
    /// `LastWrittenLba`: the last sector the drive took; while verifying, the last one compared.
    pub last_written_lba: Lba,
}

/// One thing told.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A phase begins.
    Phase(Phase),
    /// IMAPI2's `CurrentAction` changed.
    Action(DataWriteAction),
    /// Where the job is. Only the latest is kept when the listener is slow.
    Progress(Box<Progress>),
    /// Something worth saying that stops nothing.
    Note {
        /// A stable code.
        code: &'static str,
        /// Its figures.
        args: Args,
    },
}
