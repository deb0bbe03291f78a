//! A transport that plays a transcript back.

use std::time::Duration;

use super::Exchange;
use crate::{
    Caps, Cdb, Completion, Data, Direction, ScsiTransport, Sense, SenseKey, TransportError, TransportErrorKind,
};

/// How a command finds its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReplayOrder {
    /// The commands must come as they stand: same CDB, same length, same data to the drive. Anything else is a
    /// [`TransportErrorKind::Protocol`] that says what was expected.
    Exact,
    /// The next exchange with the same CDB answers, the last of them for good. A CDB that differs in its allocation
    /// length only is answered by the longest of these, cut or as long as it is. Others get `5/20/00`.
    ByCdb,
}

/// Answers from a transcript; no drive is there.
#[derive(Clone, Debug)]
pub struct Replay {
    exchanges: Vec<Exchange>,
    used: Vec<bool>,
    order: ReplayOrder,
    at: usize,
    caps: Caps,
}

impl Replay {
    /// Plays `exchanges`.
    #[must_use]
    pub fn new(exchanges: Vec<Exchange>, order: ReplayOrder) -> Self {
        let used = vec![false; exchanges.len()];
        let caps = Caps { max_transfer: 1 << 20, alignment: 1, depth: 1 };
        Replay { exchanges, used, order, at: 0, caps }
    }

    /// The exchanges that were not asked for; in exact order, those still to come.
    pub fn unused(&self) -> impl Iterator<Item = &Exchange> {
        self.exchanges.iter().zip(&self.used).filter(|(_, used)| !**used).map(|(exchange, _)| exchange)
    }

    fn exact(&self, cdb: &Cdb, data: &Data<'_>) -> Result<usize, TransportError> {
        let protocol = |detail: String| TransportError::new(TransportErrorKind::Protocol, detail);
        let Some(expected) = self.exchanges.get(self.at) else {
            return Err(protocol(format!("the transcript has ended, but {cdb} was sent")));
        };
        let same_data = match data {
            Data::Out(bytes) => bytes.starts_with(&expected.data),
            Data::None | Data::In(_) => true,
        };
        let same = expected.cdb == *cdb && expected.direction == data.direction() && expected.length == data.len();
        if same && same_data {
            return Ok(self.at);
        }
        let (direction, length) = (data.direction(), data.len());
        let differs = if same { ", with other data" } else { "" };
        Err(protocol(format!(
            "exchange {}: expected {expected}, but {cdb} ({direction:?} {length}) was sent{differs}",
            self.at + 1
        )))
    }

    fn by_cdb(&self, cdb: &Cdb, direction: Direction) -> Option<usize> {
        let same = |at: &usize| self.exchanges[*at].cdb == *cdb;
        let all = 0..self.exchanges.len();
        let exact = all.clone().find(|at| same(at) && !self.used[*at]).or_else(|| all.clone().rev().find(same));
        if exact.is_some() || direction != Direction::In {
            return exact;
        }
        let wanted = without_allocation_length(cdb)?;
        all.filter(|at| without_allocation_length(&self.exchanges[*at].cdb) == Some(wanted))
            .max_by_key(|at| self.exchanges[*at].length)
    }
}

/// A CDB with its allocation length set to 0; `None` where it has none, or where it is a count of something else.
fn without_allocation_length(cdb: &Cdb) -> Option<[u8; 16]> {
    let field = match cdb.opcode() {
        0x03 | 0x1A => 4..5,
        0x12 => 3..5,
        0x23 | 0x42 | 0x43 | 0x46 | 0x4A | 0x51 | 0x52 | 0x5A | 0x5C => 7..9,
        0xA4 | 0xAD | 0xBD => 8..10,
        _ => return None,
    };
    let mut bytes = *cdb.padded();
    bytes[field].fill(0);
    Some(bytes)
}

impl ScsiTransport for Replay {
    fn caps(&self) -> Caps {
        self.caps
    }

    async fn execute(&mut self, cdb: &Cdb, data: Data<'_>, _limit: Duration) -> Result<Completion, TransportError> {
        let found = match self.order {
            ReplayOrder::Exact => Some(self.exact(cdb, &data)?),
            ReplayOrder::ByCdb => self.by_cdb(cdb, data.direction()),
        };
        let Some(found) = found else {
            return Ok(Completion::check(Sense::fixed(SenseKey::IllegalRequest, 0x20, 0), 0));
        };
        self.at = found + 1;
        self.used[found] = true;
        let exchange = &self.exchanges[found];
        let Data::In(into) = data else {
            return exchange.result.clone();
        };
        let completion = exchange.result.clone()?;
        let room = exchange.data.len().min(into.len());
        into[..room].copy_from_slice(&exchange.data[..room]);
        // What the recorder did not keep reads as zeros, as far as it was received.
        let received = completion.transferred.min(into.len());
        into[room.min(received)..received].fill(0);
        Ok(Completion { transferred: received, ..completion })
    }
}
