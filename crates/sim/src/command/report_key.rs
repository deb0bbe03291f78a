//! REPORT KEY (MMC-6): the region state alone. No region is set.

use webburn_scsi::{Reply, Sense};

use super::{Request, send};
use crate::drive::SimDrive;
use crate::sense;
use crate::timing::Family;

pub(super) fn run(drive: &mut SimDrive, request: &Request<'_>, reply: &mut Reply) -> Result<usize, Sense> {
    if !drive.personality.reads_family(Family::Dvd) {
        return Err(sense::UNKNOWN_COMMAND);
    }
    match (request.byte(7), request.byte(10) & 0x3F) {
        // Type "none", four vendor resets, five user changes; every region masked; scheme 1.
        (0, 0x08) => send(drive, reply, &[0, 6, 0, 0, 0x25, 0xFF, 1, 0], usize::from(request.be16(8))),
        _ => Err(sense::FIELD),
    }
}
