//! What a drive's answer or a broken wire is called as an HRESULT: one table, first match wins.
//!
//! Microsoft documents the codes and what they mean, not the sense behind them; which sense gets which code is our
//! choice, guided by the meanings. Rows for one command come before those for all.

use webburn_drive::{CommandError, Doing};
use webburn_scsi::{TransportError, TransportErrorKind};

use crate::hresult::*;

/// On which path a command was sent: the same sense has other names when writing and when erasing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Path {
    /// Anything that only asks or moves the tray.
    Query,
    /// Preparing, writing, closing.
    Write,
    /// Blanking and formatting for its own sake.
    Erase,
}

/// One row: which commands, which sense, on which path, and what it is called.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// Operation codes, empty for all.
    pub opcodes: &'static [u8],
    /// Sense key, `None` for any.
    pub key: Option<u8>,
    /// Lowest and highest additional sense code.
    pub asc: (u8, u8),
    /// Lowest and highest qualifier.
    pub ascq: (u8, u8),
    /// Only on this path, `None` for all.
    pub path: Option<Path>,
    /// The HRESULT.
    pub hresult: HResult,
    /// The stable code.
    pub code: &'static str,
}

const ANY: (u8, u8) = (0x00, 0xFF);

const fn one(value: u8) -> (u8, u8) {
    (value, value)
}

#[allow(clippy::too_many_arguments)] // One row of a table; named fields would triple its height.
const fn row(
    opcodes: &'static [u8],
    key: u8,
    asc: (u8, u8),
    ascq: (u8, u8),
    path: Option<Path>,
    hresult: HResult,
    code: &'static str,
) -> Row {
    let key = if key == 0xFF { None } else { Some(key) };
    Row { opcodes, key, asc, ascq, path, hresult, code }
}

const MODE_SENSE: &[u8] = &[0x5A, 0x1A];
const MODE_SELECT: &[u8] = &[0x55, 0x15];
const CUE_SHEET: &[u8] = &[0x5D];
const CONFIGURATION: &[u8] = &[0x46];
const STRUCTURE: &[u8] = &[0xAD];
const INFORMATION: &[u8] = &[0x51, 0x52];
const ERASERS: &[u8] = &[0xA1, 0x04];
const SPIN_UP: &[u8] = &[0x1B];
const READS: &[u8] = &[0x28, 0xA8, 0xBE];
const USER_READS: &[u8] = &[0x28, 0xA8];
const CLOSERS: &[u8] = &[0x5B];
const OPC: &[u8] = &[0x54];
const ALL: &[u8] = &[];
const K: u8 = 0xFF;

const Q: Path = Path::Query;
const W: Path = Path::Write;
const E: Path = Path::Erase;

