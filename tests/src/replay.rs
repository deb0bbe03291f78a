//! A recorded drive as a transport: it answers what the recording holds and refuses the rest as that drive refuses.

use std::time::Duration;

use webburn_scsi::{
    Caps, Cdb, Completion, Data, ScsiTransport, Sense, SenseKey, Status, TransportError, TransportErrorKind,
};

use crate::recorded::{self, Exchange};

/// A command the drive was sent, and the triple of the sense it was refused with.
pub type Asked = (Vec<u8>, Option<(u8, u8, u8)>);

/// One of the three recorded drives.
#[derive(Clone, Debug)]
pub struct ReplayDrive {
    exchanges: Vec<Exchange>,
    /// usb-bot of QEMU fills every answer with zeros up to the length asked for.
    fills: bool,
    /// Every command it was sent, in order, with the triple of its sense (or nothing).
    pub asked: Vec<Asked>,
}

/// Where the allocation (or transfer) length stands in a CDB, so that the same question with another one is found.
fn allocation_field(opcode: u8) -> std::ops::Range<usize> {
    match opcode {
        0x03 | 0x1A => 4..5,
        0x12 => 3..5,
        0xAC | 0xAD | 0xA4 | 0xBD => 8..10,
        0xA0 => 6..10,
        0x23 | 0x42..=0x46 | 0x4A | 0x51 | 0x52 | 0x5A | 0x5C => 7..9,
        _ => 0..0,
    }
}

fn same_question(recorded: &[u8], asked: &[u8]) -> bool {
    let field = allocation_field(asked[0]);
    // READ TOC from track or session 0 begins with the first one, as from 1: recorded was 0.
    let first = |i: usize, a: u8, b: u8| asked[0] == 0x43 && i == 6 && a <= 1 && b <= 1;
    let same = |(i, (a, b)): (usize, (&u8, &u8))| field.contains(&i) || a == b || first(i, *a, *b);
    recorded.len() == asked.len() && recorded.iter().zip(asked).enumerate().all(same)
}

fn read_range(cdb: &[u8]) -> Option<(u32, u32)> {
    let word = |at: usize| u32::from_be_bytes([cdb[at], cdb[at + 1], cdb[at + 2], cdb[at + 3]]);
    match cdb[0] {
        0x28 => Some((word(2), u32::from(cdb[7]) << 8 | u32::from(cdb[8]))),
        0xA8 => Some((word(2), word(6))),
        _ => None,
    }
}

impl ReplayDrive {
    /// The drive of `recorded/devices/NAME.txt`.
    #[must_use]
    pub fn new(name: &str) -> Self {
        ReplayDrive { exchanges: recorded::device(name), fills: name.starts_with("qemu"), asked: Vec::new() }
    }

    /// The last address that READ CAPACITY(10) told, from the recording itself.
    #[must_use]
    pub fn last_lba(&self) -> u32 {
        let capacity = self.exchanges.iter().find(|e| e.cdb[0] == 0x25).expect("READ CAPACITY is recorded");
        u32::from_be_bytes([capacity.data[0], capacity.data[1], capacity.data[2], capacity.data[3]])
    }

    fn answer(&self, cdb: &[u8], into: &mut [u8]) -> Result<(Status, usize), TransportError> {
        let found = self
            .exchanges
            .iter()
            .find(|e| e.cdb == cdb)
            .or_else(|| self.exchanges.iter().find(|e| same_question(&e.cdb, cdb)));
        if let Some((lba, blocks)) = read_range(cdb)
            && found.is_none_or(|e| e.answered > e.data.len())
        {
            return self.read(lba, blocks, into);
        }
        if let Some(e) = found {
            if e.status != 0 {
                return Ok((Status::CheckCondition(Sense::from_bytes(&e.sense)), 0));
            }
            into.fill(0);
            let length = e.data.len().min(into.len());
            into[..length].copy_from_slice(&e.data[..length]);
            return Ok((Status::Good, if self.fills { into.len() } else { length }));
        }
        let mut same_command = self.exchanges.iter().filter(|e| e.cdb[0] == cdb[0]);
        // A command the drive never carried out is unknown to it; one it did carry out has a field it does not know.
        let refusal = if same_command.all(|e| e.sense.get(12) == Some(&0x20)) { (0x20, 0x00) } else { (0x24, 0x00) };
        Ok((Status::CheckCondition(Sense::fixed(SenseKey::IllegalRequest, refusal.0, refusal.1)), 0))
    }

    /// Sectors whose beginning is recorded come with it; others have no recorded content and read as zeros.
    fn read(&self, lba: u32, blocks: u32, into: &mut [u8]) -> Result<(Status, usize), TransportError> {
        if u64::from(lba) + u64::from(blocks) > u64::from(self.last_lba()) + 1 {
            let sense = Sense::fixed(SenseKey::IllegalRequest, 0x21, 0x00);
            return Ok((Status::CheckCondition(sense), 0));
        }
        let length = blocks as usize * 2048;
        if length != into.len() {
            let detail = format!("{blocks} blocks into {} bytes", into.len());
            return Err(TransportError::new(TransportErrorKind::Protocol, detail));
        }
        into.fill(0);
        for (k, sector) in into.chunks_mut(2048).enumerate() {
            let at = lba + k as u32;
            let known = self
                .exchanges
                .iter()
                .find(|e| e.status == 0 && !e.data.is_empty() && read_range(&e.cdb) == Some((at, 1)));
            if let Some(e) = known {
                sector[..e.data.len()].copy_from_slice(&e.data);
            }
        }
        Ok((Status::Good, length))
    }
}

impl ScsiTransport for ReplayDrive {
    fn caps(&self) -> Caps {
        Caps { max_transfer: 65_536, alignment: 1, depth: 1 }
    }

    async fn execute(&mut self, cdb: &Cdb, data: Data<'_>, _: Duration) -> Result<Completion, TransportError> {
        let mut nothing = [];
        let out = matches!(data, Data::Out(_));
        let offered = data.len();
        let into: &mut [u8] = match data {
            Data::In(into) => into,
            Data::None | Data::Out(_) => &mut nothing,
        };
        let (status, moved) = self.answer(cdb.as_bytes(), into)?;
        let triple = match &status {
            Status::CheckCondition(sense) => Some(sense.triple()),
            _ => None,
        };
        self.asked.push((cdb.as_bytes().to_vec(), triple));
        let transferred = if out && status == Status::Good { offered } else { moved };
        Ok(Completion { status, transferred })
    }
}
