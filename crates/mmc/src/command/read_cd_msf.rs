//! READ CD MSF (MMC-6, 6.18).

use std::fmt;

use webburn_scsi::{Cdb, Command, Malformed, Payload, command};
use webburn_sector::Msf;

use super::{ExpectedSector, MainChannel, SubChannel};

command! {
    /// Reads CD sectors between two times.
    ReadCdMsf = 0xB9 [12] {
        /// Expected sector type.
        expected: ExpectedSector = code(1, 2, 3),
        /// DAP: conceal errors in audio.
        conceal: bool = bit(1, 1),
        /// First sector.
        start: Msf = msf(3),
        /// The sector after the last.
        end: Msf = msf(6),
        /// What of the main channel is sent.
        main: MainChannel = code(9, 0, 8),
        /// What of the sub-channel is sent.
        sub: SubChannel = code(10, 0, 3),
    }
}

impl ReadCdMsf {
    /// How many sectors; 0 where a time is no time or the end lies before the start.
    #[must_use]
    pub fn blocks(&self) -> u32 {
        match (self.start.to_lba(), self.end.to_lba()) {
            (Ok(start), Ok(end)) => end.since(start).0,
            _ => 0,
        }
    }
}

impl Command for ReadCdMsf {
    const NAME: &'static str = "READ CD MSF";
    type Response = Vec<u8>;
    fn cdb(&self) -> Cdb {
        self.to_cdb()
    }
    fn payload(&self) -> Payload<'_> {
        let length = self.main.bytes(self.expected) + self.sub.bytes();
        match (self.blocks() as usize).saturating_mul(length) {
            0 => Payload::None,
            bytes => Payload::In(bytes),
        }
    }
    fn decode(&self, data: &[u8]) -> Result<Vec<u8>, Malformed> {
        Ok(data.to_vec())
    }
}

impl fmt::Display for ReadCdMsf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}..{}, {} sectors", Self::NAME, self.start, self.end, self.expected)
    }
}
