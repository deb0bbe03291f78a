//! Coding a sector in place.

use super::{HeaderAddress, SECTOR_SIZE, SYNC, Sector, SectorMode};
use crate::edc;
use crate::rspc::write_parity;

/// Completes a sector whose user data (and sub-header, where the mode has one) is in place: sync, header, EDC, zero
/// bytes, P and Q. Nothing is scrambled yet: see [`crate::scramble`]. Audio is left as it is.
///
/// Mode 0 has no user data: bytes 16–2351 become zero.
pub fn encode(sector: &mut Sector, mode: SectorMode, address: HeaderAddress) {
    let Some(header_byte) = mode.header_byte() else { return };
    write_sync(sector);
    write_header(sector, address, header_byte);
    match mode {
        SectorMode::Mode0 => sector[16..].fill(0),
        SectorMode::Mode2Form2NoEdc => sector[2348..].fill(0),
        SectorMode::Mode1 => sector[2068..2076].fill(0),
        _ => {}
    }
    write_edc(sector, mode);
    if mode.has_parity() {
        write_sector_parity(sector, mode);
    }
}

/// Writes bytes 0–11.
pub fn write_sync(sector: &mut Sector) {
    sector[..12].copy_from_slice(&SYNC);
}

/// Writes bytes 12–15: the address and the mode byte.
pub fn write_header(sector: &mut Sector, address: HeaderAddress, mode: u8) {
    let [minute, second, frame] = address.0;
    sector[12..16].copy_from_slice(&[minute, second, frame, mode]);
}

/// Writes the EDC of a mode that has one; what it covers must be complete.
pub fn write_edc(sector: &mut Sector, mode: SectorMode) {
    if let Some((covered, at)) = mode.edc_range() {
        let code = edc(&sector[covered]).to_le_bytes();
        sector[at..at + 4].copy_from_slice(&code);
    }
}

/// Writes P and Q over a sector that is otherwise complete, whatever its EDC says. For form 1 the header counts as zero, so that a sector
/// may be moved without being coded anew (CD-ROM XA).
pub fn write_sector_parity(sector: &mut Sector, mode: SectorMode) {
    let header: [u8; 4] = [sector[12], sector[13], sector[14], sector[15]];
    let free_of_header = mode == SectorMode::Mode2Form1;
    if free_of_header {
        sector[12..16].fill(0);
    }
    if let Some(body) = sector.last_chunk_mut::<{ SECTOR_SIZE - 12 }>() {
        write_parity(body);
    }
    if free_of_header {
        sector[12..16].copy_from_slice(&header);
    }
}
