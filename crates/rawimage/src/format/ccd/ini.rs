//! Sections and keys.

use crate::error::{Code, ImageError, Place};

/// A section with the line it begins in.
#[derive(Debug)]
pub(super) struct Section {
    /// In small letters.
    pub name: String,
    pub line: usize,
    /// Key in small letters, value, line.
    keys: Vec<(String, String, usize)>,
}

/// All sections, in order.
pub(super) fn parse(file: &str, text: &str) -> Result<Vec<Section>, ImageError> {
    let mut sections: Vec<Section> = Vec::new();
    for (line, text) in (1..).zip(text.lines()) {
        let text = text.trim();
        if text.is_empty() || text.starts_with(';') {
            continue;
        }
        if let Some(name) = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            sections.push(Section { name: name.trim().to_ascii_lowercase(), line, keys: Vec::new() });
            continue;
        }
        let fault = |what: String| ImageError::new(Code::Syntax, file, Place::Line(line), what);
        let Some((key, value)) = text.split_once('=') else {
            return Err(fault(format!("“{text}” is neither a section nor a key with its value")));
        };
        let Some(section) = sections.last_mut() else {
            return Err(fault(format!("“{text}” stands before the first section")));
        };
        section.keys.push((key.trim().to_ascii_lowercase(), value.trim().to_owned(), line));
    }
    Ok(sections)
}

impl Section {
    pub(super) fn get(&self, key: &str) -> Option<(&str, usize)> {
        self.keys.iter().find(|(own, ..)| own == key).map(|(_, value, line)| (value.as_str(), *line))
    }

    /// Keys that begin with `prefix`: the rest of the key, value, line.
    pub(super) fn with_prefix(&self, prefix: &str) -> impl Iterator<Item = (&str, &str, usize)> {
        self.keys.iter().filter_map(move |(key, value, line)| Some((key.strip_prefix(prefix)?, value.as_str(), *line)))
    }

    /// A number, decimal or with `0x`; `None` when the key is not there.
    pub(super) fn number(&self, file: &str, key: &str) -> Result<Option<i64>, ImageError> {
        self.get(key).map(|(value, line)| number(file, value, line)).transpose()
    }

    /// A number that must be there and lie in a range.
    pub(super) fn required(
        &self,
        file: &str,
        key: &str,
        range: std::ops::RangeInclusive<i64>,
    ) -> Result<i64, ImageError> {
        let Some(value) = self.number(file, key)? else {
            let what = format!("section [{}] has no “{key}”", self.name);
            return Err(ImageError::new(Code::Incomplete, file, Place::Line(self.line), what));
        };
        if range.contains(&value) {
            return Ok(value);
        }
        let line = self.get(key).map_or(self.line, |(_, line)| line);
        let what = format!("“{key}” is {value}, which does not lie between {} and {}", range.start(), range.end());
        Err(ImageError::new(Code::Value, file, Place::Line(line), what))
    }
}

pub(super) fn number(file: &str, text: &str, line: usize) -> Result<i64, ImageError> {
    let lower = text.to_ascii_lowercase();
    let parsed = match lower.strip_prefix("0x") {
        Some(hex) => i64::from_str_radix(hex, 16),
        None => lower.parse(),
    };
    parsed.map_err(|_| ImageError::new(Code::Value, file, Place::Line(line), format!("“{text}” is no number")))
}
