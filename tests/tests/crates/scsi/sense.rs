//! Sense data as drives send them.

use webburn_scsi::spc::RequestSense;
use webburn_scsi::{Asc, Command, Progress, Sense, SenseKey};

#[test]
fn fixed_sense_of_eighteen_bytes() {
    // QEMU scsi-cd: READ TOC format 3.
    let bytes = [0x70, 0, 5, 0, 0, 0, 0, 0x0A, 0, 0, 0, 0, 0x24, 0, 0, 0, 0, 0];
    let sense = Sense::from_bytes(&bytes);
    assert_eq!(sense.triple(), (5, 0x24, 0));
    assert_eq!(sense, Sense::fixed(SenseKey::IllegalRequest, 0x24, 0));
    assert_eq!(sense.as_bytes(), bytes);
    assert_eq!(sense.eighteen(), bytes);
    assert_eq!(sense.code(), Asc(0x24, 0));
    assert_eq!(sense.to_string(), "5/24/00 INVALID FIELD IN CDB");
    assert!(!sense.is_empty() && !sense.is_deferred());
    assert_eq!((sense.information(), sense.progress()), (None, None));
}

#[test]
fn information_counts_without_the_valid_bit() {
    let with = Sense::fixed(SenseKey::MediumError, 0x11, 5).with_information(0x0001_E240);
    assert_eq!(with.as_bytes()[..7], [0xF0, 0, 3, 0, 1, 0xE2, 0x40]);
    let mut bytes = with.eighteen();
    bytes[0] = 0x70;
    assert_eq!(Sense::from_bytes(&bytes).information(), Some(123_456));
}

#[test]
fn progress_counts_for_keys_0_and_2_with_sksv() {
    let half = Sense::fixed(SenseKey::NotReady, 4, 4).with_progress(Progress(0x8000));
    assert_eq!(half.as_bytes()[15..], [0x80, 0x80, 0]);
    assert_eq!(half.progress(), Some(Progress(0x8000)));
    assert!((half.progress().unwrap().fraction() - 0.5).abs() < f32::EPSILON);
    let of_key_0 = Sense::fixed(SenseKey::NoSense, 0, 0).with_progress(Progress(1));
    assert_eq!(of_key_0.progress(), Some(Progress(1)));
    assert!(!of_key_0.is_empty(), "progress alone says something");
    // With key 5 the same bytes are a field pointer.
    assert_eq!(Sense::fixed(SenseKey::IllegalRequest, 0x24, 0).with_progress(Progress(9)).progress(), None);
    // Without SKSV they are nothing.
    let mut bytes = half.eighteen();
    bytes[15] = 0;
    assert_eq!(Sense::from_bytes(&bytes).progress(), None);
}

#[test]
fn deferred_sense_is_told_apart() {
    let deferred = Sense::fixed(SenseKey::MediumError, 0x0C, 0).with_information(7).deferred();
    assert_eq!(deferred.as_bytes()[0], 0xF1);
    assert!(deferred.is_deferred());
    assert_eq!(deferred.triple(), (3, 0x0C, 0));
    assert!(Sense::from_bytes(&[0x73, 3, 0x0C, 0, 0, 0, 0, 0]).is_deferred());
}

#[test]
fn descriptor_sense_with_information_and_progress() {
    let bytes = [
        0x72, 2, 4, 7, 0, 0, 0, 20, // header
        0x00, 0x0A, 0x80, 0, 0, 0, 0, 0, 0, 1, 0xE2, 0x40, // information, 8 bytes
        0x02, 0x06, 0, 0, 0x80, 0x40, 0x00, 0, // sense key specific
    ];
    let sense = Sense::from_bytes(&bytes);
    assert_eq!(sense.triple(), (2, 4, 7));
    assert_eq!(sense.information(), Some(123_456));
    assert_eq!(sense.progress(), Some(Progress(0x4000)));
    assert_eq!(sense.to_string(), "2/04/07 LOGICAL UNIT NOT READY, OPERATION IN PROGRESS");
    assert_eq!(sense.eighteen()[..8], bytes[..8]);
}

#[test]
fn every_cut_of_sense_is_read_without_harm() {
    let fixed = Sense::fixed(SenseKey::NotReady, 4, 8).with_progress(Progress(77)).with_information(5);
    let descriptor = [0x72, 2, 4, 7, 0, 0, 0, 8, 0x02, 0x06, 0, 0, 0x80, 0x40, 0, 0];
    for whole in [fixed.as_bytes(), &descriptor[..]] {
        for end in 0..=whole.len() {
            let cut = Sense::from_bytes(&whole[..end]);
            assert_eq!(cut.as_bytes(), &whole[..end]);
            assert!(end >= 4 || cut.is_empty(), "{end} bytes say nothing");
            // What is there is there, what is not is zero.
            assert!(end < 3 || cut.key() == SenseKey::NotReady);
            let (_, _, _) = (cut.progress(), cut.information(), cut.to_string());
        }
    }
}

#[test]
fn a_descriptor_that_claims_more_than_there_is_ends_the_search() {
    let sense = Sense::from_bytes(&[0x72, 2, 4, 7, 0, 0, 0, 8, 0x02, 0xFF, 0, 0, 0x80]);
    assert_eq!(sense.progress(), None);
    assert_eq!(Sense::from_bytes(&[0x72, 2, 4, 7, 0, 0, 0, 0xFF, 0x80, 0]).information(), None);
}

#[test]
fn request_sense_takes_its_length_from_byte_7() {
    // A bridge that fills up to the allocation length.
    let mut filled = Sense::fixed(SenseKey::NotReady, 0x3A, 1).as_bytes().to_vec();
    filled.resize(252, 0);
    assert_eq!(RequestSense::FIXED.decode(&filled).unwrap(), Sense::fixed(SenseKey::NotReady, 0x3A, 1));
    assert!(RequestSense::FIXED.decode(&filled[..3]).is_err());
    assert_eq!(RequestSense::FIXED.decode(&filled[..8]).unwrap().key(), SenseKey::NotReady);
    let cdb = RequestSense::FIXED.cdb();
    assert_eq!(cdb.as_bytes(), [0x03, 0, 0, 0, 18, 0]);
    assert_eq!(RequestSense::from_cdb(cdb.as_bytes()), Some(RequestSense::FIXED));
}

#[test]
fn sense_longer_than_is_kept_is_cut() {
    let long = [0x70; 200];
    assert_eq!(Sense::from_bytes(&long).as_bytes().len(), Sense::MAX);
}
