//! The media catalogue number.

use std::fmt;
use std::str::FromStr;

/// Thirteen digits that name the disc, an EAN or UPC with a leading zero (ECMA-130, 22.3.4).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Mcn([u8; 13]);

/// Why a catalogue number was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvalidMcn {
    /// Longer than 13 digits, or empty.
    Length,
    /// Something that is no digit.
    NotADigit,
    /// The last digit is not the check digit of the twelve before it.
    CheckDigit,
}

impl fmt::Display for InvalidMcn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            InvalidMcn::Length => "a catalogue number has 13 digits",
            InvalidMcn::NotADigit => "a catalogue number consists of digits",
            InvalidMcn::CheckDigit => "the last digit of the catalogue number is not the check digit of the others",
        })
    }
}

impl std::error::Error for InvalidMcn {}

impl Mcn {
    /// The number from its digits, 0 to 9 each, whatever the check digit says: discs with wrong ones exist.
    ///
    /// # Errors
    /// [`InvalidMcn::NotADigit`].
    pub const fn from_digits(digits: [u8; 13]) -> Result<Self, InvalidMcn> {
        let mut at = 0;
        while at < 13 {
            if digits[at] > 9 {
                return Err(InvalidMcn::NotADigit);
            }
            at += 1;
        }
        Ok(Mcn(digits))
    }

    /// The thirteen digits, 0 to 9 each.
    #[must_use]
    pub const fn digits(&self) -> [u8; 13] {
        self.0
    }

    /// Whether the last digit is the check digit of EAN-13: weights 1 and 3, sum a multiple of ten.
    #[must_use]
    pub fn check_digit_is_right(&self) -> bool {
        let sum: u32 =
            self.0.iter().zip([1, 3].into_iter().cycle()).map(|(&digit, weight)| u32::from(digit) * weight).sum();
        sum.is_multiple_of(10)
    }

    /// [`FromStr`], and the check digit must be right, as IMAPI2 demands of `MediaCatalogNumber`.
    ///
    /// # Errors
    /// [`InvalidMcn`].
    pub fn parse_checked(text: &str) -> Result<Self, InvalidMcn> {
        let mcn: Mcn = text.parse()?;
        if mcn.check_digit_is_right() { Ok(mcn) } else { Err(InvalidMcn::CheckDigit) }
    }

    /// Bytes 1–7 of an ADR 2 frame: the digits, high nibble first, and an empty nibble.
    pub(crate) fn to_frame(self) -> [u8; 7] {
        let mut bytes = [0; 7];
        for (at, digit) in self.0.into_iter().enumerate() {
            bytes[at / 2] |= if at % 2 == 0 { digit << 4 } else { digit };
        }
        bytes
    }

    /// Reads bytes 1–7 of an ADR 2 frame; `None` when a nibble is no digit.
    pub(crate) fn from_frame(bytes: [u8; 7]) -> Option<Self> {
        let digits = std::array::from_fn(|at| if at % 2 == 0 { bytes[at / 2] >> 4 } else { bytes[at / 2] & 0x0F });
        Mcn::from_digits(digits).ok()
    }
}

impl FromStr for Mcn {
    type Err = InvalidMcn;

    /// Up to 13 digits; missing leading zeros are added.
    fn from_str(text: &str) -> Result<Self, InvalidMcn> {
        if text.is_empty() || text.len() > 13 {
            return Err(InvalidMcn::Length);
        }
        let mut digits = [0; 13];
        for (slot, character) in digits[13 - text.len()..].iter_mut().zip(text.bytes()) {
            *slot = character.checked_sub(b'0').ok_or(InvalidMcn::NotADigit)?;
        }
        Mcn::from_digits(digits)
    }
}

impl fmt::Display for Mcn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|digit| write!(f, "{digit}"))
    }
}

impl fmt::Debug for Mcn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Mcn({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_read_packed_and_checked() {
        let mcn: Mcn = "4012345678901".parse().unwrap();
        assert_eq!(mcn.to_frame(), [0x40, 0x12, 0x34, 0x56, 0x78, 0x90, 0x10]);
        assert_eq!(Mcn::from_frame(mcn.to_frame()), Some(mcn));
        assert!(mcn.check_digit_is_right());
        assert_eq!("12345678901".parse::<Mcn>().unwrap().to_string(), "0012345678901");
        assert_eq!(Mcn::parse_checked("4012345678902"), Err(InvalidMcn::CheckDigit));
        assert_eq!("".parse::<Mcn>(), Err(InvalidMcn::Length));
        assert_eq!("12345678901234".parse::<Mcn>(), Err(InvalidMcn::Length));
        assert_eq!("12a".parse::<Mcn>(), Err(InvalidMcn::NotADigit));
        assert_eq!("1-2".parse::<Mcn>(), Err(InvalidMcn::NotADigit));
        assert_eq!(Mcn::from_frame([0xA0; 7]), None);
    }
}
