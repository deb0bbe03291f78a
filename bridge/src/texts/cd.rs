//! Sentences on CDs: images, tracks, audio.

use std::path::Path;

use webburn_imapi::Args;
use webburn_rawimage::at_once::NotAtOnce;
use webburn_record::{Graphics, Refusal};

use super::args::whole;
use super::times;

/// `3:45.12`: minutes, seconds, frames of 1/75 s.
#[must_use]
pub fn time(sectors: u64) -> String {
    format!("{}:{:02}.{:02}", sectors / 4500, sectors / 75 % 60, sectors % 75)
}

/// `12:34`, rounded to seconds.
#[must_use]
pub fn minutes(sectors: u64) -> String {
    let seconds = (sectors + 37) / 75;
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// What an image turned out to be.
#[must_use]
pub fn heading(name: &str, tracks: usize, sessions: usize, length: u64, drive: &str, medium: &str) -> String {
    let sessions = if sessions > 1 { format!(" in {sessions} sessions") } else { String::new() };
    let tracks = count(tracks, "track", "tracks");
    format!("{name} ({tracks}{sessions}, {}) to {medium} in {drive}:", minutes(length))
}

/// A disc's title and who plays.
#[must_use]
pub fn disc(title: Option<&str>, performer: Option<&str>) -> Option<String> {
    match (title, performer) {
        (Some(title), Some(performer)) => Some(format!("“{title}” by {performer}.")),
        (Some(title), None) => Some(format!("“{title}”.")),
        (None, Some(performer)) => Some(format!("By {performer}.")),
        (None, None) => None,
    }
}

/// A track, on one line.
#[must_use]
pub fn track(number: u8, kind: &str, sectors: u64, gap: u64, title: Option<&str>, performer: Option<&str>) -> String {
    let named = match (title, performer) {
        (Some(title), Some(performer)) => format!("  {title} – {performer}"),
        (Some(one), None) | (None, Some(one)) => format!("  {one}"),
        (None, None) => String::new(),
    };
    let gap = if gap > 0 { format!("  after {} of pre-gap", time(gap)) } else { String::new() };
    format!("  {number:02}  {kind}  {:>8}{named}{gap}", time(sectors))
}

/// What a track holds.
#[must_use]
pub const fn kind(mode: webburn_rawimage::layout::TrackMode) -> &'static str {
    use webburn_rawimage::layout::TrackMode;
    match mode {
        TrackMode::Audio => "audio ",
        TrackMode::Mode0 => "mode 0",
        TrackMode::Mode1 => "mode 1",
        TrackMode::Mode2 => "mode 2",
    }
}

/// A track of a disc that was not read yet.
pub const AUDIO: &str = "audio ";
/// The same with data.
pub const DATA: &str = "data  ";

/// An image with a fault: the error names file and place.
#[must_use]
pub fn image_fault(fault: &str) -> String {
    let end = if fault.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{fault}{end} Nothing was written.")
}

/// Why an image is not put onto a disc. What is wrong with the image itself is told by [`image_fault`].
#[must_use]
pub fn refusal(refusal: &Refusal) -> String {
    let why = refusal.to_string();
    match refusal {
        Refusal::NotACd(medium) => format!(
            "This is the image of a CD, and the drive holds a {medium}. Put in a blank CD-R or CD-RW. Nothing was written."
        ),
        Refusal::SessionsNotRaw(sessions) => format!(
            "This image has {sessions} sessions, and no drive writes more than one raw: lead-in and lead-out of the others \
             are the drive's own. Leave --raw away. Nothing was written."
        ),
        Refusal::RawAsItIs => "--raw goes neither with --test-write nor with --overburn. Nothing was written.".into(),
        Refusal::EraseRequired => {
            "Something is on this CD-RW already. Give --overwrite to erase it first. Nothing was written.".into()
        }
        Refusal::NotBlank => {
            "Something is on this CD already, and a disc from its first track on needs a blank one. Put \
                              in a blank CD-R. Nothing was written."
                .into()
        }
        Refusal::Image(_) => image_fault(&why),
        Refusal::NotAtOnce { .. } if refusal.needs_raw() => {
            format!("This disc cannot be written that way: {why}. Give --raw. Nothing was written.")
        }
        Refusal::NotAtOnce { why: NotAtOnce::Mode0(_), sessions } => format!(
            "This image cannot be written: {why}, and no drive writes {sessions} sessions raw. Nothing was written."
        ),
        Refusal::NotAtOnce { .. } | Refusal::NotRaw(_) => {
            format!("This disc cannot be written track after track in one go: {why}. Nothing was written.")
        }
    }
}

