//! `IMultisessionSequential::get_LastWrittenAddressOfPreviousSession`.

use webburn_imapi::multisession::{Multisession, MultisessionSequential};
use webburn_imapi::{Error, Options};
use webburn_scsi::wrap::Fault;
use webburn_tests::clock::SimClock;
use webburn_tests::oracle;
use webburn_tests::rig::{Line, Rig, Writer, both};

use crate::faults::shared_faults;

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

shared_faults! { fails;
    /// Shared faults: a command that never ends.
    seed_s2_8_d1_timeout = wire(0x46, Kind::Timeout) => 0xC0AA_020D;
    /// Shared faults: an answer cut short.
    seed_s2_8_d2_short_answer = short(0x51, 3) => 0xC0AA_02FF;
    /// Shared faults: 2/3A/00.
    seed_s2_8_d5_no_media = sense(0x00, Key::NotReady, 0x3A, 0) => 0xC0AA_0202;
    /// Shared faults: the drive is unplugged.
    seed_s2_8_d16_unplugged = wire(0x51, Kind::Disconnected) => 0x8007_0037;
}
