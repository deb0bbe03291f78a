//! READ FORMAT CAPACITIES (MMC-6).

use webburn_scsi::{Reply, Sense};

use super::{Request, send};
use crate::disc::{Format, MediumKind};
use crate::drive::SimDrive;
use crate::recording;
use crate::timing::Family;

pub(super) fn run(drive: &mut SimDrive, request: &Request<'_>, reply: &mut Reply) -> Result<usize, Sense> {
    let ready = drive.ready();
    let mut out = vec![0; 4];
    match drive.disc().filter(|_| ready.is_ok()) {
        // No medium: the largest that the drive could format.
        None if matches!(ready, Err(ref sense) if sense.asc() == 0x3A) => {
            out.extend(62_500_864u32.to_be_bytes());
            out.extend([3, 0, 8, 0]);
        }
        None => return ready.map(|()| 0),
        Some(disc) => {
            let state = disc.state();
            let (blocks, kind) = match state.format {
                Format::Unformatted => (state.blocks, 1),
                Format::Random if state.kind.spec().family == Family::Dvd && !formatted(state.formatted_to) => {
                    (state.blocks, 2)
                }
                Format::Random | Format::PseudoOverwrite | Format::RandomOnce => (state.blocks, 2),
                Format::RestrictedOverwrite { intermediate: false } => (state.blocks, 2),
                Format::RestrictedOverwrite { intermediate: true } => (state.formatted_to.max(0) as u32, 3),
                // A blank disc that could be formatted is unformatted; a written one has the capacity it has.
                Format::Sequential if state.is_blank() && !state.is_formatted_once() => (state.blocks, 1),
                Format::Sequential if state.is_blank() => (state.blocks, 2),
                Format::Sequential | Format::Rom => (state.readable_end().map_or(0, |end| end.0 as u32), 2),
            };
            out.extend(blocks.to_be_bytes());
            out.extend([kind, 0, 8, 0]);
            let mine = drive.personality.can_write(state.kind);
            for line in recording::capacities(state).iter().filter(|_| mine) {
                out.extend(line.blocks.to_be_bytes());
                out.push(line.kind << 2);
                out.extend(&parameter(line.parameter, state.kind).to_be_bytes()[1..]);
            }
        }
    }
    out[3] = (out.len() - 4) as u8;
    send(drive, reply, &out, usize::from(request.be16(7)))
}

const fn formatted(to: i32) -> bool {
    to > 0
}

/// The type dependent parameter, 24 bits; for Blu-ray with spares the clusters set aside.
const fn parameter(parameter: u32, _kind: MediumKind) -> u32 {
    parameter & 0x00FF_FFFF
}
