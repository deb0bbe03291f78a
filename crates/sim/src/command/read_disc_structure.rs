//! READ DISC STRUCTURE (MMC-6): what a DVD or Blu-ray disc says about itself.

use webburn_scsi::{Reply, Sense};

use super::{Request, send};
use crate::disc::{DiscState, Format, Ident, MediumKind};
use crate::drive::SimDrive;
use crate::recording::is_plus;
use crate::sense;
use crate::timing::Family;

pub(super) fn run(drive: &mut SimDrive, request: &Request<'_>, reply: &mut Reply) -> Result<usize, Sense> {
    let disc = drive.disc().ok_or(sense::NO_MEDIUM)?;
    let state = disc.state();
    let family = state.kind.spec().family;
    // CANNOT READ MEDIUM - INCOMPATIBLE FORMAT.
    let wrong_medium = sense::illegal(0x30, 0x02);
    let body = match (request.byte(1) & 0x0F, family) {
        (0, Family::Dvd) => dvd(drive, state, request.byte(7))?,
        (1, Family::Bd) => bd(state, request.byte(7))?,
        (_, Family::Cd) => return Err(wrong_medium),
        _ => return Err(sense::FIELD),
    };
    let mut out = (body.len() as u16 + 2).to_be_bytes().to_vec();
    out.extend([0, 0]);
    out.extend(body);
    send(drive, reply, &out, usize::from(request.be16(8)))
}

fn dvd(drive: &SimDrive, state: &DiscState, format: u8) -> Result<Vec<u8>, Sense> {
    let spec = state.kind.spec();
    Ok(match (format, &spec.ident) {
        (0x00, _) => physical(state),
        // No copy protection, all regions.
        (0x01, _) => vec![0; 4],
        (0x04, _) => vec![0; 2048],
        (0x09, _) if state.kind == MediumKind::DvdRam => vec![if state.write_protected { 0x40 } else { 0 }, 0, 0, 0],
        (0x0E, Ident::PreRecorded { .. }) if drive.personality.quirks.empty_prerecorded_lead_in => Vec::new(),
        (0x0E, Ident::PreRecorded { manufacturer }) => {
            // Fields of eight bytes: number, six bytes of contents, nothing. 1 addresses, 3 and 4 the manufacturer.
            let mut body = vec![0; 40];
            body[0] = 1;
            body[1] = 0x40;
            body[3..6].copy_from_slice(&(0x3_0000 + spec.blocks - 1).to_be_bytes()[1..]);
            body[8] = 2;
            body[16] = 3;
            body[17..23].copy_from_slice(&manufacturer[..6]);
            body[24] = 4;
            body[25..31].copy_from_slice(&manufacturer[6..]);
            body[32] = 5;
            body
        }
        (0x11, _) if drive.personality.quirks.no_adip => return Err(sense::FIELD),
        (0x11, Ident::Adip { .. }) => {
            let mut body = physical(state);
            body.resize(256, 0);
            body
        }
        (0x20, Ident::Adip { .. }) if state.kind == MediumKind::DvdPlusRDl => {
            let mut body = vec![0; 8];
            body[0] = if state.layer0_blocks.is_some() { 0x80 } else { 0 };
            body[4..].copy_from_slice(&state.layer0_blocks.unwrap_or(state.blocks / 2).to_be_bytes());
            body
        }
        // Shifted middle zone, jump interval (none), manual layer jump address: DVD-R with two layers.
        (0x21..=0x23, _) if matches!(state.kind, MediumKind::DvdRDl | MediumKind::DvdRDlLj) => {
            let mut body = vec![0; 8];
            let first_layer = state.layer0_blocks.unwrap_or(state.blocks / 2);
            if format == 0x21 {
                body[0] = if state.layer0_blocks.is_some() { 0x80 } else { 0 };
            }
            body[4..].copy_from_slice(&if format == 0x22 { 0 } else { first_layer }.to_be_bytes());
            body
        }
        (0xC0, _) => protection(state),
        (0xFF, _) => list(&[(0x00, 2048), (0x01, 4), (0x04, 2048), (0x0E, 40), (0x11, 256), (0xC0, 4)]),
        _ => return Err(sense::FIELD),
    })
}

