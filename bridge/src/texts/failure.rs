//! Failures of the engine, by their codes.

use webburn_imapi::Args;

use super::args::{number, whole, word};
use super::sectors;

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
        "cue-sheet-invalid" if word(args, "reason") == Some("starts-elsewhere") => {
            let session = whole(args, "session").unwrap_or(1);
            let on_disc = number(args, "start").map_or_else(String::new, |at| format!(" (sector {at})"));
            format!(
                "Session {session} of this image does not begin where a drive begins one on this disc{on_disc}. What its data \
                 say of their own places would be wrong, so it cannot be written."
            )
        }
        "cue-sheet-invalid" => match (whole(args, "line"), word(args, "reason")) {
            (Some(line), Some(reason)) => {
                let reason = sheet_fault(reason).unwrap_or(reason);
                format!("The layout of the disc cannot be written: line {}, {reason}. Nothing was written.", line + 1)
            }
            _ => "The layout of the disc cannot be written. Nothing was written.".into(),
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
        "drive-cannot-write-this" if args.iter().any(|(name, _)| *name == "raw") => {
            "This drive does not write discs raw. Leave --raw away.".into()
        }
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
        "not-user-data" => format!(
            "What the disc holds{} is not 2048 bytes a sector, which is all that an .iso can keep (mode 2, form 2: video or \
             sound, as on a Video CD). Read the whole disc to a file that ends in .cue, or a track to one that ends in .bin.",
            at("lba")
        ),
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

/// What is wrong with a line of a cue sheet; `None` for a code without words.
#[must_use]
pub fn sheet_fault(code: &str) -> Option<&'static str> {
    Some(match code {
        "no-lines" => "the sheet says nothing",
        "no-lead-in" => "the lead-in is missing",
        "no-lead-out" => "the lead-out is missing",
        "no-time" => "its time is none that a CD has",
        "no-form" => "there is no such kind of sector",
        "no-track-number" => "tracks have the numbers 1 to 99",
        "out-of-order" => "its time does not come after that of the line before",
        "short-track" => "the track is shorter than four seconds",
        "track-out-of-order" => "its track does not come next",
        "index-out-of-order" => "the track does not begin with index 0 or 1",
        "starts-elsewhere" => "the session does not begin where the disc goes on",
        "too-many-lines" => "the drive does not take that many lines",
        "no-room-for-text" => "CD-Text needs a blank disc that tells where its lead-in begins",
        _ => return None,
    })
}
