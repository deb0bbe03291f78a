//! Reading a cue sheet as a drive would, before one is asked: what goes where, in blocks of what size.

use std::fmt;

use webburn_mmc::{CueLine, CuePosition, CueSheet};
use webburn_sector::{Lba, SectorCount};

use super::MAIN;
use crate::state::SHORTEST_CD_TRACK;

const LEAD_OUT: u8 = 0xAA;

/// Sectors in a row that are written in blocks of one form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The first.
    pub start: Lba,
    /// How many.
    pub sectors: SectorCount,
    /// Data form of the cue sheet.
    pub form: u8,
    /// Bytes of a block; 0 where the drive makes the blocks itself.
    pub block: usize,
}

impl Stretch {
    /// The first sector behind it.
    #[must_use]
    pub fn end(&self) -> Lba {
        self.start + self.sectors
    }
}

/// A track of a cue sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SheetTrack {
    /// Its number.
    pub number: u8,
    /// Where its pre-gap begins (index 0); its start where it has none.
    pub pregap: Lba,
    /// Where it begins (index 1).
    pub start: Lba,
    /// The first sector behind it: the next track's pre-gap, or the lead-out.
    pub end: Lba,
    /// CONTROL: 4 data, +1 pre-emphasis, +2 copy permitted.
    pub control: u8,
    /// Data form.
    pub form: u8,
}

impl SheetTrack {
    /// It holds audio.
    #[must_use]
    pub const fn is_audio(&self) -> bool {
        self.control & 4 == 0
    }

    /// Sectors from index 1 on.
    #[must_use]
    pub fn sectors(&self) -> SectorCount {
        self.end.since(self.start)
    }
}

/// What is wrong with a cue sheet, and in which of its lines (from 0).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SheetFault {
    /// The line.
    pub line: usize,
    /// What is wrong, a stable word for programs.
    pub what: &'static str,
}

impl fmt::Display for SheetFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cue sheet, line {}: {}", self.line, self.what)
    }
}

impl std::error::Error for SheetFault {}

/// Bytes of a block of a data form (MMC-6, 6.33, data form of main channel): `Some(0)` where the drive makes the blocks,
/// `None` for a form that does not exist.
#[must_use]
pub const fn block_size(form: u8) -> Option<usize> {
    let main = match form & 0x3F {
        0x00 | 0x11 | 0x13 | 0x21 | 0x23 | 0x31 | 0x33 => MAIN,
        0x10 | 0x12 => 2048,
        0x20 | 0x22 | 0x30 | 0x32 => 2336,
        0x01 | 0x14 | 0x24 | 0x34 => 0,
        _ => return None,
    };
    match form >> 6 {
        0 => Some(main),
        // Raw and packed sub-channel; the main channel may still be the drive's.
        1 | 3 => Some(main + 96),
        _ => None,
    }
}

/// A session as its cue sheet lays it out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionLayout {
    /// The program area from the first pre-gap on, without lead-in and lead-out.
    pub stretches: Vec<Stretch>,
    /// The tracks.
    pub tracks: Vec<SheetTrack>,
    /// Where the lead-out begins.
    pub lead_out: Lba,
}

impl SessionLayout {
    /// Reads and judges a sheet.
    ///
    /// # Errors
    /// The first line that no drive would take.
    pub fn read(sheet: &CueSheet) -> Result<Self, SheetFault> {
        let positions: Vec<(usize, CuePosition)> = sheet
            .lines
            .iter()
            .enumerate()
            .filter_map(|(at, line)| if let CueLine::Position(position) = line { Some((at, *position)) } else { None })
            .collect();
        let last_line = sheet.lines.len().saturating_sub(1);
        let fault = |line, what| Err(SheetFault { line, what });
        let (Some((_, first)), Some((_, last))) = (positions.first(), positions.last()) else {
            return fault(0, "no-lines");
        };
        if first.track != 0 || positions.len() < 3 {
            return fault(0, "no-lead-in");
        }
        if last.track != LEAD_OUT {
            return fault(last_line, "no-lead-out");
        }
        let mut layout = SessionLayout { stretches: Vec::new(), tracks: Vec::new(), lead_out: Lba::ZERO };
        for pair in positions[1..].windows(2) {
            let ((line, this), (next_line, next)) = (pair[0], pair[1]);
            let place = |line, position: &CuePosition| {
                position.start.to_lba().map_err(|_| SheetFault { line, what: "no-time" })
            };
            let (start, end) = (place(line, &this)?, place(next_line, &next)?);
            let Some(block) = block_size(this.form) else { return fault(line, "no-form") };
            if !(1..=99).contains(&this.track) {
                return fault(line, "no-track-number");
            }
            if end <= start {
                return fault(next_line, "out-of-order");
            }
            layout.stretch(start, end, this.form, block);
            layout.track(line, &this, start, end)?;
            layout.lead_out = end;
        }
        for track in &layout.tracks {
            if track.sectors() < SHORTEST_CD_TRACK {
                let of_track = |(_, position): &&(usize, CuePosition)| position.track == track.number;
                let line = positions.iter().find(of_track).map_or(0, |(line, _)| *line);
                return fault(line, "short-track");
            }
        }
        Ok(layout)
    }

    /// The first address that the host writes, CD-Text apart.
    #[must_use]
    pub fn first(&self) -> Lba {
        self.stretches.first().map_or(Lba::ZERO, |stretch| stretch.start)
    }

    fn stretch(&mut self, start: Lba, end: Lba, form: u8, block: usize) {
        let sectors = end.since(start);
        match self.stretches.last_mut() {
            Some(last) if last.form == form => last.sectors += sectors,
            _ => self.stretches.push(Stretch { start, sectors, form, block }),
        }
    }

    fn track(&mut self, line: usize, this: &CuePosition, start: Lba, end: Lba) -> Result<(), SheetFault> {
        let fault = |what| Err(SheetFault { line, what });
        match self.tracks.last_mut() {
            Some(track) if track.number == this.track => {
                // Index 1 behind index 0, or a further one.
                if this.index == 1 {
                    track.start = start;
                }
                track.end = end;
                Ok(())
            }
            Some(track) if this.track != track.number + 1 => fault("track-out-of-order"),
            _ if this.index > 1 => fault("index-out-of-order"),
            _ => {
                let (control, form) = (this.control, this.form);
                self.tracks.push(SheetTrack { number: this.track, pregap: start, start, end, control, form });
                Ok(())
            }
        }
    }
}