/// Physical format information (format 00h), as the lead-in or the address in pre-groove has it.
fn physical(state: &DiscState) -> Vec<u8> {
    let spec = state.kind.spec();
    let mut body = vec![0; 2048];
    // Book type and part version.
    body[0] = match state.kind {
        MediumKind::DvdRam => 0x16,
        MediumKind::DvdR => 0x25,
        MediumKind::DvdRDl | MediumKind::DvdRDlLj => 0x26,
        MediumKind::DvdRw | MediumKind::DvdRwRo => 0x32,
        MediumKind::DvdPlusRw => 0x92,
        MediumKind::DvdPlusR => 0xA1,
        MediumKind::DvdPlusRwDl => 0xD0,
        MediumKind::DvdPlusRDl => 0xE1,
        _ => 0x01,
    };
    // 120 mm; layers; recordable area; densities.
    body[1] = 0x0F;
    body[2] = (spec.layers - 1) << 5
        | match state.kind {
            MediumKind::DvdRom => 0x01,
            kind if kind.spec().access == crate::disc::Access::WriteOnce => 0x02,
            _ => 0x04,
        };
    let start: u32 = if state.kind == MediumKind::DvdRam { 0x3_1000 } else { 0x3_0000 };
    let last = state.readable_end().map_or(0, |end| end.0 as u32);
    let end = if is_plus(state) || last == 0 { spec.blocks } else { last };
    body[5..8].copy_from_slice(&start.to_be_bytes()[1..]);
    body[9..12].copy_from_slice(&(start + end - 1).to_be_bytes()[1..]);
    if let Ident::Adip { manufacturer, media, revision } = &spec.ident {
        body[19..27].copy_from_slice(manufacturer);
        body[27..30].copy_from_slice(media);
        body[30] = *revision;
    }
    body
}

fn bd(state: &DiscState, format: u8) -> Result<Vec<u8>, Sense> {
    let spec = state.kind.spec();
    Ok(match format {
        0x00 => {
            let mut body = vec![0; 4096];
            if let Ident::DiscInformation { manufacturer, media, revision } = &spec.ident {
                let unit = &mut body[..112];
                unit[..2].copy_from_slice(b"DI");
                unit[2] = 1;
                unit[8..11].copy_from_slice(match spec.access {
                    crate::disc::Access::Rom => b"BDO",
                    crate::disc::Access::WriteOnce => b"BDR",
                    crate::disc::Access::Rewritable => b"BDW",
                });
                unit[11] = 0x01;
                unit[12] = spec.layers << 4 | 0x01;
                unit[100..106].copy_from_slice(manufacturer);
                unit[106..109].copy_from_slice(media);
                unit[111] = *revision;
            }
            body
        }
        0x09 => vec![0; 4],
        0x0A if state.spare_blocks > 0 => {
            let mut body = vec![0; 12];
            body[4..8].copy_from_slice(
                &((state.spare_blocks - state.spares_used.min(state.spare_blocks)) / 32).to_be_bytes(),
            );
            body[8..12].copy_from_slice(&(state.spare_blocks / 32).to_be_bytes());
            body
        }
        0xC0 => protection(state),
        0xFF => list(&[(0x00, 4096), (0x09, 4), (0x0A, 12), (0xC0, 4)]),
        _ => return Err(sense::FIELD),
    })
}

/// Write protection status (format C0h).
fn protection(state: &DiscState) -> Vec<u8> {
    let cartridge = state.write_protected && state.kind == MediumKind::DvdRam;
    let disc = state.write_protected && !cartridge || state.format == Format::Rom;
    vec![u8::from(cartridge) << 2 | u8::from(disc) << 1, 0, 0, 0]
}

/// Structure list (format FFh): code, "can be read", length with header.
fn list(formats: &[(u8, u16)]) -> Vec<u8> {
    formats
        .iter()
        .flat_map(|(code, len)| {
            let [hi, lo] = (len + 4).to_be_bytes();
            [*code, 0x40, hi, lo]
        })
        .collect()
}
