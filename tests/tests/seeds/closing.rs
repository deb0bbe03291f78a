//! When a disc is closed: `ForceMediaToBeClosed` and `DisableConsumerDvdCompatibilityMode` on every kind of disc.

use webburn_imapi::Options;
use webburn_tests::oracle;
use webburn_tests::rig::both;

use crate::s4_writes::source;

/// Medium; then, for compatibility off or not and force or not: functions of CLOSE TRACK SESSION, and whether the disc is
/// closed for good. In the order: default; forced; compatibility off; compatibility off and forced.
type Row = (&'static str, [(&'static [u8], bool); 4]);

const ROWS: &[Row] = &[
    // Closed in compatible mode, whatever ForceMediaToBeClosed says; else as it says.
    ("dvd+r", [(&[1, 5], true), (&[1, 5], true), (&[1, 2], false), (&[1, 6], true)]),
    // Closed in any case; drives want the compatible way on two layers.
    ("dvd+r-dl", [(&[1, 5], true), (&[1, 5], true), (&[1, 5], true), (&[1, 5], true)]),
    // ForceMediaToBeClosed alone decides.
    ("cd-r", [(&[2], false), (&[2], true), (&[2], false), (&[2], true)]),
    ("cd-rw", [(&[2], false), (&[2], true), (&[2], false), (&[2], true)]),
    ("dvd-r", [(&[1, 2], false), (&[1, 2], true), (&[1, 2], false), (&[1, 2], true)]),
    ("dvd-rw", [(&[1, 2], false), (&[1, 2], true), (&[1, 2], false), (&[1, 2], true)]),
    ("bd-r", [(&[1, 2], false), (&[1, 6], true), (&[1, 2], false), (&[1, 6], true)]),
    // One session recorded at once: it closes the disc by itself.
    ("dvd-r-dl", [(&[], true), (&[], true), (&[], true), (&[], true)]),
    // Overwritable discs are never closed; a background format is ended with a lead-out.
    ("dvd+rw", [(&[0, 2], false), (&[0, 2], false), (&[0, 2], false), (&[0, 2], false)]),
    ("dvd-ram", [(&[], false), (&[], false), (&[], false), (&[], false)]),
    ("bd-re", [(&[], false), (&[], false), (&[], false), (&[], false)]),
    ("dvd-rw-ro", [(&[], false), (&[], false), (&[], false), (&[], false)]),
];

#[test]
fn discs_are_closed_as_the_two_properties_say() {
    for (medium, expected) in ROWS {
        for (case, (functions, closed)) in expected.iter().enumerate() {
            let options = Options {
                disable_consumer_dvd_compatibility_mode: case >= 2,
                force_media_to_be_closed: case % 2 == 1,
                ..Options::default()
            };
            both(medium, |rig| {
                let planned = rig.writer(vec![]);
                planned.set_options(options.clone()).expect("idle");
                let planned = pollster::block_on(planned.plan(320 * 2048)).expect("a plan");
                let burnt = rig.write(vec![], options.clone(), &mut source(320));
                assert_eq!(burnt.number(), 0, "{medium} {case} {}", rig.height);
                let finalised = rig.closed().1;
                assert_eq!((rig.closing_functions(), finalised), (functions.to_vec(), *closed), "{medium} {case}");
                assert_eq!(planned.closes, *closed, "{medium} {case}: the plan says so beforehand");
                oracle::holds(&rig.sim, &source(320), 0).unwrap();
            });
        }
    }
}

#[test]
fn by_default_a_dvd_plus_r_takes_no_second_session() {
    for (disable, number) in [(false, 0xC0AA_0406), (true, 0)] {
        both("dvd+r", |rig| {
            let options = Options { disable_consumer_dvd_compatibility_mode: disable, ..Options::default() };
            assert_eq!(rig.write(vec![], options.clone(), &mut source(320)).number(), 0, "{}", rig.height);
            let next = pollster::block_on(rig.writer(vec![]).next_writable_address()).map_or(-1, |lba| lba.0);
            let second = rig.write(vec![], options, &mut source(64)).number();
            assert_eq!(second, number, "{}", rig.height);
            oracle::holds(&rig.sim, &source(320), 0).unwrap();
            if disable {
                oracle::holds(&rig.sim, &source(64), next).unwrap();
            }
        });
    }
}
