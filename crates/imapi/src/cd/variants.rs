//! The forms of one cue sheet that drives are known to want, in the order in which they are tried.

use webburn_mmc::{CueLine, CueSheet};
use webburn_sector::{Lba, Msf};

/// Lead-in of a cue sheet that carries CD-Text: the drive makes the main channel, the host sends 96 bytes a block.
const TEXT: u8 = 0x41;
/// Lead-in without: the drive makes it.
const NO_TEXT: u8 = 0x01;

/// The sheet and its variants. `text_from` is where the lead-in begins when CD-Text is written into it.
///
/// 1. With CD-Text, the lead-in at its true time (MMC-6).
/// 2. At 00:00:00 (libburn; Pioneer BDR-UD04 and an LG take nothing else).
/// 3. ISRC lines with CONTROL 0 (cdrdao), then with that of their track.
/// 4. A pre-gap of one sector for tracks without one (wodim), taken from the track before it.
#[must_use]
pub fn variants(sheet: &CueSheet, text_from: Option<Lba>) -> Vec<CueSheet> {
    let plain = with_lead_in(sheet, text_from.is_some(), Msf::new(0, 0, 0));
    let mut all = Vec::new();
    if let Some(start) = text_from.and_then(Msf::from_lba) {
        all.push(with_lead_in(sheet, true, start));
    }
    all.push(plain.clone());
    let bare = with_isrc_control(&plain, |_| 0);
    let full = with_isrc_control(&plain, |track| control_of(sheet, track));
    all.extend([bare.clone(), full.clone()]);
    all.extend([plain, bare, full].iter().filter_map(with_pregaps));
    let mut tried: Vec<CueSheet> = Vec::new();
    for sheet in all {
        if !tried.contains(&sheet) {
            tried.push(sheet);
        }
    }
    tried
}

fn with_lead_in(sheet: &CueSheet, text: bool, start: Msf) -> CueSheet {
    let mut sheet = sheet.clone();
    for line in &mut sheet.lines {
        if let CueLine::Position(position) = line
            && position.track == 0
        {
            position.start = start;
            if text {
                position.form = TEXT;
            } else if position.form == TEXT {
                position.form = NO_TEXT;
            }
        }
    }
    sheet
}

fn with_isrc_control(sheet: &CueSheet, of: impl Fn(u8) -> u8) -> CueSheet {
    let mut sheet = sheet.clone();
    for line in &mut sheet.lines {
        if let CueLine::Isrc { control, track, .. } = line {
            *control = of(*track);
        }
    }
    sheet
}

fn control_of(sheet: &CueSheet, track: u8) -> u8 {
    let control = |line: &CueLine| match line {
        CueLine::Position(position) if position.track == track => Some(position.control),
        _ => None,
    };
    sheet.lines.iter().find_map(control).unwrap_or(0)
}

/// `None` when every track has a pre-gap, or the sector before one without is of another form.
fn with_pregaps(sheet: &CueSheet) -> Option<CueSheet> {
    let mut lines: Vec<CueLine> = Vec::with_capacity(sheet.lines.len());
    let (mut before, mut changed) = (None::<(u8, u8)>, false);
    for line in &sheet.lines {
        if let CueLine::Position(position) = line
            && (1..=99).contains(&position.track)
        {
            if position.index == 1 && before.is_some_and(|(track, _)| track != position.track) {
                let start = position.start.to_lba().ok()?;
                if before.is_some_and(|(_, form)| form != position.form) {
                    return None;
                }
                let mut pregap = *position;
                pregap.index = 0;
                pregap.start = Msf::from_lba(Lba(start.0 - 1))?;
                lines.push(CueLine::Position(pregap));
                changed = true;
            }
            before = Some((position.track, position.form));
        }
        lines.push(*line);
    }
    changed.then_some(CueSheet { lines })
}
