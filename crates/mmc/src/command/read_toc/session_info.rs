//! Format 0001b: complete sessions.

use std::fmt;

use webburn_scsi::layout::get;
use webburn_scsi::{Cdb, Command, Malformed, Payload, command};

use super::{with_header, within};
use crate::Address;

command! {
    /// Asks for the last complete session.
    ReadSessionInfo = 0x43 [10] given { bits(2, 0, 4) = 1 } {
        /// MSF: address as minute, second, frame.
        msf: bool = bit(1, 1),
        /// Most bytes to send, 12.
        allocation_length: u16 = u16(7),
    }
}

/// Sessions that are complete.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SessionInfo {
    /// First complete session.
    pub first: u8,
    /// Last complete session.
    pub last: u8,
    /// ADR of the track below.
    pub adr: u8,
    /// CONTROL of the track below.
    pub control: u8,
    /// First track of the last complete session.
    pub track: u8,
    /// Where that track begins.
    pub start: Address,
}

impl SessionInfo {
    /// Reads an answer; `msf` as it was asked for.
    ///
    /// # Errors
    /// Fewer than 12 bytes.
    pub fn parse(data: &[u8], msf: bool) -> Result<Self, Malformed> {
        let data = within(ReadSessionInfo::NAME, data, 12)?;
        Ok(SessionInfo {
            first: data[2],
            last: data[3],
            adr: get::bits(data, 5, 4, 4),
            control: get::bits(data, 5, 0, 4),
            track: data[6],
            start: Address::read(data, 8, msf),
        })
    }

    /// The bytes of an answer.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut entry = [0, self.adr << 4 | self.control & 0x0F, self.track, 0, 0, 0, 0, 0];
        self.start.write(&mut entry, 4);
        with_header(self.first, self.last, entry)
    }
}

impl Command for ReadSessionInfo {
    const NAME: &'static str = "READ TOC (sessions)";
    type Response = SessionInfo;
    fn cdb(&self) -> Cdb {
        self.to_cdb()
    }
    fn payload(&self) -> Payload<'_> {
        Payload::In(self.allocation_length.into())
    }
    fn decode(&self, data: &[u8]) -> Result<SessionInfo, Malformed> {
        SessionInfo::parse(data, self.msf)
    }
}

impl fmt::Display for ReadSessionInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Self::NAME)
    }
}
