//! The mapping row by row: what was sent, what came back, on which path, and its name.

use webburn_drive::{CommandError, Doing};
use webburn_imapi::HResult;
use webburn_imapi::hresult::*;
use webburn_imapi::outcome::*;
use webburn_scsi::{Malformed, Sense, SenseKey, TransportError, TransportErrorKind};

/// Any command that has no rows of its own.
const OTHER: u8 = 0x25;

#[test]
fn sense_for_any_command() {
    // Key, ASC, ASCQ; when asking; when writing; when erasing.
    let unexpected = E_IMAPI_UNEXPECTED_RESPONSE_FROM_DEVICE;
    let erase = E_IMAPI_ERASE_UNEXPECTED_DRIVE_RESPONSE_DURING_ERASE;
    let ready = E_IMAPI_RECORDER_MEDIA_BECOMING_READY;
    let format = E_IMAPI_RECORDER_MEDIA_FORMAT_IN_PROGRESS;
    let busy = E_IMAPI_RECORDER_MEDIA_BUSY;
    let upside = E_IMAPI_RECORDER_MEDIA_UPSIDE_DOWN;
    let incompatible = E_IMAPI_RECORDER_MEDIA_INCOMPATIBLE;
    let unformatted = E_IMAPI_RECORDER_MEDIA_NOT_FORMATTED;
    let no_media = E_IMAPI_RECORDER_MEDIA_NO_MEDIA;
    let protected = E_IMAPI_RECORDER_MEDIA_WRITE_PROTECTED;
    let streaming = E_IMAPI_LOSS_OF_STREAMING;
    let state = E_IMAPI_DF2DATA_INVALID_MEDIA_STATE;
    for (triple, asking, writing, erasing) in [
        ((2, 0x04, 0x00), ready, ready, ready),
        ((2, 0x04, 0x01), ready, ready, ready),
        ((2, 0x04, 0x02), ready, ready, E_IMAPI_ERASE_DRIVE_FAILED_SPINUP_COMMAND),
        ((2, 0x04, 0x03), E_FAIL, unexpected, E_FAIL),
        ((2, 0x04, 0x04), format, format, format),
        ((2, 0x04, 0x07), busy, busy, busy),
        ((2, 0x04, 0x08), busy, busy, busy),
        ((2, 0x04, 0x09), busy, busy, busy),
        ((2, 0x06, 0x00), upside, upside, upside),
        ((3, 0x06, 0x00), upside, upside, upside),
        ((2, 0x30, 0x00), incompatible, incompatible, incompatible),
        ((5, 0x30, 0x00), incompatible, incompatible, incompatible),
        ((5, 0x30, 0x02), incompatible, incompatible, incompatible),
        ((5, 0x30, 0x05), incompatible, incompatible, incompatible),
        ((5, 0x30, 0x06), incompatible, incompatible, incompatible),
        ((5, 0x30, 0x08), incompatible, incompatible, incompatible),
        ((5, 0x30, 0x09), incompatible, incompatible, incompatible),
        ((3, 0x30, 0x02), incompatible, incompatible, incompatible),
        ((5, 0x30, 0x10), unformatted, unformatted, unformatted),
        ((3, 0x31, 0x00), unformatted, unformatted, unformatted),
        ((2, 0x3A, 0x00), no_media, no_media, no_media),
        ((2, 0x3A, 0x01), no_media, no_media, no_media),
        ((2, 0x3A, 0x02), no_media, no_media, no_media),
        ((2, 0x3E, 0x00), E_FAIL, unexpected, erase),
        ((4, 0x44, 0x00), E_FAIL, unexpected, erase),
        ((6, 0x28, 0x00), E_FAIL, unexpected, erase),
        ((6, 0x29, 0x00), E_FAIL, unexpected, erase),
        ((7, 0x27, 0x00), protected, protected, protected),
        ((5, 0x27, 0x00), protected, protected, protected),
        ((2, 0x27, 0x00), protected, protected, protected),
        ((5, 0x6F, 0x00), E_FAIL, E_FAIL, E_FAIL),
        ((5, 0x53, 0x02), E_FAIL, E_FAIL, E_FAIL),
        ((5, 0x2C, 0x00), E_FAIL, unexpected, erase),
        ((3, 0x0C, 0x09), streaming, streaming, streaming),
        ((0xB, 0x0C, 0x09), streaming, streaming, streaming),
        ((3, 0x0C, 0x00), E_FAIL, unexpected, erase),
        ((3, 0x73, 0x03), E_FAIL, unexpected, erase),
        ((3, 0x72, 0x03), E_FAIL, unexpected, erase),
        ((3, 0x02, 0x00), E_FAIL, unexpected, erase),
        ((3, 0x09, 0x00), E_FAIL, unexpected, erase),
        ((3, 0x11, 0x05), E_FAIL, unexpected, erase),
        ((5, 0x21, 0x00), state, unexpected, erase),
        ((5, 0x21, 0x02), state, unexpected, erase),
        ((5, 0x63, 0x00), unexpected, unexpected, unexpected),
        ((5, 0x64, 0x00), unexpected, unexpected, unexpected),
        ((0xB, 0x4B, 0x00), E_FAIL, unexpected, erase),
        ((0xE, 0x1D, 0x00), E_FAIL, unexpected, erase),
        ((9, 0x80, 0x01), E_FAIL, unexpected, erase),
    ] {
        for (path, expected) in [(Path::Query, asking), (Path::Write, writing), (Path::Erase, erasing)] {
            assert_eq!(of_sense(OTHER, triple, path).0, expected, "{triple:02X?} {path:?}");
        }
    }
}

