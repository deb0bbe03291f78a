//! `TRACK …` and what it is put together from.

use webburn_cdcode::TrackNumber;
use webburn_cdcode::cdtext::CdText;
use webburn_sector::SectorCount;

use super::cd_text;
use super::lexer::Token;
use super::parser::Parser;
use crate::error::{Code, ImageError, Place};
use crate::format::{audio, time};
use crate::layout::{CdTrack, Extent, FIRST_PREGAP, FileId, MainForm, Piece, Stored, SubForm, TrackMode};

/// What is there of a track so far. Audio is gathered as samples as long as no piece of it has subcode.
struct Building {
    track: CdTrack,
    stored: Stored,
    extents: Vec<Extent>,
    /// Where `START` stood: the end of index 0.
    start: Option<SectorCount>,
    indices: Vec<(SectorCount, usize)>,
}

impl Parser<'_> {
    pub(super) async fn track(&mut self, number: u8, texts: &mut CdText) -> Result<CdTrack, ImageError> {
        let mode = self.word("a kind of track")?;
        let (mode, main) =
            kind(&mode).ok_or_else(|| self.fault(Code::NotSupported, format!("there is no kind of track “{mode}”")))?;
        let number = TrackNumber::new(number).map_err(|error| self.fault(Code::TooManyTracks, error.to_string()))?;
        let sub = self.subchannel();
        let stored = Stored { main, sub, big_endian: false, gap: 0 };
        let track = CdTrack::new(number, mode);
        let mut building = Building { track, stored, extents: Vec::new(), start: None, indices: Vec::new() };
        let line = self.line;
        while let Some(Token::Word(word)) = self.peek() {
            if word == "TRACK" {
                break;
            }
            let word = self.word("a statement")?;
            self.statement(&word, &mut building, texts).await?;
        }
        self.finish(building, line)
    }

    fn subchannel(&mut self) -> SubForm {
        if self.take("RW_RAW") {
            SubForm::Raw
        } else if self.take("RW") {
            SubForm::Packed
        } else {
            SubForm::None
        }
    }

    async fn statement(&mut self, word: &str, own: &mut Building, texts: &mut CdText) -> Result<(), ImageError> {
        let track = &mut own.track;
        match word {
            "NO" => match self.word("COPY or PRE_EMPHASIS")?.as_str() {
                "COPY" => track.control.copy_permitted = false,
                "PRE_EMPHASIS" => track.control.pre_emphasis = false,
                other => return Err(self.fault(Code::Syntax, format!("“NO {other}” is not known"))),
            },
            "COPY" => track.control.copy_permitted = true,
            "PRE_EMPHASIS" => track.control.pre_emphasis = true,
            "TWO_CHANNEL_AUDIO" => track.control.four_channel = false,
            "FOUR_CHANNEL_AUDIO" => track.control.four_channel = true,
            "ISRC" => {
                let text = self.text("a recording code")?;
                let isrc = text.parse();
                track.isrc = Some(isrc.map_err(|error| self.fault(Code::Number, format!("“{text}”: {error}")))?);
            }
            "CD_TEXT" => cd_text::read(self, track.number.get(), texts)?,
            "PREGAP" => {
                let length = self.time("PREGAP")?;
                own.push_empty(length.bytes(2352));
                own.start = Some(own.sectors());
            }
            "SILENCE" | "ZERO" => {
                while matches!(self.peek(), Some(Token::Word(word)) if kind(word).is_some()) {
                    self.next();
                }
                self.subchannel();
                let bytes = self.audio_length()?;
                own.push_empty(bytes);
            }
            "FILE" | "AUDIOFILE" => self.audio_file(own).await?,
            "DATAFILE" => self.data_file(own).await?,
            "START" => {
                let at = if self.length_follows() { self.time("START")? } else { own.sectors() };
                own.start = Some(at);
            }
            "INDEX" => {
                let at = self.time("INDEX")?;
                own.indices.push((at, self.line));
            }
            "END" => {
                let at = if self.length_follows() { self.time("END")? } else { own.sectors() };
                own.indices.push((at - own.start.unwrap_or_default(), self.line));
            }
            "FIFO" => return Err(self.fault(Code::NotSupported, "FIFO stands for a running program, not for a file")),
            _ => return Err(self.fault(Code::Syntax, format!("“{word}” is not known in a track"))),
        }
        Ok(())
    }

    async fn audio_file(&mut self, own: &mut Building) -> Result<(), ImageError> {
        let name = self.text("a file name")?;
        let swapped = self.take("SWAP");
        let offset = self.offset()?;
        if own.track.mode.is_data() || own.stored.sub != SubForm::None {
            // A start that is not zero is not used by any program for blocks.
            let start = if self.length_follows() { self.block_length(own.stored)? } else { 0 };
            return self.blocks(own, &name, offset + start, !swapped).await;
        }
        let start = if self.length_follows() { self.audio_length()? } else { 0 };
        let length = if self.length_follows() { Some(self.audio_length()?) } else { None };
        let lower = name.to_ascii_lowercase();
        let raw = [".bin", ".raw", ".cdr", ".img"].iter().any(|ending| lower.ends_with(ending));
        let (file, at, bytes, big_endian) = if raw {
            let file = self.open(&name).await?;
            (file, 0, self.image.file_length(file), !swapped)
        } else {
            let samples = audio::open(self.files, &mut self.image, &name, self.name, Place::Line(self.line)).await?;
            (samples.file, samples.at, samples.bytes, samples.big_endian ^ swapped)
        };
        let skip = offset.saturating_add(start);
        let left = bytes.saturating_sub(skip);
        let wanted = length.unwrap_or(left);
        if wanted > left || left == 0 && wanted == 0 {
            return Err(self.too_short(&name, left, skip, wanted));
        }
        own.extents.push(Extent { file: Some(file), at: at + skip, bytes: wanted, big_endian });
        Ok(())
    }

    async fn data_file(&mut self, own: &mut Building) -> Result<(), ImageError> {
        let name = self.text("a file name")?;
        let offset = self.offset()?;
        self.blocks(own, &name, offset, false).await
    }

    /// Blocks from byte `at` of a file on, for a length that may follow.
    async fn blocks(&mut self, own: &mut Building, name: &str, at: u64, big_endian: bool) -> Result<(), ImageError> {
        let size = own.stored.size() as u64;
        let length = if self.length_follows() { Some(self.block_length(own.stored)?) } else { None };
        let file = self.open(name).await?;
        let left = self.image.file_length(file).saturating_sub(at);
        let wanted = length.unwrap_or(left);
        if wanted > left || wanted == 0 {
            return Err(self.too_short(name, left, at, wanted));
        }
        if !wanted.is_multiple_of(size) {
            let what = format!("{wanted} bytes of “{name}” are no whole number of sectors of {size} bytes");
            return Err(self.fault(Code::FileTruncated, what));
        }
        own.flush();
        let sectors = SectorCount(u32::try_from(wanted / size).unwrap_or(u32::MAX));
        let stored = Stored { big_endian: big_endian && !own.track.mode.is_data(), ..own.stored };
        own.track.push(Piece::blocks(sectors, file, at, stored));
        Ok(())
    }

    async fn open(&mut self, name: &str) -> Result<FileId, ImageError> {
        if let Some((_, file)) = self.opened.iter().find(|(own, _)| own == name) {
            return Ok(*file);
        }
        let source = audio::open_file(self.files, name, self.name, Place::Line(self.line)).await?;
        let file = self.image.add_file(name, source);
        self.opened.push((name.to_owned(), file));
        Ok(file)
    }

    /// `#bytes`.
    fn offset(&mut self) -> Result<u64, ImageError> {
        if !self.sign('#') {
            return Ok(0);
        }
        let word = self.word("a number of bytes")?;
        word.parse().map_err(|_| self.fault(Code::Value, format!("“{word}” is no number of bytes")))
    }

    /// A time, or a number of samples, in bytes.
    fn audio_length(&mut self) -> Result<u64, ImageError> {
        self.length(4, 2352)
    }

    /// A time, or a number of bytes, in bytes.
    fn block_length(&mut self, stored: Stored) -> Result<u64, ImageError> {
        self.length(1, stored.size())
    }

    fn length(&mut self, unit: u64, sector: usize) -> Result<u64, ImageError> {
        let word = self.word("a length")?;
        let bytes = match word.parse::<u64>() {
            Ok(count) => count.checked_mul(unit).filter(|&bytes| bytes < 1 << 40),
            Err(_) => time::parse(&word).map(|sectors| sectors.bytes(sector)),
        };
        bytes.ok_or_else(|| self.fault(Code::Value, format!("“{word}” is no length")))
    }

    fn too_short(&self, name: &str, left: u64, from: u64, wanted: u64) -> ImageError {
        let what = format!("“{name}” has {left} bytes from byte {from} on; {} are wanted", wanted.max(1));
        self.fault(Code::FileTruncated, what)
    }

    fn finish(&self, mut own: Building, line: usize) -> Result<CdTrack, ImageError> {
        own.flush();
        let wrong = |code, line, what: String| Err(ImageError::new(code, self.name, Place::Line(line), what));
        let mut track = own.track;
        let name = track.number;
        track.pregap = own.start.unwrap_or_default();
        if track.pregap >= track.sectors() {
            return wrong(Code::Order, line, format!("track {name} has nothing after its START"));
        }
        let mut before = SectorCount::ZERO;
        for (at, line) in own.indices {
            if at <= before || at >= track.length() {
                let what = format!(
                    "the index at {} of track {name} does not lie between the one before it and the track's end",
                    time::format(at)
                );
                return wrong(Code::Order, line, what);
            }
            before = at;
            track.indices.push(at);
        }
        if name == TrackNumber::FIRST {
            track.pieces.insert(0, Piece::empty(FIRST_PREGAP));
            track.pregap += FIRST_PREGAP;
        }
        Ok(track)
    }
}

