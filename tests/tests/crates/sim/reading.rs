//! Discs that can only be read, and every medium as it is recorded beforehand.

use webburn_sim::{Disc, MediumKind, Personality};

use crate::sim::rig::Rig;

#[test]
fn every_recorded_disc_can_be_read_and_bears_an_iso_image() {
    for kind in MediumKind::ALL {
        for how in ["recorded", "appendable"] {
            let mut rig = Rig::with(&format!("{}:{how}", kind.id()));
            assert_eq!(&rig.read(16, 1).unwrap()[..6], b"\x01CD001", "{} {how}", kind.id());
            assert_eq!(&rig.read(17, 1).unwrap()[..6], b"\xFFCD001", "{} {how}", kind.id());
            let text = rig.read(21, 1).unwrap();
            assert!(String::from_utf8_lossy(&text).contains(kind.name()), "{} {how}", kind.id());
        }
    }
}

#[test]
fn pressed_discs_are_complete_and_not_writable() {
    for (id, profile) in [("cd-rom", 0x0008), ("dvd-rom", 0x0010), ("bd-rom", 0x0040)] {
        let mut rig = Rig::with(id);
        assert_eq!(rig.profile(), profile);
        assert_eq!(rig.status(), (2, 3));
        assert_eq!(rig.write(0, 1), Err((5, 0x30, 0x05)));
        assert_eq!(rig.current(0x0010), Some(true));
        assert_eq!(rig.capacity().unwrap() + 1, if id == "cd-rom" { 300 } else { 32 });
    }
}

#[test]
fn a_reader_knows_no_command_for_writing() {
    let mut rig = Rig::with_drive(Personality::reader(), "dvd+rw:recorded");
    assert_eq!(rig.read(16, 1).unwrap()[1..6], *b"CD001");
    for opcode in [0x2A, 0x35, 0x5B, 0x53, 0x54, 0x5C, 0x5D] {
        assert_eq!(rig.run(&[opcode, 0, 0, 0, 0, 0, 0, 0, 0, 0]), Err((5, 0x20, 0x00)), "{opcode:02X}");
    }
    assert_eq!(rig.run(&[0x04, 0x11, 0, 0, 0, 0]), Err((5, 0x20, 0x00)));
    assert_eq!(rig.run(&[0x5A, 8, 0x05, 0, 0, 0, 0, 0, 60, 0]), Err((5, 0x24, 0x00)), "no write parameters page");
    let mut rig = Rig::with_drive(Personality::reader(), "cd-r");
    assert_eq!(rig.run(&[0; 6]), Err((2, 0x30, 0x00)), "a blank disc is nothing to it");
    let mut rig = Rig::with_drive(Personality::cd_burner(), "bd-r");
    assert_eq!(rig.run(&[0; 6]), Err((2, 0x30, 0x00)));
}

#[test]
fn speeds_are_those_of_drive_and_disc() {
    let mut rig = Rig::with("dvd+rw");
    let list = rig.run(&[0xAC, 0, 0, 0, 0, 0, 0, 0, 0, 8, 3, 0]).unwrap();
    assert_eq!(list[..4], [0, 0, 0, 52]);
    let kb: Vec<u32> = list[8..].chunks(16).map(|d| u32::from_be_bytes(d[12..16].try_into().unwrap())).collect();
    assert_eq!(kb, [11_080, 5540, 3324]);
    // SET STREAMING to 4x.
    let mut descriptor = [0; 28];
    descriptor[8..12].copy_from_slice(&2_295_103u32.to_be_bytes());
    for (at, value) in [(12, 16_620u32), (16, 1000), (20, 5540), (24, 1000)] {
        descriptor[at..at + 4].copy_from_slice(&value.to_be_bytes());
    }
    rig.send(&[0xB6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 28, 0], &descriptor).unwrap();
    let nominal = rig.run(&[0xAC, 0x14, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0]).unwrap();
    assert_eq!(u32::from_be_bytes(nominal[12..16].try_into().unwrap()), 5540);
    let page = rig.run(&[0x5A, 8, 0x2A, 0, 0, 0, 0, 0, 255, 0]).unwrap();
    assert_eq!(u16::from_be_bytes([page[8 + 28], page[8 + 29]]), 5540);
    assert_eq!(u16::from_be_bytes([page[8 + 12], page[8 + 13]]), 4096, "buffer in KiB");
}

#[test]
fn discs_in_special_conditions() {
    let mut rig = Rig::with("dvd-r:damaged");
    assert_eq!(rig.status(), (1, 2));
    assert!(rig.track(1).unwrap().damaged);
    rig.close(1, 1).unwrap();
    rig.close(2, 0).unwrap();
    assert_eq!(&rig.read(16, 1).unwrap()[1..6], b"CD001");
    let mut rig = Rig::with("dvd+rw:format-stopped");
    assert_eq!(rig.disc_information()[7] & 3, 1);
    assert_eq!(rig.write(2_000_000, 16), Err((5, 0x21, 0x02)));
    let mut rig = Rig::with("dvd+rw:format-running");
    assert_eq!(rig.disc_information()[7] & 3, 2);
    rig.write(2_000_000, 16).unwrap();
    let mut rig = Rig::with("bd-re:protected");
    assert_eq!(rig.write(0, 32), Err((7, 0x27, 0x00)));
    assert!(Disc::from_id("dvd-r:format-running").is_err());
    assert!(Disc::from_id("dvd-ram:damaged").is_err());
}

#[test]
fn ids_are_read_and_nonsense_is_not() {
    assert!(Disc::from_id("none").unwrap().is_none());
    assert!(Disc::from_id("dvd+rw:burnt").is_err());
    assert!(Disc::from_id("minidisc").is_err());
    assert_eq!(Disc::from_id("BD-RE").unwrap().unwrap().kind(), MediumKind::BdRe);
}
