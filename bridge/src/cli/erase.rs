//! `webburn erase`.

use webburn_imapi::DiscFormat2Erase;

use super::exit::End;
use super::{DriveArgs, change};

/// Makes a rewritable disc blank again, quickly or all of it.
pub fn run(args: &DriveArgs, full: bool) -> End {
    let erase = DiscFormat2Erase::new();
    erase.set_full_erase(full);
    change::run(args, erase)
}
