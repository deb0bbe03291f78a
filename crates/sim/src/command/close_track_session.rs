//! CLOSE TRACK/SESSION (MMC-6): which functions there are depends on the medium.

use webburn_scsi::{Reply, Sense};

use super::Request;
use crate::disc::MediumKind;
use crate::drive::{Busy, SimDrive, with_context};
use crate::sense;
use crate::timing::Family;

pub(super) fn run(drive: &mut SimDrive, request: &Request<'_>, _reply: &mut Reply) -> Result<usize, Sense> {
    drive.may_write()?;
    let function = request.byte(2) & 0x07;
    let number = request.be16(4);
    let disc = drive.disc().ok_or(sense::NO_MEDIUM)?;
    let quirks = drive.personality.quirks;
    if quirks.close_track_fails_on_cd && function == 1 && disc.kind().spec().family == Family::Cd {
        return Err(sense::illegal(0x72, 0x03));
    }
    if quirks.double_layer_needs_function_5 && function == 6 && disc.kind() == MediumKind::DvdPlusRDl {
        return Err(sense::FIELD);
    }
    let sectors = drive.synchronize()?;
    let strategy = drive.describing()?;
    let mut work = with_context(drive, |disc, ctx| strategy.close(&disc.state, ctx, function, number))?;
    work.sectors += sectors;
    drive.begin(work, request.immed(), Busy::Operation)?;
    Ok(0)
}
