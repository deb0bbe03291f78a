//! `IMultisessionRandomWrite::get_LastWrittenAddress`.

use webburn_imapi::Error;
use webburn_imapi::multisession::{Multisession, MultisessionRandomWrite};
use webburn_scsi::wrap::{Effect, Fault};
use webburn_sector::Lba;
use webburn_tests::clock::SimClock;
use webburn_tests::oracle;
use webburn_tests::rig::{Line, Rig, both};

use crate::faults::{sense, shared_faults};

fn object(rig: &Rig, plan: Vec<Fault>) -> MultisessionRandomWrite<Line, SimClock> {
    let all = rig.writer(plan).multisession_interfaces().expect("never empty");
    let found = all.into_iter().find_map(|one| match one {
        Multisession::RandomWrite(object) => Some(object),
        Multisession::Sequential(_) => None,
    });
    found.expect("always there")
}

fn last(rig: &Rig, plan: Vec<Fault>) -> Result<Lba, u32> {
    let object = object(rig, plan);
    pollster::block_on(object.last_written_address()).map_err(|error: Error| error.hresult.0)
}

/// READ TRACK INFORMATION with a last recorded address.
fn answer(address: u32) -> Fault {
    let mut bytes = vec![0; 36];
    bytes[..8].copy_from_slice(&[0, 34, 1, 1, 0, 4, 1, 2]);
    bytes[24..28].copy_from_slice(&100_000_u32.to_be_bytes());
    bytes[28..32].copy_from_slice(&address.to_be_bytes());
    Fault::at(0x52, Effect::Answer(bytes)).always()
}

fn fails(fault: impl Fn() -> Fault, number: u32) {
    both("dvd+rw:recorded", |rig| {
        let before = oracle::text(&rig.sim);
        assert_eq!(last(rig, vec![fault()]), Err(number), "{}", rig.height);
        assert!(!rig.changed() && !rig.tap.log().is_empty(), "{}", rig.height);
        assert_eq!(oracle::text(&rig.sim), before, "{}", rig.height);
    });
}

/// The drive tells the last recorded address: that is the value.
#[test]
fn seed_s1_1_the_address_that_the_drive_tells() {
    for medium in ["dvd+rw:recorded", "dvd-ram:recorded", "bd-re:recorded"] {
        both(medium, |rig| assert_eq!(last(rig, vec![answer(4711)]), Ok(Lba(4711)), "{medium} {}", rig.height));
    }
}

/// The drive does not tell it: E_NOTIMPL.
#[test]
fn seed_s1_2_not_told_is_not_implemented() {
    both("dvd+rw:recorded", |rig| {
        assert_eq!(last(rig, vec![]), Err(0x8000_4001), "{}", rig.height);
        assert!(rig.sent(0x52) > 0 && !rig.changed());
    });
}

/// A sequential disc has no such address: E_IMAPI_DF2DATA_INVALID_MEDIA_STATE.
#[test]
fn seed_s1_4_a_sequential_disc_is_the_wrong_state() {
    for medium in ["cd-r", "dvd+r", "bd-r"] {
        both(medium, |rig| {
            assert_eq!(last(rig, vec![]), Err(0xC0AA_0402), "{medium} {}", rig.height);
            assert!(oracle::is_untouched(&rig.sim));
        });
    }
}

/// Sense that has no name of its own: E_FAIL.
#[test]
fn seed_s1_5_unmapped_sense_is_a_failure() {
    fails(|| sense(0x52, webburn_scsi::SenseKey::HardwareError, 0x44, 0x00), 0x8000_4005);
}

/// Two reads without a write between give the same.
#[test]
fn seed_s1_8_two_reads_are_alike() {
    both("dvd+rw:recorded", |rig| {
        let object = object(rig, vec![answer(99)]);
        for _ in 0..2 {
            assert_eq!(pollster::block_on(object.last_written_address()).ok(), Some(Lba(99)), "{}", rig.height);
        }
    });
}

shared_faults! { fails;
    /// A command that never ends: E_IMAPI_RECORDER_COMMAND_TIMEOUT.
    seed_s1_d1_timeout = wire(0x46, Kind::Timeout) => 0xC0AA_020D;
    /// An answer cut short: E_IMAPI_RECORDER_INVALID_RESPONSE_FROM_DEVICE.
    seed_s1_d2_short_answer = short(0x51, 3) => 0xC0AA_02FF;
    /// 2/06/00: E_IMAPI_RECORDER_MEDIA_UPSIDE_DOWN.
    seed_s1_d3_upside_down = sense(0x00, Key::NotReady, 0x06, 0) => 0xC0AA_0204;
    /// 2/04/01 beyond the budget: E_IMAPI_RECORDER_MEDIA_BECOMING_READY.
    seed_s1_d4_becoming_ready = sense(0x00, Key::NotReady, 0x04, 1) => 0xC0AA_0205;
    /// 2/3A/00: E_IMAPI_RECORDER_MEDIA_NO_MEDIA.
    seed_s1_d5_no_media = sense(0x00, Key::NotReady, 0x3A, 0) => 0xC0AA_0202;
    /// 2/04/04: E_IMAPI_RECORDER_MEDIA_FORMAT_IN_PROGRESS.
    seed_s1_d6_format_in_progress = sense(0x00, Key::NotReady, 0x04, 4) => 0xC0AA_0206;
    /// 2/04/07 beyond the budget: E_IMAPI_RECORDER_MEDIA_BUSY.
    seed_s1_d7_busy = sense(0x00, Key::NotReady, 0x04, 7) => 0xC0AA_0207;
    /// 3/0C/09: E_IMAPI_LOSS_OF_STREAMING.
    seed_s1_d8_loss_of_streaming = sense(0x51, Key::MediumError, 0x0C, 9) => 0xC0AA_0300;
    /// 2/30/00: E_IMAPI_RECORDER_MEDIA_INCOMPATIBLE.
    seed_s1_d9_incompatible = sense(0x00, Key::NotReady, 0x30, 0) => 0xC0AA_0203;
    /// 7/27/00: E_IMAPI_RECORDER_MEDIA_WRITE_PROTECTED.
    seed_s1_d13_write_protected = sense(0x51, Key::DataProtect, 0x27, 0) => 0xC0AA_0209;
    /// The way to the drive is closed: ERROR_INVALID_HANDLE as an HRESULT.
    seed_s1_d15_closed = wire(0x51, Kind::Closed) => 0x8007_0006;
    /// The drive is unplugged: ERROR_DEV_NOT_EXIST as an HRESULT.
    seed_s1_d16_unplugged = wire(0x51, Kind::Disconnected) => 0x8007_0037;
    /// Somebody else holds the drive: E_IMAPI_RECORDER_LOCKED.
    seed_s1_d17_locked = wire(0x51, Kind::Locked) => 0xC0AA_0210;
}
