//! `IMultisessionRandomWrite`, the interface.

use webburn_imapi::Options;
use webburn_imapi::multisession::{Multisession, choose};
use webburn_tests::rig::{Rig, both};

use crate::s1::random;
use crate::s4_writes::source;

/// The list is never empty, blank discs included.
#[test]
fn seed_s1b_1_never_empty() {
    for medium in ["cd-r", "dvd+r:appendable", "dvd+rw", "bd-re:recorded"] {
        both(medium, |rig| {
            let all = rig.writer(vec![]).multisession_interfaces().expect("a list");
            assert!(!all.is_empty() && !rig.changed(), "{medium}");
            // Each answers IMultisession.
            for one in all {
                assert_eq!(one.interface_ids().last(), Some(&"27354150-7f64-5b0f-8f00-5d77afbe261e"), "{medium}");
            }
        });
    }
}

fn fits(medium: &str, sequential: bool) {
    both(medium, |rig| {
        for object in rig.writer(vec![]).multisession_interfaces().expect("a list") {
            let (fits, wanted) = match object {
                Multisession::Sequential(o) => {
                    (pollster::block_on(o.is_supported_on_current_media_state()), sequential)
                }
                Multisession::RandomWrite(o) => {
                    (pollster::block_on(o.is_supported_on_current_media_state()), !sequential)
                }
            };
            assert_eq!(fits.ok(), Some(wanted), "{medium} {}", rig.height);
        }
        assert!(!rig.changed());
    });
}

/// On an overwritable disc the random-write object fits.
#[test]
fn seed_s1b_2_overwritable_discs() {
    both("dvd+rw", |rig| {
        let all = rig.writer(vec![]).multisession_interfaces().expect("a list");
        let of = |id| all.iter().filter(|one| one.interface_ids()[0] == id).count();
        assert_eq!(of("b507ca23-2204-11dd-966a-001aa01bbc58"), 1, "IMultisessionRandomWrite");
        assert_eq!(of("b507ca22-2204-11dd-966a-001aa01bbc58"), 1, "IMultisessionSequential2");
    });
    ["dvd+rw", "dvd-ram", "bd-re:recorded"].iter().for_each(|medium| fits(medium, false));
}

/// On a sequential disc the sequential object fits, and the other does not.
#[test]
fn seed_s1b_3_sequential_discs() {
    ["cd-r", "cd-r:appendable", "dvd-r", "bd-r"].iter().for_each(|medium| fits(medium, true));
}

/// TotalSectorsOnMedia is what the data writer says.
#[test]
fn seed_s1b_6_total_sectors() {
    both("dvd+rw:recorded", |rig| {
        let data = rig.writer(vec![]);
        for object in data.multisession_interfaces().expect("a list") {
            if let Multisession::RandomWrite(object) = object {
                let both = pollster::block_on(async {
                    (object.total_sectors_on_media().await.unwrap(), data.total_sectors_on_media().await.unwrap())
                });
                assert!(both.0 == both.1 && both.0.0 > 0, "{}", rig.height);
            }
        }
    });
}

/// The number that choosing fails with, or which object was chosen: random write or not.
fn chosen(rig: &Rig, in_use: &[bool]) -> Result<bool, u32> {
    let all = rig.writer(vec![]).multisession_interfaces().expect("a list");
    for (one, on) in all.iter().zip(in_use) {
        one.set_in_use(*on);
        assert_eq!(one.in_use(), *on);
    }
    let found = pollster::block_on(choose(&all)).map_err(|error| error.hresult.0)?;
    Ok(matches!(found, Multisession::RandomWrite(_)))
}

/// One object in use that fits is taken; two in use, or one that does not fit: IMAPI_E_INCOMPATIBLE_MULTISESSION_TYPE.
#[test]
fn seed_s1b_4_the_object_in_use() {
    both("dvd+rw:recorded", |rig| {
        assert_eq!(chosen(rig, &[false, true]), Ok(true), "{}", rig.height);
        assert_eq!(chosen(rig, &[true, true]), Err(0xC0AA_B15B), "{}", rig.height);
        assert_eq!(chosen(rig, &[true, false]), Err(0xC0AA_B15B), "{}", rig.height);
        assert!(!rig.changed());
    });
    both("cd-r:appendable", |rig| {
        assert_eq!(chosen(rig, &[true, false]), Ok(false), "{}", rig.height);
        assert_eq!(chosen(rig, &[false, true]), Err(0xC0AA_B15B), "{}", rig.height);
    });
}

