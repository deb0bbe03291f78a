//! SEND OPC INFORMATION (MMC-6): finds the laser's power.

use std::time::Duration;

use webburn_scsi::{Reply, Sense};

use super::Request;
use crate::drive::SimDrive;
use crate::sense;

pub(super) fn run(drive: &mut SimDrive, request: &Request<'_>, _reply: &mut Reply) -> Result<usize, Sense> {
    let list = request.list(usize::from(request.be16(7)))?;
    if !list.len().is_multiple_of(8) {
        return Err(sense::LIST_LENGTH);
    }
    drive.may_write()?;
    if request.immed() {
        if drive.cache.is_streaming() {
            return Err(sense::SEQUENCE);
        }
        let full = drive.disc().is_some_and(|disc| disc.state().finalized);
        if full {
            return Err(sense::CALIBRATION);
        }
        drive.spend(Duration::from_millis(drive.personality.timing.calibrate_ms));
        drive.calibrated = true;
    }
    Ok(list.len())
}
