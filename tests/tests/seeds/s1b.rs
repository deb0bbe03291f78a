//! `IMultisessionRandomWrite`, the interface.

use webburn_imapi::multisession::Multisession;
use webburn_tests::rig::both;

/// The list is never empty, blank discs included.
#[test]
fn seed_s1b_1_never_empty() {
    for medium in ["cd-r", "dvd+r:appendable", "dvd+rw", "bd-re:recorded"] {
        both(medium, |rig| {
            assert!(!rig.writer(vec![]).multisession_interfaces().expect("a list").is_empty(), "{medium}");
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
