//! The disc: header, CD-Text, tracks.

use std::collections::VecDeque;

use webburn_cdcode::cdtext::CdText;
use webburn_cdcode::session::DiscType;
use webburn_sector::SectorCount;

use super::cd_text;
use super::lexer::Token;
use crate::error::{Code, ImageError, Place};
use crate::format::{text, time};
use crate::image::CdImage;
use crate::layout::{CdLayout, CdSession, FileId, Limits, check};
use crate::port::Files;

pub(super) struct Parser<'a> {
    pub name: &'a str,
    tokens: VecDeque<(usize, Token)>,
    /// Of the token taken last.
    pub line: usize,
    pub files: &'a mut dyn Files,
    pub image: CdImage,
    /// Files that were opened, under the names the TOC file has for them.
    pub opened: Vec<(String, FileId)>,
}

impl<'a> Parser<'a> {
    pub(super) fn new(name: &'a str, tokens: Vec<(usize, Token)>, files: &'a mut dyn Files) -> Self {
        Parser { name, tokens: tokens.into(), line: 1, files, image: CdImage::default(), opened: Vec::new() }
    }

    pub(super) async fn disc(mut self) -> Result<CdImage, ImageError> {
        let mut session = CdSession::first(DiscType::Plain);
        let mut mcn = None;
        let mut header = false;
        let mut texts = CdText::default();
        while let Some(word) = self.keyword() {
            match word.as_str() {
                "CD_DA" | "CD_ROM" => header = true,
                "CD_ROM_XA" => (header, session.disc_type) = (true, DiscType::Xa),
                "CD_I" => (header, session.disc_type) = (true, DiscType::CdI),
                "CATALOG" => {
                    let number = self.text("a catalogue number")?;
                    let parsed = number.parse();
                    mcn = Some(parsed.map_err(|error| self.fault(Code::Number, format!("“{number}”: {error}")))?);
                }
                "CD_TEXT" => cd_text::read(&mut self, 0, &mut texts)?,
                "TRACK" => {
                    if session.tracks.len() == 99 {
                        return Err(self.fault(Code::TooManyTracks, "a disc has at most 99 tracks"));
                    }
                    let track = self.track(session.tracks.len() as u8 + 1, &mut texts).await?;
                    session.tracks.push(track);
                }
                _ => return Err(self.fault(Code::Syntax, format!("“{word}” is not known here"))),
            }
        }
        if let Some((line, token)) = self.tokens.front() {
            let what = format!("{} is out of place", shown(token));
            return Err(ImageError::new(Code::Syntax, self.name, Place::Line(*line), what));
        }
        if !header {
            let what = "it does not say CD_DA, CD_ROM, CD_ROM_XA or CD_I";
            return Err(ImageError::new(Code::Incomplete, self.name, Place::Line(1), what));
        }
        let last = session.tracks.len() as u8;
        cd_text::finish(&mut texts, last);
        text::check(&texts, self.name)?;
        self.image.layout = CdLayout { mcn, text: texts, ..CdLayout::of(session) };
        check(&self.image.layout, Limits::READABLE, self.name)?;
        Ok(self.image)
    }

    /// The next token, if it is a word.
    pub(super) fn keyword(&mut self) -> Option<String> {
        match self.tokens.front() {
            Some((_, Token::Word(_))) => match self.next() {
                Some(Token::Word(word)) => Some(word),
                _ => None,
            },
            _ => None,
        }
    }

    pub(super) fn next(&mut self) -> Option<Token> {
        let (line, token) = self.tokens.pop_front()?;
        self.line = line;
        Some(token)
    }

    pub(super) fn peek(&self) -> Option<&Token> {
        self.tokens.front().map(|(_, token)| token)
    }

    /// Takes the next token if it is that word.
    pub(super) fn take(&mut self, word: &str) -> bool {
        let is = matches!(self.peek(), Some(Token::Word(next)) if next == word);
        if is {
            self.next();
        }
        is
    }

    /// Takes the next token if it is that sign.
    pub(super) fn sign(&mut self, sign: char) -> bool {
        let is = self.peek() == Some(&Token::Sign(sign));
        if is {
            self.next();
        }
        is
    }

    pub(super) fn text(&mut self, what: &str) -> Result<String, ImageError> {
        match self.next() {
            Some(Token::Text(text)) => Ok(text),
            other => Err(self.missing(what, other.as_ref())),
        }
    }

    pub(super) fn word(&mut self, what: &str) -> Result<String, ImageError> {
        match self.next() {
            Some(Token::Word(word)) => Ok(word),
            other => Err(self.missing(what, other.as_ref())),
        }
    }

    pub(super) fn expect(&mut self, sign: char) -> Result<(), ImageError> {
        match self.next() {
            Some(Token::Sign(next)) if next == sign => Ok(()),
            other => Err(self.missing(&format!("“{sign}”"), other.as_ref())),
        }
    }

    fn missing(&self, what: &str, found: Option<&Token>) -> ImageError {
        let found = found.map_or("the end of the file".to_owned(), shown);
        self.fault(Code::Syntax, format!("{what} should come here, not {found}"))
    }

    /// Whether a length follows.
    pub(super) fn length_follows(&self) -> bool {
        matches!(self.peek(), Some(Token::Word(word)) if word.starts_with(|c: char| c.is_ascii_digit()))
    }

    /// `mm:ss:ff`.
    pub(super) fn time(&mut self, what: &str) -> Result<SectorCount, ImageError> {
        let word = self.word(what)?;
        time::parse(&word).ok_or_else(|| {
            let text = format!("{what} is a time as minutes:seconds:frames, with 75 frames a second, not “{word}”");
            self.fault(Code::Value, text)
        })
    }

    pub(super) fn fault(&self, code: Code, what: impl Into<String>) -> ImageError {
        ImageError::new(code, self.name, Place::Line(self.line), what)
    }
}

fn shown(token: &Token) -> String {
    match token {
        Token::Word(word) => format!("“{word}”"),
        Token::Text(text) => format!("the text “{text}”"),
        Token::Sign(sign) => format!("“{sign}”"),
    }
}
