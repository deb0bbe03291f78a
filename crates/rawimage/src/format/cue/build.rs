//! From [`Sheet`] to a disc, with the files at hand.

use webburn_cdcode::cdtext::decode_bytes;
use webburn_cdcode::session::DiscType;
use webburn_cdcode::{Control, TrackNumber};
use webburn_sector::SectorCount;

use super::sheet::{FileKind, Sheet, SheetIndex, SheetTrack};
use crate::error::{Code, ImageError, Note, Place};
use crate::format::audio::{self, Samples};
use crate::format::{text, time};
use crate::image::CdImage;
use crate::layout::{CdSession, CdTrack, FIRST_PREGAP, FileId, Limits, MainForm, Piece, Stored, check};
use crate::port::{Files, read_whole};

/// A file of the sheet, opened.
enum Opened {
    Sectors { file: FileId, big_endian: bool },
    Samples(Box<Samples>),
}

pub(super) async fn build(name: &str, mut sheet: Sheet, files: &mut dyn Files) -> Result<CdImage, ImageError> {
    let mut image = CdImage::default();
    image.notes = std::mem::take(&mut sheet.notes);
    let mut opened = Vec::new();
    for file in &sheet.files {
        let place = Place::Line(file.line);
        opened.push(match file.kind {
            FileKind::Audio => {
                Opened::Samples(Box::new(audio::open(files, &mut image, &file.name, name, place).await?))
            }
            kind => {
                let source = audio::open_file(files, &file.name, name, place).await?;
                let file = image.add_file(&file.name, source);
                Opened::Sectors { file, big_endian: kind == FileKind::Motorola }
            }
        });
    }
    let stretches = Stretches { name, sheet: &sheet, image: &image, opened: &opened };
    let mut contents = stretches.cut()?.into_iter();
    let mut sessions: Vec<CdSession> = Vec::new();
    let mut session_number = 0;
    for own in &sheet.tracks {
        if own.session != session_number || sessions.is_empty() {
            session_number = own.session;
            image.layout.sessions = std::mem::take(&mut sessions);
            let start = image.layout.next_session();
            sessions = std::mem::take(&mut image.layout.sessions);
            sessions.push(CdSession { start, disc_type: disc_type(own), tracks: Vec::new() });
        }
        let stretches = contents.next().unwrap_or_default();
        if let Some(session) = sessions.last_mut() {
            let track = track(name, own, stretches, session.tracks.is_empty(), &mut image.notes)?;
            session.tracks.push(track);
        }
    }
    image.layout.sessions = sessions;
    image.layout.mcn = sheet.mcn;
    image.layout.text = cd_text(name, &sheet, files).await?;
    check(&image.layout, Limits::READABLE, name)?;
    Ok(image)
}

fn disc_type(track: &SheetTrack) -> DiscType {
    match track.kind.mode {
        crate::layout::TrackMode::Mode2 if track.kind.cd_i => DiscType::CdI,
        crate::layout::TrackMode::Mode2 => DiscType::Xa,
        _ => DiscType::Plain,
    }
}

async fn cd_text(
    name: &str,
    sheet: &Sheet,
    files: &mut dyn Files,
) -> Result<webburn_cdcode::cdtext::CdText, ImageError> {
    if let Some((file, line)) = &sheet.cd_text_file {
        let mut source = audio::open_file(files, file, name, Place::Line(*line)).await?;
        let bytes = read_whole(source.as_mut(), 1 << 20).await.map_err(|e| ImageError::unreadable(file, &e))?;
        // Some programs keep the four bytes of READ TOC before the packs, some a zero behind them.
        let packs = if bytes.len() % 18 == 4 { &bytes[4..] } else { &bytes[..bytes.len() / 18 * 18] };
        return Ok(decode_bytes(packs).text);
    }
    let number = |track: Option<&SheetTrack>| track.map_or(1, |track| track.number);
    let span = (number(sheet.tracks.first()), number(sheet.tracks.last()));
    text::to_cd_text(&sheet.texts, sheet.genre.as_deref(), span, name)
}

/// The stretch of a file from one index to what comes next.
type Stretch = (SheetIndex, Piece);

fn track(
    name: &str,
    own: &SheetTrack,
    stretches: Vec<Stretch>,
    first: bool,
    notes: &mut Vec<Note>,
) -> Result<CdTrack, ImageError> {
    let place = Place::Line(own.line);
    let number = TrackNumber::new(own.number)
        .map_err(|error| ImageError::new(Code::TooManyTracks, name, place, error.to_string()))?;
    let mut track = CdTrack::new(number, own.kind.mode);
    track.control = Control {
        pre_emphasis: own.pre_emphasis,
        copy_permitted: own.copy_permitted,
        four_channel: own.four_channel,
        ..track.control
    };
    (track.scms, track.isrc) = (own.scms, own.isrc);
    if first {
        track.push(Piece::empty(FIRST_PREGAP));
    }
    track.push(Piece::empty(own.pregap));
    for (index, piece) in stretches {
        let here = track.sectors();
        match index.number {
            0 => {}
            1 => track.pregap = here,
            _ => track.indices.push(here - track.pregap),
        }
        track.push(piece);
    }
    if !own.indices.iter().any(|index| index.number == 1) {
        return Err(ImageError::new(Code::Incomplete, name, place, format!("track {number} has no INDEX 01")));
    }
    if own.pregap > SectorCount::ZERO && own.indices.first().is_some_and(|index| index.number == 0) {
        let what = "both PREGAP and INDEX 00 were given; the silence comes first";
        notes.push(Note { file: name.into(), place, what: what.into() });
    }
    track.push(Piece::empty(own.postgap));
    Ok(track)
}

