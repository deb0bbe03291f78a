//! The drive itself: tray, attention, waiting, buffer.

use std::time::Duration;

use webburn_scsi::{Reply, Status, Target};
use webburn_sim::{Disc, MediumKind, Pace, Personality, SimDrive};

use crate::sim::rig::{Rig, pattern, write_10};

#[test]
fn power_on_is_told_once_and_not_to_everybody() {
    let mut rig = Rig(SimDrive::new(Personality::bd_burner()));
    assert_eq!(&rig.run(&[0x12, 0, 0, 0, 36, 0]).unwrap()[8..15], b"WEBBURN");
    assert!(rig.run(&[0x46, 0, 0, 0, 0, 0, 0, 0, 8, 0]).is_ok());
    assert!(rig.run(&[0x4A, 1, 0, 0, 0x10, 0, 0, 0, 8, 0]).is_ok());
    assert_eq!(rig.run(&[0; 6]), Err((6, 0x29, 0x00)));
    assert_eq!(rig.run(&[0; 6]), Err((2, 0x3A, 0x01)), "tray closed, empty");
    rig.0.eject();
    assert_eq!(rig.run(&[0; 6]), Err((2, 0x3A, 0x02)), "tray open");
}

#[test]
fn a_disc_becomes_ready_and_is_announced() {
    let mut rig = Rig::with("none");
    rig.0.load(Disc::blank(MediumKind::CdR));
    assert_eq!(rig.run(&[0; 6]), Err((2, 0x04, 0x01)));
    rig.wait(Duration::from_secs(10));
    assert_eq!(rig.run(&[0; 6]), Err((6, 0x28, 0x00)));
    assert_eq!(rig.run(&[0; 6]), Ok(vec![]));
    let event = rig.run(&[0x4A, 1, 0, 0, 0x10, 0, 0, 0, 8, 0]).unwrap();
    assert_eq!(event, [0, 6, 4, 0x52, 2, 2, 0, 0], "new medium, present");
    assert_eq!(rig.run(&[0x4A, 1, 0, 0, 0x10, 0, 0, 0, 8, 0]).unwrap()[4], 0);
}

#[test]
fn sense_waits_for_request_sense() {
    let mut rig = Rig::with("none");
    assert_eq!(rig.run(&[0; 6]), Err((2, 0x3A, 0x01)));
    let sense = rig.run(&[0x03, 0, 0, 0, 18, 0]).unwrap();
    assert_eq!((sense.len(), sense[0], sense[2], sense[12], sense[13]), (18, 0x70, 2, 0x3A, 0x01));
    let sense = rig.run(&[0x03, 0, 0, 0, 18, 0]).unwrap();
    assert_eq!((sense[2], sense[12]), (0, 0));
}

#[test]
fn the_lock_holds_the_tray() {
    let mut rig = Rig::with("cd-r");
    rig.run(&[0x1E, 0, 0, 0, 1, 0]).unwrap();
    assert_eq!(rig.run(&[0x1B, 0, 0, 0, 2, 0]), Err((5, 0x53, 0x02)));
    rig.run(&[0x1E, 0, 0, 0, 0, 0]).unwrap();
    rig.run(&[0x1B, 0, 0, 0, 2, 0]).unwrap();
    assert_eq!(rig.run(&[0; 6]), Err((2, 0x3A, 0x02)));
    assert_eq!(rig.run(&[0xBD, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0]).unwrap()[1], 0x10);
    rig.run(&[0x1B, 0, 0, 0, 3, 0]).unwrap();
    rig.settle();
    assert_eq!(rig.status(), (0, 0), "the same disc is back");
}

#[test]
fn unknown_and_malformed_commands() {
    let mut rig = Rig::with("cd-r");
    assert_eq!(rig.run(&[0xC7, 0, 0, 0, 0, 0]), Err((5, 0x20, 0x00)));
    assert_eq!(rig.run(&[0x01, 0, 0, 0, 0, 0]), Err((5, 0x20, 0x00)), "REZERO UNIT is no more");
    assert_eq!(rig.run(&[0x2A, 0]), Err((5, 0x24, 0x00)), "cut short");
    assert_eq!(rig.run(&[]), Err((5, 0x20, 0x00)));
    assert_eq!(rig.run(&[0x4A, 0, 0, 0, 0x10, 0, 0, 0, 8, 0]), Err((5, 0x24, 0x00)), "not polled");
    assert_eq!(rig.run(&[0x4A, 1, 0, 0, 0x04, 0, 0, 0, 8, 0]).unwrap(), [0, 2, 0x80, 0x52]);
}

#[test]
fn any_command_block_is_survived() {
    // Every operation code with several fillings, on several discs: never a panic, never a key of zero.
    for id in ["none", "cd-r", "cd-rw:recorded", "dvd-r", "dvd+rw", "dvd-rw-ro", "bd-r", "bd-re:recorded", "dvd-rom"] {
        let mut rig = Rig::with(id);
        for opcode in 0..=255u8 {
            for fill in [0x00, 0x01, 0x10, 0x7F, 0xFF] {
                let mut cdb = [fill; 12];
                cdb[0] = opcode;
                let _ = rig.command(&cdb, &[fill; 64], 512);
                let _ = rig.command(&cdb[..6], &[], 0);
            }
        }
    }
}

