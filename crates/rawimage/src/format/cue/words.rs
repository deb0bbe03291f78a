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
