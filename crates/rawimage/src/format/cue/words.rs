//! A line of a sheet as words.

/// The words of a line; quoted ones may hold spaces. A quote that is not closed goes to the end of the line.
pub(super) fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = line.trim();
    while !rest.is_empty() {
        let (word, after) = if let Some(quoted) = rest.strip_prefix('"') {
            // Quotes inside a text are not escaped; the last one before a space or the end closes it.
            match quoted.find("\" ").or_else(|| quoted.strip_suffix('"').map(str::len)) {
                Some(end) => (&quoted[..end], &quoted[end + 1..]),
                None => (quoted, ""),
            }
        } else {
            rest.split_once(char::is_whitespace).unwrap_or((rest, ""))
        };
        words.push(word.to_owned());
        rest = after.trim_start();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_hold_words_together() {
        assert_eq!(words("  FILE \"my disc.bin\" BINARY "), ["FILE", "my disc.bin", "BINARY"]);
        assert_eq!(words("TITLE \"The \"Best\"\""), ["TITLE", "The \"Best\""]);
        assert_eq!(words("TITLE plain"), ["TITLE", "plain"]);
        assert_eq!(words("TITLE \"open"), ["TITLE", "open"]);
        assert_eq!(words("TITLE \"\""), ["TITLE", ""]);
        assert_eq!(words("INDEX\t01  00:00:00"), ["INDEX", "01", "00:00:00"]);
        assert_eq!(words(""), [""; 0]);
    }
}
