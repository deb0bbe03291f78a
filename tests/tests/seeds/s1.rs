//! `IMultisessionRandomWrite::get_LastWrittenAddress`.

use webburn_imapi::multisession::{Multisession, MultisessionRandomWrite};
use webburn_imapi::{Error, Options, out};
use webburn_scsi::wrap::{Effect, Fault};
use webburn_sector::Lba;
use webburn_sim::Personality;
use webburn_tests::clock::SimClock;
use webburn_tests::line::Line;
use webburn_tests::oracle;
use webburn_tests::rig::{Rig, Writer, both, both_in};

use crate::faults::{sense, shared_faults};

fn object(rig: &Rig, plan: Vec<Fault>) -> MultisessionRandomWrite<Line, SimClock> {
    random(&rig.writer(plan))
}

/// The object of a data writer.
pub fn random(data: &Writer) -> MultisessionRandomWrite<Line, SimClock> {
    let all = data.multisession_interfaces().expect("never empty");
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

/// A drive that tells the last recorded address of overwritable discs.
fn telling() -> Personality {
    let mut drive = Personality::bd_burner();
    drive.ways.tells_last_recorded = true;
    drive
}

/// Where what the disc holds ends, looked at inside the drive.
fn end(rig: &Rig) -> i32 {
    rig.sim.with(|drive| drive.disc().expect("a disc").written_end().0 - 1)
}

/// The drive tells the last recorded address: that is the value.
#[test]
fn seed_s1_1_the_address_that_the_drive_tells() {
    for medium in ["dvd+rw:recorded", "dvd-ram:recorded", "bd-re:recorded"] {
        both(medium, |rig| assert_eq!(last(rig, vec![answer(4711)]), Ok(Lba(4711)), "{medium} {}", rig.height));
        both_in(&telling(), medium, |rig| {
            assert!(end(rig) > 0);
            assert_eq!(last(rig, vec![]), Ok(Lba(end(rig))), "{medium} {}", rig.height);
        });
    }
}

/// The drive does not tell it: E_NOTIMPL.
#[test]
fn seed_s1_2_not_told_is_not_implemented() {
    both("dvd+rw:recorded", |rig| {
        assert_eq!(last(rig, vec![]), Err(0x8000_4001), "{}", rig.height);
        assert!(rig.sent(0x52) > 0 && !rig.changed());
        // The place for the value stays as it was.
        let mut place = Lba(-7);
        let object = object(rig, vec![]);
        let asked = pollster::block_on(out::get(Some(&mut place), object.last_written_address()));
        assert_eq!((asked.map_err(|error| error.hresult.0), place), (Err(0x8000_4001), Lba(-7)), "{}", rig.height);
    });
    // An answer too short for the field.
    both_in(&telling(), "dvd+rw:recorded", |rig| {
        assert_eq!(last(rig, vec![crate::faults::short(0x52, 28)]), Err(0x8000_4001), "{}", rig.height);
    });
}

/// No place for the value: E_POINTER, and no command is sent.
#[test]
fn seed_s1_3_no_place_for_the_value() {
    both("dvd+rw:recorded", |rig| {
        let object = object(rig, vec![]);
        let asked = pollster::block_on(out::get(None, object.last_written_address()));
        assert_eq!(asked.map_err(|error| error.hresult.0), Err(0x8000_4003), "{}", rig.height);
        assert_eq!(rig.tap.log().len(), 0, "{}", rig.height);
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

/// Memory is refused: E_OUTOFMEMORY.
#[test]
fn seed_s1_6_out_of_memory() {
    fails(|| crate::faults::wire(0x52, webburn_scsi::TransportErrorKind::OutOfMemory), 0x8007_000E);
}

/// A recorder that was never initialised: E_INVALIDARG, and no command is sent.
#[test]
fn seed_s1_7_a_recorder_that_was_never_initialised() {
    both("dvd+rw:recorded", |rig| {
        let data = Writer::new();
        data.set_recorder(Some(rig.uninitialised())).expect("idle");
        let object = random(&data);
        let asked = pollster::block_on(object.last_written_address());
        assert_eq!(asked.map_err(|error| error.hresult.0), Err(0x8007_0057), "{}", rig.height);
        assert_eq!(rig.tap.log().len(), 0, "{}", rig.height);
    });
}

/// After a write that ends at a sector the address is at least that one; what lies behind it counts too.
#[test]
fn seed_s1_9_after_a_write() {
    for (medium, sectors) in [("dvd+rw", 400), ("bd-re", 400), ("dvd+rw:recorded", 2000), ("dvd-ram:recorded", 16)] {
        both_in(&telling(), medium, |rig| {
            let options = Options { force_overwrite: true, ..Options::default() };
            let written = rig.write(vec![], options, &mut crate::s4_writes::source(sectors));
            assert_eq!(written.number(), 0, "{medium} {}", rig.height);
            let found = last(rig, vec![]).expect("told").0;
            assert!(found >= sectors as i32 - 1 && found == end(rig), "{medium} {}: {found}", rig.height);
        });
    }
}

/// Two reads without a write between give the same; another disc gives its own.
#[test]
fn seed_s1_8_two_reads_are_alike() {
    both("dvd+rw:recorded", |rig| {
        let object = object(rig, vec![answer(99)]);
        for _ in 0..2 {
            assert_eq!(pollster::block_on(object.last_written_address()).ok(), Some(Lba(99)), "{}", rig.height);
        }
    });
    both_in(&telling(), "dvd+rw:recorded", |rig| {
        let object = object(rig, vec![]);
        let first = pollster::block_on(object.last_written_address()).expect("told");
        rig.sim.with(|drive| {
            let mut state = drive.eject().expect("a disc").to_state();
            state.map.place(Lba(5000), 16, webburn_sim::surface::BlockForm::Data2048);
            let store = Box::new(webburn_sim::surface::MemoryStore::new());
            drive.load(webburn_sim::Disc::from_state(state, store).expect("a good state"));
        });
        let second = pollster::block_on(object.last_written_address()).expect("told");
        assert_eq!((first < second, second), (true, Lba(5015)), "{}", rig.height);
    });
}

/// READ DISC STRUCTURE refused with 5/24/00: E_IMAPI_RECORDER_DVD_STRUCTURE_NOT_PRESENT from the member that needs it;
/// the address is told all the same.
#[test]
fn seed_s1_d10_no_structure() {
    both_in(&telling(), "dvd+rw:recorded", |rig| {
        let fault = || sense(0xAD, webburn_scsi::SenseKey::IllegalRequest, 0x24, 0);
        crate::faults::structure_is_absent(rig, fault());
        assert_eq!(last(rig, vec![fault()]), Ok(Lba(end(rig))), "{}", rig.height);
    });
}

/// MODE SENSE refused with 5/24/00: E_IMAPI_RECORDER_NO_SUCH_MODE_PAGE from the member that asks for a page.
#[test]
fn seed_s1_d11_no_mode_page() {
    both_in(&telling(), "dvd+rw:recorded", |rig| {
        let fault = || sense(0x5A, webburn_scsi::SenseKey::IllegalRequest, 0x24, 0);
        crate::faults::mode_page_is_absent(rig, fault());
        assert_eq!(last(rig, vec![fault()]), Ok(Lba(end(rig))), "{}", rig.height);
    });
}

/// MODE SELECT refused with 5/26/00: E_IMAPI_RECORDER_INVALID_MODE_PARAMETERS from the member that sets a page.
#[test]
fn seed_s1_d12_mode_parameters() {
    both_in(&telling(), "dvd+rw:recorded", |rig| {
        let fault = || sense(0x55, webburn_scsi::SenseKey::IllegalRequest, 0x26, 0);
        crate::faults::mode_page_is_refused(rig, fault());
        assert_eq!(last(rig, vec![fault()]), Ok(Lba(end(rig))), "{}", rig.height);
    });
}

/// 5/30/05 and no speed that drive and disc share: E_IMAPI_RECORDER_MEDIA_SPEED_MISMATCH.
#[test]
fn seed_s1_d14_no_common_speed() {
    for (listed, number) in [(true, 0xC0AA_0203), (false, 0xC0AA_020F)] {
        both("dvd+rw:recorded", |rig| {
            let mut plan = vec![sense(0x00, webburn_scsi::SenseKey::IllegalRequest, 0x30, 5)];
            if !listed {
                plan.extend(crate::faults::no_speeds());
            }
            // The disc has spun up, so that the drive knows what it is.
            rig.sim.with(|drive| drive.advance_to(std::time::Duration::from_secs(10)));
            assert_eq!(last(rig, plan), Err(number), "{}", rig.height);
            assert!(!rig.changed(), "{}", rig.height);
        });
    }
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
