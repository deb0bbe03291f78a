//! The table of contents.

use std::collections::BTreeMap;

use webburn_cdcode::session::DiscType;
use webburn_cdcode::{Control, TrackNumber};
use webburn_sector::{Lba, SectorCount};

use super::ini::Section;
use crate::error::{Code, ImageError, Place};
use crate::image::CdImage;
use crate::layout::{CdSession, CdTrack, Content, FIRST_PREGAP, FileId, Piece, Stored, SubFile, SubForm, TrackMode};

/// One session's entries.
#[derive(Default)]
struct Entries {
    disc_type: DiscType,
    lead_out: Option<i64>,
    /// Control and start by number.
    tracks: BTreeMap<u8, (u8, i64, usize)>,
}

/// Addresses that a CD has.
const ADDRESSES: std::ops::RangeInclusive<i64> = -150..=405_000;

pub(super) fn build(
    name: &str,
    sections: &[Section],
    image: &CdImage,
    img: FileId,
    sub: Option<FileId>,
) -> Result<Vec<CdSession>, ImageError> {
    let entries = entries(name, sections)?;
    let spans: Vec<(Lba, Lba, Lba)> = spans(name, sections, &entries)?;
    let held = held(name, image, img, &spans)?;
    let mut sessions = Vec::new();
    for ((number, entries), (&(start, _, lead_out), held)) in entries.iter().zip(spans.iter().zip(held)) {
        let mut session = CdSession { start, disc_type: entries.disc_type, tracks: Vec::new() };
        let starts: Vec<i64> = entries.tracks.values().map(|(_, start, _)| *start).collect();
        for (at, (&track, &(control, begin, line))) in entries.tracks.iter().enumerate() {
            let details = details(name, sections, track)?;
            let place = |what: String| ImageError::new(Code::Order, name, Place::Line(line), what);
            let next = entries.tracks.keys().nth(at + 1);
            let end = match (next, starts.get(at + 1)) {
                (Some(&next), Some(&next_start)) => index_zero(name, sections, next)?.unwrap_or(next_start),
                _ => i64::from(lead_out.0),
            };
            let from = session.lead_out();
            let begin = Lba(begin as i32);
            if begin < from || Lba(end as i32) <= begin {
                return Err(place(format!(
                    "track {track:02} of session {number} would go from sector {begin} to sector {end}, \
                     but what comes before it ends with sector {from}"
                )));
            }
            let number = TrackNumber::new(track).map_err(|error| place(error.to_string()))?;
            let control = Control::from_nibble(control);
            let mut own = CdTrack::new(number, mode(control, details.mode));
            (own.control, own.isrc) = (control, details.isrc);
            own.pregap = begin.since(from);
            let mut last = begin;
            for index in details.indices {
                let index = Lba(index as i32);
                if index <= last || index >= Lba(end as i32) {
                    return Err(place(format!("index at sector {index} of track {track:02} is out of order")));
                }
                last = index;
                own.indices.push(index.since(begin));
            }
            pieces(&mut own, from, Lba(end as i32), held, img, sub);
            session.tracks.push(own);
        }
        sessions.push(session);
    }
    Ok(sessions)
}

fn entries(name: &str, sections: &[Section]) -> Result<BTreeMap<i64, Entries>, ImageError> {
    let mut sessions: BTreeMap<i64, Entries> = BTreeMap::new();
    for section in sections.iter().filter(|section| section.name.starts_with("entry ")) {
        let session = section.required(name, "session", 1..=99)?;
        let own = sessions.entry(session).or_default();
        match section.required(name, "point", 0..=255)? {
            0xA0 => {
                own.disc_type = match section.required(name, "psec", 0..=99)? {
                    0x10 => DiscType::CdI,
                    0x20 => DiscType::Xa,
                    _ => DiscType::Plain,
                }
            }
            0xA2 => own.lead_out = Some(section.required(name, "plba", ADDRESSES)?),
            point @ 1..=99 => {
                let control = section.required(name, "control", 0..=15)? as u8;
                let start = section.required(name, "plba", ADDRESSES)?;
                own.tracks.insert(point as u8, (control, start, section.line));
            }
            _ => {}
        }
    }
    sessions.retain(|_, own| own.lead_out.is_some() || !own.tracks.is_empty());
    if sessions.is_empty() {
        let what = "there is no section [Entry …] that tells of a track";
        return Err(ImageError::new(Code::Incomplete, name, Place::Whole, what));
    }
    Ok(sessions)
}

/// Of each session: where its first pre-gap begins, where the IMG takes it up, where its lead-out begins.
fn spans(
    name: &str,
    sections: &[Section],
    entries: &BTreeMap<i64, Entries>,
) -> Result<Vec<(Lba, Lba, Lba)>, ImageError> {
    let mut spans = Vec::new();
    for (number, own) in entries {
        let incomplete = |what: &str| {
            ImageError::new(Code::Incomplete, name, Place::Whole, format!("session {number} has no {what}"))
        };
        let lead_out = own.lead_out.ok_or_else(|| incomplete("lead-out (point A2)"))?;
        let (&first, &(_, start, _)) = own.tracks.first_key_value().ok_or_else(|| incomplete("track"))?;
        let begin =
            if spans.is_empty() { -150 } else { index_zero(name, sections, first)?.unwrap_or(start).min(start - 150) };
        let taken_up = if spans.is_empty() { 0 } else { start };
        spans.push((Lba(begin as i32), Lba(taken_up as i32), Lba(lead_out as i32)));
    }
    Ok(spans)
}

