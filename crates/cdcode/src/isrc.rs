//! The international standard recording code of a track.

use std::fmt;
use std::str::FromStr;

/// Twelve characters that name a recording: country (2), owner (3), year (2), serial (5) (ISO 3901).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Isrc([u8; 12]);

/// Text that is no recording code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidIsrc;

impl fmt::Display for InvalidIsrc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a recording code has five capital letters or digits and seven digits, such as US-RC1-76-07839")
    }
}

impl std::error::Error for InvalidIsrc {}

impl Isrc {
    /// The twelve characters, without dashes.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Only ASCII gets in, so the bytes are always text.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// With dashes, as IMAPI2 reads it back: `US-RC1-76-07839`.
    #[must_use]
    pub fn dashed(&self) -> String {
        let text = self.as_str();
        format!("{}-{}-{}-{}", &text[..2], &text[2..5], &text[5..7], &text[7..])
    }

    /// Bytes 1–8 of an ADR 3 frame: five 6-bit characters, two zero bits, seven digits, an empty nibble.
    pub(crate) fn to_frame(self) -> [u8; 8] {
        let characters = self.0[..5].iter().fold(0_u32, |bits, &c| bits << 6 | u32::from(to_six(c))) << 2;
        let digits = self.0[5..].iter().fold(0_u32, |bits, &c| bits << 4 | u32::from(c - b'0')) << 4;
        (u64::from(characters) << 32 | u64::from(digits)).to_be_bytes()
    }

    /// Reads bytes 1–8 of an ADR 3 frame; `None` when a code stands for no character.
    pub(crate) fn from_frame(bytes: [u8; 8]) -> Option<Self> {
        let bits = u64::from_be_bytes(bytes);
        let mut text = [0; 12];
        for (at, slot) in text.iter_mut().enumerate() {
            *slot = if at < 5 {
                from_six((bits >> (58 - 6 * at)) as u8 & 0x3F)?
            } else {
                let digit = (bits >> (28 - 4 * (at - 5))) as u8 & 0x0F;
                if digit > 9 {
                    return None;
                }
                b'0' + digit
            };
        }
        Some(Isrc(text))
    }
}

/// The 6-bit code of ECMA-130, 22.3.5: digits as they are, `A` = 11h to `Z` = 2Ah.
const fn to_six(character: u8) -> u8 {
    // Both ranges keep their order and their distance from '0'.
    character - b'0'
}

const fn from_six(code: u8) -> Option<u8> {
    match code {
        0..=9 | 0x11..=0x2A => Some(code + b'0'),
        _ => None,
    }
}

impl FromStr for Isrc {
    type Err = InvalidIsrc;

    /// Twelve characters; dashes are skipped, small letters taken as capitals.
    fn from_str(text: &str) -> Result<Self, InvalidIsrc> {
        let mut characters = text.bytes().filter(|&c| c != b'-').map(|c| c.to_ascii_uppercase());
        let mut code = [0; 12];
        for (at, slot) in code.iter_mut().enumerate() {
            *slot = match characters.next().ok_or(InvalidIsrc)? {
                letter @ b'A'..=b'Z' if at < 5 => letter,
                digit @ b'0'..=b'9' => digit,
                _ => return Err(InvalidIsrc),
            };
        }
        if characters.next().is_some() { Err(InvalidIsrc) } else { Ok(Isrc(code)) }
    }
}

impl fmt::Display for Isrc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Isrc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Isrc({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_packed_and_refused() {
        let isrc: Isrc = "US-RC1-76-07839".parse().unwrap();
        // As recorded from cdrdao.
        assert_eq!(isrc.to_frame(), [0x96, 0x38, 0x93, 0x04, 0x76, 0x07, 0x83, 0x90]);
        assert_eq!(Isrc::from_frame(isrc.to_frame()), Some(isrc));
        assert_eq!(isrc.dashed(), "US-RC1-76-07839");
        assert_eq!("usrc17607839".parse(), Ok(isrc));
        for bad in ["", "USRC1760783", "USRC176078390", "USRC1760783A", "US_C17607839", "ÜSRC17607839"] {
            assert_eq!(bad.parse::<Isrc>(), Err(InvalidIsrc), "{bad}");
        }
        assert_eq!(Isrc::from_frame([0xFF; 8]), None);
        assert_eq!("ZZZZZ9999999".parse::<Isrc>().unwrap().to_frame()[..4], [0xAA, 0xAA, 0xAA, 0xA8]);
    }
}
