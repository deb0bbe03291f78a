//! MECHANISM STATUS (MMC-6).

use webburn_scsi::{Reply, Sense};

use super::{Request, send};
use crate::drive::SimDrive;

pub(super) fn run(drive: &mut SimDrive, request: &Request<'_>, reply: &mut Reply) -> Result<usize, Sense> {
    let out = [0, if drive.tray_open() { 0x10 } else { 0 }, 0, 0, 0, 0, 0, 0];
    send(drive, reply, &out, usize::from(request.be16(8)))
}
