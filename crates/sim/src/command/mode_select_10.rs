//! MODE SELECT (10) (SPC-4, MMC-6).

use webburn_scsi::{Reply, Sense};

use super::Request;
use crate::drive::SimDrive;
use crate::personality::Quirks;
use crate::sense;
use crate::timing::Family;

pub(super) fn run(drive: &mut SimDrive, request: &Request<'_>, _reply: &mut Reply) -> Result<usize, Sense> {
    // Pages in page format, none to be saved.
    if request.byte(1) & 0x11 != 0x10 {
        return Err(sense::FIELD);
    }
    let list = request.list(usize::from(request.be16(7)))?;
    if list.is_empty() {
        return Ok(0);
    }
    let header = list.get(..8).ok_or(sense::LIST_LENGTH)?;
    let descriptors = usize::from(u16::from_be_bytes([header[6], header[7]]));
    let mut rest = list.get(8 + descriptors..).ok_or(sense::LIST_LENGTH)?;
    if rest.is_empty() {
        // Block descriptors alone: nothing a burner takes.
        return Err(sense::LIST_LENGTH);
    }
    if drive.cache.is_streaming() {
        return Err(sense::SEQUENCE);
    }
    // All pages or none.
    let mut modes = drive.modes.clone();
    let mut write_parameters = false;
    while !rest.is_empty() {
        let len = 2 + usize::from(*rest.get(1).ok_or(sense::LIST_LENGTH)?);
        let page = rest.get(..len).ok_or(sense::LIST_LENGTH)?;
        modes.select(page, drive.disc().map(|disc| &disc.state))?;
        let dvd = drive.disc().is_some_and(|disc| disc.kind().spec().family == Family::Dvd);
        let at_once = page[0] & 0x3F == 0x05 && page.get(2).is_some_and(|byte| byte & 0x0F == 2);
        if drive.personality.quirks.no_disc_at_once_on_dvd && dvd && at_once {
            return Err(sense::LIST_FIELD);
        }
        if page[0] & 0x3F == 0x05 && refuses_raw(&drive.personality.quirks, page) {
            return Err(sense::LIST_FIELD);
        }
        write_parameters |= page[0] & 0x3F == 0x05;
        rest = &rest[len..];
    }
    drive.modes = modes;
    if write_parameters {
        drive.mode_page_sent = true;
        drive.cue = None;
    }
    Ok(list.len())
}

/// Raw recording, or one of its data block types, that this drive does not have.
fn refuses_raw(quirks: &Quirks, page: &[u8]) -> bool {
    let raw = page.get(2).is_some_and(|byte| byte & 0x0F == 3);
    let block_type = page.get(4).map_or(0, |byte| byte & 0x0F);
    raw && (quirks.no_raw || quirks.no_raw_16 && block_type == 1 || quirks.no_raw_packed && block_type == 2)
}
