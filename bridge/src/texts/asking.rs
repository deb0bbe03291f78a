//! Asking for a drive: what is no drive, and why one cannot be had.

use std::path::Path;

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