/// `--append` and an image of a whole disc.
pub const NO_APPEND: &str = "--append adds plain images of sectors of 2048 bytes; an image of a CD begins a disc of its \
    own. Nothing was written.";
/// The disc is erased before.
pub const ERASES_FIRST: &str = "  Erase what is on the disc.";
/// A test write is over.
pub const TESTED: &str = "Done. Everything went as in a burn, with the laser off: the disc is as it was.";
/// What differs.
pub const DIFFERENT: &str = "What was read back differs from what was sent. The disc cannot be trusted.";

/// A test write of several sessions.
#[must_use]
pub fn tries_first(sessions: usize) -> String {
    format!("  Only the first of {sessions} sessions can be tried: the others begin behind one that is on the disc.")
}

/// The plan of one of several sessions.
#[must_use]
pub fn session(number: usize) -> String {
    format!("  Session {number}:")
}

/// A disc of several sessions and a format that tells of one.
#[must_use]
pub fn one_session_format(sessions: usize) -> String {
    format!("This disc has {sessions} sessions, and a TOC tells of one. Read it to a file that ends in .cue or .ccd.")
}

/// A step of a CD's plan; `None` where the step is told as for other discs.
#[must_use]
pub fn step(code: &str, args: &Args) -> Option<String> {
    let speed = super::args::number(args, "times").map(|value| format!(" at {}", times(value))).unwrap_or_default();
    let start = args.iter().find(|(name, _)| *name == "start").and_then(|(_, value)| match value {
        webburn_imapi::Arg::Whole(value) => Some(*value),
        _ => None,
    });
    match (code, whole(args, "sectors"), start) {
        ("write", Some(_), _) if whole(args, "sectorBytes") == Some(96) => {
            Some(format!("Write CD-Text into the lead-in{speed}."))
        }
        // Nothing but a raw burn writes so far before the first pre-gap.
        ("write", Some(sectors), Some(start)) if start < -4500 => {
            Some(format!("Write {}: lead-in, tracks and lead-out, with their sub-channel{speed}.", time(sectors)))
        }
        ("write", Some(sectors), _) => Some(format!("Write {} of sectors{speed}.", time(sectors))),
        ("flush", ..) => Some("Let the drive finish, and write the lead-out.".into()),
        _ => None,
    }
}

/// A track was compared: as it was sent.
#[must_use]
pub fn track_equal(number: u8, offset: i32) -> String {
    match offset {
        0 => format!("Track {number:02}: as it was sent."),
        _ => format!("Track {number:02}: as it was sent, {offset} samples shifted as drives do."),
    }
}

/// A track was compared: it differs.
#[must_use]
pub fn track_different(number: u8, sectors: u32, first: i32) -> String {
    let sectors = count(sectors as usize, "sector differs", "sectors differ");
    format!("Track {number:02}: {sectors}, the first at sector {first}.")
}

/// R–W of a track differ.
#[must_use]
pub fn track_rw_different(number: u8, sectors: u32, first: i32) -> String {
    let sectors = count(sectors as usize, "sector", "sectors");
    format!("Track {number:02}: R to W of the sub-channel differ in {sectors}, the first at sector {first}.")
}

/// What becomes of R–W that the image holds.
#[must_use]
pub const fn graphics(graphics: Graphics) -> Option<&'static str> {
    match graphics {
        Graphics::None | Graphics::Raw => None,
        Graphics::Written => Some("  The sub-channel holds graphics or text (R to W); they are written too."),
        Graphics::RawForThem => Some(
            "  The sub-channel holds graphics or text (R to W), which this drive writes only raw. So the disc is written raw.",
        ),
        Graphics::LeftOut => {
            Some("  The sub-channel holds graphics or text (R to W), which this drive cannot write. They are left out.")
        }
    }
}

/// A track was compared: it cannot be read.
#[must_use]
pub fn track_unreadable(number: u8, at: i32) -> String {
    format!("Track {number:02}: it cannot be read from sector {at} on.")
}

/// Comparing was stopped.
#[must_use]
pub fn track_stopped(number: u8) -> String {
    format!("Track {number:02}: stopped while it was compared.")
}

