//! What earlier sessions look like to somebody who appends.

mod choose;
mod objects;

pub use choose::choose;
pub use objects::{Multisession, MultisessionRandomWrite, MultisessionSequential, multisession_interfaces};

use webburn_drive::Media;
use webburn_drive::media::{DiscStatus, Recording, TrackKind, last_written_of};
use webburn_sector::Lba;

/// `IMultisessionSequential::IsFirstDataSession`: no earlier session holds data. It matters behind audio sessions.
#[must_use]
pub fn is_first_data_session(media: &Media) -> bool {
    let closed = media.sessions.iter().filter(|session| !session.open);
    !closed
        .flat_map(|session| media.tracks.iter().filter(|track| track.session == session.number))
        .any(|track| !track.blank && track.kind != TrackKind::Audio)
}

/// `LastWrittenAddressOfPreviousSession`: the last user sector of the last closed session. `None` where there is none
/// (IMAPI2 says −1), and where nothing on the disc tells.
#[must_use]
pub fn last_of_previous_session(media: &Media) -> Option<Lba> {
    if media.kind.recording() == Recording::Overwritable || media.status == DiscStatus::Blank {
        return None;
    }
    let session = media.last_closed_session()?;
    let track = media.tracks.iter().find(|track| track.number == session.last_track)?;
    last_written_of(media, track)
}
