//! Client to server: one command.

use std::time::Duration;

use webburn_scsi::{Cdb, Direction};

use super::{FrameError, MAGIC, REQUEST, VERSION, head, le32};

/// The head of a request; data to the drive follows it in the frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request {
    /// Chosen by the client, rising by one.
    pub tag: u32,
    /// See the module's table.
    pub epoch: u32,
    /// Which way the data goes.
    pub direction: Direction,
    /// Bytes expected or sent.
    pub length: u32,
    /// How long the command may take, milliseconds.
    pub timeout_ms: u32,
    /// The command.
    pub cdb: Cdb,
}

impl Request {
    /// Bytes of the head.
    pub const LEN: usize = 40;

    /// The head's bytes.
    #[must_use]
    pub fn encode(&self) -> [u8; Self::LEN] {
        let mut out = [0; Self::LEN];
        out[..2].copy_from_slice(&MAGIC);
        out[2] = VERSION;
        out[3] = REQUEST;
        out[4..8].copy_from_slice(&self.tag.to_le_bytes());
        out[8..12].copy_from_slice(&self.epoch.to_le_bytes());
        out[12] = match self.direction {
            Direction::None => 0,
            Direction::In => 1,
            Direction::Out => 2,
        };
        out[13] = self.cdb.as_bytes().len() as u8;
        out[16..20].copy_from_slice(&self.length.to_le_bytes());
        out[20..24].copy_from_slice(&self.timeout_ms.to_le_bytes());
        out[24..40].copy_from_slice(self.cdb.padded());
        out
    }

    /// Reads a request frame: the head, and the data to the drive (empty when there is none).
    ///
    /// # Errors
    /// [`FrameError`] when it is no such frame; nothing of it may then be carried out.
    pub fn decode(frame: &[u8]) -> Result<(Request, &[u8]), FrameError> {
        head(frame, REQUEST)?;
        let Some((fields, data)) = frame.split_first_chunk::<{ Self::LEN }>() else {
            return Err(FrameError::Length);
        };
        let direction = match fields[12] {
            0 => Direction::None,
            1 => Direction::In,
            2 => Direction::Out,
            _ => return Err(FrameError::Field("direction")),
        };
        let cdb_len = usize::from(fields[13]);
        let cdb = fields
            .get(24..24 + cdb_len)
            .and_then(|bytes| Cdb::from_slice(bytes).ok())
            .ok_or(FrameError::Field("command length"))?;
        if fields[24 + cdb_len..].iter().chain(&fields[14..16]).any(|&byte| byte != 0) {
            return Err(FrameError::Field("reserved bytes"));
        }
        let length = le32(fields, 16);
        let expected = if direction == Direction::Out { length as usize } else { 0 };
        if direction == Direction::None && length != 0 {
            return Err(FrameError::Field("length"));
        }
        if data.len() != expected {
            return Err(FrameError::Length);
        }
        let request = Request {
            tag: le32(fields, 4),
            epoch: le32(fields, 8),
            direction,
            length,
            timeout_ms: le32(fields, 20),
            cdb,
        };
        Ok((request, data))
    }

    /// Where the first request frame of `message` ends. A message may hold several, one after the other; what is no
    /// request, or is cut short, is taken whole, for [`Request::decode`] to refuse.
    #[must_use]
    pub fn end_of_first(message: &[u8]) -> usize {
        let Some(fields) = message.first_chunk::<{ Self::LEN }>().filter(|_| head(message, REQUEST).is_ok()) else {
            return message.len();
        };
        let data = if fields[12] == 2 { le32(fields, 16) as usize } else { 0 };
        data.saturating_add(Self::LEN).min(message.len())
    }

    /// Only the epoch, for a reader that looks ahead.
    #[must_use]
    pub fn peek_epoch(frame: &[u8]) -> Option<u32> {
        head(frame, REQUEST).ok()?;
        (frame.len() >= 12).then(|| le32(frame, 8))
    }
}

/// `timeout_ms` for a limit: rounded up, at most what 32 bits hold (49 days).
#[must_use]
pub fn timeout_ms(limit: Duration) -> u32 {
    u32::try_from(limit.as_micros().div_ceil(1000)).unwrap_or(u32::MAX)
}
