//! `IDiscFormat2Data::Write`: what is refused before anything is written.

use std::sync::Arc;

use webburn_imapi::{BlockRange, DiscFormat2Data, Error, Options, Reporter};
use webburn_scsi::{SenseKey, TransportErrorKind};
use webburn_sector::Lba;
use webburn_sim::Personality;
use webburn_tests::job::{Job, JobSource};
use webburn_tests::oracle;
use webburn_tests::rig::{Rig, Writer, both, both_in};

use crate::faults::{sense, wire};
use crate::s4_writes::source;

/// Refused with this number; nothing that changes a disc was sent, and the disc is as it was.
fn refused(rig: &Rig, data: &Writer, stream: Option<&mut JobSource>, number: u32) -> Error {
    let before = oracle::text(&rig.sim);
    let error = pollster::block_on(data.write(stream, &Reporter::silent())).expect_err(rig.height);
    assert_eq!(error.hresult.0, number, "{}: {error}", rig.height);
    assert!(error.refused_before_writing && !rig.changed(), "{}: {error}", rig.height);
    assert_eq!(oracle::text(&rig.sim), before, "{}", rig.height);
    error
}

fn refused_with(rig: &Rig, options: Options, stream: &mut JobSource, number: u32) {
    let data = rig.writer(vec![]);
    data.set_options(options).expect("idle");
    refused(rig, &data, Some(stream), number);
}

/// 2047, 2049 or no bytes at all: E_IMAPI_DF2DATA_STREAM_NOT_SUPPORTED.
#[test]
fn seed_s4_9_streams_of_no_whole_sectors() {
    for bytes in [2047, 2049, 0] {
        both("cd-r", |rig| {
            let mut stream = JobSource::new(&Job { bytes: Some(bytes), ..Job::default() }, 0);
            refused_with(rig, Options::default(), &mut stream, 0xC0AA_0403);
            assert_eq!(rig.tap.log().len(), 0, "{bytes} {}", rig.height);
        });
    }
}

/// No stream: E_POINTER.
#[test]
fn seed_s4_11_no_stream() {
    both("cd-r", |rig| {
        refused(rig, &rig.writer(vec![]), None, 0x8000_4003);
        assert_eq!(rig.tap.log().len(), 0, "{}", rig.height);
    });
}

/// No recorder, or one that was never initialised: E_IMAPI_RECORDER_REQUIRED.
#[test]
fn seed_s4_12_no_recorder() {
    both("cd-r", |rig| {
        let data = DiscFormat2Data::new();
        data.set_client_name("webburn-tests").expect("a good name");
        refused(rig, &data, Some(&mut source(10)), 0xC0AA_0003);
        data.set_recorder(Some(rig.uninitialised())).expect("idle");
        refused(rig, &data, Some(&mut source(10)), 0xC0AA_0003);
        assert_eq!(rig.tap.log().len(), 0, "{}", rig.height);
    });
}

/// A drive that only reads: E_IMAPI_DF2DATA_RECORDER_NOT_SUPPORTED.
#[test]
fn seed_s4_13_a_drive_that_only_reads() {
    for medium in ["cd-rom", "cd-r"] {
        both_in(&Personality::reader(), medium, |rig| {
            refused(rig, &rig.writer(vec![]), Some(&mut source(10)), 0xC0AA_0407);
        });
    }
}

/// A pressed or a closed disc: E_IMAPI_DF2DATA_MEDIA_IS_NOT_SUPPORTED.
#[test]
fn seed_s4_14_discs_that_take_nothing() {
    for medium in ["dvd-rom", "cd-rom", "bd-rom", "cd-r:recorded", "dvd+r:recorded", "bd-r:recorded"] {
        both(medium, |rig| {
            refused(rig, &rig.writer(vec![]), Some(&mut source(10)), 0xC0AA_0406);
        });
    }
}

/// A block range that ends before it starts, lies outside the stream or is none: E_INVALIDARG.
#[test]
fn seed_s4_21_bad_block_ranges() {
    let range = |start, end| BlockRange { start: Lba(start), end: Lba(end) };
    for ranges in [vec![range(9, 5)], vec![range(0, 15), range(96, 100)], vec![range(-16, -1)], vec![]] {
        both("dvd+rw:recorded", |rig| {
            let options = Options { block_ranges: Some(ranges.clone()), ..Options::default() };
            refused_with(rig, options, &mut source(100), 0x8007_0057);
        });
    }
    // DVD-RW in restricted overwrite mode takes whole ECC blocks only.
    both("dvd-rw-ro:recorded", |rig| {
        let options = Options { block_ranges: Some(vec![range(0, 14)]), ..Options::default() };
        refused_with(rig, options, &mut source(100), 0x8007_0057);
    });
}

/// Sense without a name of its own, outside writing: E_FAIL.
#[test]
fn seed_s4_22_unmapped_sense_before_writing() {
    both("cd-r", |rig| {
        let data = rig.writer(vec![sense(0x51, SenseKey::HardwareError, 0x44, 0x00)]);
        refused(rig, &data, Some(&mut source(10)), 0x8000_4005);
    });
}

