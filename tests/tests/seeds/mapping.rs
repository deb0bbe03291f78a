//! Which HRESULT an outcome gets, row by row: the wire's outcomes, sense of any command, sense of single commands.

use webburn_drive::{CommandError, Doing};
use webburn_imapi::hresult::{self as h, HResult};
use webburn_imapi::outcome::{Path, of_drive_error, of_sense, of_transport};
use webburn_scsi::{Malformed, Sense, SenseKey, TransportError, TransportErrorKind as Kind};

/// READ(10), READ CAPACITY, WRITE(10), SYNCHRONIZE CACHE: commands without rows of their own.
const ANY: [u8; 4] = [0x28, 0x25, 0x2A, 0x35];
const BUSY: HResult = h::E_IMAPI_RECORDER_MEDIA_BUSY;
const FAIL: HResult = h::E_FAIL;
const INCOMPATIBLE: HResult = h::E_IMAPI_RECORDER_MEDIA_INCOMPATIBLE;
const INVALID: HResult = h::E_IMAPI_RECORDER_INVALID_RESPONSE_FROM_DEVICE;
const NO_MEDIA: HResult = h::E_IMAPI_RECORDER_MEDIA_NO_MEDIA;
const PROTECTED: HResult = h::E_IMAPI_RECORDER_MEDIA_WRITE_PROTECTED;
const READY: HResult = h::E_IMAPI_RECORDER_MEDIA_BECOMING_READY;
const STATE: HResult = h::E_IMAPI_DF2DATA_INVALID_MEDIA_STATE;
const STREAMING: HResult = h::E_IMAPI_LOSS_OF_STREAMING;
const UNEXPECTED: HResult = h::E_IMAPI_UNEXPECTED_RESPONSE_FROM_DEVICE;
const UNFORMATTED: HResult = h::E_IMAPI_RECORDER_MEDIA_NOT_FORMATTED;
const UPSIDE_DOWN: HResult = h::E_IMAPI_RECORDER_MEDIA_UPSIDE_DOWN;

#[test]
fn transport_outcomes() {
    for (kind, expected) in [
        (Kind::Timeout, 0xC0AA_020D),
        (Kind::Closed, 0x8007_0006),
        (Kind::Disconnected, 0x8007_0037),
        (Kind::Locked, 0xC0AA_0210),
        (Kind::Protocol, 0xC0AA_02FF),
        (Kind::OutOfMemory, 0x8007_000E),
        // Beyond IMAPI2's list: the system or the bridge does not let the command through.
        (Kind::Denied, 0x8007_0005),
        (Kind::Forbidden, 0x8007_0005),
        (Kind::Other, 0x8000_4005),
    ] {
        assert_eq!(of_transport(&TransportError::new(kind, "")).0.0, expected, "{kind:?}");
    }
}

/// Key, ASC, lowest and highest ASCQ; when asking; when writing.
type Row = (u8, u8, (u8, u8), HResult, HResult);

