//! Cue sheets for session-at-once recording (MMC-6, SEND CUE SHEET).

use webburn_scsi::Sense;
use webburn_sector::Msf;

use crate::personality::Quirks;
use crate::sense;
use crate::surface::BlockForm;

/// One line of a cue sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CueEntry {
    /// Control nibble and ADR.
    pub control_adr: u8,
    /// Track number; 00 lead-in, AAh lead-out.
    pub track: u8,
    /// Index number.
    pub index: u8,
    /// Data form.
    pub form: u8,
    /// Copy control.
    pub scms: u8,
    /// Where it starts.
    pub at: Msf,
}

/// A stretch of the session in one form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stretch {
    start: i32,
    end: i32,
    /// `None`: the drive makes the blocks itself.
    form: Option<BlockForm>,
    /// Blocks are sent and not looked at: zeros are recorded.
    ignored: bool,
}

/// What a sheet is judged by besides itself.
#[derive(Clone, Copy, Debug)]
pub struct CueRules {
    /// Where the lead-in starts by the ATIP.
    pub lead_in: i32,
    /// Where the first pre-gap begins: −150 on a blank disc.
    pub start: i32,
    /// The number of the first track, where tracks lie before it.
    pub first_track: Option<u8>,
    /// The last possible start of the lead-out.
    pub limit: i32,
    /// What this drive gets wrong.
    pub quirks: Quirks,
}

/// An accepted cue sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CueSheet {
    /// Its lines, catalogue and ISRC entries apart.
    pub entries: Vec<CueEntry>,
    /// The catalogue number, thirteen digits.
    pub catalog: Option<String>,
    /// Recording codes by track.
    pub isrcs: Vec<(u8, String)>,
    stretches: Vec<Stretch>,
    start: i32,
}

/// Longest sheet: 99 tracks with pre-gap and ISRC, and a catalogue number (feature 002Eh).
pub(crate) const MOST_BYTES: usize = 3200;
/// From the start of a track to that of the next: four seconds at least. Programs take a pre-gap from the track before
/// it and leave less (wodim), so the pre-gap counts, *guess*.
const SHORTEST: i32 = 300;

/// What the host sends for a data form and whether it counts; an error where there is no such form.
fn form(byte: u8) -> Result<(Option<BlockForm>, bool), Sense> {
    let raw_sub = match byte >> 6 {
        0 => None,
        1 => Some(BlockForm::RawPw),
        3 => Some(BlockForm::RawPacked),
        _ => return Err(sense::LIST_FIELD),
    };
    let main = match byte & 0x3F {
        0x00 => Some(BlockForm::Audio2352),
        0x10 | 0x12 => Some(BlockForm::Data2048),
        0x11 | 0x13 => Some(BlockForm::Mode1Whole),
        0x20 | 0x22 => Some(BlockForm::Xa2336),
        0x21 | 0x23 => Some(BlockForm::XaWhole),
        0x30 | 0x32 => Some(BlockForm::Mode2),
        0x31 | 0x33 => Some(BlockForm::Mode2Whole),
        0x01 | 0x14 | 0x24 | 0x34 => None,
        _ => return Err(sense::LIST_FIELD),
    };
    let ignored = matches!(byte & 0x3F, 0x12 | 0x13 | 0x22 | 0x23 | 0x32 | 0x33);
    let form = match (main, raw_sub) {
        (None, Some(_)) => Some(BlockForm::SubOnly),
        (Some(BlockForm::Audio2352), Some(sub)) => Some(sub),
        // R-W beside data is not offered.
        (_, Some(_)) => return Err(sense::LIST_UNSUPPORTED),
        (main, None) => main,
    };
    Ok((form, ignored))
}

fn address(at: Msf) -> Result<i32, Sense> {
    at.to_lba().map(|lba| lba.0).map_err(|_| sense::LIST_VALUE)
}

/// Characters of a catalogue number or code.
fn characters(pieces: &[&[u8]], fits: fn(&u8) -> bool) -> Result<String, Sense> {
    let all = pieces.concat();
    if !all.iter().all(fits) {
        return Err(sense::LIST_FIELD);
    }
    String::from_utf8(all).map_err(|_| sense::LIST_FIELD)
}

