//! Binary coded decimal, in which headers and Q frames count.

/// Two decimal digits in one byte; `value` is taken modulo 100.
#[must_use]
pub const fn to_bcd(value: u8) -> u8 {
    let value = value % 100;
    ((value / 10) << 4) | (value % 10)
}

/// The number two decimal digits show; `None` when a digit is over 9.
#[must_use]
pub const fn from_bcd(byte: u8) -> Option<u8> {
    let (tens, units) = (byte >> 4, byte & 0x0F);
    if tens > 9 || units > 9 { None } else { Some(tens * 10 + units) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pair_of_digits_round_trips() {
        for value in 0..100 {
            assert_eq!(from_bcd(to_bcd(value)), Some(value));
        }
        assert_eq!(to_bcd(97), 0x97);
        assert_eq!(from_bcd(0xA0), None);
        assert_eq!(from_bcd(0x0A), None);
    }
}
