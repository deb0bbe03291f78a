//! `CD_TEXT { … }`.

use webburn_cdcode::cdtext::{Block, CdText, Charset, Genre, Language, TextKind};

use super::lexer::Token;
use super::{language, parser::Parser};
use crate::error::{Code, ImageError};
use crate::format::text::plain;

/// Words of a language's block.
pub(super) const KINDS: [(&str, TextKind); 9] = [
    ("TITLE", TextKind::Title),
    ("PERFORMER", TextKind::Performer),
    ("SONGWRITER", TextKind::Songwriter),
    ("COMPOSER", TextKind::Composer),
    ("ARRANGER", TextKind::Arranger),
    ("MESSAGE", TextKind::Message),
    ("DISC_ID", TextKind::DiscId),
    ("UPC_EAN", TextKind::Codes),
    ("ISRC", TextKind::Codes),
];

/// Reads what stands behind the word `CD_TEXT`, for the disc (track 0) or a track.
pub(super) fn read(parser: &mut Parser<'_>, track: u8, texts: &mut CdText) -> Result<(), ImageError> {
    parser.expect('{')?;
    while !parser.sign('}') {
        match parser.word("LANGUAGE or LANGUAGE_MAP")?.as_str() {
            "LANGUAGE_MAP" => map(parser, texts)?,
            "LANGUAGE" => {
                let number = number(parser)?;
                parser.expect('{')?;
                while !parser.sign('}') {
                    item(parser, track, block(texts, number))?;
                }
            }
            word => return Err(parser.fault(Code::Syntax, format!("“{word}” is not known in CD_TEXT"))),
        }
    }
    Ok(())
}

/// Sets the tracks that every block speaks of; a block without texts is dropped from the end.
pub(super) fn finish(texts: &mut CdText, last: u8) {
    while texts.blocks.last().is_some_and(|block| block.texts.is_empty() && block.genre.is_none()) {
        texts.blocks.pop();
    }
    for block in &mut texts.blocks {
        (block.first_track, block.last_track) = (1, last);
    }
}

fn block(texts: &mut CdText, number: usize) -> &mut Block {
    while texts.blocks.len() <= number {
        let mut block = Block::new(1, 1);
        if !texts.blocks.is_empty() {
            block.language = Language(0);
        }
        texts.blocks.push(block);
    }
    &mut texts.blocks[number]
}

fn number(parser: &mut Parser<'_>) -> Result<usize, ImageError> {
    let word = parser.word("the number of a language")?;
    let wrong = || parser.fault(Code::Value, format!("languages are numbered from 0 to 7, not “{word}”"));
    word.parse::<usize>().ok().filter(|&number| number < 8).ok_or_else(wrong)
}

fn map(parser: &mut Parser<'_>, texts: &mut CdText) -> Result<(), ImageError> {
    parser.expect('{')?;
    while !parser.sign('}') {
        let number = number(parser)?;
        parser.sign(':');
        let word = parser.word("a language")?;
        let language = language::parse(&word);
        block(texts, number).language =
            language.ok_or_else(|| parser.fault(Code::Value, format!("“{word}” is no language that is known here")))?;
        parser.sign(',');
    }
    Ok(())
}

fn item(parser: &mut Parser<'_>, track: u8, block: &mut Block) -> Result<(), ImageError> {
    let word = parser.word("a kind of text")?;
    match word.as_str() {
        "ENCODING_ISO_8859_1" => block.charset = Charset::Latin1,
        "ENCODING_ASCII" => block.charset = Charset::Ascii,
        "ENCODING_MS_JIS" => block.charset = Charset::MsJis,
        "SIZE_INFO" | "TOC_INFO1" | "TOC_INFO2" | "RESERVED1" | "RESERVED2" | "RESERVED3" | "RESERVED4" => {
            // Made anew from what the disc holds.
            value(parser)?;
        }
        "GENRE" => {
            let bytes = value(parser)?;
            if let [high, low, words @ ..] = bytes.as_slice() {
                let words = words.strip_suffix(&[0]).unwrap_or(words).to_vec();
                block.genre = Some((Genre(u16::from_be_bytes([*high, *low])), words));
            }
        }
        "CLOSED" => {
            let bytes = value(parser)?;
            block.texts.insert((TextKind::Closed, 0), bytes);
        }
        _ => {
            let Some((_, kind)) = KINDS.into_iter().find(|(own, _)| *own == word) else {
                return Err(parser.fault(Code::Syntax, format!("“{word}” is no kind of CD-Text")));
            };
            if parser.peek() == Some(&Token::Sign('{')) {
                let bytes = value(parser)?;
                block.texts.insert((kind, track), bytes);
                return Ok(());
            }
            let text = parser.text("a text")?;
            if text.is_empty() {
                return Ok(());
            }
            let set = block.set(kind, track, &plain(&text));
            set.map_err(|wrong| {
                let what = format!("“{text}” cannot become CD-Text: its character set has no “{}”", wrong.character);
                parser.fault(Code::TextCharset, what)
            })?;
        }
    }
    Ok(())
}

/// A string, or bytes as numbers in braces.
fn value(parser: &mut Parser<'_>) -> Result<Vec<u8>, ImageError> {
    if !parser.sign('{') {
        let text = parser.text("a text or bytes in braces")?;
        return Ok(text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect());
    }
    let mut bytes = Vec::new();
    while !parser.sign('}') {
        let word = parser.word("a byte")?;
        bytes.push(word.parse().map_err(|_| parser.fault(Code::Value, format!("“{word}” is no byte")))?);
        parser.sign(',');
    }
    Ok(bytes)
}