impl CueSheet {
    /// Reads and judges a sheet.
    ///
    /// # Errors
    /// 5/1A/00 for a ragged or endless sheet, 5/26/00 for a line that makes no sense or stands in the wrong place,
    /// 5/26/01 for a form that this drive does not have, 5/26/02 for an address that is none or lies beyond the disc.
    pub fn read(bytes: &[u8], rules: &CueRules) -> Result<Self, Sense> {
        if bytes.is_empty() || !bytes.len().is_multiple_of(8) || bytes.len() > MOST_BYTES {
            return Err(sense::LIST_LENGTH);
        }
        let mut sheet = CueSheet {
            entries: Vec::new(),
            catalog: None,
            isrcs: Vec::new(),
            stretches: Vec::new(),
            start: rules.start,
        };
        let mut controls = Vec::new();
        let mut pending = None;
        let mut lines = bytes.chunks_exact(8);
        while let Some(line) = lines.next() {
            let last = sheet.entries.last();
            if last.is_some_and(|last| last.track == 0xAA) {
                return Err(sense::LIST_FIELD);
            }
            match line[0] & 0x0F {
                1 if pending.take().is_none_or(|track| track == line[1]) => sheet.entries.push(CueEntry {
                    control_adr: line[0],
                    track: line[1],
                    index: line[2],
                    form: line[3],
                    scms: line[4],
                    at: Msf::new(line[5], line[6], line[7]),
                }),
                2 if sheet.entries.is_empty() && sheet.catalog.is_none() => {
                    let second = lines.next().filter(|line| line[0] & 0x0F == 2 && line[7] == 0);
                    let second = second.ok_or(sense::LIST_FIELD)?;
                    sheet.catalog = Some(characters(&[&line[1..8], &second[1..7]], u8::is_ascii_digit)?);
                }
                // In front of the first line of its track.
                3 if last.is_some_and(|last| last.track != line[1]) && pending.is_none() => {
                    let second = lines.next().filter(|next| next[0] & 0x0F == 3 && next[1] == line[1]);
                    let second = second.ok_or(sense::LIST_FIELD)?;
                    let code = characters(&[&line[2..8], &second[2..8]], u8::is_ascii_alphanumeric)?;
                    sheet.isrcs.push((line[1], code));
                    controls.push((line[1], line[0] >> 4));
                    pending = Some(line[1]);
                }
                _ => return Err(sense::LIST_FIELD),
            }
        }
        sheet.judge_order(rules)?;
        sheet.judge_codes(&controls, &rules.quirks)?;
        sheet.judge_lead_in(rules)?;
        sheet.lay_out(rules)?;
        Ok(sheet)
    }

    /// Lead-in, tracks one after the other with their indices one after the other, lead-out.
    fn judge_order(&self, rules: &CueRules) -> Result<(), Sense> {
        let [first, program @ .., last] = &self.entries[..] else { return Err(sense::LIST_FIELD) };
        let ends = (first.track, first.index) == (0, 0) && (last.track, last.index) == (0xAA, 1);
        if !ends || program.is_empty() {
            return Err(sense::LIST_FIELD);
        }
        let mut before: Option<&CueEntry> = None;
        for line in program {
            let fits = match before {
                // The session begins with the pre-gap of its first track.
                None => {
                    (1..=99).contains(&line.track)
                        && rules.first_track.is_none_or(|first| first == line.track)
                        && line.index == 0
                        && address(line.at)? == rules.start
                }
                Some(before) if before.track == line.track => {
                    let same = line.index == 1 || before.form == line.form && before.control_adr == line.control_adr;
                    line.index == before.index + 1 && line.index <= 99 && same
                }
                Some(before) => {
                    line.track == before.track + 1 && line.track <= 99 && line.index <= 1 && before.index >= 1
                }
            };
            let data = line.form & 0x30 != 0;
            if !fits || data != (line.control_adr & 0x40 != 0) || line.scms & 0x7F != 0 {
                return Err(sense::LIST_FIELD);
            }
            before = Some(line);
        }
        if before.is_none_or(|before| before.index == 0) { Err(sense::LIST_FIELD) } else { Ok(()) }
    }

    /// Codes belong to tracks that there are, each once, with the control that the drive wants.
    fn judge_codes(&self, controls: &[(u8, u8)], quirks: &Quirks) -> Result<(), Sense> {
        for (at, (track, control)) in controls.iter().enumerate() {
            let own = self.entries.iter().find(|entry| entry.track == *track).ok_or(sense::LIST_FIELD)?;
            let wrong = quirks.cue_isrc_without_control && *control != 0
                || quirks.cue_isrc_with_control && *control != own.control_adr >> 4;
            if wrong || controls[..at].iter().any(|(other, _)| other == track) {
                return Err(sense::LIST_FIELD);
            }
        }
        let starts_bare = |entry: &&CueEntry| {
            entry.index == 1
                && (1..=99).contains(&entry.track)
                && !self.entries.iter().any(|other| other.track == entry.track && other.index == 0)
        };
        if quirks.cue_wants_pregaps && self.entries.iter().any(|entry| starts_bare(&entry)) {
            return Err(sense::LIST_FIELD);
        }
        Ok(())
    }