#[test]
fn sense_of_single_commands() {
    const ALL: &[Path] = &[Path::Query, Path::Write, Path::Erase];
    const ERASING: &[Path] = &[Path::Erase];
    const WRITING: &[Path] = &[Path::Write];
    type Case = (u8, (u8, u8, u8), &'static [Path], HResult);
    let cases: &[Case] = &[
        (0x5A, (5, 0x20, 0x00), ALL, E_IMAPI_RECORDER_NO_SUCH_MODE_PAGE),
        (0x5A, (5, 0x24, 0x00), ALL, E_IMAPI_RECORDER_NO_SUCH_MODE_PAGE),
        (0x5A, (5, 0x39, 0x00), ALL, E_IMAPI_RECORDER_NO_SUCH_MODE_PAGE),
        (0x55, (5, 0x26, 0x00), ALL, E_IMAPI_RECORDER_INVALID_MODE_PARAMETERS),
        (0x55, (5, 0x26, 0x02), ALL, E_IMAPI_RECORDER_INVALID_MODE_PARAMETERS),
        (0x55, (5, 0x1A, 0x00), ALL, E_IMAPI_RECORDER_INVALID_MODE_PARAMETERS),
        (0x55, (5, 0x24, 0x00), ALL, E_IMAPI_RECORDER_INVALID_MODE_PARAMETERS),
        (0x5D, (5, 0x26, 0x00), ALL, E_IMAPI_RECORDER_INVALID_MODE_PARAMETERS),
        (0x46, (5, 0x20, 0x00), ALL, E_IMAPI_RECORDER_GET_CONFIGURATION_NOT_SUPPORTED),
        (0xAD, (5, 0x24, 0x00), ALL, E_IMAPI_RECORDER_DVD_STRUCTURE_NOT_PRESENT),
        (0xAD, (5, 0x30, 0x02), ALL, E_IMAPI_RECORDER_DVD_STRUCTURE_NOT_PRESENT),
        (0xAD, (5, 0x20, 0x00), ALL, E_IMAPI_RECORDER_DVD_STRUCTURE_NOT_PRESENT),
        (0xAD, (5, 0x6F, 0x03), ALL, E_IMAPI_RECORDER_DVD_STRUCTURE_NOT_PRESENT),
        (0x51, (5, 0x24, 0x00), ALL, E_IMAPI_DF2DATA_INVALID_MEDIA_STATE),
        (0x52, (5, 0x30, 0x00), ALL, E_IMAPI_DF2DATA_INVALID_MEDIA_STATE),
        (0x52, (5, 0x21, 0x00), ALL, E_IMAPI_DF2DATA_INVALID_MEDIA_STATE),
        (0xA1, (7, 0x27, 0x00), ALL, E_IMAPI_RECORDER_MEDIA_WRITE_PROTECTED),
        (0xA1, (5, 0x24, 0x00), ERASING, E_IMAPI_ERASE_MEDIA_IS_NOT_ERASABLE),
        (0x04, (5, 0x30, 0x06), ERASING, E_IMAPI_ERASE_MEDIA_IS_NOT_ERASABLE),
        (0xA1, (3, 0x51, 0x00), ERASING, E_IMAPI_ERASE_DRIVE_FAILED_ERASE_COMMAND),
        (0x04, (3, 0x31, 0x01), ERASING, E_IMAPI_ERASE_DRIVE_FAILED_ERASE_COMMAND),
        (0xA1, (4, 0x44, 0x00), ERASING, E_IMAPI_ERASE_DRIVE_FAILED_ERASE_COMMAND),
        (0xA1, (5, 0x2C, 0x00), ERASING, E_IMAPI_ERASE_UNEXPECTED_DRIVE_RESPONSE_DURING_ERASE),
        (0x1B, (2, 0x04, 0x02), ERASING, E_IMAPI_ERASE_DRIVE_FAILED_SPINUP_COMMAND),
        (0x04, (3, 0x31, 0x01), WRITING, E_IMAPI_UNEXPECTED_RESPONSE_FROM_DEVICE),
        (0x5B, (5, 0x72, 0x03), WRITING, E_IMAPI_UNEXPECTED_RESPONSE_FROM_DEVICE),
    ];
    for (opcode, triple, paths, expected) in cases {
        for path in *paths {
            assert_eq!(of_sense(*opcode, *triple, *path).0, *expected, "{opcode:02X} {triple:02X?} {path:?}");
        }
    }
}

#[test]
fn codes_that_say_more_than_the_number() {
    for (opcode, triple, code) in [
        (0x2A, (3, 0x0C, 0x00), "write-error"),
        (0x2A, (3, 0x73, 0x03), "calibration-failed"),
        (0x54, (3, 0x00, 0x00), "calibration-failed"),
        (0x5B, (3, 0x72, 0x03), "close-failed"),
        (0x04, (4, 0x44, 0x00), "drive-failed"),
        (0x04, (3, 0x31, 0x01), "format-failed"),
        (0x2A, (5, 0x63, 0x00), "disc-full"),
        (0x2A, (5, 0x21, 0x02), "write-address-lost"),
        (0x2A, (6, 0x29, 0x00), "drive-reset"),
    ] {
        assert_eq!(of_sense(opcode, triple, Path::Write).1, code, "{opcode:02X} {triple:02X?}");
    }
    assert_eq!(of_sense(0x28, (3, 0x11, 0x05), Path::Query).1, "read-failed");
    assert_eq!(of_sense(0x28, (5, 0x64, 0x00), Path::Query).1, "not-user-data");
    assert_eq!(of_sense(0xBE, (5, 0x64, 0x00), Path::Query).1, "drive-refused");
}

#[test]
fn every_code_of_the_tables_is_listed() {
    let codes = ROWS.iter().map(|row| row.code).chain(TRANSPORT.iter().map(|(_, _, code)| *code));
    for code in codes {
        assert!(webburn_imapi::code::FAILURES.contains(&code), "{code}");
    }
}

fn failed(opcode: u8, cause: CommandError) -> webburn_drive::Error {
    webburn_drive::Error { doing: Doing::Querying, at_lba: None, command: "", opcode, cause }
}

#[test]
fn transport_outcomes() {
    for (kind, expected) in [
        (TransportErrorKind::Timeout, E_IMAPI_RECORDER_COMMAND_TIMEOUT),
        (TransportErrorKind::Disconnected, ERROR_DEV_NOT_EXIST),
        (TransportErrorKind::Closed, ERROR_INVALID_HANDLE),
        (TransportErrorKind::Locked, E_IMAPI_RECORDER_LOCKED),
        (TransportErrorKind::Protocol, E_IMAPI_RECORDER_INVALID_RESPONSE_FROM_DEVICE),
        (TransportErrorKind::Denied, E_ACCESSDENIED),
        (TransportErrorKind::Forbidden, E_ACCESSDENIED),
        (TransportErrorKind::OutOfMemory, E_OUTOFMEMORY),
        (TransportErrorKind::Other, E_FAIL),
    ] {
        let error = failed(OTHER, CommandError::Transport(TransportError::new(kind, "")));
        assert_eq!(of_drive_error(&error, Path::Query).0, expected, "{kind:?}");
    }
}

#[test]
fn answers_that_are_none() {
    let malformed = || CommandError::Malformed(Malformed::new("x", "too short", 1));
    let empty = CommandError::CheckCondition(Sense::from_bytes(&[]));
    let nothing = CommandError::CheckCondition(Sense::fixed(SenseKey::NoSense, 0, 0));
    let invalid = E_IMAPI_RECORDER_INVALID_RESPONSE_FROM_DEVICE;
    for (opcode, cause, path, expected) in [
        (OTHER, malformed(), Path::Query, invalid),
        (OTHER, CommandError::Status(0x18), Path::Write, invalid),
        (OTHER, empty, Path::Query, invalid),
        (OTHER, nothing, Path::Write, invalid),
        (0x51, malformed(), Path::Erase, E_IMAPI_ERASE_DISC_INFORMATION_TOO_SMALL),
        (0x5A, malformed(), Path::Erase, E_IMAPI_ERASE_MODE_PAGE_2A_TOO_SMALL),
        (0x51, malformed(), Path::Query, invalid),
    ] {
        assert_eq!(of_drive_error(&failed(opcode, cause), path).0, expected, "{opcode:02X} {path:?}");
    }
}
