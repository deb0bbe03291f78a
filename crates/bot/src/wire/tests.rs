use webburn_scsi::{Cdb, Direction};

use super::*;

/// INQUIRY as BOT 1.0 lays it out, typed by hand from tables 5.1 and 5.2.
const INQUIRY_CBW: [u8; 31] = [
    0x55, 0x53, 0x42, 0x43, 0x78, 0x56, 0x34, 0x12, 0x24, 0, 0, 0, 0x80, 0x00, 0x06, //
    0x12, 0, 0, 0, 0x24, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
];

#[test]
fn golden_cbw() {
    let cbw = Cbw::new(0x1234_5678, Direction::In, 36, 0, &Cdb::new([0x12, 0, 0, 0, 36, 0]));
    assert_eq!(cbw.encode(), INQUIRY_CBW);
    assert_eq!(Cbw::decode(&INQUIRY_CBW), Ok(cbw));
    assert_eq!(cbw.command_block(), [0x12, 0, 0, 0, 36, 0]);
    assert_eq!(cbw.padded_to(12).command_block().len(), 12);
}

#[test]
fn golden_csw() {
    let bytes = [0x55, 0x53, 0x42, 0x53, 0x78, 0x56, 0x34, 0x12, 0x05, 0, 0, 0, 1];
    let csw = Csw::new(0x1234_5678, 5, CswStatus::Failed);
    assert_eq!(csw.encode(), bytes);
    assert_eq!(Csw::decode(&bytes), Ok(csw));
}

#[test]
fn every_truncation_and_one_byte_more_is_invalid() {
    let mut long = INQUIRY_CBW.to_vec();
    long.push(0);
    for len in (0..31).chain([32]) {
        assert_eq!(Cbw::decode(&long[..len]), Err(NotValid::Length(len)));
    }
    for len in (0..13).chain([14]) {
        assert_eq!(Csw::decode(&[0; 14][..len]), Err(NotValid::Length(len)));
    }
}

#[test]
fn valid_and_meaningful_are_two_questions() {
    let good = Cbw::decode(&INQUIRY_CBW).unwrap();
    assert_eq!(good.check_meaningful(0), Ok(()));
    assert_eq!(Cbw { lun: 1, ..good }.check_meaningful(0), Err(NotMeaningful::Lun(1)));
    assert_eq!(Cbw { lun: 1, ..good }.check_meaningful(1), Ok(()));
    assert_eq!(Cbw { lun: 0x10, ..good }.check_meaningful(15), Err(NotMeaningful::ReservedBits));
    assert_eq!(Cbw { flags: 0x81, ..good }.check_meaningful(0), Err(NotMeaningful::ReservedBits));
    assert_eq!(Cbw { cb_length: 0, ..good }.check_meaningful(0), Err(NotMeaningful::CommandLength(0)));
    assert_eq!(Cbw { cb_length: 17, ..good }.check_meaningful(0), Err(NotMeaningful::CommandLength(17)));
    let mut bad = INQUIRY_CBW;
    bad[3] = b'S';
    assert_eq!(Cbw::decode(&bad), Err(NotValid::Signature(Csw::SIGNATURE)));

    let csw = Csw::new(7, 37, CswStatus::Passed);
    assert_eq!(csw.check_valid(Csw::SIGNATURE, 8), Err(NotValid::Tag(7)));
    assert_eq!(csw.check_meaningful(36), Err(NotMeaningful::Residue(37)));
    assert_eq!(Csw { status: CswStatus::PhaseError, ..csw }.check_meaningful(36), Ok(()));
    assert_eq!(Csw { status: CswStatus::from_byte(3), ..csw }.check_meaningful(36), Err(NotMeaningful::Status(3)));
}

#[test]
fn reserved_bits_survive_a_round_trip() {
    let mut odd = INQUIRY_CBW;
    (odd[12], odd[13], odd[14]) = (0xFF, 0xF3, 0xE6);
    assert_eq!(Cbw::decode(&odd).unwrap().encode(), odd);
    for status in 0..=255 {
        assert_eq!(CswStatus::from_byte(status).to_byte(), status);
    }
}
