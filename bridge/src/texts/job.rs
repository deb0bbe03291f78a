//! What is said around a burn, an erase, a format, a read: headings, progress, how it ended.

use std::path::Path;

use super::{bytes, duration, phase, sectors, times};

/// Before the plan: a disc that was just put in takes a while.
#[must_use]
pub fn looking(drive: &str) -> String {
    format!("Looking at the disc in {drive}…")
}

/// A heading before the plan.
#[must_use]
pub fn plan_heading(image: &Path, size: u64, drive: &str, medium: &str) -> String {
    format!("{} ({}) to {medium} in {drive}:", image.display(), bytes(size))
}

/// A disc without sessions was to get another one.
#[must_use]
pub fn append_no_sessions(medium: &str) -> String {
    format!(
        "{medium} has no sessions that one could be added to: an image is laid from its first sector on. Leave --append out \
         for a blank disc, or give --overwrite to replace what is there. Nothing was written."
    )
}

/// A heading before the plan of an erase.
#[must_use]
pub fn erase_heading(medium: &str, drive: &str) -> String {
    format!("Erasing the {medium} in {drive}:")
}

/// A heading before the plan of a format.
#[must_use]
pub fn format_heading(medium: &str, drive: &str) -> String {
    format!("Formatting the {medium} in {drive}:")
}

/// The end of an erase.
pub const ERASED: &str = "Erased. What was on the disc is gone.";
/// A disc that was never formatted.
pub const NOTHING_TO_ERASE: &str = "Nothing to erase: the disc was never written.";
/// The end of a format.
pub const FORMATTED: &str = "Formatted.";

/// Burnt and compared.
pub const VERIFIED: &str = "Done. Everything was read back and is what was sent.";
/// Burnt, not compared.
pub const WRITTEN: &str = "Done. Everything was written; it was not read back.";
/// Stopped by the person.
pub const STOPPED: &str = "Stopped.";

/// The figures of a burn.
#[must_use]
pub fn figures(count: u64, average: f64, seconds: f64) -> String {
    format!("{} in {}, {} on average.", sectors(count), duration(seconds), times(average))
}

/// The digest.
#[must_use]
pub fn digest(hex: &str) -> String {
    format!("SHA-256 {hex}")
}

/// What a disc is now, by the status of the state query.
#[must_use]
pub fn disc_now(status: &str, free: u64) -> String {
    match status {
        "none" => "There is no disc in the drive.".into(),
        "blank" => "The disc is blank.".into(),
        "appendable" => format!("The disc can take {} more.", sectors(free)),
        "complete" => "The disc is closed: it can be read, not written.".into(),
        "overwritable" => "The disc can be written again.".into(),
        "unformatted" => "The disc is not formatted.".into(),
        "damaged" => "The last session of the disc was never finished.".into(),
        _ => "The disc cannot be written.".into(),
    }
}

/// Read to a file.
#[must_use]
pub fn read_done(count: u64, path: &Path) -> String {
    format!("Done. {} are in {}.", sectors(count), path.display())
}

/// One session of a disc.
#[must_use]
pub fn session(number: u32, first: u32, last: u32, open: bool) -> String {
    let tracks = if first == last { format!("track {first}") } else { format!("tracks {first} to {last}") };
    let open = if open { ", open" } else { "" };
    format!("Session {number}: {tracks}{open}.")
}

/// The write speeds.
#[must_use]
pub fn speeds(all: &[f64]) -> String {
    format!("Write speeds: {}.", all.iter().map(|value| times(*value)).collect::<Vec<_>>().join(", "))
}

/// The figures beside a bar.
#[must_use]
pub fn gauge(done: u64, total: u64, speed: f64, left: Option<f64>) -> String {
    let mut text = if total > 0 { format!("{} of {}", sectors(done), sectors(total)) } else { String::new() };
    if speed > 0.0 {
        text.push_str(&format!("  {}", times(speed)));
    }
    if let Some(left) = left {
        text.push_str(&format!("  {} left", duration(left)));
    }
    text.trim_start().to_owned()
}

/// Progress as a line of a log.
#[must_use]
pub fn gauge_line(phase_code: &str, fraction: f64, figures: &str) -> String {
    format!("{}: {:.0} %, {figures}", phase(phase_code), (fraction * 100.0).floor())
}

/// What a program or a report needs to know.
#[must_use]
pub fn details(message: &str) -> String {
    format!("Details: {message}")
}

/// Nothing was sent to the disc.
pub const NOTHING_WRITTEN: &str = "Nothing was written.";
