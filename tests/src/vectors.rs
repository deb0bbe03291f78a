//! Golden bytes: the `*.vec` files of `tests/vectors` and the recordings beside them.

use std::fs;
use std::path::{Path, PathBuf};

/// One golden vector.
#[derive(Clone, Debug)]
pub struct Vector {
    /// Unique name.
    pub name: String,
    /// The wire type it belongs to.
    pub kind: String,
    /// Where its layout or its bytes come from.
    pub from: String,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// What they must mean, in the order of the file.
    pub fields: Vec<(String, String)>,
}

impl Vector {
    /// The value of a field.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// A field as a number, 0 when it is not there.
    #[must_use]
    pub fn number(&self, name: &str) -> i64 {
        let text = self.field(name).unwrap_or("0");
        text.parse().unwrap_or_else(|_| panic!("{}: field {name} is no number: {text}", self.name))
    }

    /// A field that says `true`.
    #[must_use]
    pub fn flag(&self, name: &str) -> bool {
        self.field(name) == Some("true")
    }
}

/// The folder `tests/vectors`.
#[must_use]
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors")
}

/// The text of a file below `tests/vectors`.
#[must_use]
pub fn text(name: &str) -> String {
    fs::read_to_string(folder().join(name)).unwrap_or_else(|e| panic!("tests/vectors/{name}: {e}"))
}

/// Hex pairs, and `00 x 5` for a repeated one.
#[must_use]
pub fn hex(line: &str) -> Vec<u8> {
    let words: Vec<&str> = line.split_whitespace().collect();
    if let [byte, "x", count] = words[..] {
        let count = count.trim_end_matches(',').parse().unwrap_or_else(|_| panic!("no count: {line}"));
        return vec![u8::from_str_radix(byte, 16).unwrap_or_else(|_| panic!("no hex: {line}")); count];
    }
    words.iter().map(|w| u8::from_str_radix(w, 16).unwrap_or_else(|_| panic!("no hex: {line}"))).collect()
}

/// Bytes as lower-case hex pairs.
#[must_use]
pub fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect::<Vec<_>>().join(" ")
}

/// All vectors of one `.vec` file.
#[must_use]
pub fn load(name: &str) -> Vec<Vector> {
    let mut all: Vec<Vector> = Vec::new();
    for (number, line) in text(name).lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(title) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            all.push(Vector {
                name: title.to_owned(),
                kind: String::new(),
                from: String::new(),
                bytes: Vec::new(),
                fields: Vec::new(),
            });
            continue;
        }
        let (key, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let rest = rest.trim();
        let vector = all.last_mut().unwrap_or_else(|| panic!("{name}:{}: no vector begun", number + 1));
        match key {
            "type" => vector.kind = rest.to_owned(),
            "from" => vector.from = rest.to_owned(),
            "hex" => vector.bytes.extend(hex(rest)),
            "field" => {
                let (field, value) = rest.split_once('=').unwrap_or_else(|| panic!("{name}:{}: no =", number + 1));
                vector.fields.push((field.trim().to_owned(), value.trim().to_owned()));
            }
            _ => panic!("{name}:{}: what is {key}?", number + 1),
        }
    }
    all
}

/// Every `.vec` file of the folder.
#[must_use]
pub fn files() -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder())
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".vec"))
        .collect();
    names.sort();
    names
}

/// Every vector of every file.
#[must_use]
pub fn all() -> Vec<Vector> {
    files().iter().flat_map(|name| load(name)).collect()
}
