//! Files of this computer: those that hold a simulated disc, images, and what is read from a disc.

use std::path::Path;

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
