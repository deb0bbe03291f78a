//! One command as it went over a transport.

use std::fmt;

use crate::{Cdb, Completion, Direction, Status, TransportError};

/// A command and how it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// The command.
    pub cdb: Cdb,
    /// Which way its data went.
    pub direction: Direction,
    /// Bytes asked for or offered.
    pub length: usize,
    /// The data, sent or received; a recorder may keep only the first bytes of them.
    pub data: Vec<u8>,
    /// How it ended.
    pub result: Result<Completion, TransportError>,
}

impl Exchange {
    /// A command without data that ended GOOD.
    #[must_use]
    pub const fn none(cdb: Cdb) -> Self {
        Exchange { cdb, direction: Direction::None, length: 0, data: Vec::new(), result: Ok(Completion::good(0)) }
    }

    /// A command that was answered with `data`; `length` bytes were asked for.
    #[must_use]
    pub const fn answered(cdb: Cdb, length: usize, data: Vec<u8>) -> Self {
        let result = Ok(Completion::good(data.len()));
        Exchange { cdb, direction: Direction::In, length, data, result }
    }

    /// A command that took `data`.
    #[must_use]
    pub const fn sent(cdb: Cdb, data: Vec<u8>) -> Self {
        let length = data.len();
        Exchange { cdb, direction: Direction::Out, length, result: Ok(Completion::good(length)), data }
    }

    /// The same, ended by CHECK CONDITION without data.
    #[must_use]
    pub fn refused(mut self, sense: crate::Sense) -> Self {
        self.result = Ok(Completion::check(sense, 0));
        if self.direction == Direction::In {
            self.data.clear();
        }
        self
    }
}

impl fmt::Display for Exchange {
    /// `in 36 | 12 00 00 00 24 00 | ok 36 | 05 80 …`, at most 64 bytes of data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.direction {
            Direction::None => f.write_str("none")?,
            Direction::In => write!(f, "in {}", self.length)?,
            Direction::Out => write!(f, "out {}", self.length)?,
        }
        write!(f, " | {} | ", self.cdb)?;
        match &self.result {
            Ok(Completion { status: Status::Good, transferred }) => write!(f, "ok {transferred}")?,
            Ok(Completion { status: Status::CheckCondition(sense), .. }) => write!(f, "check {sense}")?,
            Ok(Completion { status: Status::Other(status), .. }) => write!(f, "status {status:02X}h")?,
            Err(error) => write!(f, "failed: {error}")?,
        }
        if self.data.is_empty() {
            return Ok(());
        }
        f.write_str(" |")?;
        for byte in self.data.iter().take(64) {
            write!(f, " {byte:02x}")?;
        }
        f.write_str(if self.data.len() > 64 { " …" } else { "" })
    }
}
