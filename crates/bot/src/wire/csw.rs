//! The command status wrapper.

use super::{NotMeaningful, NotValid, le32};

/// `bCSWStatus` (BOT 1.0, table 5.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CswStatus {
    /// 00h.
    Passed,
    /// 01h: CHECK CONDITION; the sense waits for REQUEST SENSE.
    Failed,
    /// 02h: host and device disagreed about the data phase; reset recovery follows.
    PhaseError,
    /// 03h–FFh.
    Reserved(u8),
}

impl CswStatus {
    /// From the byte.
    #[must_use]
    pub const fn from_byte(byte: u8) -> Self {
        match byte {
            0 => CswStatus::Passed,
            1 => CswStatus::Failed,
            2 => CswStatus::PhaseError,
            other => CswStatus::Reserved(other),
        }
    }

    /// To the byte.
    #[must_use]
    pub const fn to_byte(self) -> u8 {
        match self {
            CswStatus::Passed => 0,
            CswStatus::Failed => 1,
            CswStatus::PhaseError => 2,
            CswStatus::Reserved(other) => other,
        }
    }
}

/// Command status wrapper, device to host, 13 bytes (BOT 1.0, table 5.2). Lossless.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Csw {
    /// `dCSWSignature`. Some devices send another one all their life; a host learns the first it sees.
    pub signature: u32,
    /// `dCSWTag`.
    pub tag: u32,
    /// `dCSWDataResidue`: bytes of the expected transfer that did not matter.
    pub residue: u32,
    /// `bCSWStatus`.
    pub status: CswStatus,
}

impl Csw {
    /// Bytes of a CSW.
    pub const LEN: usize = 13;
    /// `dCSWSignature`: "USBS" on the wire.
    pub const SIGNATURE: u32 = 0x5342_5355;

    /// With the right signature.
    #[must_use]
    pub const fn new(tag: u32, residue: u32, status: CswStatus) -> Self {
        Csw { signature: Self::SIGNATURE, tag, residue, status }
    }

    /// The 13 bytes.
    #[must_use]
    pub fn encode(&self) -> [u8; Self::LEN] {
        let mut out = [0; Self::LEN];
        out[0..4].copy_from_slice(&self.signature.to_le_bytes());
        out[4..8].copy_from_slice(&self.tag.to_le_bytes());
        out[8..12].copy_from_slice(&self.residue.to_le_bytes());
        out[12] = self.status.to_byte();
        out
    }

    /// Reads the fields, judging only the length: signature and tag are judged by [`Csw::check_valid`].
    ///
    /// # Errors
    /// Not exactly 13 bytes.
    pub fn decode(bytes: &[u8]) -> Result<Self, NotValid> {
        let bytes: &[u8; Self::LEN] = bytes.try_into().map_err(|_| NotValid::Length(bytes.len()))?;
        Ok(Csw {
            signature: le32(bytes, 0),
            tag: le32(bytes, 4),
            residue: le32(bytes, 8),
            status: CswStatus::from_byte(bytes[12]),
        })
    }

    /// Is the wrapper valid for the command with `tag` on a device whose signature is `signature`?
    ///
    /// # Errors
    /// Another signature or another tag.
    pub fn check_valid(&self, signature: u32, tag: u32) -> Result<(), NotValid> {
        if self.signature != signature {
            return Err(NotValid::Signature(self.signature));
        }
        if self.tag != tag { Err(NotValid::Tag(self.tag)) } else { Ok(()) }
    }

    /// Is the wrapper meaningful for a transfer of `length` bytes? With status 2 the residue says nothing.
    ///
    /// # Errors
    /// A reserved status, or a residue larger than the transfer. A host may clamp the residue instead of minding it.
    pub fn check_meaningful(&self, length: u32) -> Result<(), NotMeaningful> {
        match self.status {
            CswStatus::Reserved(status) => Err(NotMeaningful::Status(status)),
            CswStatus::PhaseError => Ok(()),
            _ if self.residue > length => Err(NotMeaningful::Residue(self.residue)),
            _ => Ok(()),
        }
    }
}
