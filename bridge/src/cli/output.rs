//! Where words go: standard output for what was asked for, standard error for what went wrong.

use std::io::{self, IsTerminal, Write};

use serde_json::Value;

use super::exit::End;

/// How a person or a program listens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// A terminal: lines may be drawn over.
    Terminal,
    /// A file or a pipe: plain lines.
    Plain,
    /// A program: one JSON value a line, nothing else.
    Json,
}

impl Manner {
    /// By the option and by where standard output goes.
    pub fn of(json: bool) -> Self {
        match (json, io::stdout().is_terminal()) {
            (true, _) => Manner::Json,
            (false, true) => Manner::Terminal,
            (false, false) => Manner::Plain,
        }
    }

    /// A line for people; programs do not get it.
    pub fn line(self, text: impl AsRef<str>) {
        if self != Manner::Json {
            print(text.as_ref());
        }
    }

    /// A value for programs; people do not get it.
    pub fn value(self, value: &Value) {
        if self == Manner::Json {
            print(&value.to_string());
        }
    }

    /// Ends the command with a sentence for people and a failure for programs.
    pub fn refuse(self, code: &str, sentence: &str) -> End {
        self.value(&super::json::refusal(code, sentence));
        complain(sentence);
        End::Refused
    }
}

/// A line on standard output. Nobody reads any more: then there is nothing to say either.
fn print(line: &str) {
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// A line on standard error.
pub fn complain(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// Draws over the present line of a terminal; an empty text clears it.
pub fn draw(line: &str) {
    let mut out = io::stdout().lock();
    let _ = write!(out, "\r\x1b[2K{line}").and_then(|()| out.flush());
}
