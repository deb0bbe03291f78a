//! `BurnResult`.

use serde::Serialize;
use webburn_imapi::BurnReport;

use super::MediumView;

/// `BurnResult`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)] // Each field is described in types.ts.
pub struct ReportView {
    pub outcome: &'static str,
    pub start_address: i32,
    pub sectors: u32,
    pub sha256: Option<String>,
    #[serde(rename = "sha256ReadBack")]
    pub sha256_read_back: Option<String>,
    pub average_times: f64,
    pub average_bytes_per_second: f64,
    pub seconds: f64,
    pub closed: bool,
    pub hresult: u32,
    pub medium: MediumView,
}

impl ReportView {
    /// Of a report and the disc afterwards.
    #[must_use]
    pub fn of(report: &BurnReport, medium: MediumView) -> Self {
        ReportView {
            outcome: report.outcome.code(),
            start_address: report.start.0,
            sectors: report.sectors.0,
            sha256: report.sha256.as_ref().map(|digest| hex(digest)),
            sha256_read_back: report.sha256_read_back.as_ref().map(|digest| hex(digest)),
            average_times: (report.average_times * 10.0).round() / 10.0,
            average_bytes_per_second: report.average_bytes_per_second,
            seconds: report.duration.as_secs_f64(),
            closed: report.closed,
            hresult: report.hresult.0,
            medium,
        }
    }
}

/// Lower-case hexadecimal, no separators.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
