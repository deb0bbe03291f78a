//! What a CD in a drive holds, taken off it: its table of contents with codes and CD-Text, its tracks as WAV,
//! FLAC or plain sectors, all of it as an image. Stands on the object model and on the formats of images, which do not know each other;
//! the page and the command line share it.
#![forbid(unsafe_code)]

mod contents;
mod copy;
mod image;
mod out;
mod seen;
mod tags;
mod track_file;
mod wave;

pub use contents::{Codes, Contents, ReadSession, ReadTrack, read_contents};
pub use copy::{Copied, CopiedTrack, Doubt, copy, copy_track, sectors};
pub use image::{ImageFormat, made_sub};
pub use out::{CopyError, SectorOut};
pub use track_file::{TrackForm, save_track};
