//! Every sentence the command line says. What happened, to what, what is safe, what to do now.
//!
//! Over 400 lines because it is one list: a reader looks for a sentence, not for a structure.

use std::path::Path;

use webburn_imapi::{Arg, Args};

pub mod cd;

/// Who holds a drive when it is not one of this server's clients.
pub const ANOTHER_PROGRAM: &str = "another program";

// ---- figures ----------------------------------------------------------------------------------------------------

/// `25.0 GB`: decimal, as discs are sold.
#[must_use]
pub fn bytes(count: u64) -> String {
    let count = count as f64;
    match count {
        0.0..1e3 => format!("{count:.0} bytes"),
        1e3..1e6 => format!("{:.1} kB", count / 1e3),
        1e6..1e9 => format!("{:.1} MB", count / 1e6),
        _ => format!("{:.1} GB", count / 1e9),
    }
}

/// Sectors of 2048 bytes, as [`bytes`].
#[must_use]
pub fn sectors(count: u64) -> String {
    bytes(count * 2048)
}

/// `8.1×`, `8×`.
#[must_use]
pub fn times(times: f64) -> String {
    let tenths = (times * 10.0).round() / 10.0;
    if tenths.fract() == 0.0 { format!("{tenths:.0}×") } else { format!("{tenths:.1}×") }
}

/// `15 s`, `9 min`, `1 h 20 min`: coarse on purpose.
#[must_use]
pub fn duration(seconds: f64) -> String {
    let seconds = seconds.max(0.0).round() as u64;
    match seconds {
        0..90 => format!("{seconds} s"),
        90..5400 => format!("{} min", seconds.div_ceil(60)),
        _ => format!("{} h {} min", seconds / 3600, seconds % 3600 / 60),
    }
}

// ---- serving ----------------------------------------------------------------------------------------------------

/// The server is up.
#[must_use]
pub fn serving(address: &str) -> String {
    format!("webburn is ready. Open {address} in a browser. Ctrl+C ends it.")
}

/// A simulated drive is offered.
#[must_use]
pub fn offers_simulated(product: &str, medium: &str) -> String {
    format!("Simulated drive: {product}, holding {medium}.")
}

/// A real drive is offered.
#[must_use]
pub fn offers_real(path: &Path, name: &str) -> String {
    format!("Drive: {name} ({}).", path.display())
}

/// The port that was asked for is taken.
#[must_use]
pub fn port_taken(port: u16) -> String {
    format!(
        "Port {port} is taken by another program. Choose another number with --port, or leave the option out: then the \
         next free one is used."
    )
}

/// No port could be had.
#[must_use]
pub fn no_port(error: &str) -> String {
    format!("No port of this computer could be opened for the page: {error}.")
}

/// The browser was not opened.
#[must_use]
pub fn browser_not_opened(address: &str) -> String {
    format!("No browser could be started. Open {address} yourself.")
}

/// Shutting down.
pub const ENDING: &str = "Ending: every drive finishes the command it is at.";

// ---- asking for a drive -----------------------------------------------------------------------------------------

/// What a person wrote is no medium of the simulator.
#[must_use]
pub fn unknown_medium(medium: &str, known: &[&str]) -> String {
    format!(
        "There is no simulated medium \"{medium}\". Known are: none, {}; each of them but none also with \":recorded\" or \
         \":appendable\", and with \":FILE\" behind it to keep the disc in a file.",
        known.join(", ")
    )
}

/// An unknown pace.
#[must_use]
pub fn unknown_pace(pace: &str) -> String {
    format!("\"{pace}\" is no pace. Give real, instant, or how many times as fast as a real drive, such as 10.")
}

/// An unknown simulated drive.
#[must_use]
pub fn unknown_personality(id: &str, known: &[&str]) -> String {
    format!("There is no simulated drive \"{id}\". Known are: {}.", known.join(", "))
}

