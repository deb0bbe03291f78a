//! What no disc can be, found before anything is written.

use webburn_sector::{Lba, Msf, SectorCount};

use super::{CdLayout, FIRST_PREGAP};
use crate::error::{Code, ImageError, Place};

/// How much fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The last address at which the lead-out may start, from the ATIP of the disc.
    pub lead_out: Lba,
    /// Tracks shorter than this are refused: 300 sectors, four seconds, by the Red Book.
    pub shortest_track: SectorCount,
}

impl Limits {
    /// What a disc of so many minutes promises: 74, 80, 90 or 99. A 99-minute disc is addressed to 89:59:74 at most.
    #[must_use]
    pub fn of_minutes(minutes: u8) -> Self {
        Limits {
            lead_out: Lba((i32::from(minutes) * 60 * 75).min(Limits::ADDRESSABLE.lead_out.0)),
            ..Limits::ADDRESSABLE
        }
    }

    /// What addresses can tell: the lead-out's 90 seconds end by 89:59:74.
    pub const ADDRESSABLE: Limits = Limits { lead_out: Lba(398_100), shortest_track: SectorCount(300) };

    /// What is asked of an image that is read: short tracks exist on discs of old.
    pub const READABLE: Limits = Limits { shortest_track: SectorCount(1), ..Limits::ADDRESSABLE };
}

/// Looks for what cannot be written: `name` is the file that the layout came from.
///
/// # Errors
/// The first fault, in the order of the disc.
pub fn check(layout: &CdLayout, limits: Limits, name: &str) -> Result<(), ImageError> {
    let fault = |code, place, what: String| Err(ImageError::new(code, name, place, what));
    if layout.placed().next().is_none() {
        return fault(Code::Incomplete, Place::Whole, "there is no track".into());
    }
    let mut last = None;
    let mut earliest = Lba(-150);
    for session in &layout.sessions {
        if session.start < earliest {
            return fault(
                Code::Order,
                Place::Whole,
                format!("a session begins at sector {}, before the end of the one before it", session.start),
            );
        }
        for (at, placed) in session.placed().enumerate() {
            let number = placed.track.number.get();
            let place = Place::Track(number);
            if last.is_some_and(|last| number != last + 1) {
                return fault(Code::Order, place, format!("track {number:02} does not follow the track before it"));
            }
            last = Some(number);
            if at == 0 && placed.track.pregap < FIRST_PREGAP {
                let what = format!(
                    "the first track of a session begins {} sectors into it; it must be at least 150",
                    placed.track.pregap
                );
                return fault(Code::Order, place, what);
            }
            if placed.track.pregap > placed.track.sectors() {
                return fault(Code::Order, place, "its start lies behind its end".into());
            }
            let length = placed.track.length();
            if length < limits.shortest_track {
                let what = format!(
                    "it is {} long, {length} sectors; a track has at least {}",
                    time(length),
                    limits.shortest_track
                );
                return fault(Code::TrackTooShort, place, what);
            }
            let ordered = std::iter::once(SectorCount::ZERO)
                .chain(placed.track.indices.iter().copied())
                .chain(std::iter::once(length))
                .is_sorted_by(|a, b| a < b);
            if !ordered {
                return fault(Code::Order, place, "its indices are out of order or lie behind its end".into());
            }
            if placed.track.indices.len() > 98 {
                return fault(Code::Order, place, "it has more than 99 indices".into());
            }
        }
        earliest = session.lead_out();
    }
    let end = layout.lead_out();
    if end > limits.lead_out {
        let (has, room) = (end.since(Lba::ZERO), limits.lead_out.since(Lba::ZERO));
        let what = format!("it needs {} and the disc has {}: {} too long", time(has), time(room), time(has - room));
        return fault(Code::TooLong, Place::Whole, what);
    }
    Ok(())
}

/// Minutes, seconds and frames of a length.
fn time(sectors: SectorCount) -> Msf {
    let frames = sectors.0;
    Msf::new((frames / 4500).min(255) as u8, (frames / 75 % 60) as u8, (frames % 75) as u8)
}
