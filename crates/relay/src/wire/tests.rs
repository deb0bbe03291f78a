use std::time::Duration;

use webburn_scsi::{Cdb, Completion, Direction, Sense, SenseKey, Status, TransportError, TransportErrorKind};

use super::*;

/// WRITE(10) of one short block, typed by hand from the tables.
const REQUEST_FRAME: [u8; 44] = [
    0x57, 0x42, 1, 2, 0x04, 0x03, 0x02, 0x01, 9, 0, 0, 0, 2, 10, 0, 0, 4, 0, 0, 0, 0xE8, 0x03, 0, 0, //
    0x2A, 0, 0, 0, 0, 0x10, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, //
    0xDE, 0xAD, 0xBE, 0xEF,
];

#[test]
fn golden_request() {
    let request = Request {
        tag: 0x0102_0304,
        epoch: 9,
        direction: Direction::Out,
        length: 4,
        timeout_ms: 1000,
        cdb: Cdb::new([0x2A, 0, 0, 0, 0, 0x10, 0, 0, 1, 0]),
    };
    assert_eq!(Request::decode(&REQUEST_FRAME), Ok((request, &[0xDE, 0xAD, 0xBE, 0xEF][..])));
    assert_eq!(request.encode()[..], REQUEST_FRAME[..40]);
    assert_eq!(Request::peek_epoch(&REQUEST_FRAME), Some(9));
}

#[test]
fn every_truncation_of_a_request_is_refused() {
    for len in 0..REQUEST_FRAME.len() {
        assert!(Request::decode(&REQUEST_FRAME[..len]).is_err(), "{len}");
    }
    let mut long = REQUEST_FRAME.to_vec();
    long.push(0);
    assert_eq!(Request::decode(&long), Err(FrameError::Length));
}

#[test]
fn impossible_fields_are_refused() {
    for (at, value, error) in [
        (0, 0, FrameError::Magic),
        (2, 2, FrameError::Version(2)),
        (3, 3, FrameError::Kind(3)),
        (12, 3, FrameError::Field("direction")),
        (13, 5, FrameError::Field("command length")),
        (13, 17, FrameError::Field("command length")),
        (14, 1, FrameError::Field("reserved bytes")),
        (39, 1, FrameError::Field("reserved bytes")),
        (12, 0, FrameError::Field("length")),
        (12, 1, FrameError::Length),
    ] {
        let mut frame = REQUEST_FRAME;
        frame[at] = value;
        assert_eq!(Request::decode(&frame).unwrap_err(), error, "byte {at} = {value}");
    }
}

fn reply(tag: u32, ended: &Ended, data: &[u8]) -> Vec<u8> {
    let mut frame = Vec::new();
    let at = begin_reply(&mut frame, data.len());
    frame[REPLY_HEAD..].copy_from_slice(data);
    finish_reply(&mut frame, at, tag, ended, data.len());
    frame
}

#[test]
fn golden_reply() {
    let sense = Sense::fixed(SenseKey::NotReady, 0x04, 0x08);
    let frame = reply(7, &Ended::Completed(Completion::check(sense, 2)), &[1, 2]);
    let mut expected = vec![0x57, 0x42, 1, 3, 7, 0, 0, 0, 0, 2, 0, 18, 2, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 1, 2];
    expected.extend([0x70, 0, 2, 0, 0, 0, 0, 10, 0, 0, 0, 0, 4, 8, 0, 0, 0, 0]);
    assert_eq!(frame, expected);
}

#[test]
fn replies_round_trip_and_their_truncations_fail() {
    let mut all = vec![
        Ended::Completed(Completion::good(3)),
        Ended::Completed(Completion::check(Sense::fixed(SenseKey::MediumError, 0x0C, 0), 3)),
        Ended::Completed(Completion { status: Status::Other(0x08), transferred: 3 }),
        Ended::NotExecuted,
    ];
    all.extend(ERROR_KINDS.map(|kind| Ended::Failed(TransportError::new(kind, "größer"))));
    for ended in all {
        let frame = reply(1, &ended, &[5, 6, 7]);
        assert_eq!(decode_reply(&frame), Ok((1, ended, &[5, 6, 7][..])));
        for len in 0..frame.len() {
            assert!(decode_reply(&frame[..len]).is_err());
        }
    }
}

#[test]
fn a_long_detail_is_cut_between_characters() {
    let detail = "ü".repeat(1000);
    let frame = reply(1, &Ended::Failed(TransportError::new(TransportErrorKind::Other, detail)), &[]);
    let Ok((_, Ended::Failed(error), _)) = decode_reply(&frame) else { panic!("no failure") };
    assert_eq!(error.detail, "ü".repeat(512));
}

#[test]
fn hello_round_trips_and_its_truncations_fail() {
    let hello = Hello {
        lease: Lease::HeldBy("Terminal, webburn burn".into()),
        simulated: true,
        depth: 4,
        max_transfer: 1 << 20,
        id: "sim-0".into(),
        vendor: "WEBBURN".into(),
        product: "SIMULATED BD-RE".into(),
        revision: "1.00".into(),
    };
    let frame = hello.encode();
    assert_eq!(frame[..12], [0x57, 0x42, 1, 1, 0, 1, 4, 0, 0, 0, 0x10, 0]);
    assert_eq!(Hello::decode(&frame), Ok(hello.clone()));
    for len in 0..frame.len() {
        assert!(Hello::decode(&frame[..len]).is_err());
    }
    let granted = Hello { lease: Lease::Granted, ..hello };
    assert_eq!(Hello::decode(&granted.encode()), Ok(granted));
}

#[test]
fn limits_round_up() {
    assert_eq!(timeout_ms(Duration::from_micros(1)), 1);
    assert_eq!(timeout_ms(Duration::from_secs(240)), 240_000);
    assert_eq!(timeout_ms(Duration::MAX), u32::MAX);
}

#[test]
fn several_requests_in_one_message_come_apart() {
    let cdb = Cdb::from_slice(&[0x2A, 0, 0, 0, 0, 0, 0, 0, 1, 0]).unwrap();
    let request = |tag, direction, length| Request { tag, epoch: 1, direction, length, timeout_ms: 1000, cdb };
    let out = request(7, Direction::Out, 5);
    let none = request(8, Direction::None, 0);
    let into = request(9, Direction::In, 2048);
    let message = [&out.encode()[..], &[1, 2, 3, 4, 5], &none.encode()[..], &into.encode()[..]].concat();
    let mut rest = &message[..];
    let mut tags = Vec::new();
    while !rest.is_empty() {
        let (frame, later) = rest.split_at(Request::end_of_first(rest));
        tags.push(Request::decode(frame).unwrap().0.tag);
        rest = later;
    }
    assert_eq!(tags, [7, 8, 9]);
    // Cut short, or no request at all: taken whole and refused.
    for bad in [&message[..42], &message[..39], b"nonsense"] {
        assert_eq!(Request::end_of_first(bad), bad.len());
        assert!(Request::decode(bad).is_err());
    }
}
