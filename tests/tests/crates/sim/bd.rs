//! BD-R and BD-RE.

use crate::sim::rig::{Rig, pattern};

#[test]
fn a_blank_bd_r_describes_itself() {
    let mut rig = Rig::with("bd-r");
    assert_eq!(rig.profile(), 0x0041);
    assert_eq!(rig.status(), (0, 0));
    let track = rig.track(1).unwrap();
    assert_eq!((track.next, track.free), (Some(0), 12_219_392));
    let (current, offered) = rig.format_capacities();
    assert_eq!(current, (12_219_392, 1));
    assert_eq!(offered, [(11_826_176, 0x00), (12_088_320, 0x32), (11_564_032, 0x32)]);
    let di = rig.run(&[0xAD, 1, 0, 0, 0, 0, 0, 0, 0, 116, 0, 0]).unwrap();
    assert_eq!(&di[4..6], b"DI");
    assert_eq!(&di[4 + 8..4 + 11], b"BDR");
    assert_eq!(&di[4 + 100..4 + 106], b"WBBURN");
    assert_eq!((rig.current(0x0041), rig.current(0x0038), rig.current(0x0020)), (Some(true), Some(false), Some(false)));
    assert_eq!(rig.mode_page(0x40, 0xC5, 8), Err((5, 0x26, 0x01)), "Blu-ray has no write parameters");
}

#[test]
fn sequential_sessions_without_spares() {
    let mut rig = Rig::with("bd-r");
    rig.write_all(0, 1000);
    rig.sync().unwrap();
    assert_eq!(rig.track(1).unwrap().next, Some(1024), "filled up to the cluster");
    rig.close(1, 1).unwrap();
    rig.close(2, 0).unwrap();
    assert_eq!(rig.status(), (1, 0));
    assert_eq!(rig.track(2).unwrap().next, Some(1024));
    rig.write_all(1024, 64);
    rig.sync().unwrap();
    rig.close(1, 2).unwrap();
    rig.close(6, 0).unwrap();
    assert_eq!(rig.status(), (2, 3));
    assert_eq!(rig.contents()[..1000 * 2048], pattern(0, 1000));
    assert_eq!(rig.write(1088, 32), Err((5, 0x21, 0x02)));
}

#[test]
fn formatting_a_blank_bd_r_sets_spares_aside() {
    let mut rig = Rig::with("bd-r");
    rig.format(11_826_176, 0x00, 1, 0).unwrap();
    assert_eq!(rig.track(1).unwrap().free, 11_826_176);
    assert_eq!(rig.current(0x0024), Some(true));
    rig.write(0, 32).unwrap();
    rig.sync().unwrap();
    assert_eq!(rig.format(11_826_176, 0x00, 1, 0), Err((5, 0x30, 0x06)), "only while blank");
    let spares = rig.run(&[0xAD, 1, 0, 0, 0, 0, 0, 0x0A, 0, 16, 0, 0]).unwrap();
    assert_eq!(u32::from_be_bytes(spares[12..16].try_into().unwrap()), 393_216 / 32);
}

#[test]
fn pseudo_overwrite_replaces_what_is_there() {
    let mut rig = Rig::with("bd-r");
    rig.format(11_826_176, 0x00, 0, 0).unwrap();
    assert_eq!(rig.current(0x0038), Some(true));
    rig.write_all(0, 128);
    rig.sync().unwrap();
    let free = rig.track(1).unwrap().free;
    rig.send(&crate::sim::rig::write_10(32, 32), &vec![7; 65_536]).unwrap();
    rig.sync().unwrap();
    assert_eq!(rig.read(32, 1).unwrap(), [7; 2048]);
    assert_eq!(rig.read(64, 32).unwrap(), pattern(64, 32));
    assert_eq!(rig.track(1).unwrap().free, free - 32, "the new contents lie elsewhere");
}

#[test]
fn bd_re_wants_formatting_first() {
    let mut rig = Rig::with("bd-re");
    assert_eq!(rig.profile(), 0x0043);
    let (current, offered) = rig.format_capacities();
    assert_eq!(current, (12_219_392, 1));
    assert_eq!(offered, [(11_826_176, 0), (12_088_320, 0x30), (11_564_032, 0x30), (12_219_392, 0x31)]);
    assert_eq!(rig.write(0, 32), Err((5, 0x30, 0x10)));
    assert_eq!(rig.capacity(), Err((5, 0x30, 0x10)));
    assert_eq!(rig.format(11_000_000, 0x30, 0, 0), Err((5, 0x26, 0x00)), "more spares than there can be");
    rig.format(0, 0x31, 0, 0x800).unwrap();
    assert_eq!(rig.capacity(), Ok(12_219_391));
    rig.format(11_826_176, 0x00, 0, 0x800).unwrap();
    assert_eq!(rig.capacity(), Ok(11_826_175));
    assert_eq!(rig.format_capacities().0, (11_826_176, 2));
    rig.write(5, 1).unwrap();
    assert_eq!(rig.read(4, 1).unwrap(), [0; 2048]);
    assert_eq!(rig.read(5, 1).unwrap(), pattern(5, 1));
}

#[test]
fn bad_spots_move_to_the_spares() {
    let mut rig = Rig::with("bd-re:recorded");
    let bad = webburn_sim::disc::Defect { first: 100, count: 1, read: true, write: true };
    rig.0.disc_mut().unwrap().add_defect(bad);
    assert_eq!(rig.read(100, 1), Err((3, 0x11, 0x05)));
    rig.write(96, 32).unwrap();
    assert_eq!(rig.read(100, 1).unwrap(), pattern(100, 1));
    assert_eq!(rig.0.disc().unwrap().state().spares_used, 32);
    // Without spares there is nowhere to go.
    let mut rig = Rig::with("bd-r");
    rig.0.disc_mut().unwrap().add_defect(bad);
    assert_eq!(rig.write(96, 32), Err((5, 0x21, 0x02)));
    rig.write_all(0, 96);
    assert_eq!(rig.write(96, 32), Err((3, 0x0C, 0x00)));
}

#[test]
fn bdxl_is_told_by_its_capacity() {
    let mut rig = Rig::with("bd-r-ql");
    assert_eq!(rig.profile(), 0x0041);
    assert_eq!(rig.track(1).unwrap().free, 62_500_864);
    let mut rig = Rig::with("bd-re-tl");
    assert_eq!(rig.profile(), 0x0043);
    assert_eq!(rig.format_capacities().0, (48_878_592, 1));
}