/// The table of sense.
#[rustfmt::skip]
pub const ROWS: &[Row] = &[
    // One command's own.
    row(MODE_SENSE,    5, one(0x20), ANY,        None,        E_IMAPI_RECORDER_NO_SUCH_MODE_PAGE, "mode-page-absent"),
    row(MODE_SENSE,    5, one(0x24), ANY,        None,        E_IMAPI_RECORDER_NO_SUCH_MODE_PAGE, "mode-page-absent"),
    row(MODE_SENSE,    5, one(0x39), ANY,        None,        E_IMAPI_RECORDER_NO_SUCH_MODE_PAGE, "mode-page-absent"),
    row(MODE_SELECT,   5, one(0x26), ANY,        None,        E_IMAPI_RECORDER_INVALID_MODE_PARAMETERS, "mode-parameters-refused"),
    row(MODE_SELECT,   5, one(0x1A), ANY,        None,        E_IMAPI_RECORDER_INVALID_MODE_PARAMETERS, "mode-parameters-refused"),
    row(MODE_SELECT,   5, one(0x24), ANY,        None,        E_IMAPI_RECORDER_INVALID_MODE_PARAMETERS, "mode-parameters-refused"),
    row(CUE_SHEET,     5, one(0x26), ANY,        None,        E_IMAPI_RECORDER_INVALID_MODE_PARAMETERS, "mode-parameters-refused"),
    row(CONFIGURATION, 5, one(0x20), ANY,        None,        E_IMAPI_RECORDER_GET_CONFIGURATION_NOT_SUPPORTED, "configuration-unsupported"),
    row(STRUCTURE,     5, one(0x24), ANY,        None,        E_IMAPI_RECORDER_DVD_STRUCTURE_NOT_PRESENT, "structure-absent"),
    row(STRUCTURE,     5, one(0x30), one(0x02),  None,        E_IMAPI_RECORDER_DVD_STRUCTURE_NOT_PRESENT, "structure-absent"),
    row(STRUCTURE,     5, one(0x20), ANY,        None,        E_IMAPI_RECORDER_DVD_STRUCTURE_NOT_PRESENT, "structure-absent"),
    row(STRUCTURE,     5, one(0x6F), ANY,        None,        E_IMAPI_RECORDER_DVD_STRUCTURE_NOT_PRESENT, "structure-absent"),
    row(INFORMATION,   5, one(0x24), ANY,        None,        E_IMAPI_DF2DATA_INVALID_MEDIA_STATE, "disc-state-unsuitable"),
    row(INFORMATION,   5, one(0x30), one(0x00),  None,        E_IMAPI_DF2DATA_INVALID_MEDIA_STATE, "disc-state-unsuitable"),
    row(INFORMATION,   5, one(0x21), one(0x00),  None,        E_IMAPI_DF2DATA_INVALID_MEDIA_STATE, "disc-state-unsuitable"),
    row(ERASERS,       7, one(0x27), ANY,        None,        E_IMAPI_RECORDER_MEDIA_WRITE_PROTECTED, "disc-write-protected"),
    row(ERASERS,       5, one(0x24), ANY,        Some(E), E_IMAPI_ERASE_MEDIA_IS_NOT_ERASABLE, "disc-not-erasable"),
    row(ERASERS,       5, one(0x30), one(0x06),  Some(E), E_IMAPI_ERASE_MEDIA_IS_NOT_ERASABLE, "disc-not-erasable"),
    row(ERASERS,       3, one(0x51), ANY,        Some(E), E_IMAPI_ERASE_DRIVE_FAILED_ERASE_COMMAND, "erase-failed"),
    row(ERASERS,       3, one(0x31), one(0x01),  Some(E), E_IMAPI_ERASE_DRIVE_FAILED_ERASE_COMMAND, "erase-failed"),
    row(ERASERS,       4, ANY,       ANY,        Some(E), E_IMAPI_ERASE_DRIVE_FAILED_ERASE_COMMAND, "erase-failed"),
    row(USER_READS,    5, one(0x64), one(0x00),  Some(Q), E_IMAPI_UNEXPECTED_RESPONSE_FROM_DEVICE, "not-user-data"),
    row(SPIN_UP,       2, one(0x04), one(0x02),  Some(E), E_IMAPI_ERASE_DRIVE_FAILED_SPINUP_COMMAND, "drive-failed-spinup"),
    // Any command.
    row(ALL, 2, one(0x04), one(0x00), None, E_IMAPI_RECORDER_MEDIA_BECOMING_READY, "disc-not-ready"),
    row(ALL, 2, one(0x04), one(0x01), None, E_IMAPI_RECORDER_MEDIA_BECOMING_READY, "disc-not-ready"),
    row(ALL, 2, one(0x04), one(0x02), Some(E), E_IMAPI_ERASE_DRIVE_FAILED_SPINUP_COMMAND, "drive-failed-spinup"),
    row(ALL, 2, one(0x04), one(0x02), None, E_IMAPI_RECORDER_MEDIA_BECOMING_READY, "disc-not-ready"),
    row(ALL, 2, one(0x04), one(0x03), Some(W), E_IMAPI_UNEXPECTED_RESPONSE_FROM_DEVICE, "drive-failed"),
    row(ALL, 2, one(0x04), one(0x03), None, E_FAIL, "drive-failed"),
    row(ALL, 2, one(0x04), one(0x04), None, E_IMAPI_RECORDER_MEDIA_FORMAT_IN_PROGRESS, "disc-formatting"),
    row(ALL, 2, one(0x04), (0x07, 0x09), None, E_IMAPI_RECORDER_MEDIA_BUSY, "disc-busy"),
    row(ALL, 2, one(0x06), one(0x00), None, E_IMAPI_RECORDER_MEDIA_UPSIDE_DOWN, "disc-upside-down"),
    row(ALL, 3, one(0x06), one(0x00), None, E_IMAPI_RECORDER_MEDIA_UPSIDE_DOWN, "disc-upside-down"),
    row(ALL, K, one(0x30), one(0x10), None, E_IMAPI_RECORDER_MEDIA_NOT_FORMATTED, "disc-not-formatted"),
    row(ALL, 3, one(0x31), one(0x00), None, E_IMAPI_RECORDER_MEDIA_NOT_FORMATTED, "disc-not-formatted"),
    row(ALL, 2, one(0x30), ANY,       None, E_IMAPI_RECORDER_MEDIA_INCOMPATIBLE, "disc-incompatible"),
    row(ALL, 5, one(0x30), (0x00, 0x02), None, E_IMAPI_RECORDER_MEDIA_INCOMPATIBLE, "disc-incompatible"),
    row(ALL, 5, one(0x30), (0x04, 0x06), None, E_IMAPI_RECORDER_MEDIA_INCOMPATIBLE, "disc-incompatible"),
    row(ALL, 5, one(0x30), (0x08, 0x09), None, E_IMAPI_RECORDER_MEDIA_INCOMPATIBLE, "disc-incompatible"),
    row(ALL, 3, one(0x30), ANY,       None, E_IMAPI_RECORDER_MEDIA_INCOMPATIBLE, "disc-incompatible"),
    row(ALL, 2, one(0x3A), ANY,       None, E_IMAPI_RECORDER_MEDIA_NO_MEDIA, "no-disc"),
    row(ALL, 2, one(0x3E), ANY,       Some(W), E_IMAPI_UNEXPECTED_RESPONSE_FROM_DEVICE, "drive-failed"),
    row(ALL, 4, ANY,       ANY,       Some(W), E_IMAPI_UNEXPECTED_RESPONSE_FROM_DEVICE, "drive-failed"),
    row(ALL, 6, one(0x28), ANY,       Some(W), E_IMAPI_UNEXPECTED_RESPONSE_FROM_DEVICE, "disc-changed"),
    row(ALL, 6, one(0x29), ANY,       Some(W), E_IMAPI_UNEXPECTED_RESPONSE_FROM_DEVICE, "drive-reset"),
    row(ALL, 6, ANY,       ANY,       Some(Q), E_FAIL, "disc-changed"),
    row(ALL, 7, one(0x27), ANY,       None, E_IMAPI_RECORDER_MEDIA_WRITE_PROTECTED, "disc-write-protected"),
    row(ALL, 5, one(0x27), ANY,       None, E_IMAPI_RECORDER_MEDIA_WRITE_PROTECTED, "disc-write-protected"),
    row(ALL, 2, one(0x27), ANY,       None, E_IMAPI_RECORDER_MEDIA_WRITE_PROTECTED, "disc-write-protected"),
    row(ALL, K, one(0x0C), one(0x09), None, E_IMAPI_LOSS_OF_STREAMING, "loss-of-streaming"),
    row(ALL, 3, one(0x73), ANY,       Some(W), E_IMAPI_UNEXPECTED_RESPONSE_FROM_DEVICE, "calibration-failed"),
    row(OPC, 3, ANY,       ANY,       Some(W), E_IMAPI_UNEXPECTED_RESPONSE_FROM_DEVICE, "calibration-failed"),
    row(CLOSERS, 3, ANY,   ANY,       Some(W), E_IMAPI_UNEXPECTED_RESPONSE_FROM_DEVICE, "close-failed"),
    row(CLOSERS, 5, ANY,   ANY,       Some(W), E_IMAPI_UNEXPECTED_RESPONSE_FROM_DEVICE, "close-failed"),
    row(ERASERS, K, ANY,   ANY,       Some(W), E_IMAPI_UNEXPECTED_RESPONSE_FROM_DEVICE, "format-failed"),
    row(ALL, 3, ANY,       ANY,       Some(W), E_IMAPI_UNEXPECTED_RESPONSE_FROM_DEVICE, "write-error"),
    row(READS, 3, ANY,     ANY,       None, E_FAIL, "read-failed"),
    row(ALL, 5, one(0x21), one(0x00), Some(W), E_IMAPI_UNEXPECTED_RESPONSE_FROM_DEVICE, "write-address-lost"),
    row(ALL, 5, one(0x21), one(0x02), Some(W), E_IMAPI_UNEXPECTED_RESPONSE_FROM_DEVICE, "write-address-lost"),
    row(ALL, 5, one(0x21), ANY,       Some(Q), E_IMAPI_DF2DATA_INVALID_MEDIA_STATE, "disc-state-unsuitable"),
    row(ALL, 5, one(0x63), one(0x00), None, E_IMAPI_UNEXPECTED_RESPONSE_FROM_DEVICE, "disc-full"),
    row(ALL, 5, one(0x64), one(0x00), None, E_IMAPI_UNEXPECTED_RESPONSE_FROM_DEVICE, "drive-refused"),
    row(ALL, 5, one(0x53), one(0x02), None, E_FAIL, "drive-refused"),
    row(ALL, 5, one(0x6F), ANY,       None, E_FAIL, "drive-refused"),
    row(ALL, K, ANY,       ANY,       Some(W), E_IMAPI_UNEXPECTED_RESPONSE_FROM_DEVICE, "drive-refused"),
    row(ALL, K, ANY,       ANY,       Some(E), E_IMAPI_ERASE_UNEXPECTED_DRIVE_RESPONSE_DURING_ERASE, "erase-failed"),
    row(ALL, 4, ANY,       ANY,       None, E_FAIL, "drive-failed"),
    row(ALL, K, ANY,       ANY,       None, E_FAIL, "drive-refused"),
];

