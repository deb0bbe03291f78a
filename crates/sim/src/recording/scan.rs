//! What a drive learns from the subcode that a host writes with the blocks: table of contents, tracks, CD-Text.

use serde::{Deserialize, Serialize};
use webburn_cdcode::q::{Place, Q};
use webburn_cdcode::sector::{Detected, Sector, detect};
use webburn_cdcode::subchannel::{pq16, symbols};
use webburn_cdcode::{cdtext, from_bcd};

use crate::surface::BlockForm;

/// The ten data bytes of a Q frame in the lead-in, as recorded: control and ADR, 00h, POINT, MIN, SEC, FRAME, ZERO,
/// PMIN, PSEC, PFRAME.
pub type TocLine = [u8; 10];

/// A track as its Q frames in the program area tell it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScannedTrack {
    /// Its number.
    pub number: u8,
    /// Where index 0 begins, if it has one.
    pub pregap: Option<i32>,
    /// Where index 1 begins, and after it every further index.
    pub indices: Vec<i32>,
    /// Its recording code.
    pub isrc: Option<String>,
    /// Mode of its first data sector; 0Fh when it has no sync.
    pub data_mode: u8,
}

/// The subcode of a session so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RawScan {
    /// The lead-in's entries, each once.
    pub toc: Vec<TocLine>,
    /// Tracks in the order in which they came.
    pub tracks: Vec<ScannedTrack>,
    /// The catalogue number.
    pub catalog: Option<String>,
    /// The first sector of the lead-out.
    pub lead_out: Option<i32>,
    /// CD-Text packs whose CRC holds, by block and number.
    pub packs: Vec<Vec<u8>>,
}

impl RawScan {
    /// Takes one block.
    pub fn block(&mut self, lba: i32, form: BlockForm, block: &[u8]) {
        let main = block.get(..2352).and_then(|main| <&Sector>::try_from(main).ok());
        let Some((sub, main)) = block.get(2352..).zip(main) else { return };
        let q = match (form, <&[u8; 96]>::try_from(sub), <&[u8; 16]>::try_from(sub)) {
            // In this layout the drive makes the CRC itself: what hosts put there differs (wodim, cdrdao, libburn).
            (BlockForm::RawPq, _, Ok(sub)) => Some(Q::from_data(pq16::read_q_data(sub))),
            // As on the disc: a frame whose CRC does not hold tells nothing.
            (_, Ok(sub), _) => Q::parse(&symbols::read_q(sub)).ok(),
            _ => None,
        };
        if let Some(q) = q {
            self.frame(lba, &q, main);
        }
        // No track has begun: this is the lead-in, whose R-W channels bear the text.
        if let (true, Ok(sub)) = (self.tracks.is_empty(), <&[u8; 96]>::try_from(sub)) {
            self.text(sub);
        }
    }

    /// Takes the R–W channels of a lead-in sector.
    pub fn text(&mut self, sub: &[u8; 96]) {
        for pack in cdtext::symbols::unpack(sub) {
            let key = |pack: &[u8]| (pack[3] >> 4 & 7, pack[2]);
            if !(0x80..=0x8F).contains(&pack[0]) || cdtext::Pack::parse(&pack).is_err() {
                continue;
            }
            if let Err(place) = self.packs.binary_search_by_key(&key(&pack), |known| key(known)) {
                self.packs.insert(place, pack.to_vec());
            }
        }
    }

    fn frame(&mut self, lba: i32, q: &Q, main: &Sector) {
        match q {
            Q::Toc { .. } | Q::Mode5 { .. } => {
                let line = q.data();
                let known = |other: &TocLine| other[0] & 0x0F == line[0] & 0x0F && other[2] == line[2];
                if !self.toc.iter().any(known) {
                    self.toc.push(line);
                }
            }
            Q::Position { place: Place::LeadOut, .. } => {
                self.lead_out.get_or_insert(lba);
            }
            Q::Position { place: Place::Track(number, index), .. } => self.place(lba, number.get(), *index, main),
            Q::Mcn { mcn, .. } => {
                self.catalog.get_or_insert_with(|| mcn.to_string());
            }
            Q::Isrc { isrc, .. } => {
                // It stands in place of the track's position, so the track is the one that has begun last.
                if let Some(track) = self.tracks.last_mut() {
                    track.isrc.get_or_insert_with(|| isrc.as_str().to_owned());
                }
            }
            Q::Unknown(_) => {}
        }
    }

    fn place(&mut self, lba: i32, number: u8, index: u8, main: &Sector) {
        if self.tracks.last().is_none_or(|track| track.number != number) {
            let track = ScannedTrack { number, pregap: None, indices: Vec::new(), isrc: None, data_mode: 0x0F };
            self.tracks.push(track);
        }
        let Some(track) = self.tracks.last_mut() else { return };
        if index == 0 {
            track.pregap.get_or_insert(lba);
        } else if track.indices.len() < usize::from(index) {
            track.indices.push(lba);
            if index == 1 {
                track.data_mode = match detect(main) {
                    Detected::Data { mode, .. } => mode.header_byte().unwrap_or(0x0F),
                    _ => 0x0F,
                };
            }
        }
    }

    /// The line of a point of ADR 1.
    #[must_use]
    pub fn point(&self, point: u8) -> Option<&TocLine> {
        self.toc.iter().find(|line| line[0] & 0x0F == 1 && line[2] == point)
    }

    /// Control nibble, number and start of every track in the lead-in, ascending; `None` when first track, last track,
    /// lead-out or a track between are missing.
    #[must_use]
    pub fn listed(&self) -> Option<Vec<(u8, u8, i32)>> {
        let first = from_bcd(self.point(0xA0)?[7])?;
        let last = from_bcd(self.point(0xA1)?[7])?;
        self.listed_lead_out()?;
        if first == 0 || first > last {
            return None;
        }
        (first..=last)
            .map(|number| {
                let line = self.point(webburn_cdcode::to_bcd(number))?;
                Some((line[0] >> 4, number, address(line)?))
            })
            .collect()
    }

    /// Where the lead-in says that the lead-out starts.
    #[must_use]
    pub fn listed_lead_out(&self) -> Option<i32> {
        address(self.point(0xA2)?)
    }

    /// Whether the lead-in names a place for another session (point B0h).
    #[must_use]
    pub fn stays_open(&self) -> bool {
        self.toc.iter().any(|line| line[0] & 0x0F == 5 && line[2] == 0xB0 && line[3] != 0xFF)
    }

    /// The packs of CD-Text, one behind the other.
    #[must_use]
    pub fn cd_text(&self) -> Vec<u8> {
        self.packs.concat()
    }
}

/// PMIN, PSEC and PFRAME of a line as an address.
fn address(line: &TocLine) -> Option<i32> {
    let [m, s, f] = [from_bcd(line[7])?, from_bcd(line[8])?, from_bcd(line[9])?];
    webburn_sector::Msf::new(m, s, f).to_lba().ok().map(|lba| lba.0)
}