/// What the drive could not correct.
#[must_use]
pub fn uncorrected(number: u8, sectors: u32) -> String {
    let sectors = count(sectors as usize, "sector", "sectors");
    format!("Track {number:02}: the drive could not correct all of {sectors}.")
}

/// A raw disc was compared.
#[must_use]
pub fn raw_equal(sectors: u64, offset: i32, noise: u32) -> String {
    let noise = match noise {
        0 => String::new(),
        _ => format!(
            " {} of the sub-channel had noise, which says nothing about what was written.",
            count(noise as usize, "frame", "frames")
        ),
    };
    let offset = match offset {
        0 => String::new(),
        _ => format!(", audio {offset} samples shifted as drives do"),
    };
    format!("Main channel and sub-channel of {} are as they were sent{offset}.{noise}", time(sectors))
}

/// A raw disc was compared, and differs.
#[must_use]
pub fn raw_different(what: &str, first: i32, sectors: u32) -> String {
    format!(
        "{what}: {} from what was sent, the first at sector {first}.",
        count(sectors as usize, "sector differs", "sectors differ")
    )
}

/// A raw disc cannot be read.
#[must_use]
pub fn raw_unreadable(at: i32) -> String {
    format!("The disc cannot be read from sector {at} on.")
}

/// Burnt, with figures.
#[must_use]
pub fn figures(sectors: u64, average: f64, seconds: f64) -> String {
    format!("{} in {}, {} on average.", time(sectors), super::duration(seconds), times(average))
}

/// What was put right on the way.
#[must_use]
pub fn note(note: &str) -> String {
    format!("  Note: {note}.")
}

/// No track of that number.
#[must_use]
pub fn no_track(number: u8) -> String {
    format!("There is no track {number} on this disc. \"webburn info\" lists them.")
}

/// A track is data.
#[must_use]
pub fn track_is_data(number: u8) -> String {
    format!("Track {number} holds data, not audio. Read it to a file that ends in .iso or .bin.")
}

/// A track is audio.
#[must_use]
pub fn track_is_audio(number: u8) -> String {
    format!("Track {number} holds audio. Read it to a file that ends in .wav or .flac.")
}

/// What a track can be written to.
pub const TRACK_ENDINGS: &str = "A track is read to a file that ends in .wav or .flac (audio), .iso (2048 bytes a sector) or \
    .bin (all 2352 bytes).";
/// A folder for tracks, and no track for it.
pub const NO_AUDIO: &str =
    "There is no audio track on this disc to read to a folder. Read it to a file that ends in .iso.";

/// Not a CD.
pub const NOT_A_CD: &str = "The disc in the drive is no CD with tracks. Read it to a file that ends in .iso.";

/// A whole disc was read.
#[must_use]
pub fn copied(sectors: u64, files: &[&Path]) -> String {
    let names: Vec<String> = files.iter().map(|path| path.display().to_string()).collect();
    let places = match files {
        [_, _, _, .., last] => {
            format!("{} files in {}", files.len(), last.parent().unwrap_or(Path::new(".")).display())
        }
        _ => names.join(" and "),
    };
    format!("Done. {} are in {places}.", time(sectors))
}

/// Ends of data tracks.
#[must_use]
pub fn filled(sectors: u32) -> String {
    format!(
        "{} at the end of a data track hold nothing and became zeros.",
        count(sectors as usize, "sector", "sectors")
    )
}

/// Audio that did not come off the disc as it was recorded.
pub fn read_with_errors(sectors: u32, first: i32) -> String {
    let what = count(sectors as usize, "sector", "sectors");
    format!("{what} of audio could not be read without errors, the first at address {first}.")
}

/// A drive without sub-channel.
pub const WITHOUT_SUB: &str = "The drive does not give the sub-channel: pre-gaps and indices are not known.";

/// A disc that a format has no words for.
#[must_use]
pub fn not_in_format(why: &str) -> String {
    format!("{why}. What was read was not kept.")
}

/// A code on the disc.
#[must_use]
pub fn codes(mcn: Option<&str>) -> Option<String> {
    mcn.map(|mcn| format!("Catalogue number {mcn}."))
}

/// An ISRC beside its track.
#[must_use]
pub fn isrc(code: &str) -> String {
    format!("  {code}")
}

/// An audio file that was named.
pub const NOT_THERE: &str = "it is not there";
/// A disc of audio files, where an image has its name.
pub const AUDIO_DISC: &str = "Audio CD";
/// `--gap` is wrong.
pub const GAP: &str = "a number of seconds from 0 to 60 is needed";
