//! The two state slots at the head of a disc file.

use std::fs::File;
use std::io;

use super::store::{read_at, write_at};
use super::{MAGIC, SURFACE};

/// Where the slots begin.
const AT: [u64; 2] = [4096, 4096 + SLOT];
/// Bytes from one slot to the next.
const SLOT: u64 = 2 << 20;
/// Length, generation, checksum.
const HEAD: usize = 20;
/// Most bytes of JSON in a slot.
pub const CAPACITY: usize = SLOT as usize - HEAD;
const _: () = assert!(4096 + 2 * SLOT <= SURFACE);

/// Which slot is the newer one.
#[derive(Clone, Copy, Debug, Default)]
pub struct Slots {
    /// Rises with each writing; odd generations lie in slot B.
    generation: u64,
}

pub fn write_magic(file: &File) -> io::Result<()> {
    write_at(file, 0, MAGIC)
}

/// The newest whole state; `None` when the file is no disc or neither slot is whole.
pub fn read(file: &File) -> io::Result<Option<(Slots, Vec<u8>)>> {
    let mut magic = [0; 16];
    read_at(file, 0, &mut magic)?;
    if magic != *MAGIC {
        return Ok(None);
    }
    let mut best: Option<(Slots, Vec<u8>)> = None;
    for at in AT {
        let mut head = [0; HEAD];
        read_at(file, at, &mut head)?;
        let [l0, l1, l2, l3, rest @ ..] = head;
        let len = u32::from_le_bytes([l0, l1, l2, l3]) as usize;
        let (generation, sum) = split(rest);
        if generation == 0 || len > CAPACITY {
            continue;
        }
        let mut json = vec![0; len];
        read_at(file, at + HEAD as u64, &mut json)?;
        if checksum(generation, &json) == sum && best.as_ref().is_none_or(|(newest, _)| newest.generation < generation)
        {
            best = Some((Slots { generation }, json));
        }
    }
    Ok(best)
}

impl Slots {
    /// Writes `json` as the newest state. What was the newest stays whole until this is.
    pub fn write(&mut self, file: &File, json: &[u8]) -> io::Result<()> {
        let generation = self.generation + 1;
        let mut slot = Vec::with_capacity(HEAD + json.len());
        slot.extend_from_slice(&(json.len() as u32).to_le_bytes());
        slot.extend_from_slice(&generation.to_le_bytes());
        slot.extend_from_slice(&checksum(generation, json).to_le_bytes());
        slot.extend_from_slice(json);
        write_at(file, AT[usize::from(generation % 2 == 1)], &slot)?;
        self.generation = generation;
        Ok(())
    }
}

fn split(rest: [u8; 16]) -> (u64, u64) {
    let (a, b) = rest.split_at(8);
    let number = |bytes: &[u8]| bytes.iter().rev().fold(0, |value, &byte| value << 8 | u64::from(byte));
    (number(a), number(b))
}

/// FNV-1a, 64 bits: finds torn writes, which is all it is for.
fn checksum(generation: u64, json: &[u8]) -> u64 {
    generation
        .to_le_bytes()
        .iter()
        .chain(json)
        .fold(0xCBF2_9CE4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}
