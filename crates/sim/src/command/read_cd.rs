//! READ CD and READ CD MSF (MMC-6): any part of any sector, with C2 pointers and sub-channel.

use std::time::Duration;

use webburn_cdcode::sector::Sector;
use webburn_cdcode::subchannel::{pq16, symbols};
use webburn_scsi::{Reply, Sense};
use webburn_sector::Msf;

use super::Request;
use crate::cd::{SectorKind, Unreadable};
use crate::disc::Disc;
use crate::drive::SimDrive;
use crate::sense;
use crate::timing::Family;

/// What of each sector is sent.
#[derive(Clone, Copy)]
struct Selection {
    /// Expected sector type; 0 any.
    expected: u8,
    /// Byte 9: bit 7 sync, 6 sub-header, 5 header, 4 user data, 3 EDC and ECC.
    main: u8,
    /// 0 none, 1 C2 pointers, 2 with a block error byte.
    c2: u8,
    /// 0 none, 1 P–W, 2 Q, 4 R–W.
    sub: u8,
}

impl Selection {
    fn of(request: &Request<'_>) -> Self {
        Selection {
            expected: request.byte(1) >> 2 & 0x07,
            main: request.byte(9) & 0xF8,
            c2: request.byte(9) >> 1 & 0x03,
            sub: request.byte(10) & 0x07,
        }
    }

    const fn c2_len(self) -> usize {
        match self.c2 {
            1 => 294,
            2 => 296,
            _ => 0,
        }
    }

    const fn sub_len(self) -> usize {
        match self.sub {
            1 | 4 => 96,
            2 => 16,
            _ => 0,
        }
    }

    /// Bytes of a sector at most.
    fn most(self) -> usize {
        usize::from(self.main != 0) * 2352 + self.c2_len() + self.sub_len()
    }

    /// The part of the main channel that is sent; an error for one that is not in one piece.
    fn range(self, kind: SectorKind) -> Result<std::ops::Range<usize>, Sense> {
        // Ends of sync, header, sub-header, user data and EDC with ECC.
        let ends = match kind {
            // Nothing but user data.
            SectorKind::Audio => [0, 0, 0, 2352, 2352],
            SectorKind::Mode0 | SectorKind::Mode2 => [12, 16, 16, 2352, 2352],
            SectorKind::Mode1 => [12, 16, 16, 2064, 2352],
            SectorKind::Form1 => [12, 16, 24, 2072, 2352],
            // Its four bytes of EDC, or of nothing, count as user data.
            SectorKind::Form2 => [12, 16, 24, 2352, 2352],
        };
        let wanted = [0x80, 0x20, 0x40, 0x10, 0x08].map(|bit| self.main & bit != 0);
        let mut range: Option<std::ops::Range<usize>> = None;
        let mut start = 0;
        for (end, wanted) in ends.into_iter().zip(wanted) {
            if wanted && end > start {
                range = match range {
                    None => Some(start..end),
                    Some(before) if before.end == start => Some(before.start..end),
                    Some(_) => return Err(sense::FIELD),
                };
            }
            start = end;
        }
        Ok(range.unwrap_or(0..0))
    }
}

/// Room that the host asks for.
pub(super) fn room(request: &Request<'_>) -> usize {
    request.be24(6) as usize * Selection::of(request).most()
}

/// The same between two times.
pub(super) fn room_msf(request: &Request<'_>) -> usize {
    span(request).map_or(0, |(_, count)| count as usize) * Selection::of(request).most()
}

pub(super) fn run(drive: &mut SimDrive, request: &Request<'_>, reply: &mut Reply) -> Result<usize, Sense> {
    read(drive, request, request.lba(2), request.be24(6), reply)
}

pub(super) fn run_msf(drive: &mut SimDrive, request: &Request<'_>, reply: &mut Reply) -> Result<usize, Sense> {
    let (lba, count) = span(request)?;
    read(drive, request, lba, count, reply)
}

/// First address and count of READ CD MSF: the end is not read.
fn span(request: &Request<'_>) -> Result<(i32, u32), Sense> {
    let at = |i| Msf::new(request.byte(i), request.byte(i + 1), request.byte(i + 2)).to_lba().map_err(|_| sense::FIELD);
    let (start, end) = (at(3)?.0, at(6)?.0);
    if end < start { Err(sense::FIELD) } else { Ok((start, end.abs_diff(start))) }
}

