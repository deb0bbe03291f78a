//! What goes wrong, by script.

use serde::{Deserialize, Serialize};

/// When a fault strikes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// At the n-th command since the script was set, counted from 1.
    Command(u64),
    /// At the n-th command with an opcode, counted from 1.
    Opcode {
        /// The operation code.
        opcode: u8,
        /// Which of them.
        nth: u32,
    },
    /// At the first WRITE that touches an address.
    WriteTouches(i32),
    /// At the first READ that touches an address.
    ReadTouches(i32),
}

/// What happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Then {
    /// The command is not carried out and ends with this sense.
    Sense {
        /// Sense key.
        key: u8,
        /// Additional sense code.
        asc: u8,
        /// Its qualifier.
        ascq: u8,
    },
    /// The command is carried out and its status is replaced by this sense: the host is told of trouble too late.
    SenseAfter {
        /// Sense key.
        key: u8,
        /// Additional sense code.
        asc: u8,
        /// Its qualifier.
        ascq: u8,
    },
    /// The command is not carried out and never answered, nor is any later one until the drive is reset.
    Hang,
    /// The power fails for a moment: the buffer is lost, the open track damaged, the drive starts anew (6/29/00). The
    /// command is not carried out and never answered.
    PowerLoss,
    /// The buffer runs empty at this moment; without protection the track is lost (3/0C/09).
    Underrun,
    /// From now on the medium is bad there, for reading and writing.
    Defect {
        /// First bad sector.
        lba: i32,
        /// How many.
        count: u32,
    },
    /// The cable is pulled: nothing is answered any more, not even after a reset.
    Unplug,
    /// The command is carried out and its answer cut to so many bytes.
    Short(u32),
}

/// One fault; it strikes once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// When.
    pub when: When,
    /// What.
    pub then: Then,
}

/// Faults to come. JSON: `{"faults":[{"when":{"command":7},"then":"hang"}]}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaultScript {
    /// Those that have not struck yet.
    pub faults: Vec<Fault>,
    #[serde(skip)]
    commands: u64,
    #[serde(skip)]
    seen: Vec<(u8, u32)>,
}

impl FaultScript {
    /// One fault.
    #[must_use]
    pub fn one(when: When, then: Then) -> Self {
        Self::of([Fault { when, then }])
    }

    /// Several.
    #[must_use]
    pub fn of(faults: impl IntoIterator<Item = Fault>) -> Self {
        FaultScript { faults: faults.into_iter().collect(), commands: 0, seen: Vec::new() }
    }

    /// Counts a command and takes out the fault that strikes at it.
    pub fn strike(&mut self, cdb: &[u8]) -> Option<Then> {
        let opcode = *cdb.first()?;
        if self.faults.is_empty() {
            return None;
        }
        let touched = Touched::of(cdb);
        self.commands += 1;
        let nth = match self.seen.iter_mut().find(|(op, _)| *op == opcode) {
            Some((_, count)) => {
                *count += 1;
                *count
            }
            None => {
                self.seen.push((opcode, 1));
                1
            }
        };
        let strikes = |when: When| match when {
            When::Command(n) => n == self.commands,
            When::Opcode { opcode: op, nth: n } => op == opcode && n == nth,
            When::WriteTouches(lba) => touched.is_some_and(|touched| touched.write && touched.holds(lba)),
            When::ReadTouches(lba) => touched.is_some_and(|touched| !touched.write && touched.holds(lba)),
        };
        let index = self.faults.iter().position(|fault| strikes(fault.when))?;
        Some(self.faults.remove(index).then)
    }
}

/// The sectors a command reads or writes.
#[derive(Clone, Copy, Debug)]
struct Touched {
    write: bool,
    first: i32,
    count: u32,
}

impl Touched {
    fn holds(self, lba: i32) -> bool {
        lba >= self.first && i64::from(lba) < i64::from(self.first) + i64::from(self.count)
    }

    /// Of a READ or WRITE; `None` for other commands.
    fn of(cdb: &[u8]) -> Option<Self> {
        if cdb[0] == 0xB9 {
            // READ CD MSF tells first and last by time.
            let at = |i: usize| {
                let [m, s, f] = cdb.get(i..i + 3)?.try_into().ok()?;
                webburn_sector::Msf::new(m, s, f).to_lba().ok()
            };
            let (first, end) = (at(3)?, at(6)?);
            return Some(Touched { write: false, first: first.0, count: end.since(first).0 });
        }
        let write = match cdb[0] {
            0x2A | 0xAA | 0x2E => true,
            0x28 | 0xA8 | 0xBE => false,
            _ => return None,
        };
        let first = i32::from_be_bytes(cdb.get(2..6)?.try_into().ok()?);
        let count = match cdb[0] {
            0x28 | 0x2A | 0x2E => u32::from(u16::from_be_bytes(cdb.get(7..9)?.try_into().ok()?)),
            0xBE => u32::from_be_bytes([0, *cdb.get(6)?, *cdb.get(7)?, *cdb.get(8)?]),
            _ => u32::from_be_bytes(cdb.get(6..10)?.try_into().ok()?),
        };
        Some(Touched { write, first, count })
    }
}
