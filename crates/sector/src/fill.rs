//! Bytes that are all the same.

/// Whether every byte is `byte`; so it is where there are none.
#[must_use]
pub fn is_filled(bytes: &[u8], byte: u8) -> bool {
    // A part at a time, and of a part all bytes: without a way out it runs many bytes at a time.
    bytes.chunks(4096).all(|part| part.iter().fold(0, |differs, found| differs | (found ^ byte)) == 0)
}

#[cfg(test)]
mod tests {
    use super::is_filled;

    #[test]
    fn one_byte_makes_the_difference() {
        let mut bytes = vec![7; 9000];
        assert!(is_filled(&bytes, 7) && !is_filled(&bytes, 0) && is_filled(&[], 1));
        for at in [0, 4095, 4096, 8999] {
            bytes[at] = 6;
            assert!(!is_filled(&bytes, 7), "{at}");
            bytes[at] = 7;
        }
    }
}