struct Stretches<'a> {
    name: &'a str,
    sheet: &'a Sheet,
    image: &'a CdImage,
    opened: &'a [Opened],
}

impl Stretches<'_> {
    /// For each track its indices, each with the sectors up to the next index or the end of its file.
    fn cut(&self) -> Result<Vec<Vec<Stretch>>, ImageError> {
        let indices: Vec<(usize, SheetIndex)> =
            (0..).zip(&self.sheet.tracks).flat_map(|(at, track)| track.indices.iter().map(move |&i| (at, i))).collect();
        let mut cut: Vec<Vec<Stretch>> = self.sheet.tracks.iter().map(|_| Vec::new()).collect();
        let mut offset = 0;
        for (at, &(track, index)) in indices.iter().enumerate() {
            let (kind, line) = (self.sheet.tracks[track].kind, index.line);
            let before = at.checked_sub(1).and_then(|at| indices.get(at)).filter(|(_, b)| b.file == index.file);
            let next = indices.get(at + 1).filter(|(_, next)| next.file == index.file);
            if before.is_none() {
                // What lies before a file's first index belongs to no track; EAC and Redump never leave any.
                offset = index.at.bytes(self.block(index.file, kind.stored));
                if index.at > SectorCount::ZERO {
                    let what =
                        format!("the first index in its file must be at 00:00:00, not {}", time::format(index.at));
                    return Err(self.fault(Code::Order, line, what));
                }
            }
            if kind.mode.is_data() && matches!(self.opened.get(index.file), Some(Opened::Samples(_))) {
                return Err(self.fault(Code::Value, line, "a data track cannot come from an audio file"));
            }
            let sectors = match next {
                Some((_, next)) if next.at <= index.at => {
                    let what = format!(
                        "index {:02} lies at {}, not after the index before it, which lies at {}",
                        next.number,
                        time::format(next.at),
                        time::format(index.at)
                    );
                    return Err(self.fault(Code::Order, next.line, what));
                }
                Some((_, next)) => Some(next.at - index.at),
                None => None,
            };
            let piece = self.piece(index, kind.stored, offset, sectors)?;
            offset = offset.saturating_add(piece.sectors.bytes(self.block(index.file, kind.stored)));
            cut[track].push((index, piece));
        }
        Ok(cut)
    }

    fn block(&self, file: usize, stored: Stored) -> usize {
        match self.opened.get(file) {
            Some(Opened::Samples(_)) => MainForm::Whole.size(),
            _ => stored.size(),
        }
    }

    /// `sectors` from byte `offset` of a file's sectors on, or all that are left.
    fn piece(
        &self,
        index: SheetIndex,
        stored: Stored,
        offset: u64,
        sectors: Option<SectorCount>,
    ) -> Result<Piece, ImageError> {
        let size = self.block(index.file, stored) as u64;
        let (file, bytes) = match self.opened.get(index.file) {
            Some(Opened::Samples(samples)) => (samples.file, samples.bytes),
            Some(Opened::Sectors { file, .. }) => (*file, self.image.file_length(*file)),
            None => return Err(self.fault(Code::Order, index.line, "INDEX comes before any FILE")),
        };
        let file_name = self.image.file_name(file);
        let left = bytes.saturating_sub(offset);
        let wanted = sectors.map_or(left, |sectors| u64::from(sectors.0) * size);
        if wanted > left.div_ceil(size) * size || left == 0 {
            let what = format!(
                "index {:02} reaches beyond the end of “{file_name}”, which holds {} from there on",
                index.number,
                time::format(SectorCount((left / size).min(u64::from(u32::MAX)) as u32))
            );
            return Err(self.fault(Code::FileTruncated, index.line, what));
        }
        match self.opened.get(index.file) {
            Some(Opened::Samples(samples)) => {
                let mut piece = Piece::joined(vec![samples.extent(offset, wanted.min(left))]);
                piece.sectors = sectors.unwrap_or(piece.sectors);
                Ok(piece)
            }
            Some(Opened::Sectors { big_endian, .. }) => {
                if !wanted.is_multiple_of(size) || wanted > left {
                    let what = format!("it ends in the middle of a sector: {} of {size} bytes are there", left % size);
                    return Err(ImageError::new(Code::FileTruncated, file_name, Place::Byte(bytes), what));
                }
                let count = u32::try_from(wanted / size).unwrap_or(u32::MAX);
                Ok(Piece::blocks(SectorCount(count), file, offset, Stored { big_endian: *big_endian, ..stored }))
            }
            None => Ok(Piece::empty(SectorCount::ZERO)),
        }
    }

    fn fault(&self, code: Code, line: usize, what: impl Into<String>) -> ImageError {
        ImageError::new(code, self.name, Place::Line(line), what)
    }
}
