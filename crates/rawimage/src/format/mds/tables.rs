//! The tables of an MDS.

use webburn_cdcode::Control;
use webburn_cdcode::session::DiscType;
use webburn_sector::{Lba, Msf};

use crate::error::{Code, ImageError};
use crate::format::bytes::Part;
use crate::layout::{MainForm, Stored, SubForm, TrackMode};

const SESSION: usize = 24;
const TRACK: usize = 80;

pub(super) struct Tables<'a> {
    pub name: &'a str,
    pub sessions: Vec<SessionTable>,
    footer: usize,
}

pub(super) struct SessionTable {
    /// Where its first pre-gap begins.
    pub start: i32,
    pub lead_out: Option<Lba>,
    pub disc_type: DiscType,
    pub tracks: Vec<TrackTable>,
}

pub(super) struct TrackTable {
    pub number: u8,
    pub mode: TrackMode,
    pub stored: Stored,
    pub control: Control,
    /// Index 1.
    pub start: i64,
    pub offset: u64,
    pub pregap: u32,
    pub length: u32,
    /// Its place in the file, for faults.
    pub at: usize,
}

pub(super) fn read<'a>(part: &Part<'a>) -> Result<Tables<'a>, ImageError> {
    let version = part.u8(16, "its version")?;
    if version != 1 {
        return Err(part.fault(Code::NotSupported, 16, format!("version {version} is not read, only version 1")));
    }
    let medium = part.u16_le(18, "the kind of medium")?;
    if medium > 2 {
        let what = format!("it is the image of another medium than a CD (kind {medium:02X}h)");
        return Err(part.fault(Code::NotSupported, 18, what));
    }
    let count = usize::from(part.u16_le(20, "the number of sessions")?);
    let table = part.u32_le(80, "the table of sessions")? as usize;
    let mut tables = Tables { name: part.name, sessions: Vec::new(), footer: 0 };
    for number in 0..count.min(99) {
        let at = table.saturating_add(number * SESSION);
        tables.sessions.push(session(part, at, &mut tables.footer)?);
    }
    Ok(tables)
}

fn session(part: &Part<'_>, at: usize, footer: &mut usize) -> Result<SessionTable, ImageError> {
    let what = "the end of a session";
    let start = part.u32_le(at, what)? as i32;
    let entries = usize::from(part.u8(at.saturating_add(10), what)?);
    let table = part.u32_le(at.saturating_add(20), what)? as usize;
    let mut session = SessionTable { start, lead_out: None, disc_type: DiscType::Plain, tracks: Vec::new() };
    for entry in 0..entries {
        let at = table.saturating_add(entry * TRACK);
        let bytes: [u8; TRACK] = part.array(at, "the end of a track")?;
        let msf = Msf::new(bytes[9], bytes[10], bytes[11]);
        match bytes[4] {
            0xA0 => {
                session.disc_type = match bytes[10] {
                    0x10 => DiscType::CdI,
                    0x20 => DiscType::Xa,
                    _ => DiscType::Plain,
                }
            }
            0xA2 => {
                let wrong = part.fault(Code::Value, at + 9, format!("the lead-out is said to begin at {msf}"));
                session.lead_out = Some(msf.to_lba().map_err(|_| wrong)?);
            }
            1..=99 => session.tracks.push(track(part, at, &bytes, footer)?),
            _ => {}
        }
    }
    Ok(session)
}

fn track(part: &Part<'_>, at: usize, bytes: &[u8; TRACK], footer: &mut usize) -> Result<TrackTable, ImageError> {
    let own = Part { name: part.name, at: at as u64, bytes };
    let size = own.u16_le(16, "the size of a sector")?;
    let (mode, plain) = match bytes[0] & 7 {
        1 => (TrackMode::Audio, None),
        2 => (TrackMode::Mode1, Some(MainForm::Mode1)),
        3 => (TrackMode::Mode2, Some(MainForm::Body)),
        4 => (TrackMode::Mode2, Some(MainForm::Form1)),
        5 => (TrackMode::Mode2, Some(MainForm::Form2)),
        _ => return Err(own.fault(Code::NotSupported, 0, format!("there is no track mode {:02X}h", bytes[0]))),
    };
    let sub = match bytes[1] {
        0 => SubForm::None,
        8 => SubForm::Raw,
        other => return Err(own.fault(Code::NotSupported, 1, format!("there is no subcode of kind {other:02X}h"))),
    };
    let main = match (usize::from(size).checked_sub(sub.size()), plain) {
        (Some(2352), _) => MainForm::Whole,
        (Some(size), Some(plain)) if size == plain.size() => plain,
        (Some(2056), Some(MainForm::Form1)) => MainForm::SubHeaderForm1,
        (Some(2332 | 2336), Some(MainForm::Form2)) if size == 2332 => MainForm::Mixed,
        (Some(2336), Some(_)) => MainForm::Body,
        _ => {
            return Err(own.fault(
                Code::NotSupported,
                16,
                format!("sectors of {size} bytes do not suit the track's mode"),
            ));
        }
    };
    let extra = own.u32_le(12, "the end of a track")? as usize;
    let (pregap, length) = match extra {
        0 => (0, 0),
        extra => {
            let what = "the lengths of a track";
            (part.u32_le(extra, what)?, part.u32_le(extra.saturating_add(4), what)?)
        }
    };
    if *footer == 0 {
        *footer = own.u32_le(52, "the end of a track")? as usize;
    }
    if own.u32_le(48, "the end of a track")? > 1 {
        return Err(own.fault(Code::NotSupported, 48, "its sectors are spread over several MDF files"));
    }
    Ok(TrackTable {
        number: bytes[4],
        mode,
        stored: Stored { main, sub, big_endian: false, gap: 0 },
        control: Control::from_nibble(bytes[2] & 0x0F),
        start: i64::from(own.u32_le(36, "the start of a track")? as i32),
        offset: own.u64_le(40, "the place of a track")?,
        pregap,
        length,
        at,
    })
}

impl Tables<'_> {
    /// The name of the MDF: `*.mdf` stands for the MDS's own name.
    pub(super) fn mdf_name(&self, part: &Part<'_>, name: &str) -> Result<String, ImageError> {
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let own = format!("{stem}.mdf");
        if self.footer == 0 {
            return Ok(own);
        }
        let what = "the name of its MDF";
        let at = part.u32_le(self.footer, what)? as usize;
        let wide = part.u32_le(self.footer.saturating_add(4), what)? != 0;
        let rest = part.bytes.get(at..).unwrap_or_default();
        let text = if wide {
            let units =
                rest.as_chunks::<2>().0.iter().map(|&unit| u16::from_le_bytes(unit)).take_while(|&unit| unit != 0);
            String::from_utf16_lossy(&units.take(1024).collect::<Vec<_>>())
        } else {
            rest.iter().take_while(|&&byte| byte != 0).take(1024).map(|&byte| char::from(byte)).collect()
        };
        Ok(match text.strip_prefix('*') {
            Some(ending) => format!("{stem}{ending}"),
            None if text.is_empty() => own,
            None => text,
        })
    }
}
