//! From text to [`Sheet`].

use webburn_cdcode::cdtext::TextKind;
use webburn_sector::SectorCount;

use super::sheet::{FileKind, Sheet, SheetFile, SheetIndex, SheetTrack};
use super::{tracks, words::words};
use crate::error::{Code, ImageError, Note, Place};
use crate::format::text::TextItem;
use crate::format::time;

pub(super) fn parse(name: &str, text: &str) -> Result<Sheet, ImageError> {
    let mut parser = Parser { name, sheet: Sheet::default(), session: 1 };
    for (line, text) in (1..).zip(text.lines()) {
        let words = words(text);
        if let Some((command, rest)) = words.split_first() {
            parser.line(line, &command.to_ascii_uppercase(), rest)?;
        }
    }
    let sheet = parser.sheet;
    if sheet.tracks.is_empty() {
        return Err(ImageError::new(Code::Incomplete, name, Place::Whole, "it has no TRACK"));
    }
    Ok(sheet)
}

struct Parser<'a> {
    name: &'a str,
    sheet: Sheet,
    session: u8,
}

impl Parser<'_> {
    fn line(&mut self, line: usize, command: &str, words: &[String]) -> Result<(), ImageError> {
        match command {
            "FILE" => self.file(line, words),
            "TRACK" => self.track(line, words),
            "INDEX" => self.index(line, words),
            "PREGAP" => {
                let time = self.time(line, words.first(), "PREGAP")?;
                self.last(line, "PREGAP")?.pregap = time;
                Ok(())
            }
            "POSTGAP" => {
                let time = self.time(line, words.first(), "POSTGAP")?;
                self.last(line, "POSTGAP")?.postgap = time;
                Ok(())
            }
            "FLAGS" => self.flags(line, words),
            "ISRC" => {
                let text = self.word(line, words, "a recording code")?;
                let isrc =
                    text.parse().map_err(|error| self.fault(Code::Number, line, format!("“{text}”: {error}")))?;
                self.last(line, "ISRC")?.isrc = Some(isrc);
                Ok(())
            }
            "CATALOG" => {
                let text = self.word(line, words, "a catalogue number")?;
                let mcn = text.parse().map_err(|error| self.fault(Code::Number, line, format!("“{text}”: {error}")))?;
                self.sheet.mcn = Some(mcn);
                Ok(())
            }
            "CDTEXTFILE" => {
                self.sheet.cd_text_file = Some((self.word(line, words, "a file name")?.to_owned(), line));
                Ok(())
            }
            "REM" => {
                self.remark(line, words);
                Ok(())
            }
            _ => match text_kind(command) {
                Some(kind) => {
                    self.text(line, kind, words);
                    Ok(())
                }
                None => Err(self.fault(Code::Syntax, line, format!("a CUE sheet has no command “{command}”"))),
            },
        }
    }

    fn file(&mut self, line: usize, words: &[String]) -> Result<(), ImageError> {
        let (name, kind) = match words {
            [] => return Err(self.fault(Code::Syntax, line, "FILE needs a name and a type")),
            // Without a type the name's ending has to tell.
            [name] => (name.clone(), None),
            // Names with spaces stand without quotes in some sheets.
            [name @ .., kind] => (name.join(" "), Some(kind.to_ascii_uppercase())),
        };
        let kind = match kind.as_deref() {
            Some("BINARY") => FileKind::Binary,
            Some("MOTOROLA") => FileKind::Motorola,
            Some("WAVE" | "AIFF" | "MP3" | "FLAC" | "OGG" | "WAV") => FileKind::Audio,
            None if name.to_ascii_lowercase().ends_with(".bin") => FileKind::Binary,
            kind => {
                let what = format!(
                    "FILE has the type “{}”; known are BINARY, MOTOROLA, WAVE, AIFF, FLAC and MP3",
                    kind.unwrap_or_default()
                );
                return Err(self.fault(Code::NotSupported, line, what));
            }
        };
        self.sheet.files.push(SheetFile { name, kind, line });
        Ok(())
    }

    fn track(&mut self, line: usize, words: &[String]) -> Result<(), ImageError> {
        let [number, kind, ..] = words else {
            return Err(self.fault(Code::Syntax, line, "TRACK needs a number and a kind"));
        };
        let number = match number.parse::<u8>() {
            Ok(number @ 1..=99) => number,
            Ok(_) | Err(_) if number.bytes().all(|c| c.is_ascii_digit()) => {
                let what = format!("track {number} is not possible: a disc has at most 99 tracks, from 1 on");
                return Err(self.fault(Code::TooManyTracks, line, what));
            }
            _ => return Err(self.fault(Code::Value, line, format!("“{number}” is no track number"))),
        };
        let Some(kind) = tracks::kind(kind) else {
            return Err(self.fault(Code::NotSupported, line, format!("there is no kind of track “{kind}”")));
        };
        self.sheet.tracks.push(SheetTrack {
            number,
            kind,
            line,
            session: self.session,
            copy_permitted: false,
            four_channel: false,
            pre_emphasis: false,
            scms: false,
            isrc: None,
            pregap: SectorCount::ZERO,
            postgap: SectorCount::ZERO,
            indices: Vec::new(),
        });
        Ok(())
    }

    fn index(&mut self, line: usize, words: &[String]) -> Result<(), ImageError> {
        let number = words.first().and_then(|word| word.parse::<u8>().ok()).filter(|&number| number < 100);
        let number = number.ok_or_else(|| self.fault(Code::Syntax, line, "INDEX needs a number from 00 to 99"))?;
        let at = self.time(line, words.get(1), "INDEX")?;
        let Some(file) = self.sheet.files.len().checked_sub(1) else {
            return Err(self.fault(Code::Order, line, "INDEX comes before any FILE"));
        };
        let track = self.last(line, "INDEX")?;
        let expected = track.indices.last().map(|last| last.number + 1);
        let follows = expected.map_or(number <= 1, |expected| number == expected);
        let name = track.number;
        if !follows {
            let expected = expected.map_or("00 or 01".to_owned(), |expected| format!("{expected:02}"));
            let what = format!("track {name:02} has index {number:02} where index {expected} should come");
            return Err(self.fault(Code::Order, line, what));
        }
        track.indices.push(SheetIndex { number, file, at, line });
        Ok(())
    }

    fn flags(&mut self, line: usize, words: &[String]) -> Result<(), ImageError> {
        for word in words {
            let upper = word.to_ascii_uppercase();
            let track = self.last(line, "FLAGS")?;
            match upper.as_str() {
                "DCP" => track.copy_permitted = true,
                "4CH" => track.four_channel = true,
                "PRE" => track.pre_emphasis = true,
                "SCMS" => track.scms = true,
                "DATA" => {}
                _ => return Err(self.fault(Code::Syntax, line, format!("FLAGS has no “{word}”"))),
            }
        }
        Ok(())
    }

    fn remark(&mut self, line: usize, words: &[String]) {
        let value = || words[1..].join(" ");
        let in_track = !self.sheet.tracks.is_empty();
        match words.first().map(|word| word.to_ascii_uppercase()).as_deref() {
            Some("SESSION") => {
                if let Some(Ok(session)) = words.get(1).map(|word| word.parse()) {
                    self.session = session;
                }
            }
            Some("GENRE") if !in_track => self.sheet.genre = Some(value()),
            Some("COMPOSER") => self.text(line, TextKind::Composer, &words[1..]),
            Some("ARRANGER") => self.text(line, TextKind::Arranger, &words[1..]),
            _ => {}
        }
    }

    fn text(&mut self, line: usize, kind: TextKind, words: &[String]) {
        let track = self.sheet.tracks.last().map_or(0, |track| track.number);
        if track > 0 && !kind.has_tracks() {
            let what = "this text is for the whole disc and was left out of the track";
            self.sheet.notes.push(Note { file: self.name.into(), place: Place::Line(line), what: what.into() });
            return;
        }
        self.sheet.texts.push(TextItem { kind, track, text: words.join(" "), line });
    }

    fn last(&mut self, line: usize, command: &str) -> Result<&mut SheetTrack, ImageError> {
        let fault = self.fault(Code::Order, line, format!("{command} comes before any TRACK"));
        self.sheet.tracks.last_mut().ok_or(fault)
    }

    fn word<'w>(&self, line: usize, words: &'w [String], what: &str) -> Result<&'w str, ImageError> {
        words.first().map(String::as_str).ok_or_else(|| self.fault(Code::Syntax, line, format!("{what} is missing")))
    }

    fn time(&self, line: usize, word: Option<&String>, command: &str) -> Result<SectorCount, ImageError> {
        let word = word.map_or("", String::as_str);
        time::parse(word).ok_or_else(|| {
            let what =
                format!("{command} needs a time as minutes:seconds:frames, with 75 frames a second, not “{word}”");
            self.fault(Code::Value, line, what)
        })
    }

    fn fault(&self, code: Code, line: usize, what: impl Into<String>) -> ImageError {
        ImageError::new(code, self.name, Place::Line(line), what)
    }
}

/// Commands that are CD-Text; those beyond CDRWIN's three are libburn's.
fn text_kind(command: &str) -> Option<TextKind> {
    Some(match command {
        "TITLE" => TextKind::Title,
        "PERFORMER" => TextKind::Performer,
        "SONGWRITER" => TextKind::Songwriter,
        "COMPOSER" => TextKind::Composer,
        "ARRANGER" => TextKind::Arranger,
        "MESSAGE" => TextKind::Message,
        "DISC_ID" => TextKind::DiscId,
        _ => return None,
    })
}
