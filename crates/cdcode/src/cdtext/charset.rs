//! The character set of a block.

use std::fmt;

/// How the texts 80h–85h of a block are written (byte 0 of its size information).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Charset {
    /// 00h: ISO 8859-1.
    #[default]
    Latin1,
    /// 01h: seven-bit ASCII.
    Ascii,
    /// 80h: MS-JIS, Japanese with two bytes a character.
    MsJis,
    /// 81h: Korean, two bytes a character.
    Korean,
    /// 82h: Mandarin Chinese, two bytes a character.
    Mandarin,
    /// Another code, as recorded. From 80h on two bytes a character.
    Other(u8),
}

/// A character that the set cannot write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotInCharset {
    /// The character.
    pub character: char,
    /// The set.
    pub charset: Charset,
}

impl fmt::Display for NotInCharset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CD-Text in {:?} has no character “{}”", self.charset, self.character)
    }
}

impl std::error::Error for NotInCharset {}

impl Charset {
    /// The code on the disc.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Charset::Latin1 => 0x00,
            Charset::Ascii => 0x01,
            Charset::MsJis => 0x80,
            Charset::Korean => 0x81,
            Charset::Mandarin => 0x82,
            Charset::Other(code) => code,
        }
    }

    /// Reads the code.
    #[must_use]
    pub const fn from_code(code: u8) -> Self {
        match code {
            0x00 => Charset::Latin1,
            0x01 => Charset::Ascii,
            0x80 => Charset::MsJis,
            0x81 => Charset::Korean,
            0x82 => Charset::Mandarin,
            code => Charset::Other(code),
        }
    }

    /// Whether a character takes two bytes.
    #[must_use]
    pub const fn is_double_byte(self) -> bool {
        self.code() & 0x80 != 0
    }

    /// Text in this set, for the single-byte ones. The tables of the double-byte sets are larger than the rest of the
    /// engine; their bytes come from outside (a browser's text decoder, a library on native).
    ///
    /// # Errors
    /// The first character that the set lacks. NUL and TAB have a meaning of their own and are refused as well.
    pub fn encode(self, text: &str) -> Result<Vec<u8>, NotInCharset> {
        text.chars()
            .map(|character| {
                let code = u32::from(character);
                let fits = match self {
                    Charset::Latin1 => code < 0x100,
                    Charset::Ascii => code < 0x80,
                    _ => false,
                };
                if fits && !matches!(character, '\0' | '\t') {
                    Ok(code as u8)
                } else {
                    Err(NotInCharset { character, charset: self })
                }
            })
            .collect()
    }

    /// Bytes of this set as text; `None` for the double-byte sets.
    #[must_use]
    pub fn decode(self, bytes: &[u8]) -> Option<String> {
        // Discs that claim ASCII were found to hold ISO 8859-1; it contains ASCII.
        if self.is_double_byte() { None } else { Some(bytes.iter().map(|&byte| char::from(byte)).collect()) }
    }
}
