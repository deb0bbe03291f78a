//! `IMultisessionSequential::get_LastWrittenAddressOfPreviousSession`.

use webburn_imapi::multisession::{Multisession, MultisessionSequential};
use webburn_imapi::{Error, Options, out};
use webburn_scsi::SenseKey;
use webburn_scsi::wrap::{Effect, Fault};
use webburn_tests::clock::SimClock;
use webburn_tests::line::Line;
use webburn_tests::oracle;
use webburn_tests::rig::{Rig, Writer, both};

use crate::faults::shared_faults;
use crate::s4_writes::source;

fn sequential(data: &Writer) -> MultisessionSequential<Line, SimClock> {
    let all = data.multisession_interfaces().expect("never empty");
    let found = all.into_iter().find_map(|one| match one {
        Multisession::Sequential(object) => Some(object),
        Multisession::RandomWrite(_) => None,
    });
    found.expect("always there")
}

fn number(result: Result<i32, Error>) -> Result<i32, u32> {
    result.map_err(|error| error.hresult.0)
}

fn last(rig: &Rig, plan: Vec<Fault>) -> Result<i32, u32> {
    number(pollster::block_on(sequential(&rig.writer(plan)).last_written_address_of_previous_session()))
}

fn fails(fault: impl Fn() -> Fault, expected: u32) {
    both("cd-r:appendable", |rig| {
        let before = oracle::text(&rig.sim);
        assert_eq!(last(rig, vec![fault()]), Err(expected), "{}", rig.height);
        assert!(!rig.changed() && !rig.tap.log().is_empty(), "{}", rig.height);
        assert_eq!(oracle::text(&rig.sim), before, "{}", rig.height);
    });
}

/// A blank disc has no earlier session: −1.
#[test]
fn seed_s2_3_minus_one_on_a_blank_disc() {
    for medium in ["cd-r", "dvd+r", "bd-r"] {
        both(medium, |rig| assert_eq!(last(rig, vec![]), Ok(-1), "{medium} {}", rig.height));
    }
}

/// Held to the documentation alone, the property is E_NOTIMPL here and on the data writer.
#[test]
fn seed_s2_4_strict_is_not_implemented() {
    both("cd-r:appendable", |rig| {
        let data = rig.writer(vec![]);
        data.set_options(Options { strict: true, ..data.options() }).expect("idle");
        let asked = pollster::block_on(sequential(&data).last_written_address_of_previous_session());
        assert_eq!(number(asked), Err(0x8000_4001), "{}", rig.height);
        let asked = pollster::block_on(data.last_written_address_of_previous_session());
        assert_eq!(number(asked), Err(0x8000_4001), "{}", rig.height);
    });
}

/// The start of the previous session on an overwritable disc: E_IMAPI_DF2DATA_INVALID_MEDIA_STATE.
#[test]
fn seed_s2_5_no_sessions_on_an_overwritable_disc() {
    both("dvd+rw:recorded", |rig| {
        let asked = pollster::block_on(sequential(&rig.writer(vec![])).start_address_of_previous_session());
        assert_eq!(number(asked), Err(0xC0AA_0402), "{}", rig.height);
    });
}

/// Start ≤ last written < next writable, and the data writer says the same.
#[test]
fn seed_s2_6_addresses_in_order() {
    for medium in ["cd-r:appendable", "dvd+r:appendable", "bd-r:appendable"] {
        both(medium, |rig| {
            let data = rig.writer(vec![]);
            let object = sequential(&data);
            pollster::block_on(async {
                let start = object.start_address_of_previous_session().await.unwrap();
                let last = object.last_written_address_of_previous_session().await.unwrap();
                let next = object.next_writable_address().await.unwrap().0;
                assert!(start <= last && last < next, "{medium} {}: {start} {last} {next}", rig.height);
                assert_eq!(data.last_written_address_of_previous_session().await.unwrap(), last);
            });
        });
    }
}

/// Two closed sessions on a CD-R: the last user sector of the second, here and on the data writer.
#[test]
fn seed_s2_1_the_last_sector_of_the_previous_session() {
    for medium in ["cd-r", "dvd-r", "dvd+r", "bd-r"] {
        both(medium, |rig| {
            let options = Options { disable_consumer_dvd_compatibility_mode: true, ..Options::default() };
            for sectors in [400, 320] {
                assert_eq!(rig.write(vec![], options.clone(), &mut source(sectors)).number(), 0, "{medium}");
            }
            let (start, sectors) = rig.tracks()[1];
            assert_eq!(rig.closed(), (2, false), "{medium} {}", rig.height);
            let truly = start + sectors as i32 - 1;
            let data = rig.writer(vec![]);
            let object = sequential(&data);
            pollster::block_on(async {
                assert_eq!(object.start_address_of_previous_session().await.ok(), Some(start), "{medium}");
                let last = object.last_written_address_of_previous_session().await;
                assert_eq!(last.ok(), Some(truly), "{medium} {}", rig.height);
                let last = data.last_written_address_of_previous_session().await;
                assert_eq!(last.ok(), Some(truly), "{medium} {}", rig.height);
                assert!(!object.is_first_data_session().await.unwrap());
            });
        });
    }
}

/// READ TRACK INFORMATION of a closed track without size and without last recorded address.
fn without_size() -> Fault {
    let forget = |bytes: &mut [u8]| {
        // Neither a next writable nor a last recorded address: a closed track.
        if bytes.len() > 27 && bytes[7] & 0x01 == 0 {
            bytes[7] &= !0x02;
            bytes[24..28].fill(0);
        }
    };
    Fault::at(0x52, Effect::Mangle(Box::new(forget))).always()
}

