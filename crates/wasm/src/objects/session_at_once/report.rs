//! `SessionReport`.

use serde::Serialize;
use webburn_imapi::SessionReport;
use webburn_imapi::verify_cd::{Compared, TrackResult};

/// `SessionReport`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReportView {
    hresult: u32,
    outcome: &'static str,
    start_address: i32,
    sectors: u32,
    seconds: f64,
    closed: bool,
    tracks: Vec<TrackView>,
}

/// `ComparedTrack`.
#[derive(Serialize)]
struct TrackView {
    number: u8,
    audio: bool,
    compared: &'static str,
    #[serde(rename = "lba")]
    at: Option<i32>,
    different: u32,
    offset: i32,
    uncorrected: u32,
}

impl ReportView {
    pub fn of(report: &SessionReport) -> Self {
        let burn = &report.burn;
        ReportView {
            hresult: burn.hresult.0,
            outcome: burn.outcome.code(),
            start_address: burn.start.0,
            sectors: burn.sectors.0,
            seconds: burn.duration.as_secs_f64(),
            closed: burn.closed,
            tracks: report.tracks.iter().map(TrackView::of).collect(),
        }
    }
}

impl TrackView {
    fn of(track: &TrackResult) -> Self {
        // R to W count as the rest does: whichever is not as it was sent.
        let compared = track.rw.filter(|_| track.compared == Compared::Equal).unwrap_or(track.compared);
        let (compared, at, different) = match compared {
            Compared::Equal => ("equal", None, 0),
            Compared::Different { first, sectors } => ("different", Some(first.0), sectors),
            Compared::Unreadable { at } => ("unreadable", Some(at.0), 0),
            Compared::Stopped => ("stopped", None, 0),
        };
        let TrackResult { number, audio, offset, uncorrected, .. } = *track;
        TrackView { number, audio, compared, at, different, offset, uncorrected }
    }
}
