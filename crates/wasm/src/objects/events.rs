//! What a job tells while it runs, as the arguments of IMAPI2's `Update` events: the same figures for all, and what each
//! writer calls the moment.

use std::cell::RefCell;

use futures::{StreamExt, future};
use js_sys::Function;
use serde::Serialize;
use wasm_bindgen::JsValue;
use webburn_imapi::enums::{DataWriteAction, RawCdWriteAction, TaoWriteAction};
use webburn_imapi::{Event, Progress, Reporter, progress};

use crate::handle::plain::to_js;

/// Whose events they are.
#[derive(Clone, Copy, Default)]
pub enum Of {
    /// `IDiscFormat2DataEventArgs`, and what has no type of its own.
    #[default]
    Data,
    /// `IDiscFormat2TrackAtOnceEventArgs`: which track is written.
    TrackAtOnce(u32),
    /// `IDiscFormat2RawCDEventArgs`.
    RawCd,
}

impl Of {
    fn action(self, action: DataWriteAction) -> u32 {
        match self {
            Of::Data => action.value(),
            Of::TrackAtOnce(_) => TaoWriteAction::from(action).value(),
            Of::RawCd => RawCdWriteAction::from(action).value(),
        }
    }

    fn track(self) -> Option<u32> {
        if let Of::TrackAtOnce(track) = self { Some(track) } else { None }
    }
}

/// `WriteEventArgs` with what those derived from it have.
#[derive(Clone, Copy, Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Args {
    elapsed_time: f64,
    remaining_time: Option<f64>,
    total_time: Option<f64>,
    current_action: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    current_track_number: Option<u32>,
    start_lba: i32,
    sector_count: u32,
    last_read_lba: i32,
    last_written_lba: i32,
    total_system_buffer: f64,
    used_system_buffer: f64,
    free_system_buffer: f64,
    total_drive_buffer: Option<f64>,
    used_drive_buffer: Option<f64>,
    fraction: Option<f64>,
}

impl Args {
    fn of(progress: &Progress, of: Of) -> Self {
        let seconds = |time: std::time::Duration| time.as_secs_f64();
        Args {
            elapsed_time: seconds(progress.elapsed),
            remaining_time: progress.remaining.map(seconds),
            total_time: progress.total.map(seconds),
            current_action: of.action(progress.action),
            current_track_number: of.track(),
            start_lba: progress.start_lba.0,
            sector_count: progress.sector_count.0,
            last_read_lba: progress.last_read_lba.0,
            last_written_lba: progress.last_written_lba.0,
            total_system_buffer: progress.host_buffer.total as f64,
            used_system_buffer: progress.host_buffer.used as f64,
            free_system_buffer: progress.host_buffer.free() as f64,
            total_drive_buffer: progress.drive_buffer.map(|fill| fill.total as f64),
            used_drive_buffer: progress.drive_buffer.map(|fill| fill.used as f64),
            fraction: progress.fraction,
        }
    }

    /// A new action, the figures as they were last told.
    fn at(self, action: DataWriteAction, of: Of) -> Self {
        Args { current_action: of.action(action), current_track_number: of.track(), ..self }
    }
}

/// The listener of one object.
#[derive(Default)]
pub struct Listener(RefCell<Option<Function>>);

impl Listener {
    /// Nothing to stop listening.
    pub fn set(&self, listener: Option<Function>) {
        self.0.replace(listener);
    }

    /// Runs a job and tells what it reports, as the data writer calls it.
    pub async fn while_it_runs<T, F: Future<Output = T>>(&self, job: impl FnOnce(Reporter) -> F) -> T {
        self.told_as(Of::Data, job).await
    }

    /// Runs a job and tells what it reports.
    pub async fn told_as<T, F: Future<Output = T>>(&self, of: Of, job: impl FnOnce(Reporter) -> F) -> T {
        let (reporter, mut events) = progress::channel();
        // The reporter ends with the job, and the events with the reporter.
        let job = job(reporter);
        let tell = async {
            let mut last = Args::default();
            while let Some(event) = events.next().await {
                last = match event {
                    Event::Action(action) => last.at(action, of),
                    Event::Progress(progress) => Args::of(&progress, of),
                    Event::Phase(_) | Event::Note { .. } => continue,
                };
                let listener = self.0.borrow().clone();
                if let Some(listener) = listener {
                    // A listener that throws must not hold the laser.
                    let _ = listener.call1(&JsValue::NULL, &to_js(&last));
                }
            }
        };
        future::join(job, tell).await.0
    }
}
