//! What the sub-channel of copied sectors tells: pre-gaps, indices, codes.

use std::collections::BTreeMap;

use webburn_cdcode::q::{Place, Q};
use webburn_cdcode::subchannel::planes;
use webburn_cdcode::{Isrc, Mcn, TrackNumber};
use webburn_rawimage::layout::{CdLayout, CdSession, CdTrack, FIRST_PREGAP, Piece, TrackMode};
use webburn_sector::Lba;

use crate::contents::{Contents, ReadSession, ReadTrack};
use crate::copy::MAIN;

/// What the sub-channel told on the way.
#[derive(Default)]
pub(crate) struct Seen {
    /// The first sector of an index.
    pub indices: BTreeMap<(u8, u8), Lba>,
    isrcs: BTreeMap<u8, Isrc>,
    mcn: Option<Mcn>,
    /// The track of the last position told.
    track: u8,
    /// Modes of data tracks, from the header of their first sector.
    pub modes: BTreeMap<u8, u8>,
}

impl Seen {
    /// Takes a sector as it was read; gives its sub-channel in planes.
    pub fn sector(&mut self, at: Lba, block: &[u8]) -> Option<[u8; 96]> {
        let sub = &block[MAIN..];
        let (q, planes) = match sub.len() {
            96 => {
                let planes = planes::from_symbols(sub.try_into().ok()?);
                (Q::parse(planes[12..24].try_into().ok()?).ok(), Some(planes))
            }
            // Corrected by the drive; the CRC may be missing.
            16 => (Some(Q::from_data(sub[..10].try_into().ok()?)), None),
            _ => (None, None),
        };
        match q {
            Some(Q::Position { place: Place::Track(track, index), absolute, .. })
                if absolute.to_lba().ok() == Some(at) =>
            {
                self.track = track.get();
                self.indices.entry((track.get(), index)).or_insert(at);
            }
            Some(Q::Mcn { mcn, .. }) => self.mcn = self.mcn.or(Some(mcn)),
            Some(Q::Isrc { isrc, .. }) if self.track > 0 => {
                self.isrcs.entry(self.track).or_insert(isrc);
            }
            _ => {}
        }
        planes
    }

    pub fn layout(&self, contents: &Contents) -> CdLayout {
        let sessions = contents.sessions.iter().enumerate().map(|(at, session)| self.session(at, session)).collect();
        CdLayout { sessions, mcn: contents.mcn.or(self.mcn), text: contents.text.clone() }
    }

    fn session(&self, at: usize, session: &ReadSession) -> CdSession {
        let start = match session.tracks.first() {
            Some(first) if at > 0 => first.start - FIRST_PREGAP,
            _ => Lba(-150),
        };
        let mut own = CdSession { start, disc_type: session.disc_type, tracks: Vec::new() };
        for (n, track) in session.tracks.iter().enumerate() {
            let from = own.lead_out();
            let end = session.tracks.get(n + 1).map_or(session.lead_out, |next| self.pregap(next, track.start));
            if let Some(made) = self.track(track, from, end) {
                own.tracks.push(made);
            }
        }
        own
    }

    /// Where a track's pre-gap begins, behind the start of the track before it.
    fn pregap(&self, track: &ReadTrack, after: Lba) -> Lba {
        let found = self.indices.get(&(track.number, 0)).copied();
        found.filter(|at| *at > after && *at < track.start).unwrap_or(track.start)
    }

    fn track(&self, track: &ReadTrack, from: Lba, end: Lba) -> Option<CdTrack> {
        let mode = match (track.control.data, self.modes.get(&track.number)) {
            (false, _) => TrackMode::Audio,
            (true, Some(2)) => TrackMode::Mode2,
            (true, Some(0)) => TrackMode::Mode0,
            (true, _) => TrackMode::Mode1,
        };
        let mut made = CdTrack::new(TrackNumber::new(track.number).ok()?, mode);
        made.control = track.control;
        made.isrc = track.isrc.or(self.isrcs.get(&track.number).copied());
        made.pregap = track.start.since(from);
        let further = self.indices.range((track.number, 2)..=(track.number, 99));
        let mut last = track.start;
        for (_, at) in further.filter(|(_, at)| **at > track.start && **at < end) {
            if *at > last {
                made.indices.push(at.since(track.start));
                last = *at;
            }
        }
        made.push(Piece::empty(end.since(from)));
        Some(made)
    }
}