/// Memory is refused: E_OUTOFMEMORY.
#[test]
fn seed_s4_23_out_of_memory() {
    both("cd-r", |rig| {
        let data = rig.writer(vec![wire(0x51, TransportErrorKind::OutOfMemory)]);
        refused(rig, &data, Some(&mut source(10)), 0x8007_000E);
    });
}

/// A known disc without a writer, HD DVD: E_NOTIMPL.
#[test]
fn seed_s4_24_known_and_not_written() {
    for medium in ["hd-dvd-r", "hd-dvd-rw", "hd-dvd-ram"] {
        both(medium, |rig| {
            refused(rig, &rig.writer(vec![]), Some(&mut source(10)), 0x8000_4001);
        });
    }
}

/// No client name: E_IMAPI_DF2DATA_CLIENT_NAME_IS_NOT_VALID.
#[test]
fn seed_s4_25_no_client_name() {
    both("cd-r", |rig| {
        let data = DiscFormat2Data::new();
        data.set_recorder(Some(rig.recorder(vec![]))).expect("idle");
        refused(rig, &data, Some(&mut source(10)), 0xC0AA_0408);
        for bad in ["", "a/b", "näme", &"x".repeat(64)] {
            let number = data.set_client_name(bad).map_err(|error| error.hresult.0);
            assert_eq!(number, Err(0xC0AA_0408), "{bad}");
        }
        assert_eq!((data.client_name().as_str(), rig.tap.log().len()), ("", 0), "{}", rig.height);
    });
}

/// A stream larger than what is free: E_IMAPI_DF2DATA_STREAM_TOO_LARGE_FOR_CURRENT_MEDIA, nothing is written.
#[test]
fn seed_s4_26_streams_too_large() {
    for (medium, sectors) in
        [("cd-r", 359_849), ("cd-r:appendable", 348_000), ("dvd+r", 2_295_105), ("dvd+rw:recorded", 2_295_105)]
    {
        both(medium, |rig| {
            let options = Options { force_overwrite: medium.ends_with("w:recorded"), ..Options::default() };
            refused_with(rig, options, &mut source(sectors), 0xC0AA_0404);
        });
    }
}

/// A call from within another: E_IMAPI_DF2DATA_WRITE_IN_PROGRESS, and so for every setter; the first one goes on.
#[test]
fn seed_s4_15_while_writing_a_second_write_and_every_setter_are_refused() {
    both("bd-r", |rig| {
        let result = crate::midway::midway(rig, |data, _| {
            let busy = |result: Result<(), Error>| assert_eq!(result.map_err(|e| e.hresult.0), Err(0xC0AA_0400));
            let again = pollster::block_on(data.write(Some(&mut source(10)), &Reporter::silent()));
            busy(again.map(|_| ()));
            busy(data.set_options(Options::default()));
            busy(data.set_force_overwrite(true));
            busy(data.set_force_media_to_be_closed(true));
            busy(data.set_disable_consumer_dvd_compatibility_mode(true));
            busy(data.set_buffer_underrun_free_disabled(true));
            busy(data.set_postgap_already_in_image(true));
            busy(data.set_burn_verification_level(webburn_imapi::enums::BurnVerificationLevel::Full));
            busy(data.set_block_ranges(None));
            busy(pollster::block_on(data.set_write_speed(None)).map(|_| ()));
            busy(data.set_client_name("other"));
            busy(data.set_recorder(None));
        });
        assert_eq!(result.map(|hresult| hresult.0).map_err(|e| e.hresult.0), Ok(0), "{}", rig.height);
        oracle::holds(&rig.sim, &source(1000), 0).unwrap();
    });
}

/// Meanwhile the drive is held under our name, and another client is refused with E_IMAPI_RECORDER_LOCKED.
#[test]
fn seed_s4_31_meanwhile_the_drive_is_held_under_our_name() {
    both("bd-r", |rig| {
        let result = crate::midway::midway(rig, |_, recorder| {
            assert_eq!(recorder.exclusive_access_owner(), "webburn-tests");
            let other = DiscFormat2Data::new();
            other.set_recorder(Some(recorder.clone())).unwrap();
            other.set_client_name("somebody-else").unwrap();
            let result = pollster::block_on(other.write(Some(&mut source(10)), &Reporter::silent()));
            assert_eq!(result.map_err(|error| error.hresult.0), Err(0xC0AA_0210));
        });
        assert_eq!(result.map(|hresult| hresult.0).map_err(|e| e.hresult.0), Ok(0), "{}", rig.height);
        oracle::holds(&rig.sim, &source(1000), 0).unwrap();
    });
    // Afterwards it is nobody's.
    both("bd-r", |rig| {
        let recorder = rig.recorder(vec![]);
        let data = Arc::new(DiscFormat2Data::new());
        data.set_recorder(Some(recorder.clone())).unwrap();
        data.set_client_name("webburn-tests").unwrap();
        pollster::block_on(data.write(Some(&mut source(100)), &Reporter::silent())).unwrap();
        assert_eq!(recorder.exclusive_access_owner(), "", "{}", rig.height);
    });
}