    fn judge_lead_in(&self, rules: &CueRules) -> Result<(), Sense> {
        let first = self.entries.first().ok_or(sense::LIST_FIELD)?;
        let given = address(first.at)?;
        if given != -150 && (rules.quirks.cue_lead_in_zero_only || given != rules.lead_in) {
            return Err(sense::LIST_FIELD);
        }
        match (form(first.form)?, first.form) {
            // CD-Text: 96 bytes of sub-channel for every sector.
            ((Some(BlockForm::SubOnly), _), 0x41) if !rules.quirks.no_cd_text && rules.first_track.is_none() => Ok(()),
            ((None, _), _) | (_, 0x00) => Ok(()),
            _ => Err(sense::LIST_FIELD),
        }
    }

    fn lay_out(&mut self, rules: &CueRules) -> Result<(), Sense> {
        let first = self.entries.first().ok_or(sense::LIST_FIELD)?;
        if let (Some(BlockForm::SubOnly), _) = form(first.form)? {
            let form = Some(BlockForm::SubOnly);
            self.stretches.push(Stretch { start: rules.lead_in, end: -150, form, ignored: false });
        }
        for pair in self.entries[1..].windows(2) {
            let (start, end) = (address(pair[0].at)?, address(pair[1].at)?);
            if end <= start {
                return Err(sense::LIST_FIELD);
            }
            let (form, ignored) = form(pair[0].form)?;
            if rules.quirks.no_cue_rw && form.is_some_and(BlockForm::has_sub_channel) {
                return Err(sense::LIST_UNSUPPORTED);
            }
            if form == Some(BlockForm::SubOnly) {
                return Err(sense::LIST_FIELD);
            }
            self.stretches.push(Stretch { start, end, form, ignored });
        }
        if self.lead_out() > rules.limit {
            return Err(sense::LIST_VALUE);
        }
        let starts: Vec<i32> =
            self.tracks().map(|(_, start, ..)| start).chain(std::iter::once(self.lead_out())).collect();
        if starts.windows(2).any(|pair| pair[1] - pair[0] < SHORTEST) {
            return Err(sense::LIST_FIELD);
        }
        Ok(())
    }

    /// The first address the host writes.
    #[must_use]
    pub fn first(&self) -> i32 {
        self.stretches.iter().find(|stretch| stretch.form.is_some()).map_or(self.start, |stretch| stretch.start)
    }

    /// Where the lead-out starts.
    #[must_use]
    pub fn lead_out(&self) -> i32 {
        self.stretches.last().map_or(0, |stretch| stretch.end)
    }

    /// The form of a block and the first address of another form.
    #[must_use]
    pub fn form_at(&self, lba: i32) -> Option<(Option<BlockForm>, i32)> {
        self.stretches
            .iter()
            .find(|stretch| (stretch.start..stretch.end).contains(&lba))
            .map(|stretch| (stretch.form, stretch.end))
    }

    /// The next address that the host writes, from `lba` on: what the drive makes itself is passed over.
    #[must_use]
    pub fn hosts_next(&self, mut lba: i32) -> i32 {
        while let Some((None, end)) = self.form_at(lba) {
            lba = end;
        }
        lba
    }

    /// What is sent for this block does not count.
    #[must_use]
    pub fn is_ignored(&self, lba: i32) -> bool {
        self.stretches.iter().any(|stretch| stretch.ignored && (stretch.start..stretch.end).contains(&lba))
    }

    /// Where an index of a track begins.
    #[must_use]
    pub fn index(&self, track: u8, index: u8) -> Option<i32> {
        let entry = self.entries.iter().find(|entry| (entry.track, entry.index) == (track, index))?;
        entry.at.to_lba().ok().map(|lba| lba.0)
    }

    /// Tracks: number, start (index 1), end (the next pre-gap or lead-out), control nibble, data form.
    pub fn tracks(&self) -> impl Iterator<Item = (u8, i32, i32, u8, u8)> {
        let starts = self.entries.iter().filter(|entry| entry.index == 1 && (1..=99).contains(&entry.track));
        starts.map(|entry| {
            let start = entry.at.to_lba().map_or(0, |lba| lba.0);
            let next = self.entries.iter().skip_while(|other| other.track != entry.track);
            let end = next
                .skip_while(|other| other.track == entry.track)
                .find_map(|other| other.at.to_lba().ok())
                .map_or(self.lead_out(), |lba| lba.0);
            (entry.track, start, end, entry.control_adr >> 4, entry.form)
        })
    }
}
