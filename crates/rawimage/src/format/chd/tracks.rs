//! From `TRACK:1 TYPE:AUDIO …` to a disc.

use webburn_cdcode::TrackNumber;
use webburn_cdcode::session::DiscType;
use webburn_sector::SectorCount;

use super::header::UNIT;
use super::metadata::TrackText;
use crate::error::{Code, ImageError, Place};
use crate::layout::{CdLayout, CdSession, CdTrack, FIRST_PREGAP, FileId, MainForm, Piece, Stored, SubForm, TrackMode};

/// Every track begins at a multiple of so many sectors.
const ALIGN: u32 = 4;

pub(super) fn layout(name: &str, texts: &[TrackText], file: FileId, length: u64) -> Result<CdLayout, ImageError> {
    let mut session = CdSession::first(DiscType::Plain);
    let mut at = 0_u64;
    for text in texts {
        let fields = Fields { name, text };
        let number = fields.number("TRACK")?;
        let number = u8::try_from(number).ok().and_then(|number| TrackNumber::new(number).ok());
        let number = number.ok_or_else(|| fields.fault(Code::TooManyTracks, "its number is not from 1 to 99"))?;
        let kind = fields.get("TYPE").unwrap_or_default();
        let (mode, main, xa) = kind_of(kind)
            .ok_or_else(|| fields.fault(Code::NotSupported, format!("there is no kind of track “{kind}”")))?;
        if session.tracks.is_empty() && xa {
            session.disc_type = DiscType::Xa;
        }
        let sub = match fields.get("SUBTYPE") {
            Some("RW") => SubForm::Packed,
            Some("RW_RAW") => SubForm::Raw,
            _ => SubForm::None,
        };
        let frames = fields.number("FRAMES")?;
        let pregap = fields.get("PREGAP").map_or(Ok(0), |_| fields.number("PREGAP"))?;
        let postgap = fields.get("POSTGAP").map_or(Ok(0), |_| fields.number("POSTGAP"))?;
        // A V before its type says that the pre-gap is among the frames.
        let stored_pregap = fields.get("PGTYPE").is_some_and(|kind| kind.starts_with('V'));
        let gap = UNIT as usize - main.size() - sub.size();
        let stored = Stored { main, sub, big_endian: mode == TrackMode::Audio, gap: gap as u16 };
        let end = at + u64::from(frames) * u64::from(UNIT);
        if end > length || stored_pregap && pregap >= frames {
            let what = format!("track {number} is said to have {frames} sectors; the image ends before");
            return Err(fields.fault(Code::Damaged, what));
        }
        let mut track = CdTrack::new(number, mode);
        if session.tracks.is_empty() {
            track.pregap = FIRST_PREGAP;
            track.push(Piece::empty(FIRST_PREGAP));
        }
        track.pregap += SectorCount(pregap);
        if !stored_pregap {
            track.push(Piece::empty(SectorCount(pregap)));
        }
        track.push(Piece::blocks(SectorCount(frames), file, at, stored));
        track.push(Piece::empty(SectorCount(postgap)));
        at += u64::from(frames.next_multiple_of(ALIGN)) * u64::from(UNIT);
        session.tracks.push(track);
    }
    if session.tracks.is_empty() {
        return Err(ImageError::new(Code::Incomplete, name, Place::Whole, "no metadata tells of a track"));
    }
    Ok(CdLayout::of(session))
}

fn kind_of(kind: &str) -> Option<(TrackMode, MainForm, bool)> {
    Some(match kind {
        "AUDIO" => (TrackMode::Audio, MainForm::Whole, false),
        "MODE1" | "MODE1/2048" => (TrackMode::Mode1, MainForm::Mode1, false),
        "MODE1_RAW" | "MODE1/2352" => (TrackMode::Mode1, MainForm::Whole, false),
        "MODE2" | "MODE2/2336" => (TrackMode::Mode2, MainForm::Body, true),
        "MODE2_FORM1" | "MODE2/2048" => (TrackMode::Mode2, MainForm::Form1, true),
        "MODE2_FORM2" | "MODE2/2324" => (TrackMode::Mode2, MainForm::Form2, true),
        "MODE2_FORM_MIX" => (TrackMode::Mode2, MainForm::Body, true),
        "MODE2_RAW" | "MODE2/2352" | "CDI/2352" => (TrackMode::Mode2, MainForm::Whole, true),
        _ => return None,
    })
}

struct Fields<'a> {
    name: &'a str,
    text: &'a TrackText,
}

impl<'a> Fields<'a> {
    fn get(&self, key: &str) -> Option<&'a str> {
        let words = self.text.text.split_ascii_whitespace();
        words.filter_map(|word| word.split_once(':')).find(|(own, _)| *own == key).map(|(_, value)| value)
    }

    /// A number of sectors that an address can tell.
    fn number(&self, key: &str) -> Result<u32, ImageError> {
        let number = self.get(key).and_then(|value| value.parse().ok()).filter(|&number: &u32| number < 405_000);
        number.ok_or_else(|| self.fault(Code::Value, format!("“{}” has no usable {key}", self.text.text)))
    }

    fn fault(&self, code: Code, what: impl Into<String>) -> ImageError {
        ImageError::new(code, self.name, Place::Byte(self.text.at), what)
    }
}
