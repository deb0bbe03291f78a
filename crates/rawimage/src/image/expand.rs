//! From what is stored to a whole sector.

use webburn_cdcode::sector::{HeaderAddress, SECTOR_SIZE, SYNC, Sector, SectorMode, SubHeader, encode};
use webburn_sector::Lba;

use crate::layout::{MainForm, Stored};

/// Makes the 2352 bytes of the sector at `at` from the bytes of its main channel that a file holds.
pub(super) fn expand(stored: Stored, audio: bool, bytes: &[u8], at: Lba, out: &mut Sector) {
    // No checked layout has sectors that a header cannot show.
    let address = HeaderAddress::from_lba(at).unwrap_or(HeaderAddress([0; 3]));
    match stored.main {
        MainForm::Whole => {
            out.copy_from_slice(bytes);
            if stored.big_endian && audio {
                swap(out);
            }
        }
        MainForm::Mode1 => user_data(out, bytes, SectorMode::Mode1, None, address),
        MainForm::Form1 => user_data(out, bytes, SectorMode::Mode2Form1, Some(SubHeader::DATA_FORM1), address),
        MainForm::Form2 => user_data(out, bytes, SectorMode::Mode2Form2, Some(SubHeader::FORM2), address),
        MainForm::Form2Edc => {
            out.fill(0);
            out[16..24].copy_from_slice(&SubHeader::FORM2.to_bytes());
            out[24..].copy_from_slice(bytes);
            head(out, address);
        }
        MainForm::SubHeaderForm1 => {
            out.fill(0);
            out[16..2072].copy_from_slice(bytes);
            encode(out, SectorMode::Mode2Form1, address);
        }
        MainForm::Body => {
            out[16..].copy_from_slice(bytes);
            head(out, address);
        }
        MainForm::Mixed | MainForm::MixedBody => {
            out.fill(0);
            out[16..16 + bytes.len()].copy_from_slice(bytes);
            let second = SubHeader { file: out[20], channel: out[21], submode: out[22], coding: out[23] };
            encode(out, if second.is_form2() { SectorMode::Mode2Form2 } else { SectorMode::Mode2Form1 }, address);
        }
    }
}

/// An empty sector at `at`.
pub(crate) fn empty(mode: SectorMode, at: Lba, out: &mut Sector) {
    out.fill(0);
    if mode == SectorMode::Audio {
        return;
    }
    if mode.has_sub_header() {
        let form = if mode == SectorMode::Mode2Form1 { SubHeader::DATA_FORM1 } else { SubHeader::FORM2 };
        out[16..24].copy_from_slice(&form.to_bytes());
    }
    encode(out, mode, HeaderAddress::from_lba(at).unwrap_or(HeaderAddress([0; 3])));
}

/// Turns little-endian samples into big-endian ones, and back.
pub(crate) fn swap(samples: &mut [u8]) {
    for sample in samples.as_chunks_mut::<2>().0 {
        sample.swap(0, 1);
    }
}

fn user_data(out: &mut Sector, bytes: &[u8], mode: SectorMode, head: Option<SubHeader>, address: HeaderAddress) {
    out.fill(0);
    if let Some(head) = head {
        out[16..24].copy_from_slice(&head.to_bytes());
    }
    out[mode.user_data()].copy_from_slice(bytes);
    encode(out, mode, address);
}

/// Sync and header of a mode 2 sector whose body stays as it is.
fn head(out: &mut [u8; SECTOR_SIZE], address: HeaderAddress) {
    out[..12].copy_from_slice(&SYNC);
    out[12..15].copy_from_slice(&address.0);
    out[15] = 2;
}
