//! Bytes to Q frames.

use webburn_sector::Msf;

use super::{BadCrc, Place, Point, Q, QBytes};
use crate::{Control, Isrc, Mcn, TrackNumber, crc16, from_bcd};

impl Q {
    /// Reads a frame and checks its CRC. A frame that is sound but says something unheard of is [`Q::Unknown`].
    ///
    /// # Errors
    /// [`BadCrc`].
    pub fn parse(bytes: &QBytes) -> Result<Q, BadCrc> {
        let [data @ .., high, low] = *bytes;
        let (recorded, computed) = (u16::from_be_bytes([high, low]), crc16(&data));
        if recorded == computed { Ok(Q::from_data(data)) } else { Err(BadCrc { recorded, computed }) }
    }

    /// Reads the ten bytes without a CRC, for layouts in which the drive has already checked it.
    #[must_use]
    pub fn from_data(data: [u8; 10]) -> Q {
        let known = match data[0] & 0x0F {
            1 if data[1] == 0 => toc(data),
            1 => position(data),
            2 => mcn(data),
            3 => isrc(data),
            5 if data[1] == 0 => Some(mode5(data)),
            _ => None,
        };
        // What does not come back the same has digits that the type has no room for.
        known.filter(|q| q.data() == data).unwrap_or(Q::Unknown(data))
    }
}

fn control(data: [u8; 10]) -> Control {
    Control::from_nibble(data[0] >> 4)
}

fn msf(bytes: [u8; 3]) -> Option<Msf> {
    Some(Msf::new(from_bcd(bytes[0])?, from_bcd(bytes[1])?, from_bcd(bytes[2])?))
}

fn toc(data: [u8; 10]) -> Option<Q> {
    let [_, _, point, m, s, f, _, pm, ps, pf] = data;
    Some(Q::Toc {
        control: control(data),
        point: Point::from_byte(point),
        running: msf([m, s, f])?,
        value: msf([pm, ps, pf])?,
    })
}

fn position(data: [u8; 10]) -> Option<Q> {
    let [_, track, index, m, s, f, _, am, as_, af] = data;
    let place = if track == 0xAA {
        Place::LeadOut
    } else {
        Place::Track(TrackNumber::new(from_bcd(track)?).ok()?, from_bcd(index)?)
    };
    Some(Q::Position { control: control(data), place, relative: msf([m, s, f])?, absolute: msf([am, as_, af])? })
}

fn mcn(data: [u8; 10]) -> Option<Q> {
    let [_, digits @ .., _, frame] = data;
    Some(Q::Mcn { control: control(data), mcn: Mcn::from_frame(digits)?, frame: from_bcd(frame)? })
}

fn isrc(data: [u8; 10]) -> Option<Q> {
    let [_, code @ .., frame] = data;
    Some(Q::Isrc { control: control(data), isrc: Isrc::from_frame(code)?, frame: from_bcd(frame)? })
}

fn mode5(data: [u8; 10]) -> Q {
    let [_, _, point, m, s, f, zero, pm, ps, pf] = data;
    Q::Mode5 { control: control(data), point, at: [m, s, f], zero, value: [pm, ps, pf] }
}
