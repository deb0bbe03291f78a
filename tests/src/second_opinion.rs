//! The commands of a burn that change something, one program's beside another's.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::recorded::HostLine;
use crate::tap::Entry;
use crate::vectors::{text, to_hex};

/// The steps of a burn, in the order of the tables, by the operation codes that belong to them. Whatever is not here
/// (questions, tray, lock, unit start) changes nothing on the disc and nothing in how it is written.
pub const STEPS: [(&str, &[u8]); 9] = [
    ("format", &[0x04]),
    ("speed", &[0xBB, 0xB6]),
    ("write parameters", &[0x55]),
    ("cue sheet", &[0x5D]),
    ("reserve", &[0x53, 0xBF]),
    ("calibrate", &[0x54]),
    ("write", &[0x2A, 0xAA, 0x2E]),
    ("flush", &[0x35]),
    ("close", &[0x5B]),
];

/// One program's commands for one step, as lines of text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Steps(pub Vec<(&'static str, Vec<String>)>);

impl Steps {
    /// The lines of a step.
    #[must_use]
    pub fn of(&self, step: &str) -> &[String] {
        self.0.iter().find(|(name, _)| *name == step).map_or(&[], |(_, lines)| lines.as_slice())
    }
}

fn step_of(opcode: u8) -> Option<&'static str> {
    STEPS.iter().find(|(_, ops)| ops.contains(&opcode)).map(|(name, _)| *name)
}

/// Write parameters set when all is written tell what the drive accepts, and change nothing on the disc.
fn too_late(steps: &Steps, step: &str) -> bool {
    step == "write parameters" && !steps.of("write").is_empty()
}

fn push(steps: &mut Steps, step: &'static str, line: String) {
    if too_late(steps, step) {
        return;
    }
    let lines = match steps.0.iter_mut().find(|(name, _)| *name == step) {
        Some((_, lines)) => lines,
        None => {
            steps.0.push((step, Vec::new()));
            &mut steps.0.last_mut().expect("just pushed").1
        }
    };
    // The same command again changes nothing more.
    if lines.last() != Some(&line) {
        lines.push(line);
    }
}

fn short(cdb: &[u8], data: &[u8]) -> String {
    let mut line = to_hex(cdb);
    if !data.is_empty() {
        // Parameter lists end in long runs of zeros; the length tells how many.
        let end = data.iter().rposition(|b| *b != 0).map_or(0, |p| p + 1);
        let _ = write!(line, " < {}", to_hex(&data[..end]));
        if end < data.len() {
            let _ = write!(line, " ({} more of 00)", data.len() - end);
        }
    }
    line
}

struct Run {
    opcode: u8,
    streaming: bool,
    first: i64,
    end: i64,
    chunk: u64,
    last: u64,
}

impl Run {
    fn line(&self, sha256: &str) -> String {
        let streaming = if self.streaming { ", streaming" } else { "" };
        let last = if self.last == self.chunk { String::new() } else { format!(" (last {})", self.last) };
        format!(
            "{:02x} lba {}..{}, {} blocks a command{last}{streaming}, sha256 {}",
            self.opcode,
            self.first,
            self.end - 1,
            self.chunk,
            &sha256[..16]
        )
    }
}

/// What a recorded program sent and the drive accepted.
#[must_use]
pub fn of_recording(name: &str, lines: &[HostLine]) -> Steps {
    let mut steps = Steps::default();
    let mut run: Option<Run> = None;
    let all = text(&format!("recorded/hosts/{name}.txt"));
    let digest = |first: i64, end: i64| {
        let joined = format!("payload {first}..{} ", end - 1);
        let line = all.lines().find(|l| l.starts_with(&joined)).unwrap_or_else(|| {
            let single = format!(" lba {first}..{},", end - 1);
            all.lines().find(|l| l.contains(&single)).unwrap_or_else(|| panic!("{name}: no payload {first}..{end}"))
        });
        line.rsplit("sha256 ").next().expect("sha256").to_owned()
    };
    for line in lines.iter().filter(|l| l.result == "ok") {
        let Some(step) = step_of(line.cdb[0]) else { continue };
        if step != "write" {
            if let Some(run) = run.take() {
                push(&mut steps, "write", run.line(&digest(run.first, run.end)));
            }
            push(&mut steps, step, short(&line.cdb, &line.data));
            continue;
        }
        let number = |after: &str| -> Option<i64> {
            let rest = &line.command[line.command.find(after)? + after.len()..];
            rest.chars().take_while(|c| c.is_ascii_digit() || *c == '-').collect::<String>().parse().ok()
        };
        let first = number("lba ").expect("lba");
        let end = number("..").expect("end") + 1;
        let chunk = number("commands of ").or_else(|| number("command of ")).unwrap_or(end - first) as u64;
        let last = number("(last ").map_or(chunk, |n| n as u64);
        match &mut run {
            Some(open) if open.end == first => (open.end, open.last) = (end, last),
            _ => {
                if let Some(done) = run.take() {
                    push(&mut steps, "write", done.line(&digest(done.first, done.end)));
                }
                let streaming = line.cdb[0] == 0xAA && line.cdb[10] & 0x80 != 0;
                run = Some(Run { opcode: line.cdb[0], streaming, first, end, chunk, last });
            }
        }
    }
    if let Some(run) = run {
        push(&mut steps, "write", run.line(&digest(run.first, run.end)));
    }
    steps
}

/// What we sent and the drive accepted. `payload` gives the bytes that were written from an address on.
#[must_use]
pub fn of_log(log: &[Entry], payload: impl Fn(i64, i64) -> Vec<u8>) -> Steps {
    let mut steps = Steps::default();
    let mut run: Option<Run> = None;
    let digest = |run: &Run| to_hex(&Sha256::digest(payload(run.first, run.end))).replace(' ', "");
    for entry in log.iter().filter(|e| e.completion.as_ref().is_some_and(webburn_scsi::Completion::is_good)) {
        let Some(step) = step_of(entry.cdb[0]) else { continue };
        if step != "write" {
            if let Some(run) = run.take() {
                push(&mut steps, "write", run.line(&digest(&run)));
            }
            push(&mut steps, step, short(&entry.cdb, &entry.data));
            continue;
        }
        let first = i64::from(i32::from_be_bytes([entry.cdb[2], entry.cdb[3], entry.cdb[4], entry.cdb[5]]));
        let blocks = (entry.length / 2048) as u64;
        let end = first + blocks as i64;
        match &mut run {
            Some(open) if open.end == first => (open.end, open.last) = (end, blocks),
            _ => {
                if let Some(done) = run.take() {
                    push(&mut steps, "write", done.line(&digest(&done)));
                }
                let streaming = entry.cdb[0] == 0xAA && entry.cdb[10] & 0x80 != 0;
                run = Some(Run { opcode: entry.cdb[0], streaming, first, end, chunk: blocks, last: blocks });
            }
        }
    }
    if let Some(run) = run {
        push(&mut steps, "write", run.line(&digest(&run)));
    }
    steps
}
