//! REQUEST SENSE (SPC-4, 6.39).

use std::fmt;

use crate::{Cdb, Command, Malformed, Payload, Sense, command};

command! {
    /// Fetches and clears pending sense; also the way to ask for the progress of a long operation.
    RequestSense = 0x03 [6] {
        /// DESC: descriptor format wanted. Optical drives know the fixed one only.
        descriptor: bool = bit(1, 0),
        /// Most bytes to send.
        allocation_length: u8 = u8(4),
    }
}

impl RequestSense {
    /// Eighteen bytes of fixed-format sense: what every drive and bridge can do.
    pub const FIXED: RequestSense = RequestSense { descriptor: false, allocation_length: 18 };
}

impl Command for RequestSense {
    const NAME: &'static str = "REQUEST SENSE";
    type Response = Sense;
    fn cdb(&self) -> Cdb {
        self.to_cdb()
    }
    fn payload(&self) -> Payload<'_> {
        Payload::In(self.allocation_length.into())
    }
    /// Fewer than 4 bytes say nothing and are refused; a longer but cut answer keeps what arrived, the rest reads as 0.
    fn decode(&self, data: &[u8]) -> Result<Sense, Malformed> {
        if data.len() < 4 {
            return Err(Malformed::new(Self::NAME, "too short for a sense key", data.len()));
        }
        // A bridge may fill up to the allocation length: the additional length (byte 7, both formats) tells the end.
        let end = data.get(7).map_or(data.len(), |more| (8 + usize::from(*more)).min(data.len()));
        Ok(Sense::from_bytes(&data[..end]))
    }
}

impl fmt::Display for RequestSense {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Self::NAME)
    }
}
