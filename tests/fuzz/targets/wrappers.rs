//! Wrappers of the bulk-only transport and frames of the relay: what is read back is what was written.

use webburn_bot::{Cbw, Csw};
use webburn_relay::wire::{self, Hello, Request};

pub fn cbw(data: &[u8]) {
    let Ok(cbw) = Cbw::decode(data) else { return };
    assert_eq!(cbw.encode(), data, "lossless");
    let _ = (cbw.direction(), cbw.command_block(), cbw.check_meaningful(0), cbw.check_meaningful(15));
    assert!(cbw.command_block().len() <= 16);
}

pub fn csw(data: &[u8]) {
    let Ok(csw) = Csw::decode(data) else { return };
    assert_eq!(csw.encode(), data, "lossless");
    let _ = (csw.check_valid(Csw::SIGNATURE, 1), csw.check_meaningful(36));
}

pub fn relay_request(data: &[u8]) {
    let _ = Request::peek_epoch(data);
    let Ok((request, out)) = Request::decode(data) else { return };
    assert_eq!([request.encode().as_slice(), out].concat(), data, "lossless");
    let _ = webburn_relay::policy::check(&request.cdb, request.direction, request.length as usize, out);
}

pub fn relay_reply(data: &[u8]) {
    let Ok((tag, ended, bytes)) = wire::decode_reply(data) else { return };
    let mut frame = Vec::new();
    let at = wire::begin_reply(&mut frame, bytes.len());
    frame[wire::REPLY_HEAD..].copy_from_slice(bytes);
    wire::finish_reply(&mut frame, at, tag, &ended, bytes.len());
    let again = wire::decode_reply(&frame).expect("what we encode we decode");
    assert_eq!(again, (tag, ended, bytes));
}

pub fn relay_hello(data: &[u8]) {
    let Ok(hello) = Hello::decode(data) else { return };
    assert_eq!(Hello::decode(&hello.encode()), Ok(hello));
}