#[rustfmt::skip]
const ROWS: &[Row] = &[
    (2, 0x04, (0x00, 0x02), READY, READY),
    (2, 0x04, (0x03, 0x03), FAIL, UNEXPECTED),
    (2, 0x04, (0x04, 0x04), h::E_IMAPI_RECORDER_MEDIA_FORMAT_IN_PROGRESS, h::E_IMAPI_RECORDER_MEDIA_FORMAT_IN_PROGRESS),
    (2, 0x04, (0x07, 0x09), BUSY, BUSY),
    (2, 0x06, (0x00, 0x00), UPSIDE_DOWN, UPSIDE_DOWN),
    (3, 0x06, (0x00, 0x00), UPSIDE_DOWN, UPSIDE_DOWN),
    (2, 0x30, (0x00, 0x0F), INCOMPATIBLE, INCOMPATIBLE),
    (5, 0x30, (0x00, 0x02), INCOMPATIBLE, INCOMPATIBLE),
    (5, 0x30, (0x04, 0x06), INCOMPATIBLE, INCOMPATIBLE),
    (5, 0x30, (0x08, 0x09), INCOMPATIBLE, INCOMPATIBLE),
    (3, 0x30, (0x00, 0x0F), INCOMPATIBLE, INCOMPATIBLE),
    (2, 0x30, (0x10, 0x10), UNFORMATTED, UNFORMATTED),
    (5, 0x30, (0x10, 0x10), UNFORMATTED, UNFORMATTED),
    (3, 0x31, (0x00, 0x00), UNFORMATTED, UNFORMATTED),
    (2, 0x3A, (0x00, 0x02), NO_MEDIA, NO_MEDIA),
    (2, 0x3E, (0x00, 0x03), FAIL, UNEXPECTED),
    (4, 0x08, (0x00, 0x03), FAIL, UNEXPECTED),
    (4, 0x44, (0x00, 0x00), FAIL, UNEXPECTED),
    (6, 0x28, (0x00, 0x00), FAIL, UNEXPECTED),
    (7, 0x27, (0x00, 0x06), PROTECTED, PROTECTED),
    (5, 0x27, (0x00, 0x06), PROTECTED, PROTECTED),
    (2, 0x27, (0x00, 0x06), PROTECTED, PROTECTED),
    (5, 0x6F, (0x00, 0x05), FAIL, FAIL),
    (5, 0x53, (0x02, 0x02), FAIL, FAIL),
    (5, 0x2C, (0x00, 0x00), FAIL, UNEXPECTED),
    (3, 0x0C, (0x09, 0x09), STREAMING, STREAMING),
    (5, 0x0C, (0x09, 0x09), STREAMING, STREAMING),
    (0xB, 0x0C, (0x09, 0x09), STREAMING, STREAMING),
    (3, 0x0C, (0x00, 0x08), FAIL, UNEXPECTED),
    (3, 0x73, (0x00, 0x06), FAIL, UNEXPECTED),
    (3, 0x72, (0x00, 0x07), FAIL, UNEXPECTED),
    (3, 0x02, (0x00, 0x00), FAIL, UNEXPECTED),
    (3, 0x09, (0x00, 0x04), FAIL, UNEXPECTED),
    (3, 0x11, (0x00, 0x06), FAIL, UNEXPECTED),
    (5, 0x21, (0x00, 0x00), STATE, UNEXPECTED),
    (5, 0x21, (0x02, 0x02), STATE, UNEXPECTED),
    (5, 0x63, (0x00, 0x00), UNEXPECTED, UNEXPECTED),
    (5, 0x64, (0x00, 0x00), UNEXPECTED, UNEXPECTED),
    (0xB, 0x4B, (0x00, 0x00), FAIL, UNEXPECTED),
    // Anything else.
    (0xE, 0x1D, (0x00, 0x00), FAIL, UNEXPECTED),
    (9, 0x80, (0x01, 0x01), FAIL, UNEXPECTED),
    (5, 0x20, (0x00, 0x00), FAIL, UNEXPECTED),
    (5, 0x55, (0x00, 0x00), FAIL, UNEXPECTED),
];

#[test]
fn sense_of_any_command() {
    for (key, asc, (first, last), asking, writing) in ROWS {
        for ascq in *first..=*last {
            for opcode in ANY {
                let found = [Path::Query, Path::Write].map(|path| of_sense(opcode, (*key, *asc, ascq), path).0);
                assert_eq!(found, [*asking, *writing], "{opcode:02X}: {key:X}/{asc:02X}/{ascq:02X}");
            }
        }
    }
    // In an erase, a disc that does not spin up has a name of its own, and so has all that is unexpected.
    let erasing = |triple| of_sense(0x00, triple, Path::Erase).0.0;
    assert_eq!((erasing((2, 0x04, 0x02)), erasing((5, 0x2C, 0x00))), (0x80AA_0908, 0x80AA_0907));
}

/// Operation code, key, ASC, ASCQ, path, HRESULT.
type Override = (u8, u8, u8, u8, Path, u32);