/// The table of transport outcomes.
#[rustfmt::skip]
pub const TRANSPORT: &[(TransportErrorKind, HResult, &str)] = &[
    (TransportErrorKind::Timeout,      E_IMAPI_RECORDER_COMMAND_TIMEOUT,              "drive-timeout"),
    (TransportErrorKind::Disconnected, ERROR_DEV_NOT_EXIST,                           "drive-gone"),
    (TransportErrorKind::Closed,       ERROR_INVALID_HANDLE,                          "connection-closed"),
    (TransportErrorKind::Locked,       E_IMAPI_RECORDER_LOCKED,                       "drive-held"),
    (TransportErrorKind::Protocol,     E_IMAPI_RECORDER_INVALID_RESPONSE_FROM_DEVICE, "drive-answer-invalid"),
    (TransportErrorKind::Denied,       E_ACCESSDENIED,                                "access-denied"),
    (TransportErrorKind::Forbidden,    E_ACCESSDENIED,                                "command-forbidden"),
    (TransportErrorKind::OutOfMemory,  E_OUTOFMEMORY,                                 "out-of-memory"),
    (TransportErrorKind::Other,        E_FAIL,                                        "drive-refused"),
];

impl Row {
    fn matches(&self, opcode: u8, (key, asc, ascq): (u8, u8, u8), path: Path) -> bool {
        (self.opcodes.is_empty() || self.opcodes.contains(&opcode))
            && self.key.is_none_or(|k| k == key)
            && (self.asc.0..=self.asc.1).contains(&asc)
            && (self.ascq.0..=self.ascq.1).contains(&ascq)
            && self.path.is_none_or(|p| p == path)
    }
}