/// Neither a device nor a simulated drive.
#[must_use]
pub fn unknown_drive(drive: &str) -> String {
    format!(
        "\"{drive}\" is no drive. Give a device such as /dev/sr0 (\"webburn drives\" lists them), or a simulated one such \
         as sim:dvd+rw or sim:cd-r:disc.wbd."
    )
}

/// No such device.
#[must_use]
pub fn drive_missing(path: &Path) -> String {
    format!(
        "There is no drive {}. Is it plugged in and switched on? \"webburn drives\" lists what there is.",
        path.display()
    )
}

/// No permission.
#[must_use]
pub fn drive_denied(path: &Path) -> String {
    format!(
        "You may not open {0}. On most systems its group is \"cdrom\": \"sudo usermod -aG cdrom $USER\", then log in \
         again. A udev rule does it too: SUBSYSTEM==\"block\", KERNEL==\"sr[0-9]*\", TAG+=\"uaccess\". Do not run webburn as \
         root. Nothing was sent to the drive.",
        path.display()
    )
}

/// In use.
#[must_use]
pub fn drive_busy(path: &Path) -> String {
    format!(
        "{} is in use: its disc is mounted, or another program burns with it. Unmount it (\"umount {0}\") or end that \
         program, then try again. Nothing was sent to the drive.",
        path.display()
    )
}

/// Not a drive for discs.
#[must_use]
pub fn not_optical(path: &Path) -> String {
    format!("{} is not an optical drive. It was not touched. \"webburn drives\" lists the drives.", path.display())
}

/// Something else.
#[must_use]
pub fn drive_failed(path: &Path, detail: &str) -> String {
    format!("{} could not be opened: {detail}.", path.display())
}

/// There are no drives.
pub const NO_DRIVES: &str = "This computer has no optical drive that the system knows of.\n\
    A simulated one is always there: try \"webburn info sim:dvd+rw\".";

/// `/dev` or `/sys` is missing.
pub const NO_DEVICES: &str = "This system shows no devices (there is no /dev or /sys), so no real drive can be reached. \
    Simulated drives work: \"sim:cd-r\".";

// ---- disc files -------------------------------------------------------------------------------------------------

/// The file is used elsewhere.
#[must_use]
pub fn disc_file_in_use(path: &Path) -> String {
    format!("{} is used by another webburn. End that one first. The disc in it is safe.", path.display())
}

/// Not such a file.
#[must_use]
pub fn disc_file_broken(path: &Path, why: &str) -> String {
    format!(
        "{} is no disc of a simulated drive: {why}. It was left as it is. Give another name to make a new disc.",
        path.display()
    )
}

/// Another kind of disc.
#[must_use]
pub fn disc_file_other(path: &Path, holds: &str, id: &str) -> String {
    format!(
        "{0} holds a {holds}. Ask for it as \"{id}:{0}\", or give another name. It was left as it is.",
        path.display()
    )
}

/// The disc could not be written down while the server runs.
#[must_use]
pub fn disc_not_kept(detail: &str) -> String {
    format!(
        "The simulated disc could not be kept in its file: {detail}. What is in the file is the disc of a while ago."
    )
}

/// The system says no.
#[must_use]
pub fn disc_file_failed(path: &Path, detail: &str) -> String {
    format!("The disc file {} cannot be used: {detail}.", path.display())
}

// ---- images and outputs -----------------------------------------------------------------------------------------

/// No such image.
#[must_use]
pub fn image_missing(path: &Path) -> String {
    format!("There is no image {}. Nothing was written.", path.display())
}

/// A folder, a device.
#[must_use]
pub fn image_not_file(path: &Path) -> String {
    format!("{} is not a file. Give an image, such as one that ends in .iso. Nothing was written.", path.display())
}

/// Unreadable.
#[must_use]
pub fn image_unreadable(path: &Path, detail: &str) -> String {
    format!("The image {} cannot be read: {detail}. Nothing was written.", path.display())
}

