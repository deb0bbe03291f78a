//! From the tables to a disc.

use webburn_cdcode::TrackNumber;
use webburn_sector::{Lba, SectorCount};

use super::tables::{SessionTable, Tables, TrackTable};
use crate::error::{Code, ImageError, Place};
use crate::image::CdImage;
use crate::layout::{CdSession, CdTrack, FileId, Piece};

pub(super) fn sessions(tables: &Tables<'_>, image: &CdImage, mdf: FileId) -> Result<Vec<CdSession>, ImageError> {
    let mut sessions = Vec::new();
    for own in &tables.sessions {
        if own.tracks.is_empty() {
            continue;
        }
        let first = if sessions.is_empty() { -150 } else { own.start };
        let session = CdSession { start: Lba(first), disc_type: own.disc_type, tracks: Vec::new() };
        sessions.push(tracks(tables, own, session, image, mdf)?);
    }
    Ok(sessions)
}

fn tracks(
    tables: &Tables<'_>,
    own: &SessionTable,
    mut session: CdSession,
    image: &CdImage,
    mdf: FileId,
) -> Result<CdSession, ImageError> {
    // Where the data of the track before ends in the MDF.
    let mut stored_to = None;
    for (at, table) in own.tracks.iter().enumerate() {
        let fault = |code, what: String| ImageError::new(code, tables.name, Place::Byte(table.at as u64), what);
        let number = TrackNumber::new(table.number).map_err(|error| fault(Code::Value, error.to_string()))?;
        let from = session.lead_out();
        let end = match (own.tracks.get(at + 1), own.lead_out) {
            (Some(next), _) => next.start - i64::from(next.pregap),
            (None, Some(lead_out)) => i64::from(lead_out.0),
            (None, None) => table.start.saturating_add(i64::from(table.length)),
        };
        let fits = table.start >= i64::from(from.0) && end > table.start && end <= 405_000;
        if !fits {
            let what = format!(
                "track {number} would go from sector {} to sector {end}; what comes before it ends with sector {from}",
                table.start
            );
            return Err(fault(Code::Order, what));
        }
        let mut track = CdTrack::new(number, table.mode);
        track.control = table.control;
        track.pregap = Lba(table.start as i32).since(from);
        let length = (end - table.start) as u32;
        pregap(&mut track, table, mdf, stored_to);
        let size = table.stored.size() as u64;
        let stored_end = table.offset.checked_add(u64::from(length) * size);
        if stored_end.is_none_or(|stored_end| stored_end > image.file_length(mdf)) {
            let file = image.file_name(mdf);
            let what = format!(
                "it has {} bytes; track {number} has {length} sectors of {size} bytes from byte {} on",
                image.file_length(mdf),
                table.offset
            );
            return Err(ImageError::new(Code::FileTruncated, file, Place::Byte(image.file_length(mdf)), what));
        }
        track.push(Piece::blocks(SectorCount(length), mdf, table.offset, table.stored));
        stored_to = stored_end;
        session.tracks.push(track);
    }
    Ok(session)
}

/// The pre-gap lies in the MDF where there is room for it between this track and the one before.
fn pregap(track: &mut CdTrack, table: &TrackTable, mdf: FileId, stored_to: Option<u64>) {
    let size = table.stored.size() as u64;
    let room = table.offset.saturating_sub(stored_to.unwrap_or(0)) / size;
    let stored = u64::from(track.pregap.0).min(room) as u32;
    track.push(Piece::empty(track.pregap - SectorCount(stored)));
    let at = table.offset - u64::from(stored) * size;
    track.push(Piece::blocks(SectorCount(stored), mdf, at, table.stored));
}
