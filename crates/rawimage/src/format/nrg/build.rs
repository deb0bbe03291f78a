//! From the chunks to a disc.

use webburn_cdcode::cdtext::decode_bytes;
use webburn_cdcode::session::DiscType;
use webburn_cdcode::{Control, TrackNumber};
use webburn_sector::{Lba, SectorCount};

use super::chunks::{Chunks, Dao, SessionChunks, Tao};
use crate::error::{Code, ImageError, Place};
use crate::image::CdImage;
use crate::layout::{CdSession, CdTrack, FIRST_PREGAP, FileId, MainForm, Piece, Stored, SubForm, TrackMode};

/// Modes by Nero's number: the size of a sector, the mode, what is stored.
const MODES: [(u32, usize, TrackMode, MainForm, SubForm); 9] = [
    (0x00, 2048, TrackMode::Mode1, MainForm::Mode1, SubForm::None),
    (0x02, 2048, TrackMode::Mode2, MainForm::Form1, SubForm::None),
    (0x03, 2336, TrackMode::Mode2, MainForm::Body, SubForm::None),
    (0x05, 2352, TrackMode::Mode1, MainForm::Whole, SubForm::None),
    (0x06, 2352, TrackMode::Mode2, MainForm::Whole, SubForm::None),
    (0x07, 2352, TrackMode::Audio, MainForm::Whole, SubForm::None),
    (0x0F, 2448, TrackMode::Mode1, MainForm::Whole, SubForm::Raw),
    (0x10, 2448, TrackMode::Audio, MainForm::Whole, SubForm::Raw),
    (0x11, 2448, TrackMode::Mode2, MainForm::Whole, SubForm::Raw),
];

struct Builder<'a> {
    name: &'a str,
    file: FileId,
    /// Where the chunks begin: sectors lie before.
    data_end: u64,
}

pub(super) fn build(
    name: &str,
    chunks: Chunks,
    image: &mut CdImage,
    file: FileId,
    data_end: u64,
) -> Result<(), ImageError> {
    let builder = Builder { name, file, data_end };
    let mut number = 1;
    for own in &chunks.sessions {
        if own.dao.is_empty() && own.tao.is_empty() {
            continue;
        }
        let start = image.layout.next_session();
        let session = if own.dao.is_empty() {
            builder.track_at_once(own, start, number)?
        } else {
            builder.disc_at_once(own, start)?
        };
        number = session.tracks.last().map_or(number, |track| track.number.get().saturating_add(1));
        image.layout.sessions.push(session);
        if image.layout.mcn.is_none() {
            // Absent numbers are zeros or spaces.
            let text = String::from_utf8_lossy(&own.mcn);
            let text = text.trim_matches(['\0', ' ']);
            image.layout.mcn = if text.is_empty() { None } else { text.parse().ok() };
        }
    }
    if image.layout.sessions.is_empty() {
        return Err(ImageError::new(Code::Incomplete, name, Place::Byte(data_end), "no chunk tells of a track"));
    }
    image.layout.text = decode_bytes(&chunks.cd_text).text;
    Ok(())
}

