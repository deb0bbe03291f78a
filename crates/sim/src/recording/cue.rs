//! Cue sheets for session-at-once recording (MMC-6, SEND CUE SHEET).

use webburn_scsi::Sense;
use webburn_sector::Msf;

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
}

/// An accepted cue sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CueSheet {
    /// Its lines, catalogue and ISRC entries apart.
    pub entries: Vec<CueEntry>,
    stretches: Vec<Stretch>,
}

/// What the host sends for a data form; `None` where the drive makes the blocks, an error where there is no such form.
fn form(byte: u8) -> Result<Option<BlockForm>, Sense> {
    let raw_sub = match byte >> 6 {
        0 => None,
        1 => Some(BlockForm::RawPw),
        3 => Some(BlockForm::RawPacked),
        _ => return Err(sense::LIST_FIELD),
    };
    let main = match byte & 0x3F {
        0x00 | 0x11 | 0x13 | 0x21 | 0x23 | 0x31 | 0x33 => Some(BlockForm::Audio2352),
        0x10 | 0x12 => Some(BlockForm::Data2048),
        0x20 | 0x22 | 0x30 | 0x32 => Some(BlockForm::Mode2),
        0x01 | 0x14 | 0x24 | 0x34 => None,
        _ => return Err(sense::LIST_FIELD),
    };
    Ok(match (main, raw_sub) {
        (None, Some(_)) => Some(BlockForm::SubOnly),
        (Some(BlockForm::Audio2352), Some(sub)) => Some(sub),
        (_, Some(_)) => return Err(sense::LIST_UNSUPPORTED),
        (main, None) => main,
    })
}

impl CueSheet {
    /// Reads and judges a sheet for a session whose lead-in starts at `lead_in`, on a disc whose lead-out may start at
    /// `limit` at the latest. `zero_lead_in_only`: the drive insists on 00:00:00 in the lead-in line.
    ///
    /// # Errors
    /// 5/1A/00 for a ragged length, 5/26/xx for a line that makes no sense.
    pub fn read(bytes: &[u8], lead_in: i32, limit: i32, zero_lead_in_only: bool) -> Result<Self, Sense> {
        if bytes.is_empty() || !bytes.len().is_multiple_of(8) {
            return Err(sense::LIST_LENGTH);
        }
        let entries: Vec<CueEntry> = bytes
            .chunks_exact(8)
            .filter(|line| line[0] & 0x0F == 1)
            .map(|line| CueEntry {
                control_adr: line[0],
                track: line[1],
                index: line[2],
                form: line[3],
                scms: line[4],
                at: Msf::new(line[5], line[6], line[7]),
            })
            .collect();
        let (Some(first), Some(last)) = (entries.first(), entries.last()) else { return Err(sense::LIST_FIELD) };
        if first.track != 0 || last.track != 0xAA || entries.len() < 3 {
            return Err(sense::LIST_FIELD);
        }
        let mut stretches = Vec::new();
        let lead_in_form = form(first.form)?;
        if lead_in_form == Some(BlockForm::SubOnly) {
            let given = first.at.to_lba().map_err(|_| sense::LIST_VALUE)?.0;
            if given != -150 && (zero_lead_in_only || given != lead_in) {
                return Err(sense::LIST_FIELD);
            }
            stretches.push(Stretch { start: lead_in, end: -150, form: lead_in_form });
        }
        for pair in entries[1..].windows(2) {
            let (line, next) = (&pair[0], &pair[1]);
            let start = line.at.to_lba().map_err(|_| sense::LIST_VALUE)?.0;
            let end = next.at.to_lba().map_err(|_| sense::LIST_VALUE)?.0;
            let in_order = next.track == 0xAA || next.track == line.track || next.track == line.track + 1;
            if end <= start || !in_order || line.track > 99 {
                return Err(sense::LIST_FIELD);
            }
            stretches.push(Stretch { start, end, form: form(line.form)? });
        }
        let starts_at_pregap = entries[1].at == Msf::new(0, 0, 0);
        if !starts_at_pregap || stretches.last().is_none_or(|stretch| stretch.end > limit) {
            return Err(sense::LIST_VALUE);
        }
        Ok(CueSheet { entries, stretches })
    }

    /// The first address the host writes.
    #[must_use]
    pub fn first(&self) -> i32 {
        self.stretches.iter().find(|stretch| stretch.form.is_some()).map_or(-150, |stretch| stretch.start)
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

#[cfg(test)]
mod tests {
    use super::*;

    /// One data track of 450 sectors, as burning programs send it: lead-in, pre-gap, track, lead-out at 00:08:00.
    const DATA: [u8; 32] = [
        0x41, 0, 0, 0x14, 0, 0, 0, 0, 0x41, 1, 0, 0x10, 0, 0, 0, 0, 0x41, 1, 1, 0x10, 0, 0, 2, 0, 0x41, 0xAA, 1, 0x14,
        0, 0, 8, 0,
    ];

    #[test]
    fn a_data_session_is_understood() {
        let sheet = CueSheet::read(&DATA, -11_634, 359_849, false).unwrap();
        assert_eq!(sheet.first(), -150);
        assert_eq!(sheet.lead_out(), 450);
        assert_eq!(sheet.form_at(-1), Some((Some(BlockForm::Data2048), 0)));
        assert_eq!(sheet.tracks().collect::<Vec<_>>(), [(1, 0, 450, 4, 0x10)]);
    }

    #[test]
    fn nonsense_is_refused() {
        assert_eq!(CueSheet::read(&DATA[..31], 0, 359_849, false), Err(sense::LIST_LENGTH));
        assert_eq!(CueSheet::read(&DATA[..24], 0, 359_849, false), Err(sense::LIST_FIELD));
        assert_eq!(CueSheet::read(&DATA, -11_634, 400, false), Err(sense::LIST_VALUE), "longer than the disc");
        let mut backwards = DATA;
        backwards[30] = 1;
        assert_eq!(CueSheet::read(&backwards, -11_634, 359_849, false), Err(sense::LIST_FIELD));
        let mut text = DATA;
        text[3] = 0x41;
        text[5..8].copy_from_slice(&[97, 26, 66]);
        assert!(CueSheet::read(&text, -11_634, 359_849, false).is_ok());
        assert_eq!(CueSheet::read(&text, -11_634, 359_849, true), Err(sense::LIST_FIELD));
    }
}
