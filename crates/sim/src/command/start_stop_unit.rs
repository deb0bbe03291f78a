//! START STOP UNIT (MMC-6): start, stop, eject, load.

use std::time::Duration;

use webburn_scsi::{Reply, Sense};

use super::Request;
use crate::drive::SimDrive;
use crate::sense;

pub(super) fn run(drive: &mut SimDrive, request: &Request<'_>, _reply: &mut Reply) -> Result<usize, Sense> {
    let what = request.byte(4);
    // A power condition is accepted and changes nothing that could be seen.
    if what & 0xF0 != 0 {
        return Ok(0);
    }
    match what & 0x03 {
        0b00 | 0b01 => {
            drive.synchronize()?;
            if what & 1 != 0 {
                drive.wait_until_spun_up(request.immed())?;
            }
        }
        0b10 => {
            if drive.locked {
                return Err(sense::REMOVAL_PREVENTED);
            }
            if !drive.tray_open {
                drive.synchronize()?;
                drive.spend(Duration::from_millis(1500));
                drive.open_tray();
            }
        }
        _ => {
            if drive.tray_open {
                if drive.personality.ways.no_load {
                    return Err(sense::FIELD);
                }
                drive.spend(Duration::from_millis(1500));
                drive.close_tray();
            }
            drive.wait_until_spun_up(request.immed())?;
        }
    }
    Ok(0)
}