impl Builder<'_> {
    fn disc_at_once(&self, own: &SessionChunks, start: Lba) -> Result<CdSession, ImageError> {
        let disc_type = if own.kind == 0x20 { DiscType::Xa } else { DiscType::Plain };
        let starts = own.cues.iter().filter(|cue| (1..=99).contains(&cue.track) && cue.index == 1);
        let numbers: Vec<(u8, u8, i64)> = starts.map(|cue| (cue.track, cue.control, cue.at)).collect();
        if numbers.len() != own.dao.len() {
            let what = format!("the cues tell of {} tracks, the table of tracks of {}", numbers.len(), own.dao.len());
            return Err(ImageError::new(Code::Damaged, self.name, Place::Byte(self.data_end), what));
        }
        let first = own.cues.iter().find(|cue| (1..=99).contains(&cue.track)).map(|cue| cue.at);
        let start = match first {
            Some(first) if start > Lba(-150) && (0..405_000).contains(&first) => Lba(first as i32),
            _ => start,
        };
        let mut session = CdSession { start, disc_type, tracks: Vec::new() };
        for (dao, (number, control, index1)) in own.dao.iter().zip(numbers) {
            let from = session.lead_out();
            let mut track = self.track(number, u32::from(dao.mode), Some(dao.sector_size), dao.place)?;
            let stored = track.1;
            track.0.control = Control::from_nibble(control);
            track.0.isrc = std::str::from_utf8(&dao.isrc).ok().and_then(|isrc| isrc.parse().ok());
            self.indices(own, &mut track.0, number, index1);
            self.stretch(dao, &mut track.0, stored, from, index1)?;
            session.tracks.push(track.0);
        }
        Ok(session)
    }

    fn indices(&self, own: &SessionChunks, track: &mut CdTrack, number: u8, index1: i64) {
        let further = own.cues.iter().filter(|cue| cue.track == number && (2..=99).contains(&cue.index));
        for cue in further.filter(|cue| cue.at > index1) {
            track.indices.push(SectorCount((cue.at - index1).min(405_000) as u32));
        }
    }

    /// Index 0 and the rest; what of index 0 the file does not hold comes first and is empty.
    fn stretch(
        &self,
        dao: &Dao,
        track: &mut CdTrack,
        stored: Stored,
        from: Lba,
        index1: i64,
    ) -> Result<(), ImageError> {
        let size = stored.size() as u64;
        let fault = |code, what: String| ImageError::new(code, self.name, Place::Byte(dao.place), what);
        let number = track.number;
        let ordered = dao.index0 <= dao.index1 && dao.index1 < dao.end && dao.end <= self.data_end;
        let whole = (dao.index1.wrapping_sub(dao.index0)).is_multiple_of(size)
            && dao.end.wrapping_sub(dao.index1).is_multiple_of(size);
        if !ordered || !whole {
            let what = format!(
                "track {number} is said to lie from byte {} over byte {} to byte {}, in sectors of {size} bytes",
                dao.index0, dao.index1, dao.end
            );
            return Err(fault(Code::Damaged, what));
        }
        let pregap = index1 - i64::from(from.0);
        let in_file = (dao.index1 - dao.index0) / size;
        if !(0..405_000).contains(&pregap) {
            return Err(fault(
                Code::Order,
                format!("track {number} would begin at sector {index1}, before sector {from}"),
            ));
        }
        let in_file = in_file.min(pregap as u64) as u32;
        track.pregap = SectorCount(pregap as u32);
        track.push(Piece::empty(track.pregap - SectorCount(in_file)));
        let sectors = u32::try_from((dao.end - dao.index1) / size).unwrap_or(u32::MAX).saturating_add(in_file);
        let at = dao.index1 - u64::from(in_file) * size;
        track.push(Piece::blocks(SectorCount(sectors), self.file, at, stored));
        Ok(())
    }

    fn track_at_once(&self, own: &SessionChunks, start: Lba, first: u8) -> Result<CdSession, ImageError> {
        let xa = own.tao.iter().any(|tao| matches!(tao.mode, 2 | 3 | 6 | 0x11));
        let disc_type = if xa { DiscType::Xa } else { DiscType::Plain };
        let mut session = CdSession { start, disc_type, tracks: Vec::new() };
        for (number, tao) in (first..).zip(&own.tao) {
            session.tracks.push(self.single(number, tao)?);
        }
        Ok(session)
    }

    /// A track with two seconds before it.
    fn single(&self, number: u8, tao: &Tao) -> Result<CdTrack, ImageError> {
        let (mut track, stored) = self.track(number, tao.mode, None, tao.place)?;
        let size = stored.size() as u64;
        let fits = tao.offset.checked_add(tao.size).is_some_and(|end| end <= self.data_end);
        if !fits || !tao.size.is_multiple_of(size) || tao.size == 0 {
            let what = format!(
                "track {number:02} (sector {}) is said to have {} bytes from byte {} on, in sectors of {size} bytes",
                tao.sector, tao.size, tao.offset
            );
            return Err(ImageError::new(Code::Damaged, self.name, Place::Byte(tao.place), what));
        }
        track.pregap = FIRST_PREGAP;
        track.push(Piece::empty(FIRST_PREGAP));
        let sectors = u32::try_from(tao.size / size).unwrap_or(u32::MAX);
        track.push(Piece::blocks(SectorCount(sectors), self.file, tao.offset, stored));
        Ok(track)
    }

    fn track(&self, number: u8, mode: u32, size: Option<u16>, place: u64) -> Result<(CdTrack, Stored), ImageError> {
        let fault = |code, what: String| ImageError::new(code, self.name, Place::Byte(place), what);
        let Some((_, own_size, track_mode, main, sub)) = MODES.into_iter().find(|(own, ..)| *own == mode) else {
            return Err(fault(Code::NotSupported, format!("there is no track mode {mode:02X}h")));
        };
        if let Some(size) = size.filter(|&size| usize::from(size) != own_size) {
            let what = format!("track {number:02} has mode {mode:02X}h, but sectors of {size} bytes");
            return Err(fault(Code::Damaged, what));
        }
        let number = TrackNumber::new(number).map_err(|error| fault(Code::TooManyTracks, error.to_string()))?;
        Ok((CdTrack::new(number, track_mode), Stored { main, sub, big_endian: false, gap: 0 }))
    }
}
