//! DVD+R and DVD+RW.

use std::time::Duration;

use crate::sim::rig::{Rig, pattern};

#[test]
fn a_blank_dvd_plus_r_describes_itself() {
    let mut rig = Rig::with("dvd+r");
    assert_eq!(rig.profile(), 0x001B);
    assert_eq!(rig.status(), (0, 0));
    let track = rig.track(0xFF).unwrap();
    assert_eq!((track.number, track.next, track.free), (1, Some(0), 2_295_104));
    assert_eq!((rig.current(0x002B), rig.current(0x0021), rig.current(0x0025)), (Some(true), Some(false), Some(true)));
    let adip = rig.run(&[0xAD, 0, 0, 0, 0, 0, 0, 0x11, 1, 4, 0, 0]).unwrap();
    assert_eq!(&adip[4 + 19..4 + 26], b"WEBBURN");
    assert_eq!(&adip[4 + 27..4 + 30], b"R16");
    let (current, offered) = rig.format_capacities();
    assert_eq!((current, offered.len()), ((2_295_104, 1), 0));
}

#[test]
fn sessions_until_it_is_finalised() {
    let mut rig = Rig::with("dvd+r");
    rig.write_all(0, 1000);
    assert_eq!(rig.write(1016, 16), Err((5, 0x21, 0x02)));
    rig.sync().unwrap();
    assert_eq!(rig.track(0xFF).unwrap().next, Some(1008));
    rig.close(1, 1).unwrap();
    rig.close(2, 0).unwrap();
    assert_eq!(rig.status(), (1, 0));
    let next = rig.track(0xFF).unwrap();
    assert_eq!((next.number, next.session, next.next), (2, 2, Some(1008 + 2048)));
    let first = rig.track(1).unwrap();
    assert_eq!((first.size, first.last), (1008, Some(1007)));
    rig.write_all(3056, 32);
    rig.sync().unwrap();
    rig.close(1, 2).unwrap();
    assert_eq!(rig.close(3, 0), Err((5, 0x24, 0x00)), "no such function");
    rig.close(6, 0).unwrap();
    assert_eq!(rig.status(), (2, 3));
    assert_eq!(rig.capacity(), Ok(3087));
    assert_eq!(rig.contents()[..1000 * 2048], pattern(0, 1000));
    assert_eq!(rig.close(2, 0), Err((5, 0x2C, 0x00)));
}

#[test]
fn a_reserved_track_is_filled_when_closed() {
    let mut rig = Rig::with("dvd+r");
    rig.send(&[0x53, 0, 0, 0, 0, 0, 0, 0, 100, 0], &[]).unwrap();
    let track = rig.track(1).unwrap();
    assert_eq!((track.reserved, track.size, track.next), (true, 112, Some(0)));
    assert_eq!(rig.track(0xFF).unwrap().start, 128, "run-in block behind it");
    rig.write(0, 16).unwrap();
    rig.sync().unwrap();
    rig.close(1, 1).unwrap();
    assert_eq!(rig.track(1).unwrap().size, 112);
    assert_eq!(rig.read(111, 1).unwrap(), [0; 2048]);
}

