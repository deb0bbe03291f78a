//! DVD-R, DVD-RW, DVD-RAM.

use crate::sim::rig::{Rig, pattern, write_10};

#[test]
fn a_blank_dvd_r_describes_itself() {
    let mut rig = Rig::with("dvd-r");
    assert_eq!(rig.profile(), 0x0011);
    assert_eq!(rig.status(), (0, 0));
    assert_eq!(rig.track(0xFF), Err((5, 0x24, 0x00)), "the open track goes by its number");
    let track = rig.track(1).unwrap();
    assert_eq!((track.next, track.free, track.blank), (Some(0), 2_298_496, true));
    assert_eq!(rig.current(0x0021), Some(true));
    assert_eq!(rig.current(0x002F), Some(true));
    assert_eq!(rig.current(0x002B), Some(false));
    // Pre-recorded lead-in: fields 3 and 4 are the manufacturer.
    let lead_in = rig.run(&[0xAD, 0, 0, 0, 0, 0, 0, 0x0E, 0, 44, 0, 0]).unwrap();
    assert_eq!(lead_in[..2], [0, 42]);
    assert_eq!((lead_in[4 + 16], &lead_in[4 + 17..4 + 23]), (3, &b"WBRN16"[..]));
    assert_eq!((lead_in[4 + 24], &lead_in[4 + 25..4 + 31]), (4, &b"SIM-R "[..]));
    assert_eq!(rig.run(&[0x43, 0, 4, 0, 0, 0, 0, 0, 28, 0]), Err((5, 0x24, 0x00)), "no ATIP");
    assert_eq!(rig.run(&[0xAD, 1, 0, 0, 0, 0, 0, 0, 0, 44, 0, 0]), Err((5, 0x24, 0x00)), "no Blu-ray");
}

#[test]
fn incremental_recording_in_two_borders() {
    let mut rig = Rig::with("dvd-r");
    assert_eq!(rig.mode_page(0x41, 0x05, 8), Err((5, 0x26, 0x00)), "no track at once");
    rig.mode_page(0x60, 0xE5, 8).unwrap();
    rig.write_all(0, 1000);
    rig.sync().unwrap();
    let track = rig.track(1).unwrap();
    assert_eq!((track.next, track.last), (Some(1008), Some(1007)), "filled up to the ECC block");
    rig.close(1, 1).unwrap();
    let track = rig.track(1).unwrap();
    assert_eq!((track.size, track.next), (1008, None));
    rig.close(2, 0).unwrap();
    assert_eq!(rig.status(), (1, 0));
    let next = rig.track(2).unwrap().next.unwrap();
    assert!(next % 16 == 0 && next > 1008 + 16_384, "the border takes tens of megabytes: {next}");
    assert_eq!(rig.capacity(), Ok(1007));
    rig.mode_page(0x60, 0x25, 8).unwrap();
    rig.write_all(next, 320);
    rig.sync().unwrap();
    rig.close(1, 2).unwrap();
    rig.close(2, 0).unwrap();
    assert_eq!(rig.status(), (2, 3), "multi-session 00 closes for good");
    assert_eq!(rig.read(next, 32).unwrap(), pattern(next, 32));
    assert_eq!(rig.read(1008, 1), Err((8, 0x00, 0x00)), "nothing in the border");
}

#[test]
fn disc_at_once_wants_a_reservation_and_all_of_it() {
    let mut rig = Rig::with("dvd-r");
    rig.mode_page(0x42, 0x05, 8).unwrap();
    assert_eq!(rig.write(0, 16), Err((5, 0x2C, 0x00)));
    rig.send(&[0x53, 0, 0, 0, 0, 0, 0, 3, 0xE8, 0], &[]).unwrap();
    let track = rig.track(1).unwrap();
    assert_eq!((track.next, track.size, track.reserved), (Some(0), 1008, true));
    rig.write_all(0, 1000);
    assert_eq!(rig.write(1000, 16), Err((5, 0x21, 0x00)), "beyond the reservation");
    assert_eq!(rig.close(2, 0), Err((5, 0x72, 0x04)), "not full");
    rig.send(&write_10(1000, 8), &[0; 8 * 2048]).unwrap();
    rig.sync().unwrap();
    assert_eq!(rig.status(), (2, 3));
    assert_eq!(rig.contents()[..1000 * 2048], pattern(0, 1000));
}

