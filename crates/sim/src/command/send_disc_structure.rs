//! SEND DISC STRUCTURE (MMC-6): the layer boundary of a double-layer DVD+R, the middle zone of a double-layer DVD-R.

use std::time::Duration;

use webburn_scsi::{Reply, Sense};

use super::Request;
use crate::disc::MediumKind;
use crate::drive::SimDrive;
use crate::sense;

pub(super) fn run(drive: &mut SimDrive, request: &Request<'_>, _reply: &mut Reply) -> Result<usize, Sense> {
    drive.may_write()?;
    let list = request.list(usize::from(request.be16(8)))?;
    let disc = drive.disc_mut().ok_or(sense::NO_MEDIUM)?;
    match (request.byte(7), disc.kind()) {
        (0x20, MediumKind::DvdPlusRDl) | (0x21, MediumKind::DvdRDl | MediumKind::DvdRDlLj) => {}
        _ => return Err(sense::FIELD),
    }
    if list.len() != 12 {
        return Err(sense::LIST_LENGTH);
    }
    let blocks = u32::from_be_bytes([list[8], list[9], list[10], list[11]]);
    let full = disc.kind().spec().blocks;
    if !disc.state.is_blank() || disc.state.layer0_blocks.is_some() {
        return Err(sense::SEQUENCE);
    }
    if blocks == 0 || blocks > full / 2 || !blocks.is_multiple_of(16) {
        return Err(sense::LIST_FIELD);
    }
    disc.state.layer0_blocks = Some(blocks);
    disc.state.blocks = blocks * 2;
    drive.spend(Duration::from_secs(20));
    Ok(12)
}
