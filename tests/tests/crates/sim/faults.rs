//! What goes wrong, by script.

use std::time::Duration;

use webburn_scsi::{Reply, Target};
use webburn_sim::{Disc, Fault, FaultScript, MediumKind, Personality, SimDrive, Then, When};

use crate::sim::rig::{Rig, pattern};

#[test]
fn a_sense_at_the_nth_write() {
    let mut rig = Rig::with("dvd+r");
    rig.0.set_faults(FaultScript::one(
        When::Opcode { opcode: 0x2A, nth: 2 },
        Then::Sense { key: 3, asc: 0x0C, ascq: 0 },
    ));
    rig.write(0, 32).unwrap();
    assert_eq!(rig.write(32, 32), Err((3, 0x0C, 0x00)));
    assert_eq!(rig.track(0xFF).unwrap().next, Some(32), "it was not carried out");
    rig.write(32, 32).unwrap();
}

#[test]
fn a_hanging_drive_answers_nothing_until_it_is_reset() {
    let mut rig = Rig::with("dvd+r");
    rig.0.set_faults(FaultScript::one(When::Command(1), Then::Hang));
    let mut reply = Reply::new(0);
    rig.0.obey(&[0; 6], &[], &mut reply);
    assert_eq!(rig.0.delivered_at(), Duration::MAX);
    rig.0.obey(&[0; 6], &[], &mut reply);
    assert_eq!(rig.0.delivered_at(), Duration::MAX);
    rig.0.bus_reset();
    assert_eq!(rig.run(&[0; 6]), Ok(vec![]));
}

#[test]
fn power_loss_in_a_track_damages_it_and_the_rest_survives() {
    let mut rig = Rig::with("dvd-r");
    rig.mode_page(0x60, 0xE5, 8).unwrap();
    rig.write_all(0, 320);
    rig.sync().unwrap();
    rig.write_all(320, 320);
    rig.0.set_faults(FaultScript::one(When::WriteTouches(640), Then::PowerLoss));
    let mut reply = Reply::new(0);
    rig.0.obey(&crate::sim::rig::write_10(640, 32), &pattern(640, 32), &mut reply);
    assert_eq!(rig.0.delivered_at(), Duration::MAX);
    rig.0.bus_reset();
    assert_eq!(rig.run(&[0; 6]), Err((6, 0x29, 0x00)));
    rig.settle();
    assert_eq!(rig.status(), (1, 2), "appendable, last session damaged");
    assert!(rig.track(1).unwrap().damaged);
    rig.close(1, 1).unwrap();
    rig.close(2, 0).unwrap();
    assert_eq!(rig.read(0, 32).unwrap(), pattern(0, 32));
}

#[test]
fn power_loss_while_blanking_leaves_a_disc_that_can_be_blanked() {
    let mut rig = Rig::with("cd-rw:recorded");
    rig.send(&[0xA1, 0x10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], &[]).unwrap();
    rig.wait(Duration::from_secs(3));
    rig.0.power_cycle();
    rig.settle();
    assert!(rig.track(1).unwrap().damaged);
    rig.send(&[0xA1, 0x01, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], &[]).unwrap();
    assert_eq!(rig.status(), (0, 0));
    assert!(!rig.track(1).unwrap().damaged);
}

#[test]
fn a_pulled_cable_is_a_pulled_cable() {
    let mut rig = Rig::with("bd-r");
    rig.0.set_faults(FaultScript::of([Fault { when: When::WriteTouches(32), then: Then::Unplug }]));
    rig.write(0, 32).unwrap();
    let mut reply = Reply::new(0);
    rig.0.obey(&crate::sim::rig::write_10(32, 32), &pattern(32, 32), &mut reply);
    assert!(rig.0.is_unplugged());
    rig.0.bus_reset();
    assert!(rig.0.is_unplugged());
    rig.0.plug_in();
    rig.settle();
    assert_eq!(rig.track(1).unwrap().next, Some(32));
}

#[test]
fn quirks_are_what_they_say() {
    let mut odd = Personality::bd_burner();
    odd.quirks.blank_cd_nwa_minus_150 = true;
    odd.quirks.close_track_fails_on_cd = true;
    odd.quirks.strict_length = true;
    let mut rig = Rig::with_drive(odd, "cd-r");
    assert_eq!(rig.track(0xFF).unwrap().next, Some(-150));
    assert_eq!(rig.close(1, 1), Err((5, 0x72, 0x03)));
    assert_eq!(rig.run(&[0x51, 0, 0, 0, 0, 0, 0, 0, 255, 0]), Err((5, 0x24, 0x00)));
    let mut forgetful = Personality::bd_burner();
    forgetful.quirks.stale_until_reload = true;
    let mut stale = Rig::with_drive(forgetful, "cd-r");
    stale.write_all(0, 300);
    stale.sync().unwrap();
    stale.close(2, 0).unwrap();
    assert_eq!((stale.status(), stale.capacity()), ((0, 0), Ok(0)), "as it was");
    stale.run(&[0x1B, 0, 0, 0, 2, 0]).unwrap();
    stale.run(&[0x1B, 0, 0, 0, 3, 0]).unwrap();
    stale.settle();
    assert_eq!((stale.status(), stale.capacity()), ((2, 3), Ok(301)), "as it is");
    let mut deaf = Personality::bd_burner();
    deaf.quirks.media_serial_hangs = true;
    let mut drive = SimDrive::new(deaf);
    drive.load(Disc::blank(MediumKind::BdR));
    let mut reply = Reply::new(0);
    drive.advance_to(Duration::from_secs(60));
    let mut rig = Rig(drive);
    rig.settle();
    rig.0.obey(&[0xAB, 1, 0, 0, 0, 0, 0, 0, 0, 64, 0, 0], &[], &mut reply);
    rig.0.obey(&[0; 6], &[], &mut reply);
    assert_eq!(rig.0.delivered_at(), Duration::MAX);
}
