//! Telling what a sector is by its bytes.

use super::{HeaderAddress, SYNC, Sector, SectorMode, SubHeader};
use crate::edc;
use crate::scramble::mask;

/// What [`detect`] made of a sector.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detected {
    /// No sync: audio, or a data sector read out of step.
    NoSync,
    /// A data sector.
    Data {
        /// Its mode. Mode 2 counts as having a form when both copies of the sub-header agree, or its EDC is right.
        mode: SectorMode,
        /// Its address as recorded.
        address: HeaderAddress,
        /// Whether bytes 12–2351 are still scrambled.
        scrambled: bool,
    },
    /// The sync is there, but neither the plain nor the descrambled header makes sense.
    UnknownMode {
        /// Bytes 12–15 as they stand.
        header: [u8; 4],
    },
}

/// Says what kind of sector this is, from sync, header and sub-header alone; errors elsewhere do not matter.
#[must_use]
pub fn detect(sector: &Sector) -> Detected {
    if sector[..12] != SYNC {
        return Detected::NoSync;
    }
    let plain = [sector[12], sector[13], sector[14], sector[15]];
    let descrambled = std::array::from_fn(|at| plain[at] ^ mask(12 + at));
    for (header, scrambled) in [(plain, false), (descrambled, true)] {
        let [minute, second, frame, mode] = header;
        let address = HeaderAddress([minute, second, frame]);
        // A lead-in may have A0h added to its minute.
        let known = address.to_msf().or(HeaderAddress([minute.wrapping_sub(0xA0), second, frame]).to_msf()).is_some();
        let byte = |at: usize| if scrambled { sector[at] ^ mask(at) } else { sector[at] };
        // Bits 7–5 mark run-in, run-out and link blocks of packet writing (MMC-6, mode byte): not part of the mode.
        let mode = match mode & 0x1F {
            _ if !known => continue,
            0 => SectorMode::Mode0,
            1 => SectorMode::Mode1,
            2 => mode2(sector, scrambled, std::array::from_fn(|at| byte(16 + at))),
            _ => continue,
        };
        return Detected::Data { mode, address, scrambled };
    }
    Detected::UnknownMode { header: plain }
}

fn mode2(sector: &Sector, scrambled: bool, bytes: [u8; 8]) -> SectorMode {
    let (one, two) = (SubHeader::from_bytes(bytes, false), SubHeader::from_bytes(bytes, true));
    let mut plain = *sector;
    if scrambled {
        crate::scramble(&mut plain);
    }
    let holds = |mode: SectorMode| {
        mode.edc_range().is_some_and(|(covered, at)| plain[at..at + 4] == edc(&plain[covered]).to_le_bytes())
    };
    let form2 = || {
        if plain[2348..] == [0; 4] && !holds(SectorMode::Mode2Form2) {
            SectorMode::Mode2Form2NoEdc
        } else {
            SectorMode::Mode2Form2
        }
    };
    match (one.is_form2(), one == two) {
        // Zeros all over are no sub-header: an empty formless sector looks like this, and form 1 would hold an EDC
        // of zero as well; with no parity to lose, formless is the reading that changes nothing.
        (_, true) if bytes == [0; 8] => {
            if plain[24..].iter().any(|&byte| byte != 0) && holds(SectorMode::Mode2Form1) {
                SectorMode::Mode2Form1
            } else {
                SectorMode::Mode2
            }
        }
        (true, true) => form2(),
        (false, true) => SectorMode::Mode2Form1,
        (_, false) if holds(SectorMode::Mode2Form1) => SectorMode::Mode2Form1,
        (_, false) if holds(SectorMode::Mode2Form2) => SectorMode::Mode2Form2,
        _ => SectorMode::Mode2,
    }
}
