//! What cannot be in a session.

use std::fmt;

use webburn_sector::{Lba, Msf};

use super::SessionLayout;
use crate::TrackNumber;

/// Why a description is no session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LayoutError {
    /// There is no track.
    NoTracks,
    /// A track's number is not the one after the track before it.
    Number(TrackNumber),
    /// A track's pre-gap, start or further indices are out of order, or reach into the next track or the lead-out.
    Order(TrackNumber),
    /// More than 99 indices.
    TooManyIndices(TrackNumber),
    /// There is no sector of lead-in before the first track.
    NoLeadIn,
    /// An address that no CD has: before 90:00:00 of the lead-in, or after 89:59:74.
    Address(Lba),
}

impl fmt::Display for LayoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LayoutError::NoTracks => f.write_str("a session needs at least one track"),
            LayoutError::Number(track) => write!(f, "track {track} does not follow the track before it"),
            LayoutError::Order(track) => {
                write!(f, "the indices of track {track} are out of order or reach into what comes next")
            }
            LayoutError::TooManyIndices(track) => write!(f, "track {track} has more than 99 indices"),
            LayoutError::NoLeadIn => f.write_str("there is no lead-in before the first track"),
            LayoutError::Address(at) => write!(f, "sector {at} lies outside of what a CD can address"),
        }
    }
}

impl std::error::Error for LayoutError {}

pub(super) fn check(layout: &SessionLayout) -> Result<(), LayoutError> {
    let first = layout.tracks.first().ok_or(LayoutError::NoTracks)?;
    if first.pregap <= layout.lead_in {
        return Err(LayoutError::NoLeadIn);
    }
    let ends = layout.tracks.iter().skip(1).map(|track| track.pregap).chain(std::iter::once(layout.lead_out));
    let mut number = Some(first.number);
    for (track, end) in layout.tracks.iter().zip(ends) {
        if number != Some(track.number) {
            return Err(LayoutError::Number(track.number));
        }
        number = track.number.next();
        if track.indices.len() > 98 {
            return Err(LayoutError::TooManyIndices(track.number));
        }
        let places = std::iter::once(track.start).chain(track.indices.iter().copied()).chain(std::iter::once(end));
        if track.pregap > track.start || !places.is_sorted_by(|a, b| a < b) {
            return Err(LayoutError::Order(track.number));
        }
    }
    let last = Lba(layout.lead_out.0.saturating_add_unsigned(layout.lead_out_length.0).saturating_sub(1));
    // The lead-in of a first session counts from 90:00:00; in between every address has a time.
    match [layout.lead_in, last].into_iter().find(|&at| Msf::from_lba(at).is_none()) {
        Some(at) => Err(LayoutError::Address(at)),
        None => Ok(()),
    }
}
