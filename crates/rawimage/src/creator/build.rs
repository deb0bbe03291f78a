//! From the tracks to the description of a disc.

use webburn_cdcode::session::DiscType;
use webburn_cdcode::{Control, TrackNumber};
use webburn_sector::{Lba, SectorCount};

use super::{LAST_USER_SECTOR, OwnTrack, RawCDImageCreator};
use crate::layout::{CdLayout, CdSession, CdTrack, FIRST_PREGAP, Piece, Stored, TrackMode};

/// Two seconds: between tracks that are not gapless, and how much of a track lies in the next one's pre-gap if they are.
const GAP: SectorCount = SectorCount(150);
/// Sectors that an index has at least.
pub(super) const SHORTEST_INDEX: SectorCount = SectorCount(10);
/// Three seconds: before a data track that follows another kind of track (ECMA-130, clause 20).
const GAP_BEFORE_DATA: SectorCount = SectorCount(225);

impl RawCDImageCreator {
    /// The disc as it stands.
    pub(super) fn layout(&self) -> CdLayout {
        let disc_type = self.tracks.first().map_or(DiscType::Plain, |track| track.kind.disc_type());
        let mut session = CdSession::first(disc_type);
        for (at, own) in self.tracks.iter().enumerate() {
            // Numbers over 99 are refused when a track is added.
            let number = TrackNumber::new(self.number_of(at)).unwrap_or(TrackNumber::FIRST);
            let mut track = self.bare(own, number);
            match session.tracks.last_mut() {
                None => match self.special_pregap {
                    Some((file, sectors)) => {
                        track.pregap = sectors;
                        track.push(Piece::blocks(sectors, file, 0, Stored::WHOLE));
                    }
                    None => {
                        track.pregap = FIRST_PREGAP;
                        track.push(Piece::empty(FIRST_PREGAP));
                    }
                },
                Some(before) => self.join(before, &mut track, own),
            }
            track.push(body(own));
            session.tracks.push(track);
        }
        CdLayout { mcn: self.mcn, text: self.text.clone(), ..CdLayout::of(session) }
    }

    fn bare(&self, own: &OwnTrack, number: TrackNumber) -> CdTrack {
        let mut track = CdTrack::new(number, own.kind.mode());
        let control = Control { pre_emphasis: own.pre_emphasis, ..track.control };
        (track.control, track.scms) = own.copy.apply(control);
        track.isrc = own.isrc;
        track.indices = own.indices.iter().map(|&offset| SectorCount(offset)).collect();
        track
    }

    /// What comes between two tracks.
    fn join(&self, before: &mut CdTrack, track: &mut CdTrack, own: &OwnTrack) {
        if before.mode != track.mode {
            if before.mode.is_data() {
                before.push(Piece::empty(GAP));
            }
            let gap = if track.mode.is_data() { GAP_BEFORE_DATA } else { GAP };
            track.pregap = own.gap.unwrap_or(gap).max(gap);
            track.push(Piece::empty(track.pregap));
            return;
        }
        match own.gap {
            Some(gap) => {
                track.pregap = gap;
                track.push(Piece::empty(gap));
            }
            None if track.mode == TrackMode::Audio && self.disable_gapless => {
                track.pregap = GAP;
                track.push(Piece::empty(GAP));
            }
            None if track.mode == TrackMode::Audio => {
                // The last two seconds of the track before are this one's index 0: the music goes on, the display counts
                // down. Every track has 300 sectors, so there is something to take.
                // An index in those two seconds stays where it is, and the tracks then simply follow each other.
                let last_index = before.indices.last().copied().unwrap_or_default();
                if last_index + SHORTEST_INDEX <= before.length() - GAP
                    && let Some(last) = before.pieces.pop()
                {
                    let keep = last.sectors - GAP;
                    let (front, back) = last.split(keep);
                    before.push(front);
                    track.pregap = back.sectors;
                    track.push(back);
                }
            }
            None => {}
        }
    }

    /// The number of the track at place `at`.
    pub(super) const fn number_of(&self, at: usize) -> u8 {
        self.first_track.saturating_add(at as u8)
    }

    pub(super) fn fits(&self) -> bool {
        self.layout().lead_out() <= self.lead_out_bound()
    }

    /// Where the lead-out may start. The highest limit is at the same time the highest last user sector, which is one
    /// sector before the lead-out: the documentation gives 398,099 for both.
    pub(super) fn lead_out_bound(&self) -> Lba {
        if self.lead_out_limit == LAST_USER_SECTOR { LAST_USER_SECTOR + SectorCount(1) } else { self.lead_out_limit }
    }
}

fn body(own: &OwnTrack) -> Piece {
    match own.kind.stored() {
        Some(stored) => Piece::blocks(own.sectors, own.file, 0, stored),
        None => Piece::empty(own.sectors),
    }
}
