//! Codes of a plan: its steps, what a stop means, phases and notes.

use webburn_imapi::Args;

use super::args::{number, whole};
use super::{sectors, times};

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
        "session-begins" => match (whole(args, "number"), whole(args, "of")) {
            (Some(number), Some(of)) => format!("Session {number} of {of}."),
            _ => return None,
        },
        "raw-instead" => {
            "The drive takes no layout of this disc. It is written raw instead, with everything that the drive would have \
             made."
                .into()
        }
        "clean-up-failed" => "The disc could not be brought into a better state after that.".into(),
        _ => return None,
    })
}
