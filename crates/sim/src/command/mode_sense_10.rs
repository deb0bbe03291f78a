//! MODE SENSE (10) (SPC-4, MMC-6), and page 2Ah, which mirrors the drive.

use webburn_scsi::{Reply, Sense};

use super::{Layout, Request, send};
use crate::drive::SimDrive;
use crate::sense;
use crate::timing::Family;

pub(super) fn run(drive: &mut SimDrive, request: &Request<'_>, reply: &mut Reply) -> Result<usize, Sense> {
    let (control, code) = (request.byte(2) >> 6, request.byte(2) & 0x3F);
    // SAVING PARAMETERS NOT SUPPORTED.
    if control == 3 {
        return Err(sense::illegal(0x39, 0x00));
    }
    let mut pages = drive.modes.sense(code, control).unwrap_or_default();
    if matches!(code, 0x2A | 0x3F) {
        pages.extend(capabilities(drive, control));
    }
    if pages.is_empty() {
        return Err(sense::FIELD);
    }
    let mut out = vec![0; 8];
    out[..2].copy_from_slice(&(pages.len() as u16 + 6).to_be_bytes());
    out.extend(pages);
    send(drive, reply, &out, usize::from(request.be16(7)))
}

/// Page 2Ah, C/DVD capabilities and mechanical status (MMC-3, annex; obsolete and still asked for by everybody).
fn capabilities(drive: &SimDrive, control: u8) -> Vec<u8> {
    let mine = &drive.personality;
    let speeds = drive.write_speeds();
    let mut page = Layout::zeros(32 + speeds.len() * 4);
    let len = page.0.len();
    page.0[0] = 0x2A;
    page.0[1] = (len - 2) as u8;
    if control == 1 {
        return page.0;
    }
    let reads = |family| mine.reads_family(family);
    page.0[2] = if reads(Family::Dvd) { 0x3F } else { 0x07 };
    let writes_cd = mine.writes_family(Family::Cd);
    page.0[3] = if writes_cd { 0x07 } else { 0 } | if mine.writes_family(Family::Dvd) { 0x30 } else { 0 };
    page.0[4] = 0x71 | if mine.is_burner() { 0x80 } else { 0 };
    page.0[5] = 0x77;
    // Tray, can eject, can be locked.
    page.0[6] = 0x29 | if drive.locked { 0x02 } else { 0 };
    page.set16(8, drive.max_read_kb().min(65_535) as u16);
    page.set16(12, mine.buffer.kib.min(65_535) as u16);
    page.set16(14, drive.read_kb().min(65_535) as u16);
    page.set16(18, speeds.first().copied().unwrap_or(0).min(65_535) as u16);
    page.set16(20, drive.write_kb().min(65_535) as u16);
    page.set16(22, 1);
    page.set16(28, drive.write_kb().min(65_535) as u16);
    page.set16(30, speeds.len() as u16);
    for (i, speed) in speeds.iter().enumerate() {
        page.set16(34 + i * 4, (*speed).min(65_535) as u16);
    }
    page.0
}
