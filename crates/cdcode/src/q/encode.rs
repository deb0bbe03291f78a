//! Q frames to bytes.

use webburn_sector::Msf;

use super::{Place, Q, QBytes};
use crate::{Control, crc16, to_bcd};

impl Q {
    /// The twelve bytes, CRC included.
    #[must_use]
    pub fn to_bytes(&self) -> QBytes {
        let data = self.data();
        let mut bytes = [0; 12];
        bytes[..10].copy_from_slice(&data);
        bytes[10..].copy_from_slice(&crc16(&data).to_be_bytes());
        bytes
    }

    /// The ten bytes that the CRC covers.
    #[must_use]
    pub fn data(&self) -> [u8; 10] {
        match *self {
            Q::Position { control, place, relative, absolute } => {
                let (track, index) = match place {
                    Place::Track(number, index) => (to_bcd(number.get()), to_bcd(index)),
                    Place::LeadOut => (0xAA, 1),
                };
                frame(control, 1, track, index, bcd(relative), 0, bcd(absolute))
            }
            Q::Toc { control, point, running, value } => {
                // A0 and A1 carry a track number in PMIN, and A0 the kind of disc in PSEC, which is no BCD number:
                // 00h, 10h or 20h. The caller's value holds it as 0, 10 or 20.
                frame(control, 1, 0, point.to_byte(), bcd(running), 0, bcd(value))
            }
            Q::Mode5 { control, point, at, zero, value } => frame(control, 5, 0, point, at, zero, value),
            Q::Mcn { control, mcn, frame } => {
                let mut data = [0; 10];
                data[0] = control.to_nibble() << 4 | 2;
                data[1..8].copy_from_slice(&mcn.to_frame());
                data[9] = to_bcd(frame);
                data
            }
            Q::Isrc { control, isrc, frame } => {
                let mut data = [0; 10];
                data[0] = control.to_nibble() << 4 | 3;
                data[1..9].copy_from_slice(&isrc.to_frame());
                data[9] = to_bcd(frame);
                data
            }
            Q::Unknown(data) => data,
        }
    }
}

fn bcd(at: Msf) -> [u8; 3] {
    at.to_bytes().map(to_bcd)
}

fn frame(control: Control, adr: u8, track: u8, index: u8, time: [u8; 3], zero: u8, value: [u8; 3]) -> [u8; 10] {
    let [m, s, f] = time;
    let [pm, ps, pf] = value;
    [control.to_nibble() << 4 | adr, track, index, m, s, f, zero, pm, ps, pf]
}
