//! Server to client: how the command ended.

use webburn_scsi::{Completion, Sense, Status, TransportError, TransportErrorKind};

use super::{DETAIL_MAX, FrameError, MAGIC, REPLY, VERSION, head, le16, le32};

/// Kinds of trouble by their number on the wire, from 1; an unknown number reads as `Other`.
pub const ERROR_KINDS: [TransportErrorKind; 9] = [
    TransportErrorKind::Timeout,
    TransportErrorKind::Disconnected,
    TransportErrorKind::Closed,
    TransportErrorKind::Locked,
    TransportErrorKind::Protocol,
    TransportErrorKind::Denied,
    TransportErrorKind::Forbidden,
    TransportErrorKind::OutOfMemory,
    TransportErrorKind::Other,
];

/// How a request ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The drive answered.
    Completed(Completion),
    /// The command did not reach the drive, or its answer did not come back.
    Failed(TransportError),
    /// An earlier command of the epoch had not ended GOOD, or the client has moved on: the drive was not touched.
    NotExecuted,
}

/// Bytes before the data of a reply.
pub const REPLY_HEAD: usize = 24;

/// Begins a reply frame at the end of `message` with room for `len` bytes of data behind the head, and says where it
/// begins. [`finish_reply`] does the rest.
pub fn begin_reply(message: &mut Vec<u8>, len: usize) -> usize {
    let at = message.len();
    message.resize(at + REPLY_HEAD + len, 0);
    at
}

/// Completes a reply begun at `at` by [`begin_reply`]: keeps `data_len` bytes of the data that lies behind the head.
pub fn finish_reply(message: &mut Vec<u8>, at: usize, tag: u32, ended: &Ended, data_len: usize) {
    message.truncate(at + REPLY_HEAD + data_len);
    let data_len = message.len().saturating_sub(at + REPLY_HEAD);
    let (mut end, mut status, mut kind, mut transferred) = (0, 0, 0, 0);
    let (mut sense, mut detail): (&[u8], &str) = (&[], "");
    match ended {
        Ended::Completed(completion) => {
            transferred = completion.transferred as u32;
            match &completion.status {
                Status::Good => {}
                Status::CheckCondition(bytes) => {
                    status = 0x02;
                    sense = bytes.as_bytes();
                }
                Status::Other(byte) => status = *byte,
            }
        }
        Ended::Failed(error) => {
            end = 1;
            kind = 1 + ERROR_KINDS.iter().position(|kind| *kind == error.kind).unwrap_or(ERROR_KINDS.len() - 1) as u8;
            detail = &error.detail[..error.detail.floor_char_boundary(DETAIL_MAX)];
        }
        Ended::NotExecuted => end = 2,
    }
    let fields = &mut message[at..at + REPLY_HEAD];
    fields[..2].copy_from_slice(&MAGIC);
    fields[2] = VERSION;
    fields[3] = REPLY;
    fields[4..8].copy_from_slice(&tag.to_le_bytes());
    fields[8] = end;
    fields[9] = status;
    fields[10] = kind;
    fields[11] = sense.len() as u8;
    fields[12..16].copy_from_slice(&transferred.to_le_bytes());
    fields[16..20].copy_from_slice(&(data_len as u32).to_le_bytes());
    fields[20..22].copy_from_slice(&(detail.len() as u16).to_le_bytes());
    message.extend_from_slice(sense);
    message.extend_from_slice(detail.as_bytes());
}

/// Where the first reply frame of `message` ends. A message may hold several, one after the other; what is no reply, or
/// is cut short, is taken whole, for [`decode_reply`] to refuse.
#[must_use]
pub fn end_of_first_reply(message: &[u8]) -> usize {
    let Some(fields) = message.first_chunk::<REPLY_HEAD>().filter(|_| head(message, REPLY).is_ok()) else {
        return message.len();
    };
    let behind = usize::from(fields[11]) + usize::from(le16(fields, 20));
    (le32(fields, 16) as usize).saturating_add(REPLY_HEAD + behind).min(message.len())
}

/// Reads a reply frame: tag, how it ended, the data from the drive.
///
/// # Errors
/// [`FrameError`] when it is no such frame.
pub fn decode_reply(frame: &[u8]) -> Result<(u32, Ended, &[u8]), FrameError> {
    head(frame, REPLY)?;
    let Some((fields, body)) = frame.split_first_chunk::<REPLY_HEAD>() else {
        return Err(FrameError::Length);
    };
    let (sense_len, detail_len) = (usize::from(fields[11]), usize::from(le16(fields, 20)));
    let data_len = le32(fields, 16) as usize;
    if le16(fields, 22) != 0 {
        return Err(FrameError::Field("reserved bytes"));
    }
    if sense_len > Sense::MAX {
        return Err(FrameError::Field("sense length"));
    }
    let Some((data, rest)) = body.split_at_checked(data_len) else { return Err(FrameError::Length) };
    if rest.len() != sense_len + detail_len {
        return Err(FrameError::Length);
    }
    let (sense, detail) = rest.split_at(sense_len);
    let transferred = le32(fields, 12) as usize;
    let ended = match (fields[8], fields[9]) {
        (0, 0x00) => Ended::Completed(Completion::good(transferred)),
        (0, 0x02) => Ended::Completed(Completion::check(Sense::from_bytes(sense), transferred)),
        (0, status) => Ended::Completed(Completion { status: Status::Other(status), transferred }),
        (1, _) => {
            let kind = ERROR_KINDS.get(usize::from(fields[10]).wrapping_sub(1)).copied();
            let kind = kind.unwrap_or(TransportErrorKind::Other);
            Ended::Failed(TransportError::new(kind, String::from_utf8_lossy(detail)))
        }
        (2, _) => Ended::NotExecuted,
        _ => return Err(FrameError::Field("end")),
    };
    Ok((le32(fields, 4), ended, data))
}