/// None in use and at least one that fits: the library chooses; a blank sequential disc has nothing to begin from.
#[test]
fn seed_s1b_5_none_in_use() {
    for (medium, expected) in [
        ("dvd+rw:recorded", Ok(true)),
        ("bd-re:recorded", Ok(true)),
        ("cd-r:appendable", Ok(false)),
        ("bd-r:appendable", Ok(false)),
        ("cd-r", Err(0xC0AA_B162)),
        ("dvd+r", Err(0xC0AA_B162)),
        ("cd-r:recorded", Err(0xC0AA_B15C)),
        ("dvd-rom", Err(0xC0AA_B15C)),
        ("none", Err(0xC0AA_0202)),
    ] {
        both(medium, |rig| {
            assert_eq!(chosen(rig, &[]), expected, "{medium} {}", rig.height);
            assert!(!rig.changed());
        });
    }
}

/// WriteUnitSize: more than nothing, and writes start on a multiple of it and are a multiple long.
#[test]
fn seed_s1b_7_writes_keep_to_the_unit() {
    for (medium, unit) in [("dvd+rw:recorded", 16), ("dvd-rw-ro", 16), ("dvd-ram:recorded", 16), ("bd-re", 32)] {
        both(medium, |rig| {
            let size = pollster::block_on(random(&rig.writer(vec![])).write_unit_size()).expect("told").0;
            assert_eq!(size, unit, "{medium} {}", rig.height);
            let options = Options { force_overwrite: true, ..Options::default() };
            assert_eq!(rig.write(vec![], options, &mut source(333)).number(), 0, "{medium} {}", rig.height);
            for (at, sectors) in rig.places() {
                assert!(
                    (at as u32).is_multiple_of(unit) && sectors.is_multiple_of(unit),
                    "{medium} {}: {at} {sectors}",
                    rig.height
                );
            }
            assert!(!rig.places().is_empty());
        });
    }
}

/// The public members of one object, in the order of its source.
fn members(source: &str, object: &str) -> Vec<String> {
    let begin = format!("impl<T: ScsiTransport, C: Clock> {object}<T, C> {{");
    let body = source.split(&begin).nth(1).expect("the object");
    let body = body.split("\n}\n").next().unwrap_or_default();
    let names = body.lines().filter_map(|line| line.trim().strip_prefix("pub async fn "));
    names.map(|name| name.split('(').next().unwrap_or_default().to_owned()).collect()
}

const OBJECTS: &str = include_str!("../../../crates/imapi/src/multisession/objects.rs");

/// Discs written at random have no physical sessions: the object has no member that tells of one.
#[test]
fn seed_s1b_8_no_sessions_where_there_are_none() {
    let random = members(OBJECTS, "MultisessionRandomWrite");
    assert!(!random.is_empty() && random.iter().all(|name| !name.contains("session")), "{random:?}");
    assert!(members(OBJECTS, "MultisessionSequential").iter().any(|name| name.contains("session")));
    // The data writer says the same of such a disc.
    both("dvd+rw:recorded", |rig| {
        let data = rig.writer(vec![]);
        pollster::block_on(async {
            assert_eq!(data.start_address_of_previous_session().await.ok(), Some(-1));
            assert_eq!(data.last_written_address_of_previous_session().await.ok(), Some(-1));
        });
    });
}

/// The members in the order of the interface, behind the four of IMultisession.
#[test]
fn seed_s1b_9_members_in_order() {
    assert_eq!(
        members(OBJECTS, "MultisessionRandomWrite"),
        ["write_unit_size", "last_written_address", "total_sectors_on_media"]
    );
    assert_eq!(
        members(OBJECTS, "MultisessionSequential"),
        [
            "is_first_data_session",
            "start_address_of_previous_session",
            "last_written_address_of_previous_session",
            "next_writable_address",
            "free_sectors_on_media",
            "write_unit_size"
        ]
    );
    let base = OBJECTS.split("macro_rules! base").nth(1).expect("the base");
    let at = |name: &str| base.find(&format!("fn {name}")).expect("a member");
    let order = ["is_supported_on_current_media_state", "in_use", "set_in_use", "import_recorder"].map(at);
    assert!(order.is_sorted(), "{order:?}");
}