#[rustfmt::skip]
const OVERRIDES: &[Override] = &[
    // MODE SENSE(10), MODE SELECT(10), SEND CUE SHEET.
    (0x5A, 5, 0x20, 0x00, Path::Query, 0xC0AA_0201),
    (0x5A, 5, 0x24, 0x00, Path::Query, 0xC0AA_0201),
    (0x5A, 5, 0x39, 0x00, Path::Query, 0xC0AA_0201),
    (0x5A, 5, 0x24, 0x00, Path::Write, 0xC0AA_0201),
    (0x55, 5, 0x26, 0x00, Path::Write, 0xC0AA_0208),
    (0x55, 5, 0x26, 0x02, Path::Query, 0xC0AA_0208),
    (0x55, 5, 0x1A, 0x00, Path::Write, 0xC0AA_0208),
    (0x55, 5, 0x24, 0x00, Path::Write, 0xC0AA_0208),
    (0x5D, 5, 0x26, 0x00, Path::Write, 0xC0AA_0208),
    (0x5D, 5, 0x26, 0x02, Path::Write, 0xC0AA_0208),
    // GET CONFIGURATION, READ DISC STRUCTURE.
    (0x46, 5, 0x20, 0x00, Path::Query, 0xC0AA_020C),
    (0xAD, 5, 0x24, 0x00, Path::Query, 0xC0AA_020E),
    (0xAD, 5, 0x30, 0x02, Path::Query, 0xC0AA_020E),
    (0xAD, 5, 0x20, 0x00, Path::Query, 0xC0AA_020E),
    (0xAD, 5, 0x6F, 0x01, Path::Query, 0xC0AA_020E),
    (0xAD, 5, 0x6F, 0x04, Path::Write, 0xC0AA_020E),
    // READ DISC INFORMATION, READ TRACK INFORMATION.
    (0x51, 5, 0x24, 0x00, Path::Query, 0xC0AA_0402),
    (0x51, 5, 0x30, 0x00, Path::Query, 0xC0AA_0402),
    (0x51, 5, 0x21, 0x00, Path::Query, 0xC0AA_0402),
    (0x52, 5, 0x24, 0x00, Path::Query, 0xC0AA_0402),
    (0x52, 5, 0x30, 0x00, Path::Query, 0xC0AA_0402),
    (0x52, 5, 0x21, 0x00, Path::Query, 0xC0AA_0402),
    // BLANK, FORMAT UNIT.
    (0xA1, 5, 0x24, 0x00, Path::Erase, 0x80AA_0904),
    (0xA1, 5, 0x30, 0x06, Path::Erase, 0x80AA_0904),
    (0x04, 5, 0x24, 0x00, Path::Erase, 0x80AA_0904),
    (0x04, 5, 0x30, 0x06, Path::Erase, 0x80AA_0904),
    (0xA1, 7, 0x27, 0x00, Path::Erase, 0xC0AA_0209),
    (0x04, 7, 0x27, 0x04, Path::Erase, 0xC0AA_0209),
    (0xA1, 3, 0x51, 0x00, Path::Erase, 0x80AA_0905),
    (0x04, 3, 0x51, 0x01, Path::Erase, 0x80AA_0905),
    (0x04, 3, 0x31, 0x01, Path::Erase, 0x80AA_0905),
    (0xA1, 4, 0x44, 0x00, Path::Erase, 0x80AA_0905),
    (0xA1, 9, 0x80, 0x00, Path::Erase, 0x80AA_0907),
    (0x04, 3, 0x0C, 0x00, Path::Erase, 0x80AA_0907),
    // START STOP UNIT: the tray is locked; the disc does not spin up for an erase.
    (0x1B, 5, 0x53, 0x02, Path::Query, 0x8000_4005),
    (0x1B, 2, 0x04, 0x02, Path::Erase, 0x80AA_0908),
];

#[test]
fn sense_of_single_commands() {
    for (opcode, key, asc, ascq, path, expected) in OVERRIDES {
        let found = of_sense(*opcode, (*key, *asc, *ascq), *path).0;
        assert_eq!(found.0, *expected, "{opcode:02X}: {key:X}/{asc:02X}/{ascq:02X} {path:?}");
    }
}

#[test]
fn answers_that_are_none() {
    let failed = |opcode, cause, path| {
        let error = webburn_drive::Error { doing: Doing::Querying, at_lba: None, command: "", opcode, cause };
        of_drive_error(&error, path).0
    };
    let short = || CommandError::Malformed(Malformed::new("READ DISC INFORMATION", "too short", 3));
    assert_eq!(failed(0x51, short(), Path::Query), INVALID);
    assert_eq!(failed(0x51, short(), Path::Write), INVALID);
    assert_eq!(failed(0x51, short(), Path::Erase).0, 0x80AA_0902);
    assert_eq!(failed(0x5A, short(), Path::Erase).0, 0x80AA_0903);
    // CHECK CONDITION, and REQUEST SENSE empty too.
    let nothing = CommandError::CheckCondition(Sense::fixed(SenseKey::NoSense, 0, 0));
    assert_eq!(failed(0x25, nothing, Path::Query), INVALID);
    assert_eq!(failed(0x2A, CommandError::CheckCondition(Sense::from_bytes(&[])), Path::Write), INVALID);
}
