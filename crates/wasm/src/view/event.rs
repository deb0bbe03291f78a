//! `BurnEvent`.

use serde::Serialize;
use webburn_imapi::{Event, Fill, Progress};

use super::ArgsView;

/// `BurnEvent`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "lowercase", rename_all_fields = "camelCase")]
#[allow(missing_docs)] // Each field is described in types.ts.
pub enum EventView {
    Phase {
        phase: &'static str,
    },
    Progress {
        phase: &'static str,
        fraction: Option<f64>,
        sectors_done: u32,
        sectors_total: u32,
        bytes_per_second: f64,
        times: f64,
        seconds_elapsed: f64,
        seconds_left: Option<f64>,
        host_buffer: FillView,
        drive_buffer: Option<FillView>,
        address: i32,
    },
    Note {
        code: &'static str,
        args: ArgsView,
    },
}

/// How full a buffer is, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[allow(missing_docs)] // As above.
pub struct FillView {
    pub used: f64,
    pub total: f64,
}

impl EventView {
    /// What the page is told; `None` for what only IMAPI2's own events carry.
    #[must_use]
    pub fn of(event: &Event) -> Option<Self> {
        match event {
            Event::Phase(phase) => Some(EventView::Phase { phase: phase.code() }),
            Event::Progress(progress) => Some(Self::gauge(progress)),
            Event::Note { code, args } => Some(EventView::Note { code, args: args.into() }),
            Event::Action(_) => None,
        }
    }

    fn gauge(progress: &Progress) -> Self {
        EventView::Progress {
            phase: progress.phase.code(),
            fraction: progress.fraction,
            sectors_done: progress.sectors_done.0,
            sectors_total: progress.sectors_total.0,
            bytes_per_second: progress.bytes_per_second,
            times: (progress.times * 10.0).round() / 10.0,
            seconds_elapsed: progress.elapsed.as_secs_f64(),
            seconds_left: progress.remaining.map(|left| left.as_secs_f64()),
            host_buffer: progress.host_buffer.into(),
            drive_buffer: progress.drive_buffer.map(Into::into),
            address: progress.last_written_lba.0,
        }
    }
}

impl From<Fill> for FillView {
    fn from(fill: Fill) -> Self {
        // Buffers are far below 2^53 bytes.
        FillView { used: fill.used as f64, total: fill.total as f64 }
    }
}
