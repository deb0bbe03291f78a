//! REPORT KEY (MMC-6, 6.29).

use std::fmt;

use webburn_scsi::layout::{get, put};
use webburn_scsi::{Command, Malformed, announced, command, layout};

command! {
    /// Asks for a key or a state of copy protection. Burning needs none of it; players and systems ask for the region.
    ReportKey = 0xA4 [12] {
        /// Block address, where the format wants one.
        address: u32 = u32(2),
        /// Key class; 0 is CSS/CPPM/CPRM.
        key_class: u8 = u8(7),
        /// Most bytes to send.
        allocation_length: u16 = u16(8),
        /// AGID.
        agid: u8 = bits(10, 6, 2),
        /// Key format.
        format: u8 = bits(10, 0, 6),
    }
}

/// An answer to REPORT KEY, unread.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyReply {
    /// What follows the four bytes of header.
    pub body: Vec<u8>,
}

impl KeyReply {
    /// Reads an answer, as long as its own header says.
    ///
    /// # Errors
    /// Fewer than 4 bytes.
    pub fn parse(data: &[u8]) -> Result<Self, Malformed> {
        let length = (usize::from(get::u16(data, 0)) + 2).max(4);
        Ok(KeyReply { body: announced(ReportKey::NAME, data, length, 4)?[4..].to_vec() })
    }

    /// The bytes of an answer.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut out = vec![0; 4];
        put::u16(&mut out, 0, (self.body.len() + 2) as u16);
        out.extend_from_slice(&self.body);
        out
    }
}

reads!(ReportKey, "REPORT KEY", KeyReply);

impl fmt::Display for ReportKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} class {:02X}h format {:02X}h", Self::NAME, self.key_class, self.format)
    }
}

command! {
    /// Asks for the region state (key class 0, format 08h).
    ReportRpcState = 0xA4 [12] given { u8(7) = 0, bits(10, 0, 6) = 0x08 } {
        /// Most bytes to send, 8.
        allocation_length: u16 = u16(8),
    }
}

layout! {
    /// What it answers (MMC-6, table of RPC state).
    RpcState [8] {
        /// Type code: 0 none, 1 set, 2 last chance, 3 permanent.
        type_code: u8 = bits(4, 6, 2),
        /// Resets by the vendor left.
        vendor_resets: u8 = bits(4, 3, 3),
        /// Changes by the user left.
        user_changes: u8 = bits(4, 0, 3),
        /// Region mask: a 0 bit is a region that plays.
        region_mask: u8 = u8(5),
        /// RPC scheme; 1 is phase II.
        scheme: u8 = u8(6),
    }
}

impl RpcState {
    /// Reads an answer.
    ///
    /// # Errors
    /// Fewer than 8 bytes.
    pub fn parse(data: &[u8]) -> Result<Self, Malformed> {
        let length = usize::from(get::u16(data, 0)) + 2;
        Ok(Self::read(announced(ReportRpcState::NAME, data, length, Self::LEN)?))
    }

    /// The bytes of an answer, length field included.
    #[must_use]
    pub fn reply(&self) -> [u8; 8] {
        let mut out = self.encode();
        put::u16(&mut out, 0, 6);
        out
    }
}

reads!(ReportRpcState, "REPORT KEY (RPC state)", RpcState);

impl fmt::Display for ReportRpcState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Self::NAME)
    }
}