impl Building {
    fn sectors(&self) -> SectorCount {
        self.track.sectors() + Piece::joined(self.extents.clone()).sectors
    }

    /// Silence or empty sectors.
    fn push_empty(&mut self, bytes: u64) {
        if self.extents.is_empty() && bytes.is_multiple_of(2352) {
            let sectors = u32::try_from(bytes / 2352).unwrap_or(u32::MAX);
            self.track.push(Piece::empty(SectorCount(sectors)));
        } else {
            self.extents.push(Extent { file: None, at: 0, bytes, big_endian: false });
        }
    }

    fn flush(&mut self) {
        if !self.extents.is_empty() {
            self.track.push(Piece::joined(std::mem::take(&mut self.extents)));
        }
    }
}

fn kind(word: &str) -> Option<(TrackMode, MainForm)> {
    Some(match word {
        "AUDIO" => (TrackMode::Audio, MainForm::Whole),
        "MODE0" => (TrackMode::Mode0, MainForm::Body),
        "MODE1" => (TrackMode::Mode1, MainForm::Mode1),
        "MODE1_RAW" => (TrackMode::Mode1, MainForm::Whole),
        "MODE2" => (TrackMode::Mode2, MainForm::Body),
        "MODE2_RAW" => (TrackMode::Mode2, MainForm::Whole),
        "MODE2_FORM1" => (TrackMode::Mode2, MainForm::Form1),
        "MODE2_FORM2" => (TrackMode::Mode2, MainForm::Form2),
        "MODE2_FORM_MIX" => (TrackMode::Mode2, MainForm::MixedBody),
        _ => return None,
    })
}
