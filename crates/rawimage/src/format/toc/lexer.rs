//! Words, strings and signs of a TOC file.

use crate::error::{Code, ImageError, Place};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A keyword, a number or a time.
    Word(String),
    /// A string, with its escapes undone.
    Text(String),
    /// `{`, `}`, `,`, `:` alone, or `#`.
    Sign(char),
}

/// All tokens with their lines.
pub(super) fn tokens(name: &str, text: &str) -> Result<Vec<(usize, Token)>, ImageError> {
    let mut tokens = Vec::new();
    for (line, text) in (1..).zip(text.lines()) {
        let mut rest = text.trim_start();
        while let Some(first) = rest.chars().next() {
            if rest.starts_with("//") {
                break;
            }
            let (token, after) = match first {
                '"' => {
                    let (text, after) = string(&rest[1..]).ok_or_else(|| {
                        ImageError::new(Code::Syntax, name, Place::Line(line), "a string has no closing quote")
                    })?;
                    (Token::Text(text), after)
                }
                '{' | '}' | ',' | '#' | ':' => (Token::Sign(first), &rest[1..]),
                _ => {
                    let end = rest.find(|c: char| c.is_whitespace() || "{},\"#".contains(c)).unwrap_or(rest.len());
                    // A colon belongs to a time, not to a number before a space: `0 : EN` and `0: EN` are the same.
                    let word = rest[..end].trim_end_matches(':');
                    let word = if word.is_empty() { &rest[..end] } else { word };
                    (Token::Word(word.to_owned()), &rest[word.len()..])
                }
            };
            tokens.push((line, token));
            rest = after.trim_start();
        }
    }
    Ok(tokens)
}

/// The string up to its closing quote, and what follows. `\"`, `\\` and three octal digits are escapes.
fn string(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut rest = text;
    loop {
        let character = rest.chars().next()?;
        rest = &rest[character.len_utf8()..];
        match character {
            '"' => return Some((value, rest)),
            '\\' => {
                let octal = rest.get(..3).filter(|digits| digits.bytes().all(|c| (b'0'..b'8').contains(&c)));
                match octal.and_then(|digits| u8::from_str_radix(digits, 8).ok()) {
                    // The number of a character in ISO 8859-1.
                    Some(code) => {
                        value.push(char::from(code));
                        rest = &rest[3..];
                    }
                    None => {
                        let escaped = rest.chars().next()?;
                        rest = &rest[escaped.len_utf8()..];
                        value.push(escaped);
                    }
                }
            }
            _ => value.push(character),
        }
    }
}

/// A string as a TOC file spells it.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            ' '..='~' => out.push(character),
            _ if u32::from(character) < 0x100 => out.push_str(&format!("\\{:03o}", u32::from(character))),
            _ => out.push('?'),
        }
    }
    out.push('"');
    out
}
