//! How a burn ended.

use std::sync::Arc;
use std::time::Duration;

use webburn_drive::Media;
use webburn_sector::{Lba, SectorCount};

use crate::hresult::E_IMAPI_REQUEST_CANCELLED;
use crate::plan::BurnPlan;
use crate::{HResult, Statistics, Written};

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Written, closed as planned, read back and equal.
    Verified,
    /// Written and closed as planned; not verified, because nobody asked, somebody stopped it, or (sessions of CDs, whose
    /// tracks tell it) something differs.
    Written,
    /// Stopped on request; the disc was left as its plan said it would be.
    Stopped,
}

impl Outcome {
    /// A stable name.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Outcome::Verified => "verified",
            Outcome::Written => "written",
            Outcome::Stopped => "stopped",
        }
    }
}

/// How a burn ended, when it did not fail. Exactly one a burn.
#[derive(Clone, Debug)]
pub struct BurnReport {
    /// What became of it.
    pub outcome: Outcome,
    /// Where it was written.
    pub start: Lba,
    /// Sectors of the stream that were written.
    pub sectors: SectorCount,
    /// SHA-256 of the stream as it was sent; `None` when stopped or without a digest.
    pub sha256: Option<[u8; 32]>,
    /// SHA-256 of what was read back.
    pub sha256_read_back: Option<[u8; 32]>,
    /// Average write speed as a multiple of 1×.
    pub average_times: f64,
    /// Average write speed.
    pub average_bytes_per_second: f64,
    /// The whole job, verification included.
    pub duration: Duration,
    /// The disc was closed for good.
    pub closed: bool,
    /// `S_OK`, one of the three `…ADJUSTED`, `E_IMAPI_REQUEST_CANCELLED` when stopped, or for a session of
    /// a CD that reads back otherwise `E_IMAPI_BURN_VERIFICATION_FAILED`.
    pub hresult: HResult,
    /// The disc afterwards, asked anew.
    pub medium: Arc<Media>,
    /// What happened on the way.
    pub statistics: Statistics,
}

impl BurnReport {
    /// What came of carrying out `plan`; `medium` is the disc afterwards.
    pub(crate) fn of(
        written: Written,
        outcome: Outcome,
        sha256_read_back: Option<[u8; 32]>,
        plan: &BurnPlan,
        medium: Arc<Media>,
        duration: Duration,
    ) -> Self {
        let seconds = written.write_time.as_secs_f64();
        let rate = if seconds > 0.0 { f64::from(written.sectors.0) / seconds } else { 0.0 };
        let stopped = outcome == Outcome::Stopped;
        let sector_size = plan.sector_size() as f64;
        BurnReport {
            outcome,
            start: plan.start,
            sectors: written.sectors,
            sha256: if stopped { None } else { written.sha256 },
            sha256_read_back,
            average_times: rate / plan.kind.family().sectors_per_second(),
            average_bytes_per_second: rate * sector_size,
            duration,
            closed: plan.closes && !stopped,
            hresult: if stopped { E_IMAPI_REQUEST_CANCELLED } else { written.adjusted },
            medium,
            statistics: written.statistics,
        }
    }
}
