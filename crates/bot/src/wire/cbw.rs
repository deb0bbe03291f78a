//! The command block wrapper.

use webburn_scsi::{Cdb, Direction};

use super::{NotMeaningful, NotValid, le32};

/// Bits of [`Cbw::flags`].
pub mod flags {
    /// Bit 7: data goes from the device to the host.
    pub const IN: u8 = 0x80;
}

/// Command block wrapper, host to device, 31 bytes (BOT 1.0, table 5.1). Lossless: reserved bits are kept as they came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cbw {
    /// `dCBWTag`, echoed in the CSW.
    pub tag: u32,
    /// `dCBWDataTransferLength`: bytes the host expects to move.
    pub data_transfer_length: u32,
    /// `bmCBWFlags`, see [`flags`].
    pub flags: u8,
    /// `bCBWLUN`, bits 3–0.
    pub lun: u8,
    /// `bCBWCBLength`, bits 4–0: bytes of `cb` that are valid, 1 to 16.
    pub cb_length: u8,
    /// `CBWCB`, zero padded.
    pub cb: [u8; 16],
}

impl Cbw {
    /// Bytes of a CBW.
    pub const LEN: usize = 31;
    /// `dCBWSignature`: "USBC" on the wire.
    pub const SIGNATURE: u32 = 0x4342_5355;

    /// A wrapper around `cdb`. `length` bytes are to move in `direction`.
    #[must_use]
    pub fn new(tag: u32, direction: Direction, length: u32, lun: u8, cdb: &Cdb) -> Self {
        Cbw {
            tag,
            data_transfer_length: length,
            flags: if direction == Direction::In { flags::IN } else { 0 },
            lun,
            cb_length: cdb.as_bytes().len() as u8,
            cb: *cdb.padded(),
        }
    }

    /// The same with a command block of at least `len` bytes (zero padded; `len` ≤ 16).
    #[must_use]
    pub fn padded_to(mut self, len: u8) -> Self {
        self.cb_length = self.cb_length.max(len.min(16));
        self
    }

    /// The 31 bytes.
    #[must_use]
    pub fn encode(&self) -> [u8; Self::LEN] {
        let mut out = [0; Self::LEN];
        out[0..4].copy_from_slice(&Self::SIGNATURE.to_le_bytes());
        out[4..8].copy_from_slice(&self.tag.to_le_bytes());
        out[8..12].copy_from_slice(&self.data_transfer_length.to_le_bytes());
        out[12] = self.flags;
        out[13] = self.lun;
        out[14] = self.cb_length;
        out[15..31].copy_from_slice(&self.cb);
        out
    }

    /// Reads a *valid* wrapper; whether it is *meaningful* is asked by [`Cbw::check_meaningful`].
    ///
    /// # Errors
    /// Not exactly 31 bytes, or another signature. The third condition of validity (it comes after a CSW or a reset) is
    /// for the device to know.
    pub fn decode(bytes: &[u8]) -> Result<Self, NotValid> {
        let bytes: &[u8; Self::LEN] = bytes.try_into().map_err(|_| NotValid::Length(bytes.len()))?;
        let signature = le32(bytes, 0);
        if signature != Self::SIGNATURE {
            return Err(NotValid::Signature(signature));
        }
        let mut cb = [0; 16];
        cb.copy_from_slice(&bytes[15..31]);
        Ok(Cbw {
            tag: le32(bytes, 4),
            data_transfer_length: le32(bytes, 8),
            flags: bytes[12],
            lun: bytes[13],
            cb_length: bytes[14],
            cb,
        })
    }

    /// Is the wrapper meaningful to a device whose highest logical unit is `max_lun`?
    ///
    /// # Errors
    /// Reserved bits set, no such logical unit, or a command block length outside 1..=16.
    pub fn check_meaningful(&self, max_lun: u8) -> Result<(), NotMeaningful> {
        if self.flags & !flags::IN != 0 || self.lun & 0xF0 != 0 || self.cb_length & 0xE0 != 0 {
            return Err(NotMeaningful::ReservedBits);
        }
        if self.lun > max_lun {
            return Err(NotMeaningful::Lun(self.lun));
        }
        if !(1..=16).contains(&self.cb_length) {
            return Err(NotMeaningful::CommandLength(self.cb_length));
        }
        Ok(())
    }

    /// What the host expects: none when no byte is to move, whatever bit 7 says (BOT 1.0, 5.1).
    #[must_use]
    pub const fn direction(&self) -> Direction {
        if self.data_transfer_length == 0 {
            Direction::None
        } else if self.flags & flags::IN != 0 {
            Direction::In
        } else {
            Direction::Out
        }
    }

    /// The command block, `cb_length` bytes (at most 16).
    #[must_use]
    pub fn command_block(&self) -> &[u8] {
        &self.cb[..usize::from(self.cb_length & 0x1F).min(16)]
    }
}
