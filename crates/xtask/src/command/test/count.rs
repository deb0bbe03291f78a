//! How many tests a program's output speaks of: cargo's, Vitest's and Playwright's words.

/// Tests that passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Passed.
    pub passed: u32,
    /// Failed.
    pub failed: u32,
}

/// Adds up every summary line in `output`.
pub fn counts(output: &str) -> Counts {
    let mut counts = Counts::default();
    for line in output.lines() {
        let line = plain(line);
        let line = line.trim();
        let summary = line.strip_prefix("test result:").or_else(|| line.strip_prefix("Tests ")).or_else(|| {
            // Playwright: `12 passed (3.4s)`, `1 failed`
            line.starts_with(|c: char| c.is_ascii_digit()).then_some(line)
        });
        if let Some(summary) = summary {
            counts.passed += before(summary, "passed");
            counts.failed += before(summary, "failed");
        }
    }
    counts
}

/// The number that stands before `word`.
fn before(text: &str, word: &str) -> u32 {
    let mut words = text.split_whitespace().peekable();
    while let Some(number) = words.next() {
        if words.peek().is_some_and(|next| next.trim_end_matches([';', ',', '.']) == word)
            && let Ok(number) = number.parse()
        {
            return number;
        }
    }
    0
}

/// Without the terminal's colours.
fn plain(line: &str) -> String {
    let mut plain = String::new();
    let mut characters = line.chars();
    while let Some(c) = characters.next() {
        if c == '\u{1b}' {
            characters.by_ref().find(char::is_ascii_alphabetic);
        } else {
            plain.push(c);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::{Counts, counts};

    #[test]
    fn three_programs_words_are_understood() {
        let output = "test result: ok. 14 passed; 0 failed; 1 ignored; 0 measured\n\
                      test result: FAILED. 3 passed; 2 failed; 0 ignored\n\
                      \u{1b}[2m      Tests \u{1b}[22m \u{1b}[1m\u{1b}[32m7 passed\u{1b}[39m\u{1b}[22m (7)\n\
                      Test Files  2 passed (2)\n  1 failed\n  5 passed (2.1s)\n";
        assert_eq!(counts(output), Counts { passed: 29, failed: 3 });
    }
}
