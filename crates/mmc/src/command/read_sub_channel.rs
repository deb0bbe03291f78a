//! READ SUB-CHANNEL (MMC-3, 6.34; MMC-6 keeps the operation code): position (01h), catalogue number (02h), ISRC (03h).

use std::fmt;

use webburn_scsi::layout::{get, put};
use webburn_scsi::{Cdb, Command, Malformed, Payload, announced, command};

use crate::Address;

command! {
    /// Asks where the head is.
    ReadCurrentPosition = 0x42 [10] given { u8(3) = 0x01 } {
        /// MSF: addresses as minute, second, frame.
        msf: bool = bit(1, 1),
        /// SubQ: with the data, not the header alone.
        sub_q: bool = bit(2, 6),
        /// Most bytes to send, 16.
        allocation_length: u16 = u16(7),
    }
}

command! {
    /// Asks for the media catalogue number.
    ReadMcn = 0x42 [10] given { u8(3) = 0x02 } {
        /// SubQ: with the data, not the header alone.
        sub_q: bool = bit(2, 6),
        /// Most bytes to send, 24.
        allocation_length: u16 = u16(7),
    }
}

command! {
    /// Asks for the ISRC of a track.
    ReadIsrc = 0x42 [10] given { u8(3) = 0x03 } {
        /// SubQ: with the data, not the header alone.
        sub_q: bool = bit(2, 6),
        /// The track.
        track: u8 = u8(6),
        /// Most bytes to send, 24.
        allocation_length: u16 = u16(7),
    }
}

/// Where the head is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CurrentPosition {
    /// Audio status, 15h when nothing is played.
    pub audio_status: u8,
    /// ADR of the frame.
    pub adr: u8,
    /// CONTROL of the frame.
    pub control: u8,
    /// Track.
    pub track: u8,
    /// Index.
    pub index: u8,
    /// Address on the disc.
    pub absolute: Address,
    /// Address within the track.
    pub relative: Address,
}

/// Media catalogue number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mcn {
    /// Audio status, 15h when nothing is played.
    pub audio_status: u8,
    /// Thirteen digits, where MCVAL says that there is one.
    pub digits: Option<[u8; 13]>,
    /// AFRAME: frame of the address the number was read at.
    pub frame: u8,
}

/// International standard recording code of a track.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Isrc {
    /// Audio status, 15h when nothing is played.
    pub audio_status: u8,
    /// ADR of the track.
    pub adr: u8,
    /// CONTROL of the track.
    pub control: u8,
    /// The track.
    pub track: u8,
    /// Twelve characters, where TCVAL says that there is one.
    pub code: Option<[u8; 12]>,
    /// AFRAME: frame of the address the code was read at.
    pub frame: u8,
}

fn fixed<'a>(what: &'static str, data: &'a [u8], format: u8, length: usize) -> Result<&'a [u8], Malformed> {
    let data = announced(what, data, usize::from(get::u16(data, 2)) + 4, length)?;
    if data[4] != format {
        return Err(Malformed::new(what, "not of the format asked for", data.len()));
    }
    Ok(data)
}

fn header<const N: usize>(audio_status: u8, format: u8) -> [u8; N] {
    let mut out = [0; N];
    put::u8(&mut out, 1, audio_status);
    put::u16(&mut out, 2, (N - 4) as u16);
    put::u8(&mut out, 4, format);
    out
}

impl CurrentPosition {
    /// Reads an answer; `msf` as it was asked for.
    ///
    /// # Errors
    /// Fewer than 16 bytes, or another format.
    pub fn parse(data: &[u8], msf: bool) -> Result<Self, Malformed> {
        let data = fixed(ReadCurrentPosition::NAME, data, 1, 16)?;
        Ok(CurrentPosition {
            audio_status: data[1],
            adr: get::bits(data, 5, 4, 4),
            control: get::bits(data, 5, 0, 4),
            track: data[6],
            index: data[7],
            absolute: Address::read(data, 8, msf),
            relative: Address::read(data, 12, msf),
        })
    }

    /// The bytes of an answer.
    #[must_use]
    pub fn encode(&self) -> [u8; 16] {
        let mut out = header(self.audio_status, 1);
        put::bits(&mut out, 5, 4, 4, self.adr);
        put::bits(&mut out, 5, 0, 4, self.control);
        out[6] = self.track;
        out[7] = self.index;
        self.absolute.write(&mut out, 8);
        self.relative.write(&mut out, 12);
        out
    }
}

impl Mcn {
    /// Reads an answer.
    ///
    /// # Errors
    /// Fewer than 24 bytes, or another format.
    pub fn parse(data: &[u8]) -> Result<Self, Malformed> {
        let data = fixed(ReadMcn::NAME, data, 2, 24)?;
        let digits = get::bit(data, 8, 7).then(|| get::bytes(data, 9));
        Ok(Mcn { audio_status: data[1], digits, frame: data[23] })
    }

    /// The bytes of an answer.
    #[must_use]
    pub fn encode(&self) -> [u8; 24] {
        let mut out = header(self.audio_status, 2);
        if let Some(digits) = self.digits {
            put::bit(&mut out, 8, 7, true);
            put::bytes(&mut out, 9, digits);
        }
        out[23] = self.frame;
        out
    }
}

impl Isrc {
    /// Reads an answer.
    ///
    /// # Errors
    /// Fewer than 24 bytes, or another format.
    pub fn parse(data: &[u8]) -> Result<Self, Malformed> {
        let data = fixed(ReadIsrc::NAME, data, 3, 24)?;
        Ok(Isrc {
            audio_status: data[1],
            adr: get::bits(data, 5, 4, 4),
            control: get::bits(data, 5, 0, 4),
            track: data[6],
            code: get::bit(data, 8, 7).then(|| get::bytes(data, 9)),
            frame: data[22],
        })
    }

    /// The bytes of an answer.
    #[must_use]
    pub fn encode(&self) -> [u8; 24] {
        let mut out = header(self.audio_status, 3);
        put::bits(&mut out, 5, 4, 4, self.adr);
        put::bits(&mut out, 5, 0, 4, self.control);
        out[6] = self.track;
        if let Some(code) = self.code {
            put::bit(&mut out, 8, 7, true);
            put::bytes(&mut out, 9, code);
        }
        out[22] = self.frame;
        out
    }
}

impl Command for ReadCurrentPosition {
    const NAME: &'static str = "READ SUB-CHANNEL (position)";
    type Response = CurrentPosition;
    fn cdb(&self) -> Cdb {
        self.to_cdb()
    }
    fn payload(&self) -> Payload<'_> {
        Payload::In(self.allocation_length.into())
    }
    fn decode(&self, data: &[u8]) -> Result<CurrentPosition, Malformed> {
        CurrentPosition::parse(data, self.msf)
    }
}

reads!(ReadMcn, "READ SUB-CHANNEL (catalogue number)", Mcn);
reads!(ReadIsrc, "READ SUB-CHANNEL (ISRC)", Isrc);

impl fmt::Display for ReadCurrentPosition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Self::NAME)
    }
}

impl fmt::Display for ReadMcn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Self::NAME)
    }
}

impl fmt::Display for ReadIsrc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} track {}", Self::NAME, self.track)
    }
}