fn read(drive: &mut SimDrive, request: &Request<'_>, lba: i32, count: u32, reply: &mut Reply) -> Result<usize, Sense> {
    let selection = Selection::of(request);
    let quirks = drive.personality.quirks;
    let c2 = selection.c2 != 0;
    if selection.expected > 5
        || selection.c2 == 3
        || !matches!(selection.sub, 0 | 1 | 2 | 4)
        || c2 && (quirks.no_c2 || quirks.no_c2_with_sub && selection.sub != 0)
        || quirks.no_sub_channel && selection.sub != 0
    {
        return Err(sense::FIELD);
    }
    drive.before_reading()?;
    let mend = drive.modes.corrects();
    let disc = drive.disc_mut().ok_or(sense::NO_MEDIUM)?;
    if disc.kind().spec().family != Family::Cd {
        return Err(sense::illegal(0x30, 0x02));
    }
    let end = disc.state.readable_end().map_or(0, |end| end.0);
    if lba < -150 || i64::from(lba) + i64::from(count) > i64::from(end) {
        return Err(sense::OUT_OF_RANGE);
    }
    let result = (lba..lba.saturating_add_unsigned(count))
        .try_fold(None, |mode, at| sector(disc, at, selection, mend, mode, reply).map(Some));
    if result.as_ref().is_err_and(|sense| sense.triple().0 == 3) {
        // A drive tries for a while before it gives up.
        drive.spend(Duration::from_secs(8));
    }
    drive.spend_reading(lba, count);
    match result {
        Ok(_) => Ok(0),
        Err(sense) => {
            reply.reset(reply.limit());
            Err(sense)
        }
    }
}

/// The track mode of a kind: 0 audio, 1 and 2. Within one READ CD it does not change.
const fn mode(kind: SectorKind) -> u8 {
    match kind {
        SectorKind::Audio => 0xFF,
        SectorKind::Mode0 => 0,
        SectorKind::Mode1 => 1,
        SectorKind::Mode2 | SectorKind::Form1 | SectorKind::Form2 => 2,
    }
}

fn sector(
    disc: &mut Disc,
    at: i32,
    selection: Selection,
    mend: bool,
    before: Option<u8>,
    reply: &mut Reply,
) -> Result<u8, Sense> {
    let here = |sense: Sense| sense.with_information(at as u32);
    let scratched = disc.state.defects.iter().any(|defect| defect.read && defect.hits(at, 1).is_some());
    let (kind, main) = disc.cd_main(at, mend).map_err(|error| match error {
        Unreadable::Outside => here(sense::ILLEGAL_MODE),
        Unreadable::Bad => here(sense::UNREADABLE),
        Unreadable::Store(_) => sense::STORE_FAILED,
    })?;
    let expected = match selection.expected {
        0 => true,
        1 => kind == SectorKind::Audio,
        2 => kind == SectorKind::Mode1,
        3 => kind == SectorKind::Mode2,
        4 => kind == SectorKind::Form1,
        _ => kind == SectorKind::Form2,
    };
    if !expected || before.is_some_and(|before| before != mode(kind)) {
        return Err(here(sense::ILLEGAL_MODE));
    }
    if scratched && kind != SectorKind::Audio {
        return Err(here(sense::UNREADABLE));
    }
    if scratched && selection.c2 == 0 {
        return Err(here(sense::CIRC));
    }
    let nothing: Sector = [0; 2352];
    reply.put(&(if scratched { &nothing } else { &main })[selection.range(kind)?]);
    let error = if scratched { 0xFF } else { 0 };
    if selection.c2 == 2 {
        // The block error byte and a byte to make it even come first, *guess*: drives have them at either end.
        reply.put(&[error, 0]);
    }
    if selection.c2 != 0 {
        reply.put(&[error; 294]);
    }
    match selection.sub {
        1 => reply.put(&disc.cd_sub(at)),
        2 => {
            let symbols = disc.cd_sub(at);
            let mut sixteen = [0; 16];
            pq16::write_pq(&mut sixteen, symbols::read_p(&symbols), &symbols::read_q(&symbols));
            reply.put(&sixteen);
        }
        4 => reply.put(&disc.cd_packs(at)),
        _ => {}
    }
    Ok(mode(kind))
}
