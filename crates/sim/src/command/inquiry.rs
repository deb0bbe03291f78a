//! INQUIRY (SPC-4), standard data of 36 bytes; vital product data pages 00h and 80h.

use webburn_scsi::{Reply, Sense};

use super::{Request, send};
use crate::drive::SimDrive;
use crate::sense;

pub(super) fn run(drive: &mut SimDrive, request: &Request<'_>, reply: &mut Reply) -> Result<usize, Sense> {
    let allocation = usize::from(request.be16(3));
    let serial = drive.personality.serial.as_bytes();
    let bytes = match (request.byte(1) & 1, request.byte(2)) {
        (0, 0) => standard(drive),
        (1, 0x00) => vec![0x05, 0x00, 0, 2, 0x00, 0x80],
        (1, 0x80) => [&[0x05, 0x80, 0, serial.len() as u8], serial].concat(),
        _ => return Err(sense::FIELD),
    };
    send(drive, reply, &bytes, allocation)
}

fn standard(drive: &SimDrive) -> Vec<u8> {
    let mine = &drive.personality;
    // CD/DVD device, removable, no claim of an SPC version, response format 2, 31 more bytes.
    let mut out = vec![0x05, 0x80, 0x00, 0x02, 31, 0, 0, 0];
    let mut text = |text: &str, len: usize| {
        let end = out.len() + len;
        out.extend(text.bytes().take(len));
        out.resize(end, b' ');
    };
    if mine.quirks.bridge_identity {
        text("ASMT", 8);
        text("ASM105x", 16);
        text("0", 4);
    } else {
        text(&mine.vendor, 8);
        text(&mine.product, 16);
        text(&mine.revision, 4);
    }
    out
}
