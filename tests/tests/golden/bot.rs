//! The wrappers of the bulk-only transport against bytes typed from the standard, and the thirteen cases retyped.

use webburn_bot::cases::{Case, ResidueRule};
use webburn_bot::{Cbw, Csw, CswStatus};
use webburn_scsi::{Cdb, Direction};
use webburn_tests::vectors::{self, Vector};

fn direction(text: &str) -> Direction {
    match text {
        "in" => Direction::In,
        "out" => Direction::Out,
        "none" => Direction::None,
        other => panic!("no direction: {other}"),
    }
}

fn of_kind(kind: &str) -> Vec<Vector> {
    let found: Vec<Vector> = vectors::load("bot.vec").into_iter().filter(|v| v.kind == kind).collect();
    assert!(!found.is_empty(), "no vector of {kind}");
    found
}

#[test]
fn command_wrappers_encode_and_decode_to_the_bytes_of_the_standard() {
    for v in of_kind("CBW") {
        let wanted = direction(v.field("direction").expect("direction"));
        let cdb = Cdb::from_slice(&vectors::hex(v.field("cdb").expect("cdb"))).expect("cdb");
        let length = v.number("length") as u32;
        let cbw = Cbw::new(v.number("tag") as u32, wanted, length, v.number("lun") as u8, &cdb);
        assert_eq!(cbw.encode().as_slice(), v.bytes, "{}: {}", v.name, vectors::to_hex(&cbw.encode()));
        let back = Cbw::decode(&v.bytes).expect("valid");
        assert_eq!(back.tag, v.number("tag") as u32);
        assert_eq!(back.direction(), wanted);
        assert_eq!(back.data_transfer_length, length);
        assert_eq!(back.command_block(), cdb.as_bytes());
        assert_eq!(back.check_meaningful(0), Ok(()));
        for cut in 0..v.bytes.len() {
            assert!(Cbw::decode(&v.bytes[..cut]).is_err(), "{} cut at {cut}", v.name);
        }
    }
}

#[test]
fn status_wrappers_encode_and_decode_to_the_bytes_of_the_standard() {
    for v in of_kind("CSW") {
        let status = match v.field("status") {
            Some("passed") => CswStatus::Passed,
            Some("failed") => CswStatus::Failed,
            Some("phase error") => CswStatus::PhaseError,
            other => panic!("{other:?}"),
        };
        let csw = Csw::new(v.number("tag") as u32, v.number("residue") as u32, status);
        assert_eq!(csw.encode().as_slice(), v.bytes, "{}", v.name);
        assert_eq!(Csw::decode(&v.bytes), Ok(csw));
        for cut in 0..v.bytes.len() {
            assert!(Csw::decode(&v.bytes[..cut]).is_err(), "{} cut at {cut}", v.name);
        }
    }
}

#[test]
fn class_requests_are_numbered_as_the_standard_numbers_them() {
    let reset = &of_kind("class request RESET")[0].bytes;
    let max_lun = &of_kind("class request GET MAX LUN")[0].bytes;
    assert_eq!(reset[1], webburn_bot::REQUEST_RESET);
    assert_eq!(max_lun[1], webburn_bot::REQUEST_GET_MAX_LUN);
}

/// BOT 1.0, section 6.7, retyped: host expects, device intends, phase error, residue.
/// Lengths: `H` 64, less 32, more 96; residue `full` is the host's length.
#[test]
fn the_thirteen_cases() {
    use Direction::{In, None, Out};
    let table = [
        (1, None, 0, None, 0, false, "zero"),
        (2, None, 0, In, 32, true, "any"),
        (3, None, 0, Out, 32, true, "any"),
        (4, In, 64, None, 0, false, "full"),
        (5, In, 64, In, 32, false, "difference"),
        (6, In, 64, In, 64, false, "zero"),
        (7, In, 64, In, 96, true, "any"),
        (8, In, 64, Out, 32, true, "any"),
        (9, Out, 64, None, 0, false, "full"),
        (10, Out, 64, In, 32, true, "any"),
        (11, Out, 64, Out, 32, false, "difference"),
        (12, Out, 64, Out, 64, false, "zero"),
        (13, Out, 64, Out, 96, true, "any"),
    ];
    for (number, host, host_length, device, device_length, phase_error, residue) in table {
        let case = Case::of(host, host_length, device, device_length);
        assert_eq!(case.number(), number);
        assert_eq!(case.row().phase_error, phase_error, "case {number}");
        let rule = case.row().residue;
        let same = match residue {
            "any" => matches!(rule, ResidueRule::Any),
            "zero" => matches!(rule, ResidueRule::Zero),
            "full" => matches!(rule, ResidueRule::Full),
            _ => matches!(rule, ResidueRule::Difference),
        };
        assert!(same, "case {number}: {rule:?}, not {residue}");
    }
    assert_eq!(Case::of(In, 64, Out, 64).number(), 8, "equal lengths in opposite directions");
    assert_eq!(Case::of(Out, 64, In, 64).number(), 10);
}