/// HRESULT and stable code of sense that came in answer to `opcode` on `path`.
#[must_use]
pub fn of_sense(opcode: u8, triple: (u8, u8, u8), path: Path) -> (HResult, &'static str) {
    ROWS.iter().find(|row| row.matches(opcode, triple, path)).map_or((E_FAIL, "drive-refused"), |r| (r.hresult, r.code))
}

/// HRESULT and stable code of a broken wire.
#[must_use]
pub fn of_transport(error: &TransportError) -> (HResult, &'static str) {
    TRANSPORT.iter().find(|(kind, ..)| *kind == error.kind).map_or((E_FAIL, "drive-refused"), |(_, h, c)| (*h, *c))
}

/// HRESULT and stable code of a failed step of a conversation with a drive.
#[must_use]
pub fn of_drive_error(error: &webburn_drive::Error, path: Path) -> (HResult, &'static str) {
    const INVALID: (HResult, &str) = (E_IMAPI_RECORDER_INVALID_RESPONSE_FROM_DEVICE, "drive-answer-invalid");
    match &error.cause {
        CommandError::Transport(transport) => of_transport(transport),
        CommandError::Malformed(_) if path == Path::Erase && error.opcode == 0x51 => {
            (E_IMAPI_ERASE_DISC_INFORMATION_TOO_SMALL, "drive-answer-invalid")
        }
        CommandError::Malformed(_) if path == Path::Erase && error.opcode == 0x5A => {
            (E_IMAPI_ERASE_MODE_PAGE_2A_TOO_SMALL, "drive-answer-invalid")
        }
        CommandError::Malformed(_) | CommandError::Status(_) => INVALID,
        // CHECK CONDITION without sense says nothing at all.
        CommandError::CheckCondition(sense) if sense.is_empty() => INVALID,
        CommandError::CheckCondition(sense) => of_sense(error.opcode, sense.triple(), path),
    }
}

/// The path that belongs to what was being done, where no caller knows better.
#[must_use]
pub const fn path_of(doing: Doing) -> Path {
    match doing {
        Doing::Formatting
        | Doing::Preparing
        | Doing::Calibrating
        | Doing::Reserving
        | Doing::Writing
        | Doing::Flushing
        | Doing::ClosingTrack
        | Doing::ClosingSession
        | Doing::Finalising
        | Doing::StoppingFormat => Path::Write,
        Doing::Blanking => Path::Erase,
        _ => Path::Query,
    }
}
