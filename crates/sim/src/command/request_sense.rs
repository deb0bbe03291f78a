//! REQUEST SENSE (SPC-4): what is pending, else how a long operation is getting on, else nothing.

use webburn_scsi::{Reply, Sense, SenseKey};

use super::Request;
use crate::drive::SimDrive;
use crate::sense;

pub(super) fn run(drive: &mut SimDrive, request: &Request<'_>, reply: &mut Reply) -> Result<usize, Sense> {
    // Descriptor format is not offered.
    if request.byte(1) & 1 != 0 {
        return Err(sense::FIELD);
    }
    // That an operation runs is told as it is now, with how far it has come.
    let running = drive.operation_left().is_some();
    let sense = drive
        .pending
        .take()
        .filter(|pending| !(running && matches!(pending.triple(), (2, 0x04, _))))
        .or_else(|| drive.take_attention())
        .or_else(|| drive.operation_sense())
        .unwrap_or(Sense::fixed(SenseKey::NoSense, 0, 0));
    reply.put_allocated(sense.as_bytes(), usize::from(request.byte(4)));
    Ok(0)
}
