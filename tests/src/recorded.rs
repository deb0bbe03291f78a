//! The recordings of other programs and other drives, read back from their text.

use std::fs;

use crate::vectors::{folder, hex, text};

/// One line of a host recording: a command, or a run of equal ones.
#[derive(Clone, Debug)]
pub struct HostLine {
    /// Number in the file.
    pub number: usize,
    /// How many identical commands (or WRITEs) it stands for.
    pub times: usize,
    /// The CDB, that of the first command for WRITEs.
    pub cdb: Vec<u8>,
    /// `ok` or `check …`.
    pub result: String,
    /// The command's name, or the sentence about a run of WRITEs.
    pub command: String,
    /// Data sent to the drive, for anything but WRITE.
    pub data: Vec<u8>,
}

/// Reads `recorded/hosts/NAME.txt`.
#[must_use]
pub fn host(name: &str) -> Vec<HostLine> {
    let mut lines = Vec::new();
    for line in text(&format!("recorded/hosts/{name}.txt")).lines() {
        let fields: Vec<&str> = line.split(" | ").collect();
        let Some(Ok(number)) = fields.first().map(|f| f.trim().parse::<usize>()) else { continue };
        if fields.len() < 7 {
            continue;
        }
        lines.push(HostLine {
            number,
            times: fields[1].trim_start_matches('x').parse().unwrap_or(1),
            cdb: hex(fields[3]),
            result: fields[4].to_owned(),
            command: fields[6].to_owned(),
            data: fields.get(7).and_then(|f| f.strip_prefix("data ")).map(hex).unwrap_or_default(),
        });
    }
    assert!(!lines.is_empty(), "{name}: no command in it");
    lines
}

/// The value of a `# key: value` header line.
#[must_use]
pub fn header(file: &str, key: &str) -> Option<String> {
    let prefix = format!("# {key}: ");
    text(file).lines().find_map(|l| l.strip_prefix(&prefix).map(str::to_owned))
}

/// Names (without `.txt`) of the recordings in `recorded/KIND`.
#[must_use]
pub fn names(kind: &str) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder().join("recorded").join(kind))
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.file_name().into_string().ok()?.strip_suffix(".txt")?.to_owned()))
        .collect();
    names.sort();
    names
}

/// One question put to a recorded drive and its answer.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// What the recording calls it.
    pub name: String,
    /// The command.
    pub cdb: Vec<u8>,
    /// Bytes of data phase, in either direction.
    pub length: usize,
    /// `true` when the data went to the drive.
    pub out: bool,
    /// SCSI status.
    pub status: u8,
    /// Sense, where the status was not GOOD.
    pub sense: Vec<u8>,
    /// The answer; shorter than [`Exchange::answered`] where the recording cut it.
    pub data: Vec<u8>,
    /// Bytes that arrived.
    pub answered: usize,
}

/// Reads `recorded/devices/NAME.txt`.
#[must_use]
pub fn device(name: &str) -> Vec<Exchange> {
    let mut all: Vec<Exchange> = Vec::new();
    let mut title = String::new();
    for line in text(&format!("recorded/devices/{name}.txt")).lines() {
        if let Some(rest) = line.strip_prefix("# ") {
            rest.clone_into(&mut title);
        } else if let Some(rest) = line.strip_prefix("> ") {
            let (cdb, data) = rest.split_once("  ").unwrap_or((rest, "none"));
            let mut words = data.split_whitespace();
            let direction = words.next().unwrap_or("none");
            all.push(Exchange {
                name: title.clone(),
                cdb: hex(cdb),
                length: words.next().and_then(|w| w.parse().ok()).unwrap_or(0),
                out: direction == "out",
                status: 0,
                sense: Vec::new(),
                data: Vec::new(),
                answered: 0,
            });
        } else if let (Some(rest), Some(last)) = (line.strip_prefix("< status "), all.last_mut()) {
            last.status = u8::from_str_radix(&rest[..2], 16).unwrap_or(0xFF);
            if let Some((_, sense)) = rest.split_once("sense ") {
                last.sense = hex(sense.split("  (").next().unwrap_or(""));
            }
            if let Some((_, length)) = rest.split_once("len ") {
                last.answered = length.split_whitespace().next().and_then(|w| w.parse().ok()).unwrap_or(0);
            }
        } else if let (Some((offset, bytes)), Some(last)) = (line.trim().split_once(": "), all.last_mut()) {
            let at = usize::from_str_radix(offset, 16).unwrap_or_else(|_| panic!("{name}: {line}"));
            assert_eq!(at, last.data.len(), "{name}: offset of {line}");
            last.data.extend(hex(bytes.split(',').next().unwrap_or("")));
        }
    }
    assert!(!all.is_empty(), "{name}: no exchange in it");
    all
}
