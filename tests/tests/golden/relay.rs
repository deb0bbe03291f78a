//! Relay frames against bytes typed from the table of the wire format.

use std::time::Duration;

use webburn_relay::wire::{self, Ended, Hello, Lease, Request};
use webburn_scsi::{Cdb, Direction, Status};
use webburn_tests::vectors::{self, Vector};

fn of_kind(kind: &str) -> Vec<Vector> {
    let found: Vec<Vector> = vectors::load("relay.vec").into_iter().filter(|v| v.kind == kind).collect();
    assert!(!found.is_empty(), "no vector of {kind}");
    found
}

#[test]
fn hello() {
    for v in of_kind("relay hello") {
        let hello = Hello::decode(&v.bytes).unwrap_or_else(|e| panic!("{}: {e:?}", v.name));
        let lease = match &hello.lease {
            Lease::Granted => "granted",
            Lease::HeldBy(name) => name,
        };
        assert_eq!(Some(lease), v.field("lease"));
        assert_eq!(hello.simulated, v.flag("simulated"));
        assert_eq!(i64::from(hello.depth), v.number("depth"));
        assert_eq!(i64::from(hello.max_transfer), v.number("max_transfer"));
        assert_eq!(Some(hello.id.as_str()), v.field("id"));
        assert_eq!(hello.encode(), v.bytes, "{}", v.name);
        for cut in 0..v.bytes.len() {
            assert!(Hello::decode(&v.bytes[..cut]).is_err(), "{} cut at {cut}", v.name);
        }
    }
}

#[test]
fn request() {
    for v in of_kind("relay request") {
        let direction = match v.field("direction") {
            Some("in") => Direction::In,
            Some("out") => Direction::Out,
            _ => Direction::None,
        };
        let request = Request {
            tag: v.number("tag") as u32,
            epoch: v.number("epoch") as u32,
            direction,
            length: v.number("length") as u32,
            timeout_ms: v.number("timeout_ms") as u32,
            cdb: Cdb::from_slice(&vectors::hex(v.field("cdb").expect("cdb"))).expect("cdb"),
        };
        let data = v.field("data").map(vectors::hex).unwrap_or_default();
        assert_eq!([request.encode().as_slice(), &data].concat(), v.bytes, "{}", v.name);
        assert_eq!(Request::decode(&v.bytes), Ok((request, data.as_slice())), "{}", v.name);
        for cut in 0..v.bytes.len() {
            assert!(Request::decode(&v.bytes[..cut]).is_err(), "{} cut at {cut}", v.name);
        }
    }
    assert_eq!(wire::timeout_ms(Duration::from_millis(1000)), 1000);
    assert_eq!(wire::timeout_ms(Duration::from_micros(1_000_001)), 1001, "never shorter than asked for");
}

fn ended(ended: &Ended) -> String {
    match ended {
        Ended::Completed(c) => match &c.status {
            Status::Good => "good".to_owned(),
            Status::CheckCondition(sense) => {
                let (key, asc, ascq) = sense.triple();
                format!("check {key:X}/{asc:02X}/{ascq:02X}")
            }
            Status::Other(byte) => format!("status {byte:02x}"),
        },
        Ended::Failed(e) => format!("failed {:?} {}", e.kind, e.detail),
        Ended::NotExecuted => "not executed".to_owned(),
    }
}

#[test]
fn reply() {
    for v in of_kind("relay reply") {
        let (tag, end, data) = wire::decode_reply(&v.bytes).unwrap_or_else(|e| panic!("{}: {e:?}", v.name));
        assert_eq!(i64::from(tag), v.number("tag"));
        assert_eq!(Some(ended(&end).as_str()), v.field("ended"), "{}", v.name);
        assert_eq!(data, v.field("data").map(vectors::hex).unwrap_or_default());
        let mut frame = Vec::new();
        let at = wire::begin_reply(&mut frame, data.len());
        frame[wire::REPLY_HEAD..].copy_from_slice(data);
        wire::finish_reply(&mut frame, at, tag, &end, data.len());
        assert_eq!(frame, v.bytes, "{}", v.name);
        for cut in 0..v.bytes.len() {
            assert!(wire::decode_reply(&v.bytes[..cut]).is_err(), "{} cut at {cut}", v.name);
        }
    }
}