#[test]
fn dvd_plus_rw_is_formatted_in_the_background() {
    let mut rig = Rig::with("dvd+rw");
    assert_eq!(rig.profile(), 0x001A);
    assert_eq!(rig.disc_information()[7] & 3, 0);
    assert_eq!(rig.status().0, 0);
    assert_eq!(rig.format_capacities(), ((2_295_104, 1), vec![(2_295_104, 0x26)]));
    assert_eq!(rig.write(0, 16), Err((5, 0x30, 0x10)), "not formatted");
    // Immediate: 2/04/04 with progress, then ready while formatting goes on.
    let list = [0, 2, 0, 8, 0xFF, 0xFF, 0xFF, 0xFF, 0x98, 0, 0, 0];
    rig.send(&[0x04, 0x11, 0, 0, 0, 0], &list).unwrap();
    assert_eq!(rig.run(&[0; 6]), Err((2, 0x04, 0x04)));
    rig.settle();
    assert_eq!(rig.disc_information()[7] & 3, 2, "running");
    assert_eq!(rig.capacity(), Ok(2_295_103));
    let sense = rig.run(&[0x03, 0, 0, 0, 18, 0]).unwrap();
    assert_eq!((sense[2] & 15, sense[12], sense[13], sense[15] & 0x80), (0, 0x04, 0x04, 0x80));
    rig.write(1_000_000, 32).unwrap();
    rig.sync().unwrap();
    assert_eq!(rig.read(1_000_000, 32).unwrap(), pattern(1_000_000, 32));
    // Stopped before its end.
    rig.close(0, 0).unwrap();
    assert_eq!(rig.disc_information()[7] & 3, 1);
    assert_eq!(rig.write(1_200_000, 16), Err((5, 0x21, 0x02)), "beyond what is formatted");
    rig.write(0, 16).unwrap();
    // Goes on, and comes to its end by itself.
    rig.format(u32::MAX, 0x26, 0, 1).unwrap();
    assert_eq!(rig.disc_information()[7] & 3, 2);
    assert_eq!(rig.read(1_000_000, 32).unwrap(), pattern(1_000_000, 32), "a restart keeps the data");
    rig.wait(Duration::from_secs(3600));
    assert_eq!(rig.disc_information()[7] & 3, 3);
    let mut events = Vec::new();
    loop {
        let event = rig.run(&[0x4A, 1, 0, 0, 0x10, 0, 0, 0, 8, 0]).unwrap();
        if event[4] == 0 {
            break;
        }
        events.push(event[4]);
    }
    assert_eq!(events, [2, 6, 5], "new medium, restarted, completed");
}

#[test]
fn dvd_plus_rw_is_overwritten_in_single_sectors() {
    let mut rig = Rig::with("dvd+rw:recorded");
    assert_eq!(rig.disc_information()[7] & 3, 3);
    assert_eq!(&rig.read(16, 1).unwrap()[1..6], b"CD001");
    rig.write(16, 1).unwrap();
    assert_eq!(rig.read(16, 1).unwrap(), pattern(16, 1));
    assert_eq!(&rig.read(17, 1).unwrap()[1..6], b"CD001", "its neighbour is as it was");
    assert_eq!(rig.write(2_295_100, 5), Err((5, 0x21, 0x00)));
    assert_eq!(rig.send(&[0xA1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], &[]), Err((5, 0x30, 0x00)), "no blanking");
}

#[test]
fn the_layer_boundary_is_set_once() {
    let mut rig = Rig::with("dvd+r-dl");
    assert_eq!(rig.profile(), 0x002B);
    let get = [0xAD, 0, 0, 0, 0, 0, 0, 0x20, 0, 12, 0, 0];
    let boundary = rig.run(&get).unwrap();
    assert_eq!((boundary[4], u32::from_be_bytes(boundary[8..12].try_into().unwrap())), (0, 2_086_912));
    let list = [0, 10, 0, 0, 0, 0, 0, 0, 0, 0x0F, 0x42, 0x40];
    let set = [0xBF, 0, 0, 0, 0, 0, 0, 0x20, 0, 12, 0, 0];
    rig.send(&set, &list).unwrap();
    assert_eq!(rig.run(&get).unwrap()[4], 0x80);
    assert_eq!(rig.track(0xFF).unwrap().free, 2_000_000);
    assert_eq!(rig.send(&set, &list), Err((5, 0x2C, 0x00)));
}

#[test]
fn a_reservation_beyond_the_disc_is_refused() {
    for id in ["dvd+r", "bd-r", "cd-r", "dvd-r"] {
        let mut rig = Rig::with(id);
        for blocks in [0x7FFF_FFFFu32, 0x7FFF_FFF1, u32::MAX, 0x7000_0000, 0] {
            let mut cdb = [0x53, 0, 0, 0, 0, 0, 0, 0, 0, 0];
            cdb[5..9].copy_from_slice(&blocks.to_be_bytes());
            assert_eq!(rig.send(&cdb, &[]), Err((5, 0x63, 0x00)), "{id} {blocks:x}");
        }
    }
}
