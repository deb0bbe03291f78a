//! Figures that go with a stable code into a sentence.

use std::fmt;

/// One figure.
#[derive(Clone, Debug, PartialEq)]
pub enum Arg {
    /// A number without a fraction.
    Whole(i64),
    /// A number.
    Number(f64),
    /// A word or name.
    Text(String),
    /// Yes or no.
    Flag(bool),
}

/// Figures by name, in the order in which they were given. Names are camelCase, as the page reads them.
pub type Args = Vec<(&'static str, Arg)>;

impl From<u32> for Arg {
    fn from(value: u32) -> Self {
        Arg::Whole(i64::from(value))
    }
}

impl From<i32> for Arg {
    fn from(value: i32) -> Self {
        Arg::Whole(i64::from(value))
    }
}

impl From<u16> for Arg {
    fn from(value: u16) -> Self {
        Arg::Whole(i64::from(value))
    }
}

impl From<u64> for Arg {
    /// Byte counts of discs stay far below 2^63; beyond, the largest number stands for them.
    fn from(value: u64) -> Self {
        Arg::Whole(i64::try_from(value).unwrap_or(i64::MAX))
    }
}

impl From<f64> for Arg {
    fn from(value: f64) -> Self {
        Arg::Number(value)
    }
}

impl From<bool> for Arg {
    fn from(value: bool) -> Self {
        Arg::Flag(value)
    }
}

impl From<&str> for Arg {
    fn from(value: &str) -> Self {
        Arg::Text(value.to_owned())
    }
}

impl From<String> for Arg {
    fn from(value: String) -> Self {
        Arg::Text(value)
    }
}

impl fmt::Display for Arg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Arg::Whole(value) => value.fmt(f),
            Arg::Number(value) => value.fmt(f),
            Arg::Text(value) => f.write_str(value),
            Arg::Flag(value) => value.fmt(f),
        }
    }
}
