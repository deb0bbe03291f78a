//! How a run of the program ends.

use std::process::ExitCode;

/// The end of a command, told already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// 0: it was done.
    Done,
    /// 1: it failed on the way.
    Failed,
    /// 2: it was refused before anything was done; nothing was written.
    Refused,
}

impl From<End> for ExitCode {
    fn from(end: End) -> Self {
        match end {
            End::Done => ExitCode::SUCCESS,
            End::Failed => ExitCode::from(1),
            End::Refused => ExitCode::from(2),
        }
    }
}
