//! The chunks, as they are.

use webburn_cdcode::from_bcd;
use webburn_sector::Msf;

use crate::error::{Code, ImageError};
use crate::format::bytes::Part;

/// What the chunks say, session by session.
#[derive(Default)]
pub(super) struct Chunks {
    pub sessions: Vec<SessionChunks>,
    pub cd_text: Vec<u8>,
}

#[derive(Default)]
pub(super) struct SessionChunks {
    /// `CUES`, `CUEX`: control, track (0 lead-in, AAh lead-out), index, address.
    pub cues: Vec<Cue>,
    /// `DAOI`, `DAOX`.
    pub dao: Vec<Dao>,
    pub mcn: Vec<u8>,
    /// The disc type byte of `DAOI` and `DAOX`.
    pub kind: u8,
    /// `ETNF`, `ETN2`.
    pub tao: Vec<Tao>,
}

pub(super) struct Cue {
    pub control: u8,
    pub track: u8,
    pub index: u8,
    pub at: i64,
}

pub(super) struct Dao {
    pub isrc: Vec<u8>,
    pub sector_size: u16,
    pub mode: u8,
    pub index0: u64,
    pub index1: u64,
    pub end: u64,
    pub place: u64,
}

pub(super) struct Tao {
    pub offset: u64,
    pub size: u64,
    pub mode: u32,
    pub sector: u32,
    pub place: u64,
}

pub(super) fn read(part: &Part<'_>) -> Result<Chunks, ImageError> {
    let mut chunks = Chunks::default();
    let mut open = SessionChunks::default();
    let mut at = 0;
    while at < part.bytes.len() {
        let id: [u8; 4] = part.array(at, "the end of a chunk")?;
        let length = part.u32_be(at + 4, "the end of a chunk")? as usize;
        let body = part.from(at + 8, length);
        if body.bytes.len() < length {
            let id = String::from_utf8_lossy(&id).into_owned();
            let what = format!("chunk “{id}” is said to have {length} bytes; {} are there", body.bytes.len());
            return Err(part.fault(Code::Damaged, at, what));
        }
        match &id {
            b"CUEX" | b"CUES" => cues(&body, id[3] == b'X', &mut open)?,
            b"DAOX" | b"DAOI" => dao(&body, id[3] == b'X', &mut open)?,
            b"ETN2" | b"ETNF" => tao(&body, id[3] == b'2', &mut open)?,
            b"CDTX" => chunks.cd_text = body.bytes.to_vec(),
            b"SINF" => chunks.sessions.push(std::mem::take(&mut open)),
            b"END!" => break,
            _ => {}
        }
        at += 8 + length;
    }
    if !open.dao.is_empty() || !open.tao.is_empty() {
        chunks.sessions.push(open);
    }
    Ok(chunks)
}

fn cues(part: &Part<'_>, wide: bool, session: &mut SessionChunks) -> Result<(), ImageError> {
    for at in (0..part.bytes.len()).step_by(8) {
        let what = "the end of a cue";
        let [control, track, index, _, a, b, c, d] = part.array(at, what)?;
        let at = if wide {
            i64::from(i32::from_be_bytes([a, b, c, d]))
        } else {
            let digits = |byte| from_bcd(byte).ok_or_else(|| part.fault(Code::Value, at, "a time is not in BCD"));
            let msf = Msf::new(digits(b)?, digits(c)?, digits(d)?);
            let wrong = |_| part.fault(Code::Value, at, format!("{msf} is no time"));
            i64::from(msf.to_lba().map_err(wrong)?.0)
        };
        let track = if track == 0xAA { 0xAA } else { from_bcd(track).unwrap_or(0xFF) };
        session.cues.push(Cue { control: control >> 4, track, index: from_bcd(index).unwrap_or(0xFF), at });
    }
    Ok(())
}

fn dao(part: &Part<'_>, wide: bool, session: &mut SessionChunks) -> Result<(), ImageError> {
    // Four bytes of length once more, thirteen digits and a zero, kind of disc, a byte, first and last track.
    let what = "the end of the table of tracks";
    session.mcn = part.array::<13>(4, what)?.to_vec();
    session.kind = part.u8(18, what)?;
    let entry = if wide { 42 } else { 30 };
    for at in (22..part.bytes.len()).step_by(entry) {
        let place = |n: usize| {
            if wide { part.u64_be(at + 18 + 8 * n, what) } else { part.u32_be(at + 18 + 4 * n, what).map(u64::from) }
        };
        session.dao.push(Dao {
            isrc: part.array::<12>(at, what)?.to_vec(),
            sector_size: part.u16_be(at + 12, what)?,
            mode: part.u8(at + 14, what)?,
            index0: place(0)?,
            index1: place(1)?,
            end: place(2)?,
            place: part.at + at as u64,
        });
    }
    Ok(())
}

fn tao(part: &Part<'_>, wide: bool, session: &mut SessionChunks) -> Result<(), ImageError> {
    let what = "the end of the table of tracks";
    let entry = if wide { 32 } else { 20 };
    for at in (0..part.bytes.len()).step_by(entry) {
        let (offset, size, rest) = if wide {
            (part.u64_be(at, what)?, part.u64_be(at + 8, what)?, at + 16)
        } else {
            (u64::from(part.u32_be(at, what)?), u64::from(part.u32_be(at + 4, what)?), at + 8)
        };
        let (mode, sector) = (part.u32_be(rest, what)?, part.u32_be(rest + 4, what)?);
        session.tao.push(Tao { offset, size, mode, sector, place: part.at + at as u64 });
    }
    Ok(())
}