/// Neither last recorded address nor track size: E_NOTIMPL.
#[test]
fn seed_s2_2_nothing_tells_it() {
    for medium in ["dvd+r:appendable", "bd-r:appendable"] {
        both(medium, |rig| {
            assert_eq!(last(rig, vec![without_size()]), Err(0x8000_4001), "{medium} {}", rig.height);
            let asked = rig.writer(vec![without_size()]);
            let asked = pollster::block_on(asked.last_written_address_of_previous_session());
            assert_eq!(number(asked), Err(0x8000_4001), "{medium} {}", rig.height);
            assert!(!rig.changed());
        });
    }
}

/// No place for the value: E_POINTER, and no command is sent.
#[test]
fn seed_s2_7_no_place_for_the_value() {
    both("cd-r:appendable", |rig| {
        let object = sequential(&rig.writer(vec![]));
        let asked = pollster::block_on(out::get(None, object.last_written_address_of_previous_session()));
        assert_eq!(asked.map_err(|error| error.hresult.0), Err(0x8000_4003), "{}", rig.height);
        assert_eq!(rig.tap.log().len(), 0, "{}", rig.height);
        let mut place = 0;
        let asked = out::get(Some(&mut place), object.last_written_address_of_previous_session());
        assert_eq!(pollster::block_on(asked).map(|hresult| hresult.0).ok(), Some(0));
        assert_eq!(place, 299, "{}", rig.height);
    });
}

shared_faults! { fails;
    /// Shared faults: a command that never ends.
    seed_s2_8_d1_timeout = wire(0x46, Kind::Timeout) => 0xC0AA_020D;
    /// Shared faults: an answer cut short.
    seed_s2_8_d2_short_answer = short(0x51, 3) => 0xC0AA_02FF;
    /// Shared faults: 2/06/00.
    seed_s2_8_d3_upside_down = sense(0x00, Key::NotReady, 0x06, 0) => 0xC0AA_0204;
    /// Shared faults: 2/04/01 beyond the budget.
    seed_s2_8_d4_becoming_ready = sense(0x00, Key::NotReady, 0x04, 1) => 0xC0AA_0205;
    /// Shared faults: 2/3A/00.
    seed_s2_8_d5_no_media = sense(0x00, Key::NotReady, 0x3A, 0) => 0xC0AA_0202;
    /// Shared faults: 2/04/04.
    seed_s2_8_d6_format_in_progress = sense(0x00, Key::NotReady, 0x04, 4) => 0xC0AA_0206;
    /// Shared faults: 2/04/08 outside WRITE, beyond the budget.
    seed_s2_8_d7_busy = sense(0x52, Key::NotReady, 0x04, 8) => 0xC0AA_0207;
    /// Shared faults: 3/0C/09.
    seed_s2_8_d8_loss_of_streaming = sense(0x52, Key::MediumError, 0x0C, 9) => 0xC0AA_0300;
    /// Shared faults: 5/30/02.
    seed_s2_8_d9_incompatible = sense(0x00, Key::IllegalRequest, 0x30, 2) => 0xC0AA_0203;
    /// Shared faults: 7/27/00.
    seed_s2_8_d13_write_protected = sense(0x51, Key::DataProtect, 0x27, 0) => 0xC0AA_0209;
    /// Shared faults: the way to the drive is closed.
    seed_s2_8_d15_closed = wire(0x52, Kind::Closed) => 0x8007_0006;
    /// Shared faults: the drive is unplugged.
    seed_s2_8_d16_unplugged = wire(0x51, Kind::Disconnected) => 0x8007_0037;
    /// Shared faults: somebody else holds the drive.
    seed_s2_8_d17_locked = wire(0x51, Kind::Locked) => 0xC0AA_0210;
}

fn value_survives(fault: impl Fn() -> Fault) {
    both("cd-r:appendable", |rig| assert_eq!(last(rig, vec![fault()]), Ok(299), "{}", rig.height));
}

/// Shared faults: READ DISC STRUCTURE refused with 5/24/00, from the member that needs it; the address is told.
#[test]
fn seed_s2_8_d10_no_structure() {
    let fault = || crate::faults::sense(0xAD, SenseKey::IllegalRequest, 0x24, 0);
    both("dvd+r:appendable", |rig| crate::faults::structure_is_absent(rig, fault()));
    value_survives(fault);
}

/// Shared faults: MODE SENSE refused with 5/24/00, from the member that asks for a page; the address is told.
#[test]
fn seed_s2_8_d11_no_mode_page() {
    let fault = || crate::faults::sense(0x5A, SenseKey::IllegalRequest, 0x24, 0);
    both("cd-r:appendable", |rig| crate::faults::mode_page_is_absent(rig, fault()));
    value_survives(fault);
}

/// Shared faults: MODE SELECT refused with 5/26/00, from the member that sets a page; the address is told.
#[test]
fn seed_s2_8_d12_mode_parameters() {
    let fault = || crate::faults::sense(0x55, SenseKey::IllegalRequest, 0x26, 0);
    both("cd-r:appendable", |rig| crate::faults::mode_page_is_refused(rig, fault()));
    value_survives(fault);
}

/// Shared faults: 5/30/05 and no common speed.
#[test]
fn seed_s2_8_d14_no_common_speed() {
    for (listed, expected) in [(true, 0xC0AA_0203), (false, 0xC0AA_020F)] {
        both("cd-r:appendable", |rig| {
            let mut plan = vec![crate::faults::sense(0x00, SenseKey::IllegalRequest, 0x30, 5)];
            if !listed {
                plan.extend(crate::faults::no_speeds());
            }
            // The disc has spun up, so that the drive knows what it is.
            rig.sim.with(|drive| drive.advance_to(std::time::Duration::from_secs(10)));
            assert_eq!(last(rig, plan), Err(expected), "{}", rig.height);
        });
    }
}