/// Where the IMG has a session.
#[derive(Clone, Copy)]
struct Held {
    /// The difference between a sector's number in the IMG and its address.
    offset: i64,
    /// The first address of the session that it has.
    from: Lba,
}

/// Where the IMG has each session.
fn held(name: &str, image: &CdImage, img: FileId, spans: &[(Lba, Lba, Lba)]) -> Result<Vec<Held>, ImageError> {
    let bytes = image.file_length(img);
    let file = image.file_name(img);
    if !bytes.is_multiple_of(2352) {
        let what = format!("it ends in the middle of a sector: {} of 2352 bytes are there", bytes % 2352);
        return Err(ImageError::new(Code::FileTruncated, file, Place::Byte(bytes), what));
    }
    let sectors = bytes / 2352;
    // One session right behind the other, and how many sectors that makes.
    let packed = |gap: u32| -> (Vec<Held>, i64) {
        let (mut next, mut all) = (0_i64, Vec::new());
        for (at, &(_, start, lead_out)) in spans.iter().enumerate() {
            let from = if at == 0 { start } else { start - SectorCount(gap) };
            all.push(Held { offset: next - i64::from(from.0), from });
            next += i64::from(lead_out.0 - from.0);
        }
        (all, next)
    };
    let absolute = || {
        let all = spans.iter().map(|&(begin, ..)| Held { offset: 0, from: begin.max(Lba::ZERO) }).collect();
        (all, spans.last().map_or(0, |&(_, _, lead_out)| i64::from(lead_out.0)))
    };
    let (tight, needed) = packed(0);
    let candidates = [(tight.clone(), needed), packed(FIRST_PREGAP.0), absolute()];
    let fitting = candidates.into_iter().find(|(_, length)| *length == sectors as i64);
    match fitting {
        Some((all, _)) => Ok(all),
        None if needed <= sectors as i64 => Ok(tight),
        None => {
            let what = format!("it has {sectors} sectors; “{name}” tells of {needed}");
            Err(ImageError::new(Code::FileTruncated, file, Place::Byte(bytes), what))
        }
    }
}

/// What `[TRACK n]` says.
#[derive(Default)]
struct Details {
    mode: Option<i64>,
    isrc: Option<webburn_cdcode::Isrc>,
    indices: Vec<i64>,
}

fn details(name: &str, sections: &[Section], track: u8) -> Result<Details, ImageError> {
    let mut details = Details::default();
    let Some(section) = section_of(sections, track) else { return Ok(details) };
    details.mode = section.number(name, "mode")?;
    if let Some((isrc, line)) = section.get("isrc").filter(|(isrc, _)| !isrc.is_empty()) {
        let parsed = isrc.parse();
        details.isrc =
            Some(parsed.map_err(|error| {
                ImageError::new(Code::Number, name, Place::Line(line), format!("“{isrc}”: {error}"))
            })?);
    }
    for number in 2..=99 {
        let key = format!("index {number}");
        if section.get(&key).is_none() {
            break;
        }
        details.indices.push(section.required(name, &key, ADDRESSES)?);
    }
    Ok(details)
}

fn index_zero(name: &str, sections: &[Section], track: u8) -> Result<Option<i64>, ImageError> {
    match section_of(sections, track) {
        Some(section) if section.get("index 0").is_some() => section.required(name, "index 0", ADDRESSES).map(Some),
        _ => Ok(None),
    }
}

fn section_of(sections: &[Section], track: u8) -> Option<&Section> {
    sections.iter().find(|section| {
        let number = section.name.strip_prefix("track ");
        number.and_then(|number| number.trim().parse::<u8>().ok()) == Some(track)
    })
}

const fn mode(control: Control, mode: Option<i64>) -> TrackMode {
    match (control.data, mode) {
        (false, _) => TrackMode::Audio,
        (true, Some(2)) => TrackMode::Mode2,
        (true, _) => TrackMode::Mode1,
    }
}

/// What of the track lies before what the IMG has of its session is empty.
fn pieces(track: &mut CdTrack, from: Lba, end: Lba, held: Held, img: FileId, sub: Option<FileId>) {
    let begin = held.from.max(from).min(end);
    track.push(Piece::empty(begin.since(from)));
    let first = (i64::from(begin.0) + held.offset).max(0) as u64;
    let sub = sub.map(|file| SubFile { file, at: first * 96, form: SubForm::Planes });
    let content = Content::Blocks { file: img, at: first * 2352, stored: Stored::WHOLE, sub };
    track.push(Piece { sectors: end.since(begin), content });
}