#[test]
fn an_immediate_operation_is_seen_to_get_on() {
    let mut rig = Rig::with("cd-rw:recorded");
    rig.send(&[0xA1, 0x10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], &[]).unwrap();
    let mut last = 0;
    for _ in 0..5 {
        rig.wait(Duration::from_secs(20));
        let mut reply = Reply::new(0);
        let Status::CheckCondition(sense) = rig.0.obey(&[0; 6], &[], &mut reply).status else { panic!("ready") };
        assert_eq!(sense.triple(), (2, 0x04, 0x07));
        let progress = sense.progress().unwrap().0;
        assert!(progress > last);
        last = progress;
    }
    assert_eq!(rig.run(&[0x25, 0, 0, 0, 0, 0, 0, 0, 0, 0]), Err((2, 0x04, 0x07)), "others wait too");
    assert!(rig.run(&[0x12, 0, 0, 0, 36, 0]).is_ok());
    let busy = rig.run(&[0x4A, 1, 0, 0, 0x40, 0, 0, 0, 8, 0]).unwrap();
    assert_eq!((busy[2], busy[5]), (6, 1));
    rig.settle();
    assert_eq!(rig.status(), (0, 0));
}

#[test]
fn the_instant_pace_ends_operations_in_a_few_polls() {
    let mut rig = Rig::with("cd-rw:recorded");
    rig.0.set_pace(Pace::Instant);
    rig.send(&[0xA1, 0x10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], &[]).unwrap();
    let polls = (0..).take_while(|_| rig.run(&[0; 6]).is_err()).count();
    assert!((1..=4).contains(&polls), "{polls}");
}

#[test]
fn a_full_buffer_makes_the_host_wait_or_is_refused() {
    // Blocks: the command lasts longer.
    let mut rig = Rig::with("dvd+r");
    rig.write_all(0, 64);
    let quick = rig.0.delivered_at() - rig.0.now();
    rig.write_all(64, 2048);
    let slow = rig.0.delivered_at() - rig.0.now();
    assert!(slow > quick * 3, "{quick:?} {slow:?}");
    let buffer = rig.run(&[0x5C, 0, 0, 0, 0, 0, 0, 0, 12, 0]).unwrap();
    assert_eq!(u32::from_be_bytes(buffer[4..8].try_into().unwrap()), 4096 * 1024);
    assert!(u32::from_be_bytes(buffer[8..12].try_into().unwrap()) < 256 * 1024, "nearly full");
    // Refuses: 2/04/08, the block is not taken, and after a while it is.
    let mut rig = Rig::with_drive(Personality::cd_burner(), "cd-r");
    rig.mode_page(0x41, 0x04, 8).unwrap();
    let mut lba = 0;
    let refused = loop {
        match rig.write(lba, 32) {
            Ok(()) => lba += 32,
            Err(sense) => break sense,
        }
    };
    assert_eq!(refused, (2, 0x04, 0x08));
    assert_eq!(rig.track(0xFF).unwrap().next, Some(lba), "not taken");
    rig.wait(Duration::from_secs(5));
    rig.write(lba, 32).unwrap();
}

#[test]
fn an_underrun_without_protection_costs_the_track() {
    let mut rig = Rig::with("cd-r");
    rig.mode_page(0x01, 0x04, 8).unwrap();
    rig.write_all(0, 2048);
    rig.wait(Duration::from_secs(60));
    assert_eq!(rig.write(2048, 32), Err((3, 0x0C, 0x09)));
    assert!(rig.track(0xFF).unwrap().damaged);
    // With protection it is nothing.
    let mut rig = Rig::with("cd-r");
    rig.mode_page(0x41, 0x04, 8).unwrap();
    rig.write_all(0, 2048);
    rig.wait(Duration::from_secs(60));
    rig.write(2048, 32).unwrap();
    rig.sync().unwrap();
    assert!(!rig.track(1).unwrap().damaged);
}

#[test]
fn a_close_takes_its_time_by_the_virtual_clock() {
    let mut rig = Rig::with("cd-r");
    rig.mode_page(0x41, 0x04, 8).unwrap();
    rig.send(&[0xBB, 0, 0xFF, 0xFF, 0x02, 0xC2, 0, 0, 0, 0, 0, 0], &[]).unwrap();
    rig.write_all(0, 300);
    rig.sync().unwrap();
    let before = rig.0.delivered_at();
    rig.close(2, 0).unwrap();
    let took = (rig.0.delivered_at() - before).as_secs();
    assert!((30..60).contains(&took), "lead-in and lead-out at 4x: {took} s");
}

#[test]
fn reading_flushes_what_is_still_in_the_buffer() {
    let mut rig = Rig::with("dvd+rw:recorded");
    rig.write(64, 32).unwrap();
    assert_eq!(rig.read(64, 32).unwrap(), pattern(64, 32));
    assert_eq!(rig.send(&write_10(64, 32), &[0; 2048]), Err((0xB, 0x4B, 0x00)), "less data than announced");
}
