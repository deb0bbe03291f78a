//! FORMAT UNIT (MMC-6).

use webburn_scsi::{Reply, Sense};

use super::Request;
use crate::drive::{Busy, SimDrive};
use crate::recording::FormatPlan;
use crate::sense;

pub(super) fn run(drive: &mut SimDrive, request: &Request<'_>, _reply: &mut Reply) -> Result<usize, Sense> {
    drive.may_write()?;
    // Format data, defect list format 001b.
    if request.byte(1) & 0x17 != 0x11 {
        return Err(sense::FIELD);
    }
    let list = request.list(12)?;
    if u16::from_be_bytes([list[2], list[3]]) != 8 {
        return Err(sense::LIST_FIELD);
    }
    drive.before_reading()?;
    let immed = list[1] & 0x02 != 0;
    let try_out = list[1] & 0x04 != 0;
    let blocks = u32::from_be_bytes([list[4], list[5], list[6], list[7]]);
    let parameter = u32::from_be_bytes([0, list[9], list[10], list[11]]);
    let disc = drive.disc().ok_or(sense::NO_MEDIUM)?;
    // A complete list (of no defects) and no certification: nothing is to be looked for.
    let quick = request.byte(1) & 0x08 != 0 && list[1] & 0x20 != 0;
    let (_, work) = FormatPlan::judge(disc.state(), blocks, list[8] >> 2, list[8] & 0x03, parameter, quick)?;
    if !try_out {
        drive.begin(work, immed, Busy::Format)?;
    }
    Ok(12)
}
