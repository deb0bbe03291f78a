//! Text of descriptions: its encoding, and what of it becomes CD-Text.

use webburn_cdcode::cdtext::{Block, CdText, Genre, TextKind};

use crate::error::{Code, ImageError, Place};

/// Longest description that is read: a real one has some kilobytes.
pub(super) const LONGEST: u64 = 4 << 20;

/// What Windows-1252 has between 80h and 9Fh.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// A description as text: UTF-8, UTF-16 with a mark, or else Windows-1252, of which ISO 8859-1 is a part.
pub(super) fn decode(bytes: &[u8]) -> String {
    let utf16 = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = rest.as_chunks::<2>().0.iter().map(|&pair| unit(pair)).collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xFF, 0xFE, rest @ ..] => return utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => return utf16(rest, u16::from_be_bytes),
        _ => {}
    }
    let bytes = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes
            .iter()
            .map(|&byte| match byte {
                0x80..=0x9F => WINDOWS_1252[usize::from(byte - 0x80)],
                _ => char::from(byte),
            })
            .collect(),
    }
}

/// One text for a disc (track 0) or a track, and where it was found.
#[derive(Clone, Debug)]
pub(super) struct TextItem {
    pub kind: TextKind,
    pub track: u8,
    pub text: String,
    pub line: usize,
}

/// CD-Text of one language from what a description says; none when it says nothing.
pub(super) fn to_cd_text(
    items: &[TextItem],
    genre: Option<&str>,
    (first, last): (u8, u8),
    file: &str,
) -> Result<CdText, ImageError> {
    let mut block = Block::new(first, last);
    for item in items.iter().filter(|item| !item.text.is_empty()) {
        block.set(item.kind, item.track, &plain(&item.text)).map_err(|wrong| {
            let what = format!("“{}” cannot become CD-Text: its character set has no “{}”", item.text, wrong.character);
            ImageError::new(Code::TextCharset, file, Place::Line(item.line), what)
        })?;
    }
    let empty = block.texts.is_empty();
    if let Some(genre) = genre.filter(|_| !empty) {
        let code = Genre::from_name(genre).unwrap_or(Genre(1));
        let words: Vec<u8> = genre.bytes().filter(|byte| (0x20..0x7F).contains(byte)).collect();
        block.genre = Some((code, words));
    }
    let text = CdText { blocks: if empty { Vec::new() } else { vec![block] } };
    check(&text, file)?;
    Ok(text)
}

/// Whether it fits into its packs.
pub(super) fn check(text: &CdText, file: &str) -> Result<(), ImageError> {
    match webburn_cdcode::cdtext::encode(text) {
        Ok(_) => Ok(()),
        Err(error) => Err(ImageError::new(Code::TextTooLarge, file, Place::Whole, error.to_string())),
    }
}

/// Typographic signs as players without them write them.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '‘' | '’' | '‚' | '′' => plain.push('\''),
            '“' | '”' | '„' | '″' => plain.push('"'),
            '‐' | '‑' | '–' | '—' | '−' => plain.push('-'),
            '…' => plain.push_str("..."),
            '\t' | '\u{2002}'..='\u{200A}' | '\u{3000}' => plain.push(' '),
            '\u{200B}' | '\u{FEFF}' | '\0' => {}
            _ => plain.push(character),
        }
    }
    plain
}
