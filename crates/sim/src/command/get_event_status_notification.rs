//! GET EVENT STATUS NOTIFICATION (MMC-6), polled.

use webburn_scsi::{Reply, Sense};

use super::{Request, send};
use crate::drive::SimDrive;
use crate::sense;

/// Classes: media (4) and device busy (6); operational change (1) is there and never has anything to say.
const SUPPORTED: u8 = 1 << 1 | 1 << 4 | 1 << 6;

pub(super) fn run(drive: &mut SimDrive, request: &Request<'_>, reply: &mut Reply) -> Result<usize, Sense> {
    // Asynchronous notification is not offered.
    if request.byte(1) & 1 == 0 {
        return Err(sense::FIELD);
    }
    let wanted = request.byte(4) & SUPPORTED;
    let allocation = usize::from(request.be16(7));
    let event: [u8; 4] = match wanted {
        0 => return send(drive, reply, &[0, 2, 0x80, SUPPORTED], allocation),
        _ if wanted & 1 << 1 != 0 => [0; 4],
        _ if wanted & 1 << 4 != 0 => media(drive, allocation),
        _ => busy(drive),
    };
    let class = wanted.trailing_zeros() as u8;
    send(drive, reply, &[&[0, 6, class, SUPPORTED], &event[..]].concat(), allocation)
}

fn media(drive: &mut SimDrive, allocation: usize) -> [u8; 4] {
    // A host that asks for the header alone does not consume the event.
    let event = if allocation > 4 { drive.events.take().map_or(0, |event| event as u8) } else { 0 };
    let present = u8::from(drive.disc().is_some()) << 1 | u8::from(drive.tray_open());
    [event, present, 0, 0]
}

fn busy(drive: &SimDrive) -> [u8; 4] {
    // Status 1: busy; the time that is left, in units of 100 ms.
    match drive.operation_left() {
        Some(left) => {
            let [hi, lo] = (left.as_millis() / 100).min(65_535).to_be_bytes()[14..] else { return [0; 4] };
            [1, 1, hi, lo]
        }
        None => [0; 4],
    }
}