/// The output cannot be made.
#[must_use]
pub fn output_failed(path: &Path, detail: &str) -> String {
    format!("{} cannot be written: {detail}. The disc was only read.", path.display())
}

// ---- burning ----------------------------------------------------------------------------------------------------

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

fn number(args: &Args, name: &str) -> Option<f64> {
    args.iter().find(|(key, _)| *key == name).and_then(|(_, value)| match value {
        Arg::Whole(value) => Some(*value as f64),
        Arg::Number(value) => Some(*value),
        _ => None,
    })
}

fn whole(args: &Args, name: &str) -> Option<u64> {
    number(args, name).map(|value| value.max(0.0) as u64)
}

fn word<'a>(args: &'a Args, name: &str) -> Option<&'a str> {
    args.iter().find(|(key, _)| *key == name).and_then(|(_, value)| match value {
        Arg::Text(value) => Some(value.as_str()),
        _ => None,
    })
}

/// A step of the plan; `None` for a code without a sentence.
#[must_use]
pub fn step(code: &str, args: &Args) -> Option<String> {
    let at_speed = || number(args, "times").map(|value| format!(" at {}", times(value))).unwrap_or_default();
    Some(match code {
        "blank" => "Erase what is on the disc.".into(),
        "format" => "Format the disc.".into(),
        "await-format" => "Wait until all of the disc is formatted.".into(),
        "format-background" => "Start formatting the disc; the drive goes on with it by itself.".into(),
        "mode-page" => "Tell the drive how to write.".into(),
        "speed" => format!("Set the speed{}.", at_speed()),
        "calibrate" => "Set the laser for this disc.".into(),
        "reserve" => "Reserve the room.".into(),
        "layer-break" => "Set where the second layer begins.".into(),
        "write" => match whole(args, "sectors") {
            Some(count) => format!("Write {}{}.", sectors(count), at_speed()),
            None => format!("Write the image{}.", at_speed()),
        },
        "cue-sheet" => "Tell the drive what lies where on the disc.".into(),
        "fill-up" => "Fill the last block with zeros.".into(),
        "flush" => "Let the drive write what it still holds.".into(),
        "close-track" => "Close the track.".into(),
        "close-session" => "Close the session; more can be added later.".into(),
        "close-disc" => "Close the disc; nothing can be added later.".into(),
        "stop-format" => "Stop formatting, so that other drives can read the disc.".into(),
        "reload" => "Load the disc anew.".into(),
        "verify" => "Read everything back and compare.".into(),
        _ => return None,
    })
}

/// What stopping means for this disc; `None` for a code without a sentence.
#[must_use]
pub fn if_stopped(code: &str) -> Option<&'static str> {
    Some(match code {
        "disc-reusable" => "Ctrl+C stops. The disc can be used again afterwards.",
        "disc-appendable" => "Ctrl+C stops. What is written stays on the disc, incomplete; the rest can be used.",
        "disc-as-before" => "Ctrl+C stops. Nothing is written: the disc stays as it is.",
        "disc-spent" => "Ctrl+C stops. The disc cannot be used again afterwards.",
        _ => return None,
    })
}

/// A phase begins.
#[must_use]
pub fn phase(code: &str) -> &'static str {
    match code {
        "prepare" => "Preparing",
        "calibrate" => "Calibrating",
        "write" => "Writing",
        "close" => "Closing",
        "verify" => "Verifying",
        "read" => "Reading",
        _ => "Working",
    }
}