#[test]
fn a_quickly_blanked_dvd_rw_takes_no_incremental_writing() {
    let mut rig = Rig::with("dvd-rw:recorded");
    assert_eq!(rig.profile(), 0x0014);
    assert_eq!(rig.status(), (2, 3));
    rig.send(&[0xA1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], &[]).unwrap();
    assert_eq!(rig.status(), (0, 0));
    assert_eq!(rig.current(0x0021), Some(false));
    rig.mode_page(0x60, 0xE5, 8).unwrap();
    assert_eq!(rig.write(0, 16), Err((5, 0x64, 0x00)));
    rig.send(&[0xA1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], &[]).unwrap();
    assert_eq!(rig.current(0x0021), Some(true));
    rig.mode_page(0x60, 0xE5, 8).unwrap();
    rig.write(0, 16).unwrap();
}

#[test]
fn restricted_overwrite_wants_whole_blocks() {
    let mut rig = Rig::with("dvd-rw-ro");
    assert_eq!(rig.profile(), 0x0013);
    assert_eq!(rig.current(0x0026), Some(true));
    assert_eq!(rig.capacity(), Ok(2_298_495));
    assert_eq!(rig.write(8, 16), Err((5, 0x21, 0x02)));
    assert_eq!(rig.write(16, 8), Err((5, 0x21, 0x02)));
    rig.write(1600, 32).unwrap();
    rig.sync().unwrap();
    assert_eq!(rig.read(1600, 32).unwrap(), pattern(1600, 32));
    assert_eq!(rig.read(0, 1).unwrap(), [0; 2048]);
}

#[test]
fn a_quick_format_leaves_an_intermediate_state() {
    let mut rig = Rig::with("dvd-rw");
    let (current, offered) = rig.format_capacities();
    assert_eq!(current, (2_298_496, 1));
    assert!(offered.contains(&(2_298_496, 0x00)) && offered.contains(&(2_298_496, 0x15)), "{offered:x?}");
    rig.format(0, 0x15, 0, 0x10).unwrap();
    assert_eq!(rig.profile(), 0x0013);
    assert_eq!(rig.status(), (1, 1));
    assert_eq!(rig.format_capacities().0, (0, 3));
    assert_eq!(rig.write(32, 16), Err((5, 0x21, 0x02)), "from the start on");
    rig.write_all(0, 320);
    rig.sync().unwrap();
    assert_eq!(rig.read(0, 1), Err((5, 0x21, 0x00)), "not readable before it is closed");
    rig.close(2, 0).unwrap();
    assert_eq!(rig.capacity(), Ok(319));
    assert_eq!(rig.read(0, 32).unwrap(), pattern(0, 32));
}

#[test]
fn dvd_ram_is_written_anywhere_and_can_be_protected() {
    let mut rig = Rig::with("dvd-ram");
    assert_eq!(rig.profile(), 0x0012);
    assert_eq!(rig.status().0, 3);
    assert_eq!(rig.capacity(), Ok(2_236_703));
    assert_eq!(rig.format_capacities(), ((2_236_704, 2), vec![(2_236_704, 0), (2_295_072, 0)]));
    rig.write(2_236_700, 4).unwrap();
    assert_eq!(rig.write(2_236_701, 4), Err((5, 0x21, 0x00)));
    assert_eq!(rig.close(2, 0), Err((5, 0x24, 0x00)), "nothing to close");
    rig.0.disc_mut().unwrap().set_write_protected(true);
    assert_eq!(rig.write(0, 1), Err((7, 0x27, 0x00)));
    assert_eq!(rig.format(2_236_704, 0, 0, 0x800), Err((7, 0x27, 0x00)));
}