/// A note; `None` when the terminal need not hear of it.
#[must_use]
pub fn note(code: &str, args: &Args) -> Option<String> {
    Some(match code {
        "speed-adjusted" => match number(args, "times") {
            Some(value) => format!("The drive writes this disc at {}.", times(value)),
            None => "The drive writes this disc at another speed.".into(),
        },
        "speed-refused" => "The drive keeps its own speed.".into(),
        "calibration-skipped" => "The drive sets its laser by itself.".into(),
        "recovered" => "The drive had to try twice, and succeeded.".into(),
        "retry" | "verify-retry" => "Trying once more.".into(),
        "resumed" => "Going on where the drive stopped.".into(),
        "reload-refused" => "The drive did not load the disc anew; what is read may come from its memory.".into(),
        "reload-by-hand" => {
            "The drive still tells of the disc as it was before. It is written and closed, and not read \
                             back: take it out and put it in again."
                .into()
        }
        "stopping" => "Stopping as soon as the disc allows it.".into(),
        "cue-sheet-variant" => "The drive took the layout of the disc in another form.".into(),
        "clean-up-failed" => "The disc could not be brought into a better state after that.".into(),
        _ => return None,
    })
}

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

/// A failure of the engine, by its code; `None` for a code without a sentence.
#[must_use]
pub fn failure(code: &str, args: &Args) -> Option<String> {
    let at = |name: &str| whole(args, name).map(|value| format!(" at sector {value}")).unwrap_or_default();
    Some(match code {
        "image-empty" => "The image is empty. Choose another file, or make it again.".into(),
        "image-not-whole-sectors" => match whole(args, "bytes") {
            Some(size) => format!(
                "The image is not a whole number of sectors: its {size} bytes are {} sectors of 2048 bytes and {} bytes \
                 more. It was probably not copied to the end.",
                size / 2048,
                size % 2048
            ),
            None => "The image is not a whole number of sectors of 2048 bytes. It was probably not copied to the end."
                .into(),
        },
        "image-too-large" => match (whole(args, "sectors"), whole(args, "free")) {
            (Some(need), Some(free)) => format!(
                "The image does not fit: it needs {}, the disc has {}. Put in a disc with more room.",
                sectors(need),
                sectors(free)
            ),
            _ => "The image does not fit on this disc. Put in a disc with more room.".into(),
        },
        "image-changed" => {
            "The image changed while it was used. Wait until no program writes to it, then burn it again.".into()
        }
        "image-shrank" => "The image became shorter while it was used. Choose a file that stays as it is.".into(),
        "image-grew" => {
            "The image became longer while it was used. Wait until it is complete, then burn it again.".into()
        }
        "image-unreadable" => "The image cannot be read any more.".into(),
        "no-image" => "No image was given.".into(),
        "bad-block-range" => "The parts of the image to write overlap or lie outside it.".into(),
        "no-recorder" => "No drive was given.".into(),
        "client-name-invalid" => "The name of the program is not one that a drive can be locked with.".into(),
        "no-disc" => "There is no disc in the drive. Put in a blank CD, DVD or Blu-ray.".into(),
        "disc-upside-down" => {
            "The drive cannot find a track on this disc. It may lie upside down, or be very dirty.".into()
        }
        "disc-not-ready" => {
            "The drive is still getting to know the disc. It takes up to a minute; try again then.".into()
        }
        "disc-busy" => "The drive is still at work on this disc. Wait until its light is out.".into(),
        "disc-formatting" => "The disc is being formatted. Wait until that is done.".into(),
        "disc-closed" => "This disc is closed: it can be read, not written. Put in another disc.".into(),
        "disc-not-blank" => "This disc holds data. Give --overwrite to replace it, or put in another disc.".into(),
        "disc-write-protected" => "The disc is protected against writing.".into(),
        "disc-incompatible" => {
            "The drive does not know this disc. It is damaged, or of a kind this drive cannot use.".into()
        }
        "disc-unsupported" => "This kind of disc cannot be written. Put in a recordable CD, DVD or Blu-ray.".into(),
        "disc-read-only" => "This disc can only be read. Put in a recordable one.".into(),
        "disc-no-writer" => "This kind of disc cannot be written in this way.".into(),
        "disc-damaged" => {
            "The last session on this disc was never finished. Nothing can be added; put in another disc.".into()
        }
        "not-prepared" => "The disc was not made ready for this. It must be prepared first.".into(),
        "already-prepared" => "The disc is held ready for writing. Release it first.".into(),
        "toc-empty" => "There is no table of contents yet: no track was written.".into(),
        "lead-in-too-short" => match (whole(args, "sectors"), whole(args, "needed")) {
            (Some(has), Some(needs)) => {
                format!("The image has a lead-in of {has} sectors; this disc needs {needs}. Nothing was written.")
            }
            _ => "The image has too short a lead-in for this disc. Nothing was written.".into(),
        },
        "stream-not-whole-blocks" => match (whole(args, "bytes"), whole(args, "block")) {
            (Some(bytes), Some(block)) => format!(
                "The image has {bytes} bytes, which are no whole number of blocks of {block} bytes. Nothing was written."
            ),
            _ => "The image is not made of the blocks that are to be written. Nothing was written.".into(),
        },
        "block-type-unsupported" => "The drive does not write sectors with this kind of sub-channel.".into(),
        "cue-sheet-refused" => {
            "The drive refuses this layout of the disc. Nothing was written, and the disc is as it was.".into()
        }
        "cue-sheet-invalid" => match (whole(args, "line"), word(args, "reason")) {
            (Some(line), Some(reason)) => {
                format!("The layout of the disc cannot be written: line {}, {reason}. Nothing was written.", line + 1)
            }
            _ => "The layout of the disc cannot be written. Nothing was written.".into(),
        },
        "tracks-different" => match whole(args, "tracks") {
            Some(tracks) => format!("{tracks} of the tracks read back differently from what was sent."),
            None => "Some tracks read back differently from what was sent.".into(),
        },
        "disc-session-open" => "A session on this disc is still open. It must be closed first.".into(),
        "disc-erase-required" => "This disc must be erased before it can be written. Give --overwrite to do so.".into(),
        "disc-not-formatted" => "The disc is not formatted.".into(),
        "disc-not-erasable" => "This disc cannot be erased.".into(),
        "disc-not-formattable" => "This kind of disc cannot be formatted in this way.".into(),
        "format-not-offered" => {
            "The drive does not offer this format for the disc in it. A BD-R is formatted once, while it is blank."
                .into()
        }
        "format-spare-size" => match (whole(args, "least"), whole(args, "most")) {
            (Some(least), Some(most)) => format!("A spare area has {least} to {most} sectors here, in steps of 32."),
            _ => "The drive cannot set aside a spare area of this size.".into(),
        },
        "format-not-running" => "The disc is not being formatted: there is nothing to stop.".into(),
        "format-not-stopped" => "The formatting of this disc was not stopped: it cannot be taken up again.".into(),
        "disc-changed" => "The disc was changed in the meantime. Look at the one in the drive, and start again.".into(),
        "disc-full" => "The disc is full. Put in another disc.".into(),
        "disc-tracks-full" => "The disc has as many tracks as it can have. Put in another disc.".into(),
        "disc-state-unsuitable" => "The disc is not in a state in which this can be done.".into(),
        "speed-mismatch" => "The drive cannot write this disc at any speed that the disc allows.".into(),
        "drive-read-only" => "This drive reads discs and does not write them. Use another drive.".into(),
        "drive-cannot-write-this" => "This drive does not write this kind of disc.".into(),
        "drive-held" => match word(args, "holder") {
            Some(holder) if !holder.is_empty() => format!("The drive is used by {holder}. End that first."),
            _ => "Another program uses the drive. End that first.".into(),
        },
        "drive-timeout" => {
            "The drive stopped answering. Take the disc out, unplug the drive and plug it in again.".into()
        }
        "drive-gone" => "The connection to the drive is gone. Connect it again, then look at the disc.".into(),
        "drive-reset" => "The drive was reset while it worked. Look at the disc before you use it.".into(),
        "drive-answer-invalid" => {
            "The drive gave an answer that makes no sense. Unplug it and plug it in again.".into()
        }
        "drive-failed" => "The drive reported a failure of its own. Unplug it, wait a moment, plug it in again.".into(),
        "drive-failed-spinup" => "The drive could not spin the disc up.".into(),
        "drive-refused" => "The drive refused a command.".into(),
        "connection-closed" => "The connection to the drive was closed.".into(),
        "access-denied" => "The system did not let the command through to the drive.".into(),
        "command-forbidden" => "That command may not be sent to a drive.".into(),
        "mode-page-absent" => "The drive lacks a setting that this needs.".into(),
        "mode-parameters-refused" => "The drive refused the way of writing that this disc needs.".into(),
        "structure-absent" => "The disc does not tell what the drive asked of it.".into(),
        "feature-absent" => "The drive cannot do what this needs.".into(),
        "feature-not-current" => "The drive cannot do this with the disc in it.".into(),
        "configuration-unsupported" => "The drive is too old to say what it can do.".into(),
        "write-error" => format!("The drive could not write{}. Try another disc, at a lower speed.", at("lba")),
        "write-address-lost" => "The drive lost its place on the disc.".into(),
        "calibration-failed" => "The drive could not set its laser for this disc. Usually another brand helps.".into(),
        "loss-of-streaming" => "The drive ran out of data while it wrote. Choose a lower speed with --speed.".into(),
        "close-failed" => {
            "The data is written, but the drive could not close the disc. Some readers may not see it.".into()
        }
        "format-failed" => "The drive could not format the disc. It may be worn out.".into(),
        "erase-failed" => "The drive could not erase the disc. It may be worn out.".into(),
        "erase-timeout" => "Erasing took longer than it may.".into(),
        "verify-different" => {
            format!("What was read back differs from what was sent{}. The disc cannot be trusted.", at("first"))
        }
        "verify-unreadable" => {
            format!("The disc was written, but cannot be read back{}. It cannot be trusted.", at("lba"))
        }
        "verify-wrong-disc" => "The disc in the drive is not the one that was written.".into(),
        "read-failed" => format!("The disc could not be read{}.", at("lba")),
        "nothing-to-read" => "There is nothing on this disc that could be read.".into(),
        "burn-running" => "The drive is burning. Wait until that is done.".into(),
        "burn-not-running" => "Nothing is being burnt.".into(),
        "cancelled" => "Stopped.".into(),
        "not-implemented" => "webburn cannot do this yet with this kind of disc.".into(),
        "argument-invalid" => "That cannot be asked of the drive.".into(),
        "out-of-memory" => "There is not enough memory.".into(),
        "internal" => "Something went wrong inside webburn. Please report it.".into(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use webburn_imapi::code::{FAILURES, IF_STOPPED, STEPS};

    #[test]
    fn every_code_of_the_engine_has_its_sentence() {
        for code in FAILURES {
            let text = failure(code, &vec![]).unwrap_or_else(|| panic!("{code} has no sentence"));
            assert!(text.ends_with('.') && !text.contains("unknown error"), "{code}: {text}");
        }
        for code in STEPS {
            assert!(step(code, &vec![]).is_some(), "{code}");
        }
        for code in IF_STOPPED {
            assert!(if_stopped(code).is_some(), "{code}");
        }
    }

    #[test]
    fn figures_read_as_on_a_box() {
        assert_eq!(bytes(25_025_314_816), "25.0 GB");
        assert_eq!(bytes(999), "999 bytes");
        assert_eq!(times(8.0), "8×");
        assert_eq!(times(2.4), "2.4×");
        assert_eq!(duration(61.0), "61 s");
        assert_eq!(duration(541.0), "10 min");
        assert_eq!(duration(4800.0), "80 min");
        assert_eq!(duration(5400.0), "1 h 30 min");
    }

    #[test]
    fn an_image_with_a_tail_is_told_how_long_it_is() {
        let text = failure("image-not-whole-sectors", &vec![("bytes", 5000u64.into())]).unwrap();
        assert!(text.contains("5000 bytes are 2 sectors of 2048 bytes and 904 bytes more"), "{text}");
    }
}
